"""What was mended in a notebook, in sentences for student and instructor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from autograder.core.model import Cell, Repair, Role
from autograder.notebook.answers import Answer
from autograder.notebook.cells import CLOSED, JUDGING, Handed, Kind, Original, Way
from autograder.notebook.code import Code
from autograder.notebook.matching import claims_of

CHECKS_CHANGED = "test-cells-changed"
STUB_COPIED = "stub-cell-copied"
WORK_OUTSIDE = "work-outside-the-parts"


def repairs_of(
    texts: list[Handed], cells: list[Handed], originals: list[Original], answers: list[Answer]
) -> Iterator[Repair]:
    """All that was mended: `texts` are the cells that were turned into text, `cells` all that are read as code."""
    if any(cell.is_of_earlier for cell in cells):  # what is not there was perhaps not handed out yet
        present = {cell.original.position for cell in cells if cell.original}
        originals = [original for original in originals if original.position in present]
        answers = [answer for answer in answers if answer.own or answer.others or answer.answers]
    yield from _mended_marks(cells, originals)
    yield from _text_repairs(texts)
    yield from _answer_repairs(answers)
    yield from _given_repairs(cells, originals)
    yield from _check_repairs(cells, originals)
    yield from _demo_repairs(cells, answers)
    yield from _work_outside(cells, answers)


def _mended_marks(cells: list[Handed], originals: list[Original]) -> Iterator[Repair]:
    holders = {cell.original.position: cell for cell in reversed(cells) if cell.original and _says_so(cell, originals)}
    stripped = [
        cell
        for cell in cells
        if cell.original
        and cell.original.marks.keys() - cell.marks.keys()
        and holders.get(cell.original.position, cell) is cell
    ]
    edited = [
        cell
        for cell in cells
        if any(mark != (cell.original.marks if cell.original else {}).get(key) for key, mark in cell.marks.items())
    ]
    if stripped:
        ways = sorted({str(cell.way) for cell in stripped})
        yield Repair(f"The nbgrader metadata were missing in {_cells(stripped)}; found again by {', '.join(ways)}.")
    if edited:
        yield Repair(f"The metadata of {_cells(edited)} differ from the release; the release's count.")
    like = [cell for cell in cells if cell.way is Way.LIKENESS and cell.kind is Kind.STUB and cell.original]
    for cell in like:
        yield Repair(f"Cell {cell.number} is taken for the cell `{cell.original.name if cell.original else ''}`.")


def _cells(cells: Sequence[Handed]) -> str:
    numbers = [str(cell.number) for cell in cells]
    if len(numbers) == 1:
        return f"cell {numbers[0]}"
    shown = numbers if len(numbers) <= 8 else [*numbers[:7], f"{len(numbers) - 7} more"]
    return f"cells {', '.join(shown[:-1])} and {shown[-1]}"


def _text_repairs(texts: list[Handed]) -> Iterator[Repair]:
    if texts:
        yield Repair(f"The code in {_cells(texts)} had been turned into text; it was read as code.")


def _answer_repairs(answers: list[Answer]) -> Iterator[Repair]:
    for answer in answers:
        stub, own, counting = answer.stub.name, answer.own, answer.answers
        strangers = [cell for cell in counting if cell not in own]
        if answer.is_copied:
            several = sorted({*own, *answer.others, *counting}, key=lambda cell: cell.number)
            counts = f"{_cells(counting)} counts" if counting else "none of them is filled in"
            yield Repair(f"The part `{stub}` is there more than once ({_cells(several)}); {counts}.", STUB_COPIED)
        elif strangers and own:
            yield Repair(f"The answer to `{stub}` stands in {_cells(strangers)}, outside its own cell; it counts.")
        elif strangers:
            yield Repair(f"The cell `{stub}` is missing; {_cells(strangers)} answers it and counts.")
        elif not own and answer.others:
            yield Repair(f"The cell `{stub}` is missing; {_cells(answer.others)} holds it as it was handed out.")
        elif not own:
            names = " and ".join(f"`{name}`" for name in answer.stub.promised)
            yield Repair(f"The cell `{stub}` is missing, and no other cell defines {names}.")
        elif len(own) > 1:
            yield Repair(f"The cell `{stub}` was split ({_cells(own)}); its parts were taken together.")


def _work_outside(cells: list[Handed], answers: list[Answer]) -> Iterator[Repair]:
    """Says so where parts are as they were handed out, and cells of another notebook stand beside them."""
    still = [f"`{answer.stub.name}`" for answer in answers if answer.own and not answer.answers]
    beside = [cell for cell in cells if not cell.original and cell.kind not in CLOSED and _holds_work(cell)]
    if still and beside:
        names = [f"`{name}`" for cell in beside for name in cell.code.definitions]
        made = f" ({', '.join(names[:4])}{' and others' if len(names) > 4 else ''})" if names else ""
        yield Repair(
            f"Work stands outside the parts, in {_cells(beside)}{made}; still as handed out: {', '.join(still)}.",
            WORK_OUTSIDE,
            notice=True,
        )


def _holds_work(cell: Handed) -> bool:
    return bool(cell.code.definitions) or ".backward()" in cell.code.source


def _given_repairs(cells: list[Handed], originals: list[Original]) -> Iterator[Repair]:
    present = {cell.original.position for cell in cells if cell.original}
    given = [original for original in originals if original.kind is Kind.GIVEN]
    gone = [original.name for original in given if original.position not in present]
    changed = [cell for cell in cells if cell.kind is Kind.GIVEN and cell.is_changed]
    if gone:
        yield Repair(f"Cells of the instructor's were missing and were restored: {', '.join(gone)}.")
    if changed:
        yield Repair(f"The instructor's {_cells(changed)} had been edited: the original runs first, then your version.")


def _check_repairs(cells: list[Handed], originals: list[Original]) -> Iterator[Repair]:
    present = Counter(cell.original.position for cell in cells if cell.original and _says_so(cell, originals))
    found = {cell.original.position for cell in cells if cell.original}
    edited = {cell.original.name for cell in cells if cell.original and cell.is_changed and cell.kind in JUDGING}
    reused = {
        claim.name
        for cell in cells
        for claim in claims_of(cell, originals)
        if cell.original is None and claim.kind is Kind.CHECK
    }
    gone = [o.name for o in originals if o.kind is Kind.CHECK and o.position not in found]
    copied = [o.name for o in originals if o.kind is Kind.CHECK and present[o.position] > 1]
    said = [
        f"{name} ({what})"
        for names, what in (
            (gone, "deleted"),
            (sorted(edited), "edited"),
            (copied, "copied"),
            (sorted(reused), "reused"),
        )
        for name in names
    ]
    if said:
        yield Repair(f"Check cells were changed and restored: {', '.join(said)}.", CHECKS_CHANGED)


def _says_so(cell: Handed, originals: list[Original]) -> bool:
    """Whether a cell's own marks, and not only its text, make it what it is."""
    return cell.original in claims_of(cell, originals)


def _demo_repairs(cells: list[Handed], answers: list[Answer]) -> Iterator[Repair]:
    counting = {cell.number for answer in answers for cell in answer.answers}
    for cell in cells:
        given = cell.original.code.definitions if cell.original else {}
        names = [name for name in cell.code.definitions if name not in given]
        if cell.kind is Kind.DEMO and names and cell.number not in counting:
            shown = ", ".join(f"`{name[:60]}`" for name in names[:5])
            yield Repair(
                f"Cell {cell.number} only shows something and is not run when grading: {shown}, defined there, is "
                "unknown to the checks. Define it in a cell of your own."
            )


_MUCH_TEXT = 10_000
_MANY_COMMAS = 1_500


def large_literals(script: Sequence[Cell]) -> Iterator[Repair]:
    """Look-up tables and weights as text: nothing is taken off for them, but the instructor should know."""
    own = [(cell, Code(cell.source)) for cell in script if cell.role is not Role.GIVEN]
    quoted, commas = sum(code.quoted for _, code in own), sum(code.commas for _, code in own)
    if quoted > _MUCH_TEXT or commas > _MANY_COMMAS:
        largest = max(own, key=lambda pair: pair[1].quoted + pair[1].commas)[0].name
        yield Repair(
            f"For the instructor: the code holds large literal data ({quoted:,} letters of text, {commas:,} commas; "
            f"most in {largest}). It may be a look-up table or trained weights.",
            notice=True,
        )
