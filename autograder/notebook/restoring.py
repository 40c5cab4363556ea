"""A student's answers put back among the instructor's cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from autograder.core.model import Cell, Repair, Role, Script
from autograder.notebook.answers import Answer, answer_to, contradictions, strangeness, unread
from autograder.notebook.cells import CLOSED, Handed, Kind, Original, handed_in, originals_of
from autograder.notebook.earlier import brought_up, memory_of
from autograder.notebook.matching import found_again, found_by_likeness, stubs_of
from autograder.notebook.repairs import large_literals, repairs_of


def restore(submitted: Mapping[str, Any], release: Mapping[str, Any]) -> Script:
    """The student's notebook as a script fit to run: `submitted` as `parse` gives it, `release` in format 4.

    The script holds given cells (the release's), stubs' answers and the student's own cells, in the student's order;
    check, demo and set-up cells are not in it. Raises CourseError where the release has no stub.
    """
    originals = originals_of(release)
    cells = found_again(_handed_in(submitted, originals, release), originals)
    texts = [cell for cell in cells if cell.is_text]
    cells, doubts = found_by_likeness([replace(cell, is_text=False) for cell in cells], originals)
    stubs = stubs_of(originals)
    answers = [answer_to(stub, cells, stubs) for stub in stubs]
    strange = list(strangeness(cells, answers))
    doubts = [*strange, *doubts, *unread(answers), *contradictions(cells, answers)]
    repairs = [
        *(Repair(sentence) for sentence in submitted.get("mended", ())),
        *repairs_of(texts, cells, originals, answers),
    ]
    script = _cells_to_run(cells, originals, answers)
    return Script(
        cells=script,
        repairs=() if strange else (*repairs, *large_literals(script)),
        not_attempted=frozenset(answer.stub.name for answer in answers if not answer.answers),
        unsure=doubts[0] if doubts else None,
    )


def work_in(submitted: Mapping[str, Any], release: Mapping[str, Any]) -> int:
    """How much of the assignment a notebook holds: 0 nothing, 1 cells as handed out, 2 an answer to a stub."""
    originals = originals_of(release)
    cells = found_again(_handed_in(submitted, originals, release), originals)
    stubs = stubs_of(originals)
    if any(answer_to(stub, cells, stubs).answers for stub in stubs):
        return 2
    return int(any(cell.kind in (Kind.STUB, Kind.CHECK) for cell in cells))  # other cells are alike in all assignments


def _handed_in(submitted: Mapping[str, Any], originals: Sequence[Original], release: Mapping[str, Any]) -> list[Handed]:
    return brought_up(handed_in(submitted), originals, memory_of(release))


def _cells_to_run(cells: list[Handed], originals: list[Original], answers: list[Answer]) -> tuple[Cell, ...]:
    stub_of = {cell.number: answer.stub.name for answer in reversed(answers) for cell in answer.answers}
    idle = {cell.number for answer in answers for cell in answer.idle}
    placed: list[tuple[float, Cell]] = []
    seen: set[int] = set()
    for cell in cells:
        if cell.number in idle or not cell.code.normal:
            continue
        if cell.original and cell.kind is Kind.GIVEN and cell.original.position not in seen:
            seen.add(cell.original.position)
            placed.append((cell.number, _given(f"cell {cell.number} ({cell.original.name})", cell.original)))
        if cell.number in stub_of or (cell.kind not in CLOSED and not cell.is_given_unchanged):
            placed.append((cell.number, _own(cell, stub_of)))
    for original in originals:
        if original.kind is Kind.GIVEN and original.position not in seen:
            place = _place(original, cells, answers)
            placed.append((place, _given(f"restored cell ({original.name})", original)))
    return tuple(cell for _, cell in sorted(placed, key=lambda pair: pair[0]))


def _given(name: str, original: Original) -> Cell:
    return Cell(name, original.code.source, Role.GIVEN)


def _own(cell: Handed, stub_of: Mapping[int, str]) -> Cell:
    stub = stub_of.get(cell.number) or (cell.original.name if cell.original and not cell.is_changed else None)
    if stub is None:
        return Cell(f"cell {cell.number}", cell.code.source, Role.EXTRA)
    return Cell(f"cell {cell.number} ({stub})", cell.code.source, Role.STUB, stub)


def _place(original: Original, cells: list[Handed], answers: list[Answer]) -> float:
    """Where a deleted cell goes: after what stands before it in the release, but before the stubs that follow it."""
    places = {cell.original.position: cell.number for cell in reversed(cells) if cell.original}
    before = [position for position in places if position < original.position]
    after = places[max(before)] + 0.5 if before else 0.0
    later = [cell.number for a in answers if a.stub.position > original.position for cell in (*a.answers, *a.own)]
    return min([after, *(number - 0.5 for number in later)])
