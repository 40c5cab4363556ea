"""What marks depend on, check by check: so that a change costs only the checks that it can reach."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from autograder.core import kit
from autograder.core.course import Assignment
from autograder.in_notebook import setup_cell

_PRICE = "points"
_FREE = frozenset({"hidden"})
"""What a price may say without any effect on how its check ends, besides the points."""
_ROUNDABOUT = frozenset(
    {"globals", "vars", "locals", "eval", "exec", "__import__", "import_module", "importlib", "sys", "builtins"}
    | {".__globals__", ".getfixturevalue", ".usefixtures", ".import_module"}
)
"""Where these names, or attributes, appear, what a function reaches cannot be read from its text."""


@dataclass(frozen=True)
class State:
    """An assignment as one run of grading found it: its fingerprint, and digests of what each part can see.

    Two states give a check the same digest only if nothing that decides how it ends differs: its own text and all that
    it can reach in the check file, stand-ins, hints, limits, the kit. Prices, titles and `hidden` decide nothing. The
    release is kept apart, since only what reaches the student's cells matters there.
    """

    fingerprint: str
    release: str
    checks: dict[str, str]

    @classmethod
    def of(cls, assignment: Assignment) -> State:
        """The state of the files as they lie there now."""
        limits = assignment.settings.limits.model_dump_json()
        offered = setup_cell.offered(assignment.pictures)
        shared = (kit.version(), assignment.stand_ins, assignment.hints, limits, *offered)
        base = json.dumps(shared)
        reached = reach(assignment.checks.read_text(encoding="utf-8"))
        return cls(
            fingerprint=assignment.fingerprint,
            release=hashlib.sha256(assignment.release.read_bytes()).hexdigest(),
            checks={name: hashlib.sha256(f"{base}\0{text}".encode()).hexdigest() for name, text in reached.items()},
        )

    def changed_since(self, other: State) -> frozenset[str]:
        """The checks that may end otherwise than under `other`, new ones among them."""
        return frozenset(name for name, digest in self.checks.items() if other.checks.get(name) != digest)


def reach(source: str) -> dict[str, str]:
    """For each priced function of a check file, a text of all the code that can decide how it ends.

    That is its own, that of every name it mentions, and of every name these mention; and all that the file does beside
    defining names. Comments, layout and docstrings are no part of it.
    """
    tree = ast.parse(source)
    definitions: dict[str, list[ast.stmt]] = {}
    for statement in tree.body:
        for name in _shaped(statement):
            definitions.setdefault(name, []).append(statement)
    beside = [one for one in tree.body if not _is_text(one) and not list(_bound(one))]
    priced = [one for one in tree.body if isinstance(one, ast.FunctionDef) and _price(one) is not None]
    return {check.name: _text(check, definitions, beside) for check in priced}


def _text(check: ast.FunctionDef, definitions: dict[str, list[ast.stmt]], beside: list[ast.stmt]) -> str:
    waiting: list[ast.stmt] = [check, *beside]
    seen: dict[int, str] = {}
    while waiting:
        statement = waiting.pop()
        if id(statement) not in seen:
            seen[id(statement)] = _code(statement)
            mentioned = _mentioned(statement)
            names = definitions if mentioned & _ROUNDABOUT else mentioned & definitions.keys()
            waiting += [one for name in names for one in definitions[name]]
    return "\n".join(sorted(seen.values()))


def _bound(statement: ast.stmt) -> Iterator[str]:
    """The module's names that a statement defines, and nothing else with it; none for a statement that does more."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name.split(".")[0] for alias in statement.names)
    elif isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        flat = [one for target in targets for one in (target.elts if isinstance(target, ast.Tuple) else [target])]
        names = [one.id for one in flat if isinstance(one, ast.Name)]
        yield from names if len(names) == len(flat) else ()


def _shaped(statement: ast.stmt) -> set[str]:
    """The names that a statement defines, and those that it may change: a call may change what it is given."""
    names = set(_bound(statement))
    calls = isinstance(statement, ast.Assign | ast.AnnAssign) and any(
        isinstance(node, ast.Call) for node in ast.walk(statement)
    )
    return names | _mentioned(statement) if names and calls else names


def _mentioned(statement: ast.AST) -> frozenset[str]:
    """All names in a statement, read, written or taken as arguments (probes are); attributes with a dot before."""
    names: set[str] = set()
    for node in ast.walk(statement):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name):
                names.add(name)
            case ast.alias(name=name):
                names.add(name.split(".")[0])
            case ast.Attribute(attr=name):
                names.add(f".{name}")
    return frozenset(names)


def _code(statement: ast.stmt) -> str:
    if not isinstance(statement, ast.FunctionDef):
        return ast.dump(statement)
    body = statement.body[1:] if _is_text(statement.body[0]) else statement.body
    price = _price(statement)
    others = [one for one in statement.decorator_list if one is not price]
    terms = [] if price is None else [keyword for keyword in price.keywords if keyword.arg not in _FREE]
    parts: list[Any] = [statement.name, statement.args, *others, *terms, *body]
    return "\n".join(part if isinstance(part, str) else ast.dump(part) for part in parts)


def _price(function: ast.FunctionDef) -> ast.Call | None:
    """The `@points(worth, …)` above a function, if there is one whose worth is all that it says without a keyword."""
    for one in function.decorator_list:
        if (
            isinstance(one, ast.Call)
            and isinstance(one.func, ast.Name)
            and one.func.id == _PRICE
            and len(one.args) == 1
        ):
            return one
    return None


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
