"""Source text that travels to places where the package is not at hand: a student's process, a student's notebook."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from autograder.core.errors import CourseError

LAB = "autograder.torchlab"
INSIDE = f"{LAB}.inside"
"""The room of the probes, and that of their halves for the student's process."""


@lru_cache(maxsize=16)
def written_out(source: str) -> str:
    """`source` as one file: in place of what it imports from `torchlab.inside` stand the texts of those modules.

    They share one namespace then. Raises CourseError where two of them define the same name, or an import renames.
    """
    texts = [_own_text(text) for text in [*_reached(source, INSIDE).values(), source]]
    if len(texts) == 1:
        return source
    names = [name for text in texts for name in _defined(text)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise CourseError(f"stand_ins.py: {', '.join(twice)} is also the name of something that it imports. Rename it.")
    return "\n".join(["from __future__ import annotations", *texts])


def imports(source: str, module: str) -> bool:
    """Whether `source` imports the module of this full name, wherever in it."""
    room, _, last = module.rpartition(".")
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        if isinstance(node, ast.ImportFrom) and (node.module == module or (node.module == room and last in names)):
            return True
        if isinstance(node, ast.Import) and module in names:
            return True
    return False


def lab_modules(*sources: str) -> dict[str, str]:
    """The modules of torchlab that sources import at their top: text by full name, each after those that it imports."""
    return {name: text for source in sources for name, text in _reached(source, LAB).items()}


def with_included_hints(own: str) -> str:
    """A `hints.toml`, and below it torchlab's where it says `include = "torchlab"`, without entries that it replaces.

    Raises ValueError where it is no TOML or includes something else.
    """
    tables = tomllib.loads(own)
    if "include" not in tables:
        return own
    if tables["include"] != "torchlab":
        raise ValueError(f'include = {tables["include"]!r} is not known. Write include = "torchlab"')
    common = files(LAB).joinpath("hints.toml").read_text(encoding="utf-8")
    heads = [f"[hint.{name}]\n" for name in tables.get("hint", {})]
    kept = [part for part in re.split(r"(?m)^(?=\[)", common) if not part.startswith(tuple(heads))]
    return f"{own}\n{''.join(kept)}"


def _reached(source: str, room: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in _imports(source, room):
        assert node.module is not None
        text = _text_of(node.module)
        found |= {**_reached(text, room), node.module: text}
    return found


def _imports(source: str, room: str) -> Iterator[ast.ImportFrom]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(f"{room}."):
            yield node


@cache
def _text_of(module: str) -> str:
    *folders, name = module.split(".")[1:]
    try:
        return files("autograder").joinpath(*folders, f"{name}.py").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise CourseError(f"There is no module {module}. Correct the import.") from error


def _own_text(source: str) -> str:
    """The lines of `source` without its imports from `torchlab.inside` and from `__future__`."""
    lines: list[str | None] = list(source.splitlines())
    for node in _imports(source, INSIDE):
        if any(alias.asname or alias.name == "*" for alias in node.names):
            raise CourseError(f"stand_ins.py: import from {node.module} by plain names only, without `as` or `*`.")
        lines[node.lineno - 1 : node.end_lineno] = [None] * ((node.end_lineno or node.lineno) - node.lineno + 1)
    kept = [line for line in lines if line is not None and line != "from __future__ import annotations"]
    return "\n".join(kept) + "\n"


def _defined(source: str) -> Iterator[str]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (
                one.id
                for target in targets
                for one in ast.walk(target)
                if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
            )
