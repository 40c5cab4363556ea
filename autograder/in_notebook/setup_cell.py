"""The source of the release's set-up cell: the kit's run-time files, and of the checks what students may see.

Of the checks go in: the public ones, and every name of their module that these need in turn. Hidden checks are told by
stub, title and points. Everything stands there verbatim, as readable Python.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from autograder.core.errors import CourseError
from autograder.core.model import Check
from autograder.in_notebook.cells import needs
from autograder.in_notebook.lesson import NAMES

FILES = (
    "core.model",
    "core.errors",
    "checks.points",
    "checks.expect",
    "checks.hints",
    "in_notebook.namespace",
    "in_notebook.card",
    "in_notebook.cells",
    "in_notebook.lesson",
)
"""The kit's run-time files, each after those that it imports."""

ROOMS = ("autograder", *dict.fromkeys(f"autograder.{name.partition('.')[0]}" for name in FILES))
"""The packages that these files lie in."""

_QUOTES = "'" * 3
_TABLE = re.compile(r"^\[{1,2}(?P<kind>\w+)(?:\.(?P<id>[\w-]+))?\]", re.MULTILINE)

_EMBED = '''
import linecache as _linecache
import sys as _sys
import types as _types


def _embed(name, source):
    """Makes `source` importable as the module `name`."""
    module, file = _types.ModuleType(name), f"<{name}>"
    module.__path__ = []
    _linecache.cache[file] = len(source), None, source.splitlines(True), file
    _sys.modules[name] = module
    exec(compile(source, file, "exec", dont_inherit=True), module.__dict__)
    package, _, child = name.rpartition(".")
    if package:
        setattr(_sys.modules[package], child, module)
    return vars(module)
'''.strip("\n")


@dataclass(frozen=True)
class Ingredients:
    """What one assignment's set-up cell is made of. `parts`: the names each stub defines; `given`: the imports' source;
    `checks`: all of them in file order, `check_source` and `stand_ins` their files, `hints` the catalogue's text,
    `pictures` the source of what shows pictures."""

    parts: Mapping[str, Sequence[str]]
    given: str
    checks: Sequence[Check]
    check_source: str
    stand_ins: str
    hints: str
    pictures: str = ""


def set_up(lesson: Ingredients) -> str:
    """The code of the set-up cell. Raises CourseError where a file cannot be embedded."""
    public = public_part(lesson.check_source, lesson.checks)
    modules = {**dict.fromkeys(ROOMS, ""), **kit()}
    embedded = [f"_embed({name!r}, {_quoted(name, source)})" for name, source in modules.items()]
    return "\n\n".join(
        [
            _EMBED,
            *embedded,
            *([f"_embed('pictures', {_quoted('pictures.py', lesson.pictures)})"] if lesson.pictures else []),
            f"_stand_ins = _embed('stand_ins', {_quoted('stand_ins.py', lesson.stand_ins)})",
            f"_checks = _embed('checks', {_quoted('the checks', public)})",
            f"_hints = {_quoted('hints.toml', needed_hints(lesson.hints, public + lesson.stand_ins))}",
            _start(lesson),
        ]
    )


def kit() -> dict[str, str]:
    """The kit's run-time files: source by module name."""
    folder = files("autograder")
    return {
        f"autograder.{name}": folder.joinpath(*f"{name}.py".replace(".", "/", 1).split("/")).read_text("utf-8")
        for name in FILES
    }


def offered(pictures: str) -> tuple[str, ...]:
    """All names that the set-up cell puts into a notebook: the lesson's own, and the functions of `pictures`."""
    functions = [node.name for node in ast.parse(pictures).body if isinstance(node, ast.FunctionDef)]
    return (*NAMES, *(name for name in functions if not name.startswith("_")))


def public_part(source: str, checks: Iterable[Check]) -> str:
    """The public checks of a check file and all they need, in file order. Raises CourseError if that is hidden."""
    statements = _statements(source)
    owner = {name: at for at, (names, _, _) in enumerate(statements) for name in names}
    hidden = {check.name for check in checks if check.hidden}
    waiting = [check.name for check in checks if not check.hidden]
    wanted: dict[int, set[str]] = {}
    while waiting:
        name = waiting.pop()
        at = owner.get(name)
        if at is None or name in wanted.get(at, ()):
            continue
        if name in hidden:
            raise CourseError(f"The hidden check {name} is needed by a public one. Move what they share to a function.")
        wanted.setdefault(at, set()).add(name)
        waiting += _needed_by(statements[at][2])
    always = [text for names, node, text in statements if _is_future_import(node)]
    chosen = [_cut(statements[at][1], statements[at][2], wanted[at]) for at in sorted(wanted)]
    return "\n\n".join([*always, *chosen]) + "\n"


def needed_hints(toml: str, source: str) -> str:
    """The rules of a catalogue, and those hints that a rule or `source` names."""
    blocks = _blocks(toml)
    rules = "".join(text for kind, _, text in blocks if kind == "rule")
    named = rules + source
    return "".join(text for kind, name, text in blocks if kind == "rule" or (kind == "hint" and f'"{name}"' in named))


def _start(lesson: Ingredients) -> str:
    """The lines that bring the notebook's helpers to life."""
    later = [(check.stub, check.title, check.points) for check in lesson.checks if check.hidden]
    parts = "".join(f"    {stub!r}: {list(names)!r},\n" for stub, names in lesson.parts.items())
    hidden = "".join(f"    {entry!r},\n" for entry in later)
    pictures = list(offered(lesson.pictures)[len(NAMES) :])
    taken = f"from pictures import {', '.join(pictures)}\n" if pictures else ""
    return (
        f"from autograder.in_notebook.lesson import Lesson as _Lesson\n{taken}\n"
        f"_parts = {{\n{parts}}}\n"
        f"_when_graded = [\n{hidden}]\n"
        f"_imports = {lesson.given!r}\n"
        f"_lesson = _Lesson(_parts, _imports, _when_graded, _checks, _stand_ins, _hints, pictures={pictures})\n"
        f"{', '.join(NAMES)} = {', '.join(f'_lesson.{name}' for name in NAMES)}\n"
        'print("Set-up done. Go on with the next cell.")'
    )


def _quoted(name: str, source: str) -> str:
    """`source` as a raw string literal that shows it line by line. Raises CourseError where that cannot be."""
    if _QUOTES in source or source.endswith("\\"):
        raise CourseError(f"{name}: holds {_QUOTES} or ends in a backslash and cannot be embedded. Write it otherwise.")
    return f"r{_QUOTES}\n{source}{_QUOTES}"


def _statements(source: str) -> list[tuple[frozenset[str], ast.stmt, str]]:
    """Each top-level statement: the names it binds, the node, its text with decorators and the comment above."""
    lines = source.splitlines()
    found = []
    for node in ast.parse(source).body:
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
        while first > 1 and lines[first - 2].startswith("#") and not lines[first - 2].startswith("# ---"):
            first -= 1
        found.append((frozenset(_bound(node)), node, "\n".join(lines[first - 1 : node.end_lineno])))
    return found


def _bound(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
    else:
        yield from (one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))


def _needed_by(text: str) -> list[str]:
    """Global names that a statement uses, and the arguments of its function: these may be probes."""
    arguments = [one.arg for node in ast.parse(text).body for one in ast.walk(node) if isinstance(one, ast.arg)]
    return [*needs(text), *arguments]


def _is_future_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _cut(node: ast.stmt, text: str, wanted: set[str]) -> str:
    """An import with only the wanted names; any other statement as it is."""
    if not isinstance(node, ast.Import | ast.ImportFrom):
        return text
    node.names = [alias for alias in node.names if (alias.asname or alias.name.partition(".")[0]) in wanted]
    return ast.unparse(node)


def _blocks(toml: str) -> list[tuple[str, str, str]]:
    """The tables of a TOML text: kind, id and text of each."""
    heads = list(_TABLE.finditer(toml))
    ends = [*(head.start() for head in heads[1:]), len(toml)][: len(heads)]
    return [
        (head["kind"], head["id"] or "", toml[head.start() : end].rstrip() + "\n\n")
        for head, end in zip(heads, ends, strict=True)
    ]
