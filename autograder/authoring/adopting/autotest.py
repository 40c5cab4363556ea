"""nbgrader's AUTOTEST lines: what they compare with is what the solution gives, asked of it in the sandbox."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.authoring.adopting.look import Look
from autograder.authoring.adopting.master import Given, Item, Master, Stub, TestCell
from autograder.authoring.adopting.regions import without_marks
from autograder.core import kit
from autograder.core.errors import StudentError
from autograder.core.model import Cell, Role
from autograder.sandbox import Limits, Mode, Room, Template

_LINE = re.compile(r"^\s*#+\s*(?P<hashed>HASHED\s+)?AUTOTEST\s+(?P<asked>.+?)\s*$", re.IGNORECASE)
_MOST = 50
"""Numbers of an array that a check may hold; of a larger one nobody could read what is wanted."""

Place = tuple[int, int, int]
"""Cell, line and place in the line of an expression that is asked for."""


def asked_in(master: Master) -> list[str]:
    """All expressions that AUTOTEST lines of the master ask for."""
    return [expression for _, expression in _asked(master.items)]


def answered(master: Master, hidden: Sequence[str], files: Mapping[str, bytes], mode: Mode | None = None) -> Master:
    """The master with assertions in place of its AUTOTEST lines; HASHED ones are hidden from students.

    `hidden` are folders that the solution must not find while it runs, `files` (content by name) what it finds beside
    it. Raises SandboxError if it cannot be run.
    """
    asked = dict(_asked(master.items))
    first, again = (_values(master.items, asked, hidden, files, mode) for _ in range(2))
    known = {place: text for place, text in first.items() if text and again.get(place) == text}
    looks = [
        Look(place[0], place[1], f"AUTOTEST {expression}: {_why(first.get(place))}", "Write what is wanted.")
        for place, expression in asked.items()
        if place not in known
    ]
    items = [
        replace(item, tests=tuple(_said(test, known) for test in item.tests)) if isinstance(item, Stub) else item
        for item in master.items
    ]
    return replace(master, items=items, looks=[*master.looks, *looks])


def _why(text: str | None) -> str:
    return "the solution gives something else each time." if text else "what the solution gives cannot be written down."


def _tests(items: Sequence[Item]) -> Iterator[tuple[int, TestCell]]:
    for place, item in enumerate(items):
        for test in item.tests if isinstance(item, Stub) else ():
            yield place, test


def _asked(items: Sequence[Item]) -> Iterator[tuple[Place, str]]:
    """Each expression that an AUTOTEST line asks for; several in a line are parted by semicolons."""
    for _, test in _tests(items):
        for at, line in enumerate(test.source.split("\n"), 1):
            if found := _LINE.match(line):
                for number, expression in enumerate(_parts(found["asked"])):
                    yield (test.cell, at, number), expression


def _parts(text: str) -> list[str]:
    try:
        return [ast.unparse(node) for node in ast.parse(text).body]
    except SyntaxError:
        return []


def _values(
    items: Sequence[Item],
    asked: Mapping[Place, str],
    hidden: Sequence[str],
    files: Mapping[str, bytes],
    mode: Mode | None,
) -> dict[Place, str]:
    """What the solution gives for each, as Python; empty where that has no plain form."""
    names = {place: f"asked_{at}" for at, place in enumerate(asked)}
    limits = Limits(memory_mib=2048, cpu_seconds=120, cell_seconds=60, extra_cell_seconds=60, submission_seconds=300)
    cells = tuple(_cells(items, asked, names))
    with (
        Template.start(limits, mode, hidden=(*hidden, *kit.carried()), files=files) as template,
        closing(Room(template, cells, "", limits)) as room,
    ):
        return {place: _text(_value(room.student, name)) for place, name in names.items()}


def _cells(items: Sequence[Item], asked: Mapping[Place, str], names: Mapping[Place, str]) -> Iterator[Cell]:
    for item in items:
        if isinstance(item, Given):
            yield Cell(f"cell {item.cell}", item.source, Role.GIVEN)
        elif isinstance(item, Stub):
            yield Cell(f"cell {item.cell}", without_marks(item.source), Role.STUB, item.name)
            for test in item.tests:
                own = [(place, text) for place, text in asked.items() if place[0] == test.cell]
                for place, text in own:
                    yield Cell(f"asked {place}", f"{names[place]} = {text}", Role.GIVEN)


def _value(student: Any, name: str) -> object:
    try:
        return getattr(student, name)
    except StudentError:
        return NotImplemented


def _text(value: object) -> str:
    """A value as Python; nothing for one without a plain form."""
    if isinstance(value, np.ndarray) and value.size <= _MOST and value.dtype.kind in "iufb":
        return f"np.array({value.tolist()!r})"
    if isinstance(value, np.generic):
        return _text(value.item())
    text = repr(value)
    try:
        return text if ast.literal_eval(text) == value else ""
    except (ValueError, SyntaxError, TypeError):
        return ""


def _said(test: TestCell, known: Mapping[Place, str]) -> TestCell:
    """A test cell with assertions in place of its AUTOTEST lines."""
    lines, hidden = test.source.split("\n"), set(test.hidden)
    for at, line in enumerate(lines, 1):
        if found := _LINE.match(line):
            pairs = [(text, known.get((test.cell, at, number))) for number, text in enumerate(_parts(found["asked"]))]
            indent = line[: len(line) - len(line.lstrip())]
            lines[at - 1] = indent + "; ".join(f"assert {text} == {wanted}" for text, wanted in pairs if wanted)
            hidden |= {at} if found["hashed"] else set()
    return replace(test, source="\n".join(lines), hidden=frozenset(hidden))
