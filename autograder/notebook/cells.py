"""The release's cells, the student's cells, and which of these are which of those."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from autograder.core.errors import CourseError
from autograder.notebook.code import Code, likeness
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
    """One cell of the student's: `original` is the release's cell that it is, `way` how that was found."""

    number: int
    is_text: bool
    cell_id: str | None
    marks: Mapping[str, Any]
    code: Code
    original: Original | None = None
    way: Way | None = None

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


_SAME_CELL = 0.8
_SAME_STUB = 0.5
_MARGIN = 0.15


def found_again(cells: list[Handed], originals: list[Original]) -> list[Handed]:
    """The cells, each with the release's cell that it is, by all that names one; text turned from code is code."""
    cells = [_by_text(cell, originals) for cell in cells if not cell.is_text or claims_of(cell, originals)]
    cells = [cell if cell.original else _by_name(cell, originals) for cell in cells]
    present = {cell.original.position for cell in cells if cell.original and cell.way is Way.TEXT}
    cells = [_own_cell_under_a_foreign_id(cell, present) for cell in cells]
    return [cell for cell in cells if not cell.is_text or _answers_as_text(cell)]


def _by_text(cell: Handed, originals: list[Original]) -> Handed:
    equal = [original for original in originals if cell.code.normal and original.code.normal == cell.code.normal]
    named = [original for original in equal if original in claims_of(cell, originals)]
    return replace(cell, original=(named or equal)[0], way=Way.TEXT) if equal else cell


def claims_of(cell: Handed, originals: list[Original]) -> dict[Original, Way]:
    """The release's cells that a cell's grade_id, cell id or marker names, the best witness first."""
    markers = cell.code.markers
    witnesses = (
        (Way.GRADE_ID, lambda original: cell.grade_id is not None and cell.grade_id == original.grade_id),
        (Way.CELL_ID, lambda original: cell.cell_id is not None and cell.cell_id == original.cell_id),
        (Way.MARKER, lambda original: original.kind is Kind.STUB and markers == {original.name}),
    )
    claims: dict[Original, Way] = {}
    for way, names in witnesses:
        for original in filter(names, originals):
            claims.setdefault(original, way)
    return claims


def _by_name(cell: Handed, originals: list[Original]) -> Handed:
    """A cell that answers other stubs than the one it is named after is not that one's: its marks were exchanged."""
    answered = stubs_answered(cell, originals)
    claims = claims_of(cell, originals)
    by_id = [original for original, way in claims.items() if original in answered and way is not Way.MARKER]
    fitting = by_id + [o for o in claims if o.kind is not Kind.STUB or not answered or o in answered]
    return replace(cell, original=fitting[0], way=claims[fitting[0]]) if fitting else cell


def stubs_answered(cell: Handed, originals: list[Original]) -> list[Original]:
    """The stubs of which a cell defines a name, be it as handed out."""
    return [original for original in stubs_of(originals) if original.code.definitions.keys() & cell.code.definitions]


def stubs_of(originals: Iterable[Original]) -> list[Original]:
    """The stubs among the release's cells, in their order."""
    return [original for original in originals if original.kind is Kind.STUB]


def _own_cell_under_a_foreign_id(cell: Handed, present: set[int]) -> Handed:
    """A cell that only claims to be one of the instructor's, which stands elsewhere unchanged, is the student's own."""
    if cell.original is None or cell.way is Way.TEXT or cell.kind is Kind.STUB:
        return cell
    is_copy = likeness(cell.original.code, cell.code) >= _SAME_CELL
    return cell if is_copy or cell.original.position not in present else replace(cell, original=None, way=None)


def _answers_as_text(cell: Handed) -> bool:
    return cell.kind is Kind.STUB and bool(cell.original and cell.original.promised.keys() & cell.code.definitions)


def found_by_likeness(cells: list[Handed], originals: list[Original]) -> tuple[list[Handed], list[str]]:
    """The cells, after a look at likeness for what is still missing; and sentences where two cells are too alike."""
    doubts: list[str] = []
    for original in _missing(cells, originals):
        scores = sorted(
            ((likeness(original.code, cell.code), -cell.number) for cell in _unclaimed(cells, originals)),
            reverse=True,
        )
        needed = _SAME_STUB if original.kind is Kind.STUB else _SAME_CELL
        near = [(score, -number) for score, number in scores if score >= needed]
        if not near:
            continue
        if len(near) > 1 and near[0][0] - near[1][0] < _MARGIN and original.kind is Kind.STUB:
            doubts.append(
                f"Cells {near[0][1]} and {near[1][1]} are both like the cell `{original.name}`, whose own marks are "
                "gone: a person must say which one counts."
            )
            continue
        number = near[0][1]
        cells = [
            replace(cell, original=original, way=Way.LIKENESS) if cell.number == number else cell for cell in cells
        ]
    return cells, doubts


def _missing(cells: list[Handed], originals: list[Original]) -> list[Original]:
    present = {cell.original.position for cell in cells if cell.original}
    answered = {stub.position for cell in cells for stub in stubs_answered(cell, originals)}
    return [original for original in originals if original.position not in present | answered]


def _unclaimed(cells: list[Handed], originals: list[Original]) -> list[Handed]:
    return [cell for cell in cells if cell.kind is None and not stubs_answered(cell, originals)]
