"""Which of a student's cells is which of the release's: by marks, text, the names it defines, or likeness."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from autograder.notebook.cells import Handed, Kind, Original, Way
from autograder.notebook.code import likeness

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
    """A cell that answers other stubs than the one it is named after is not that one's: its marks were exchanged.

    Where its own text names that stub, too, other work was pasted into it.
    """
    answered = stubs_answered(cell, originals)
    claims = claims_of(cell, originals)
    by_id = [original for original, way in claims.items() if original in answered and way is not Way.MARKER]
    fitting = by_id + [o for o in claims if o.kind is not Kind.STUB or not answered or o in answered]
    fitting += [o for o in claims if cell.code.markers == {o.name}]
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
