"""Reading a master of nbgrader: its cells say in their metadata what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from autograder.authoring.adopting.look import Look
from autograder.authoring.adopting.master import Given, Item, Master, Stub, TestCell, Text, Words, name_for
from autograder.authoring.adopting.regions import has_marks, stub_source, without_marks
from autograder.checks.names import bound, needs
from autograder.checks.python_first import python_of
from autograder.core.errors import CourseError

_HIDDEN = re.compile(r"^\s*#+\s*(BEGIN|END)\s+(ALWAYS\s+)?HIDDEN TESTS", re.IGNORECASE)
_SCHEME = re.compile(r"^\s*=+\s*(BEGIN|END) MARK SCHEME\s*=*\s*$", re.IGNORECASE)
_UNWRITTEN = "NotImplementedError"


def is_of_nbgrader(book: Any) -> bool:
    """Whether any cell is marked as nbgrader marks answers and tests."""
    return any(marks.get(key) for marks in map(_marks, book.cells) for key in ("solution", "grade", "task"))


def read(book: Any) -> Master:
    """The master in `book` (nbformat 4). Raises CourseError where it is a release, which holds no answers."""
    code = [cell.source for cell in book.cells if _marks(cell).get("solution") and cell.cell_type == "code"]
    if code and all(_UNWRITTEN in source and not has_marks(source) for source in code):
        raise CourseError(
            "This notebook is a release: its answer cells hold no answers. Adopt the source version, the one that "
            "nbgrader keeps in the folder source/."
        )
    items, tests, looks = _items(book)
    titles = re.findall(r"^#\s+(.+)$", "\n".join(one.source for one in items if isinstance(one, Text)), re.MULTILINE)
    return Master(titles[0].strip() if titles else "", list(_with_tests(items, tests)), looks=looks)


def _items(book: Any) -> tuple[list[Item], list[tuple[int, TestCell]], list[Look]]:
    """The cells in their order, each test cell with the place of the stub that it looks at, and tests of nothing."""
    items: list[Item] = []
    tests: list[tuple[int, TestCell]] = []
    looks: list[Look] = []
    for number, cell in enumerate(book.cells, 1):
        marks, is_code = _marks(cell), cell.cell_type == "code"
        if is_code and marks.get("grade") and not marks.get("solution"):
            test = _test(number, cell, marks)
            place = _stub_of(test, items)
            if place is None:
                looks.append(Look(number, 1, "This test cell stands before any answer.", "Move what it tests."))
            else:
                tests.append((place, test))
        elif cell.cell_type != "raw":
            taken = [one.name for one in items if isinstance(one, Stub | Words)]
            items.append(_item(number, cell, marks, taken))
    return items, tests, looks


def _item(number: int, cell: Any, marks: Mapping[str, Any], taken: Sequence[str]) -> Item:
    told, points = str(marks.get("grade_id", "")), float(marks.get("points") or 0)
    if cell.cell_type == "code":
        if not marks.get("solution"):
            return Given(number, cell.source)
        name = name_for(told, bound(without_marks(cell.source)), taken)
        return Stub(name, number, stub_source(name, cell.source), by_hand=points if marks.get("grade") else 0.0)
    if marks.get("task"):
        question, scheme = _parted(cell.source, _SCHEME)
        return Words(name_for(told, ["task"], taken), points, question, scheme)
    if marks.get("solution"):
        name = name_for(told, ["answer"], taken)
        if has_marks(cell.source):
            return Words(name, points, *_parted(cell.source, re.compile(r"^\s*#+\s*(BEGIN|END) SOLUTION.*$")))
        return Words(name, points, "", cell.source)
    return Text(cell.source, cell.get("attachments", {}))


def _parted(source: str, mark: re.Pattern[str]) -> tuple[str, str]:
    """What stands outside of the marks, and what stands between them."""
    outside, inside, is_inside = list[str](), list[str](), False
    for line in source.split("\n"):
        if found := mark.match(line):
            is_inside = found[1].upper() == "BEGIN"
        else:
            (inside if is_inside else outside).append(line)
    return "\n".join(outside).strip(), "\n".join(inside).strip()


def _test(number: int, cell: Any, marks: Mapping[str, Any]) -> TestCell:
    lines, hidden, inside = cell.source.split("\n"), set[int](), False
    for at, line in enumerate(lines, 1):
        if mark := _HIDDEN.match(line):
            inside = mark[1].upper() == "BEGIN"
        elif inside:
            hidden.add(at)
    points = float(marks.get("points") or 0)
    return TestCell(str(marks.get("grade_id", "")), number, cell.source, points, frozenset(hidden))


def _stub_of(test: TestCell, items: Sequence[Item]) -> int | None:
    """The place of the last stub before the test that defines a name of which it speaks; else of the last one."""
    asked = set(needs(python_of(test.source)))
    stubs = [(place, one) for place, one in enumerate(items) if isinstance(one, Stub)]
    fitting = [place for place, one in stubs if asked & set(bound(without_marks(one.source)))]
    return next(reversed(fitting or [place for place, _ in stubs]), None)


def _with_tests(items: Sequence[Item], tests: Sequence[tuple[int, TestCell]]) -> Iterator[Item]:
    for place, item in enumerate(items):
        if isinstance(item, Stub):
            own = tuple(test for at, test in tests if at == place)
            yield Stub(item.name, item.cell, item.source, own, item.by_hand)
        else:
            yield item


def _marks(cell: Any) -> Mapping[str, Any]:
    marks: Mapping[str, Any] = cell.metadata.get("nbgrader", {})
    return marks
