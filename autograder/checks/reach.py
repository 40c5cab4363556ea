"""The one reader of check files: what each check reaches, hence what is judged again, and what students get.

A file is read as its top-level statements: the names each binds, and those it mentions. Nothing is run.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from autograder.checks.names import names_bound_by, needs
from autograder.core.bundle import lab_modules
from autograder.core.errors import CourseError

_PRICES = ("autograder.points.points", "autograder.checks.points.points")
_FREE = frozenset({"hidden", "worth"})
"""What a price may say without any effect on how its check ends."""
_ROUNDABOUT = frozenset(
    {"globals", "vars", "locals", "eval", "exec", "__import__", "import_module", "importlib", "sys", "builtins"}
    | {".__globals__", ".getfixturevalue", ".usefixtures", ".import_module"}
)
"""Where these names, or attributes, appear, what a function reaches cannot be read from its text."""


@dataclass(frozen=True)
class Statement:
    """One top-level statement; `text` has its decorators and the comment above."""

    node: ast.stmt
    text: str

    @cached_property
    def binds(self) -> frozenset[str]:
        """The module's names that it defines, one way or another."""
        return frozenset(names_bound_by(self.node))

    @cached_property
    def only_binds(self) -> bool:
        """Whether it does nothing but define names."""
        if isinstance(self.node, ast.Assign):
            return all(_is_name(target) for target in self.node.targets)
        kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom
        return isinstance(self.node, kinds) or (isinstance(self.node, ast.AnnAssign) and _is_name(self.node.target))

    @cached_property
    def mentions(self) -> frozenset[str]:
        """All names in it, read, written or taken as arguments (probes are); attributes with a dot before."""
        return frozenset(_mentioned(self.node))

    @cached_property
    def shapes(self) -> frozenset[str]:
        """The names that it defines, and those that it may change: a call may change what it is given."""
        assigns = isinstance(self.node, ast.Assign | ast.AnnAssign)
        calls = assigns and any(isinstance(node, ast.Call) for node in ast.walk(self.node))
        return self.binds | self.mentions if calls and self.only_binds else self.binds

    @cached_property
    def needs(self) -> frozenset[str]:
        """Names that it takes from the module, arguments of its functions among them: these may be probes."""
        arguments = (one.arg for one in ast.walk(self.node) if isinstance(one, ast.arg))
        return frozenset((*needs(self.text), *arguments))


class CheckFile:
    """The statements of a check file, or of any file that it may be asked the same of.

    `helpers`: the modules beside it that it may import, source by name.
    """

    def __init__(self, source: str, helpers: Mapping[str, str] = {}) -> None:
        self._helpers = helpers
        lines, tree = source.splitlines(), ast.parse(source)
        self.statements = [Statement(node, _text(node, lines)) for node in tree.body if not _is_words(node)]
        self._prices = frozenset(_price_names(tree))

    def digestible(self) -> dict[str, str]:
        """For each test function a text of all the code that can decide how it ends.

        That is its own, that of every name it mentions, and of every name these mention; and all that the file does
        beside defining names. Comments, layout, docstrings and prices are no part of it.
        """
        owners: dict[str, list[Statement]] = {}
        for statement in self.statements:
            for name in statement.shapes if statement.only_binds else ():
                owners.setdefault(name, []).append(statement)
        beside = [statement for statement in self.statements if not statement.only_binds]
        return {name: self._reached(test, owners, beside) for name, test in self._tests()}

    def part(self, wanted: Iterable[str], never: Collection[str] = ()) -> str:
        """The statements that bind the names `wanted`, and those that these need in turn, in file order.

        Raises CourseError where one of `never` is needed.
        """
        owner = {name: at for at, one in enumerate(self.statements) for name in one.binds}
        waiting, chosen = list(wanted), dict[int, set[str]]()
        while waiting:
            name = waiting.pop()
            at = owner.get(name)
            if at is None or name in chosen.get(at, ()):
                continue
            if name in never:
                raise CourseError(
                    f"The hidden check {name} is needed by a public one. Move what they share to a function."
                )
            chosen.setdefault(at, set()).add(name)
            waiting += self.statements[at].needs
        always = [one.text for one in self.statements if _is_future_import(one.node)]
        return "\n\n".join([*always, *(_cut(self.statements[at], chosen[at]) for at in sorted(chosen))]) + "\n"

    def mentioned_by(self, source: str) -> list[str]:
        """Names of this file that `source` asks for as attributes, such as `stand_ins.model`."""
        asked = _mentioned(ast.parse(source))
        bound = {name for one in self.statements for name in one.binds}
        return sorted(bound & {name.removeprefix(".") for name in asked})

    def _tests(self) -> Iterator[tuple[str, Statement]]:
        """The functions that pytest takes for tests; of a class of them each stands for the whole class."""
        for statement in self.statements:
            if isinstance(statement.node, ast.FunctionDef) and statement.node.name.startswith("test"):
                yield statement.node.name, statement
            elif isinstance(statement.node, ast.ClassDef) and statement.node.name.startswith("Test"):
                names = (one.name for one in statement.node.body if isinstance(one, ast.FunctionDef))
                yield from ((name, statement) for name in names if name.startswith("test"))

    def _reached(self, test: Statement, owners: dict[str, list[Statement]], beside: list[Statement]) -> str:
        waiting, seen = [test, *beside], dict[int, str]()
        while waiting:
            statement = waiting.pop()
            if id(statement) not in seen:
                seen[id(statement)] = self._code(statement.node) + _probes(statement) + self._helped(statement.node)
                names = owners if statement.mentions & _ROUNDABOUT else statement.mentions & owners.keys()
                waiting += [one for name in names for one in owners[name]]
        return "\n".join(sorted(seen.values()))

    def _helped(self, tree: ast.AST, known: Collection[str] = ()) -> str:
        """The modules beside the check file that a statement imports, with all that these import."""
        found = []
        for name in _imported(tree):
            if name in self._helpers and name not in known:
                text = self._helpers[name]
                found += [text, self._helped(ast.parse(text), {*known, name})]
        return "\n".join(found)

    def _code(self, node: ast.stmt) -> str:
        """A statement without what decides nothing: layout, docstring, and of a price all but its terms."""
        if not isinstance(node, ast.FunctionDef):
            return ast.dump(node)
        prices = [one for one in node.decorator_list if isinstance(one, ast.Call) and self._is_price(one.func)]
        others = [one for one in node.decorator_list if one not in prices]
        terms = [keyword for price in prices for keyword in price.keywords if keyword.arg not in _FREE]
        body = node.body[1:] if _is_words(node.body[0]) else node.body
        return "\n".join([node.name, *map(ast.dump, [node.args, *others, *terms, *body])])

    def _is_price(self, called: ast.expr) -> bool:
        return ast.unparse(called) in self._prices


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def _probes(statement: Statement) -> str:
    """The probes of torchlab that an import brings, with all that these import; nothing for anything else."""
    brings = isinstance(statement.node, ast.ImportFrom)
    return "\n".join(lab_modules(statement.text).values()) if brings else ""


def _price_names(tree: ast.Module) -> Iterator[str]:
    """How a file calls `points`: by the name or by an attribute of the module that it imported."""
    yield from _PRICES
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from (f"{alias.asname}.points" for price in _PRICES if f"{alias.name}.points" == price)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                known, full = alias.asname or alias.name, f"{node.module}.{alias.name}"
                yield from (known for price in _PRICES if full == price)
                yield from (f"{known}.points" for price in _PRICES if f"{full}.points" == price)


def _mentioned(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name):
                yield name
            case ast.alias(name=name):
                yield name.split(".")[0]
            case ast.Attribute(attr=name):
                yield f".{name}"


def _text(node: ast.stmt, lines: list[str]) -> str:
    """A statement as it stands there, with decorators and the comment above."""
    first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
    while first > 1 and lines[first - 2].startswith("#") and not lines[first - 2].startswith("# ---"):
        first -= 1
    return "\n".join(lines[first - 1 : node.end_lineno])


def _cut(statement: Statement, wanted: set[str]) -> str:
    """An import with only the wanted names; any other statement as it is."""
    if not isinstance(statement.node, ast.Import | ast.ImportFrom):
        return statement.text
    names = [alias for alias in statement.node.names if (alias.asname or alias.name.partition(".")[0]) in wanted]
    kept: ast.stmt = ast.Import(names)
    if isinstance(statement.node, ast.ImportFrom):
        kept = ast.ImportFrom(statement.node.module, names, statement.node.level)
    return ast.unparse(kept)


def _is_name(target: ast.expr) -> bool:
    """Whether an assignment to `target` only binds names of the module."""
    return isinstance(target, ast.Name) or (isinstance(target, ast.Tuple) and all(map(_is_name, target.elts)))


def _is_words(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_future_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"
