"""The checks of one stub, made of the test cells that looked at it."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from autograder.authoring.adopting.check import Converter, remarks_as_comments
from autograder.authoring.adopting.layout import laid_out
from autograder.authoring.adopting.look import Look
from autograder.authoring.adopting.master import Stub, TestCell
from autograder.authoring.adopting.output import with_outputs
from autograder.authoring.adopting.scope import (
    Asking,
    Notebook,
    dotted,
    imports_of,
    read_before_stored,
    read_in,
    stored_in,
)
from autograder.checks.names import needs
from autograder.checks.python_first import python_of

_TESTING = ("nose", "unittest", "otter", "pytest", "IPython")
"""Packages that checks do without."""

_KNOWN = frozenset(dir(builtins)) | {"student", "stand_ins", "expect", "StudentError", "Any"}
_MAGIC = re.compile(r"^\s*[%!]")
_GIVEN_UP = "This test could not be adopted: write here what is to be looked at."


@dataclass(frozen=True)
class Check:
    """One check function: its text, with the price above it, and what its author must look at."""

    text: str
    points: float
    hidden: bool


@dataclass(frozen=True)
class Suite:
    """The checks of one stub, what they import, their hints by id, and what was met on the way."""

    checks: Sequence[Check] = ()
    imports: frozenset[str] = frozenset()
    hints: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()
    looks: Sequence[Look] = ()

    @property
    def points(self) -> float:
        """What the stub is worth."""
        return sum(check.points for check in self.checks)


@dataclass(frozen=True)
class _Part:
    """Statements of one test cell that are a check by themselves, with those that they take from elsewhere."""

    test: TestCell
    before: Sequence[ast.stmt]
    body: Sequence[ast.stmt]
    hidden: bool


def suite_of(stub: Stub, notebook: Notebook, earlier: Sequence[TestCell]) -> Suite:
    """The checks of `stub`; its tests may use what `earlier` test cells have defined."""
    made = _Making(stub, notebook)
    pool = [node for test in earlier for node in _tree(test).body]
    for test in stub.tests:
        made.add(test, pool)
        pool += _tree(test).body
    return made.suite()


class _Making:
    """Makes the checks of one stub, one test cell after the other."""

    def __init__(self, stub: Stub, notebook: Notebook) -> None:
        self._stub, self._notebook = stub, notebook
        self._checks: list[Check] = []
        self._imports, self._names = set[str](), set[str]()
        self._hints: dict[str, str] = {}
        self._notes: list[str] = []
        self._looks: list[Look] = []

    def suite(self) -> Suite:
        """All checks so far."""
        return Suite(self._checks, frozenset(self._imports), self._hints, self._notes, self._looks)

    def add(self, test: TestCell, pool: Sequence[ast.stmt]) -> None:
        """The checks of one test cell: one for what students see of it, one for what they do not."""
        parts = [part for part in _parts(test, pool) if self._asks(part)]
        if not parts:
            self._give_up(test)
            return
        if len(parts) > 1:
            self._notes.append(
                f"cell {test.cell}: its {test.points:g} points were earned all or none; now the visible and the hidden "
                "part earn half of them each."
            )
        for part in parts:
            self._write(replace(part, test=replace(test, points=test.points / len(parts))))

    def _asks(self, part: _Part) -> bool:
        """Whether a part has anything to do with the student's work, or cannot be read."""
        return any(not isinstance(node, ast.Import | ast.ImportFrom) for node in part.body)

    def _give_up(self, test: TestCell) -> None:
        if not test.source.strip():
            return
        look = Look(test.cell, 1, "This test cell holds no Python that could be read.", "Write it as a check.")
        self._looks.append(look)
        lines = [f"# {look.note}", *(f"#     {line}" for line in test.source.split("\n"))]
        self._price(test, bool(test.hidden), "\n".join(lines) + f"\nraise NotImplementedError({_GIVEN_UP!r})")

    def _write(self, part: _Part) -> None:
        converter = Converter(self._stub.name, part.test, self._notebook, len(self._hints) + 1)
        before = converter.lines(part.before)
        body = [*before, *converter.lines(part.body)]
        own = stored_in(body)
        asked = read_before_stored(body, sorted(own & self._notebook.names))
        body = [Asking(self._notebook, own, converter.terms.objects).visit(node) for node in body]
        body = [*(ast.parse(f"{name} = student.{self._notebook.called(name)}").body[0] for name in asked), *body]
        text = "\n".join(ast.unparse(ast.fix_missing_locations(node)) for node in body)
        if not _expects(body):
            text += f"\nraise NotImplementedError({_GIVEN_UP!r})"
        looks = [*converter.looks, *self._strangers(part, body, own), *_magics(part.test)]
        remarks = [f"# {look.note}" for look in looks[len(converter.looks) :]]
        self._hints |= converter.hints
        self._notes += converter.notes
        self._looks += looks
        self._price(part.test, part.hidden, "\n".join([*remarks, remarks_as_comments(text)]))

    def _strangers(self, part: _Part, body: Sequence[ast.stmt], own: set[str]) -> Iterator[Look]:
        """Names that come from nowhere; imports of those that come from a package are noted."""
        local = dict(imports_of(_tree(part.test))) | dict(imports_of(ast.Module(list(part.before), [])))
        known = {**self._notebook.imports, **local}
        every = [one for node in body for one in ast.walk(node)]
        inner = {one.arg for one in every if isinstance(one, ast.arg)}
        inner |= {one.id for one in every if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
        for name in sorted({name for node in body for name in read_in(node)} - own - inner - _KNOWN):
            if name in known and re.match(rf"(?:import|from) (?:{'|'.join(_TESTING)})\b", known[name]):
                what = f"`{name}` belongs to the old tests (`{known[name]}`)."
                yield Look(part.test.cell, 1, what, "Say it with expect.that, expect.equal or expect.close.")
            elif name in known:
                self._imports.add(known[name])
            elif name == "np":
                self._imports.add("import numpy as np")
            else:
                what = f"`{name}` is defined nowhere in the notebook."
                yield Look(part.test.cell, 1, what, "Import it by its name, or write what it gave.")

    def _price(self, test: TestCell, hidden: bool, body: str) -> None:
        name = self._name(test, hidden)
        arguments = [word for word in ("student", "stand_ins") if re.search(rf"\b{word}\b", body)] or ["student"]
        flag = ", hidden=True" if hidden else ""
        head = (
            f'@points({_number(test.points)}, stub="{self._stub.name}"{flag})\n'
            f"def {name}({', '.join(f'{word}: Any' for word in arguments)}) -> None:\n"
        )
        lines = [f'"""{self._title(test, hidden)}"""', *laid_out(body).split("\n")]
        text = head + "\n".join(f"    {line}" if line else "" for line in lines)
        self._checks.append(Check(text, test.points, hidden))

    def _name(self, test: TestCell, hidden: bool) -> str:
        word = f"test_{self._stub.name}" + ("_hidden" if hidden else "")
        name = next(one for one in (word, *(f"{word}_{at}" for at in range(2, 1000))) if one not in self._names)
        self._names.add(name)
        return name

    def _title(self, test: TestCell, hidden: bool) -> str:
        """What students read of the check: the names that it looks at."""
        tree = ast.Module(list(_inlined(_tree(test).body)), [])
        names = [name for name in sorted(read_in(tree)) if name in self._notebook.names][:3] or [self._stub.name]
        told = f"{' and '.join(names)}: what the task asks for"
        count = sum(one.hidden == hidden for one in self._checks)
        more = (", in further cases" if hidden else "") + (f" ({count + 1})" if count else "")
        return told + more


def _parts(test: TestCell, pool: Sequence[ast.stmt]) -> Iterator[_Part]:
    """What students see of a test cell, and what they do not; each with the statements that it needs of all before."""
    body = list(_inlined(_tree(test).body))
    hidden = [node for node in body if _lines_of(node) & test.hidden]
    visible = [node for node in body if node not in hidden]
    if any(_is_looking(node) for node in visible) or (visible and not hidden):
        yield _Part(test, _needed(visible, pool), visible, hidden=False)
    if hidden:
        yield _Part(test, _needed(hidden, [*pool, *visible]), hidden, hidden=True)


def _is_looking(node: ast.stmt) -> bool:
    """Whether a statement may fail anybody: it asserts something, or calls for nothing else than that."""
    is_call = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    is_print = is_call and dotted(node.value.func) in ("print", "display")  # type: ignore[attr-defined]
    return (is_call and not is_print) or any(isinstance(one, ast.Assert | ast.Raise) for one in ast.walk(node))


def _lines_of(node: ast.stmt) -> frozenset[int]:
    return frozenset(range(node.lineno, (node.end_lineno or node.lineno) + 1))


def _needed(body: Iterable[ast.stmt], pool: Sequence[ast.stmt]) -> list[ast.stmt]:
    """The statements of `pool` that give `body` its names, and those that these need; no assertions."""
    nodes = list(body)
    missing = _wanted(nodes)
    chosen: list[ast.stmt] = []
    for node in reversed(pool):
        binds = stored_in([node])
        if binds & missing and not isinstance(node, ast.Import | ast.ImportFrom | ast.Assert):
            chosen.insert(0, node)
            missing = (missing - binds) | read_in(node)
    return [ast.parse(ast.unparse(node)).body[0] for node in chosen]


def _wanted(nodes: Sequence[ast.stmt]) -> set[str]:
    """Names that statements read and do not give a value first."""
    return set(needs("\n".join(ast.unparse(node) for node in nodes)))


def _inlined(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements with the bodies of test functions that nobody calls in place of these, as a test runner would."""
    called = {dotted(one.func) for node in body for one in ast.walk(node) if isinstance(one, ast.Call)}
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test") and node.name not in called:
            yield from (_Environment().visit(one) for one in node.body)
        else:
            yield node


class _Environment(ast.NodeTransformer):
    """`env["x"]` of otter's test functions is the name `x`."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        match node:
            case ast.Subscript(value=ast.Name(id="env"), slice=ast.Constant(value=str(name))):
                return ast.copy_location(ast.Name(name, node.ctx), node)
        self.generic_visit(node)
        return node


def _tree(test: TestCell) -> ast.Module:
    """The statements of a test cell, with what it showed as assertions; none where it is no Python."""
    try:
        return with_outputs(ast.parse(python_of(test.source)), test)
    except SyntaxError:
        return ast.Module([], [])


def _magics(test: TestCell) -> Iterator[Look]:
    for at, line in enumerate(test.source.split("\n"), 1):
        if _MAGIC.match(line):
            yield Look(
                test.cell, at, f"`{line.strip()}` is a command of the notebook's.", "Write what it is to find out."
            )


def _expects(body: Sequence[ast.stmt]) -> bool:
    """Whether anything in a check can fail: an expectation, or a question to the student."""
    return bool({name for node in body for name in read_in(node)} & {"expect", "student", "stand_ins"})


def _number(points: float) -> str:
    """A price as Python: thirds and the like as a division, so that they add up."""
    for below in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12):
        above = round(points * below)
        if abs(above / below - points) < 1e-12:
            return f"{above}" if below == 1 else f"{points:g}" if below in (2, 4, 5, 8, 10) else f"{above} / {below}"
    return repr(points)
