"""A cell of the release, and a cell that was handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from autograder.core.errors import CourseError
from autograder.notebook.code import Code
from autograder.notebook.reading import marks_of


class Kind(StrEnum):
    """What a cell of the release is for."""

    STUB = "stub"
    GIVEN = "given"
    CHECK = "check"
    DEMO = "demo"
    SETUP = "setup"


JUDGING = (Kind.CHECK, Kind.SETUP)
CLOSED = (*JUDGING, Kind.DEMO)
"""Kinds of cells that are not run when grading."""


class Way(StrEnum):
    """How a cell was found again."""

    TEXT = "their text"
    GRADE_ID = "their grade_id"
    CELL_ID = "their cell id"
    MARKER = "the line # YOUR TURN"
    LIKENESS = "their likeness"


@dataclass(frozen=True, eq=False)
class Original:
    """One code cell of the release."""

    position: int
    name: str
    kind: Kind
    cell_id: str | None
    marks: Mapping[str, Any]
    code: Code

    @cached_property
    def promised(self) -> Mapping[str, str]:
        """The names that a stub's answer must define, each with the text handed out (empty for a plain value)."""
        return self.code.definitions or dict.fromkeys(self.code.assigned, "")

    @cached_property
    def grade_id(self) -> str | None:
        return _grade_id(self.marks)

    @property
    def is_of_values(self) -> bool:
        return not self.code.definitions


@dataclass(frozen=True, eq=False)
class Handed:
    """One cell of the student's: `original` is the release's cell that it is, `way` how that was found.

    One that `is_of_earlier` is as an earlier release handed it out; it has the text of today.
    """

    number: int
    is_text: bool
    cell_id: str | None
    marks: Mapping[str, Any]
    code: Code
    original: Original | None = None
    way: Way | None = None
    is_of_earlier: bool = False

    @property
    def kind(self) -> Kind | None:
        """None for the student's own cells. A cell that begins with `# demo` is a demo, as in the notebook."""
        if self.original:
            return self.original.kind
        return Kind.DEMO if self.code.source.lstrip().startswith("# demo") else None

    @property
    def is_changed(self) -> bool:
        return self.original is not None and self.code.normal != self.original.code.normal

    @cached_property
    def grade_id(self) -> str | None:
        return _grade_id(self.marks)

    @property
    def is_given_unchanged(self) -> bool:
        return self.kind is Kind.GIVEN and not self.is_changed

    def is_stub(self, stub: Original) -> bool:
        return self.original is not None and self.original.position == stub.position


def _grade_id(marks: Mapping[str, Any]) -> str | None:
    grade_id = marks.get("nbgrader", {}).get("grade_id")
    return grade_id if isinstance(grade_id, str) else None


def originals_of(release: Mapping[str, Any]) -> list[Original]:
    """The release's code cells. Raises CourseError where none of them is a stub."""
    found = [
        _original(position, cell) for position, cell in enumerate(release["cells"], 1) if cell["cell_type"] == "code"
    ]
    if not any(original.kind is Kind.STUB for original in found):
        raise CourseError("The release notebook has no stub: no code cell is marked as a solution. Build it again.")
    return found


def _original(position: int, cell: Mapping[str, Any]) -> Original:
    source = "".join(cell["source"])
    marks = marks_of(cell.get("metadata", {}))
    name = _grade_id(marks) or cell.get("id") or f"given {position}"
    return Original(position, name, _kind(marks, source), cell.get("id"), marks, Code(source))


def _kind(marks: Mapping[str, Any], source: str) -> Kind:
    nbgrader, role = marks.get("nbgrader", {}), marks.get("autograder", {}).get("role")
    if nbgrader.get("solution"):
        return Kind.STUB
    if role in list(Kind):
        return Kind(role)
    if nbgrader.get("grade"):
        return Kind.CHECK
    return Kind.DEMO if source.lstrip().startswith("# demo") else Kind.GIVEN


def handed_in(submitted: Mapping[str, Any]) -> list[Handed]:
    """The student's cells, numbered from 1 as they stand in the notebook."""
    return [
        Handed(number, cell["cell_type"] != "code", cell["id"], cell["metadata"], Code(cell["source"]))
        for number, cell in enumerate(submitted["cells"], 1)
    ]
