"""Where a check stumbled instead of judging: over a value of the student's, or by its author's own mistake."""

from __future__ import annotations

import ast
import linecache
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from autograder.checks import expect

Answer = tuple[str, object]
"""What student code gave: how it was asked, and the value."""

_OURS = (NameError, ImportError, SyntaxError, MemoryError, RecursionError)
"""Mistakes that no value of a student's leads to."""
_MISCALLED = re.compile(r"\w\(\) (missing|takes|got (an unexpected|multiple|some positional))")
_MOST_ITEMS, _DEEPEST = 1000, 3


@dataclass(frozen=True)
class Place:
    """A line of a check file, and what the names in that piece of it meant that failed."""

    file: str
    line: int
    text: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        known = ", ".join(f"{name} = {expect.described(value)}" for name, value in self.values.items())
        return f"{self.file}, line {self.line}: `{self.text}`{', where ' if known else ''}{known}"


def place(raised: BaseException, folder: str) -> Place | None:
    """The innermost line below `folder` that an exception came through, or of torchlab; None if there is none."""
    found = None
    link = raised.__traceback__
    while link is not None:
        path = Path(link.tb_frame.f_code.co_filename)
        if folder and path.is_absolute() and (path.is_relative_to(folder) or path.parent.name == "torchlab"):
            found = link
        link = link.tb_next
    return None if found is None else _place(found)


def culprit(raised: BaseException, where: Place | None, answers: Iterable[Answer]) -> Answer | None:
    """The value of the student's that the failed piece worked on; None where the check's author must look."""
    if where is None or isinstance(raised, _OURS) or (isinstance(raised, TypeError) and _MISCALLED.search(str(raised))):
        return None
    known = list(answers)
    for value in where.values.values():
        for asked, answer in reversed(known):
            if any(value is one for one in _inside(answer)):
                return asked, value
    objects: list[Any] = [value for value in where.values.values() if _of_student(value)]
    asked, answer = known[-1] if known else ("", None)
    if objects and asked.startswith(getattr(objects[0], "_label", "") if _is_handle(objects[0]) else ""):
        return asked, answer
    return (objects[0]._label, objects[0]) if objects and _is_handle(objects[0]) else None


def _is_handle(value: object) -> bool:
    return hasattr(value, "__student_type__")


def _of_student(value: Any) -> bool:
    """Whether this is the student's names, or an object of theirs; not one of the stand-ins."""
    return bool(value._label) if _is_handle(value) else type(value).__name__ == "Names"


def _inside(value: object, depth: int = 0) -> Iterator[object]:
    """A value, and what it holds."""
    yield value
    items = list(value.values()) if isinstance(value, dict) else value
    if isinstance(items, list | tuple | set | frozenset) and depth < _DEEPEST:
        for item in list(items)[:_MOST_ITEMS]:
            yield from _inside(item, depth + 1)


def _place(link: TracebackType) -> Place:
    frame, file = link.tb_frame, link.tb_frame.f_code.co_filename
    first, last, left, right = list(frame.f_code.co_positions())[link.tb_lasti // 2]
    lines = linecache.getlines(file)[(first or link.tb_lineno) - 1 : last or link.tb_lineno]
    encoded = [line.rstrip("\n").encode() for line in lines]
    if encoded and left is not None and right is not None:
        encoded[-1] = encoded[-1][:right]
        encoded[0] = encoded[0][left:]
    piece = b"\n".join(encoded).decode(errors="replace")
    names = {**frame.f_globals, **frame.f_locals}
    values = {name: names[name] for name in _names(piece) if name in names and not _is_tool(names[name])}
    return Place(Path(file).name, link.tb_lineno, linecache.getline(file, link.tb_lineno).strip(), values)


def _names(piece: str) -> list[str]:
    try:
        tree: ast.AST = ast.parse(piece if piece.startswith("assert ") else f"({piece}\n)")
    except SyntaxError:
        return []
    return list(dict.fromkeys(node.id for node in ast.walk(tree) if isinstance(node, ast.Name)))


def _is_tool(value: object) -> bool:
    """Whether a name means code, not a value: a module, a class, or a function of the author's."""
    return type(value).__name__ in ("module", "type", "function", "builtin_function_or_method")
