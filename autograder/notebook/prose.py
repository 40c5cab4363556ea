"""Answers in words: text cells of the release that a person grades, found again in a student's notebook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from autograder.notebook.earlier import Memory, is_remembered, memory_of

Cell = Mapping[str, Any]
_MARKER = re.compile(r"^#+[ \t]*YOUR TURN:[ \t]*(\S+)", re.MULTILINE)


def written_answers(submitted: Mapping[str, Any], release: Mapping[str, Any]) -> dict[str, str]:
    """What a student wrote for each text cell that a person grades, by its grade_id.

    `submitted` is as `parse` gives it, `release` in format 4. A cell is found again by grade_id, cell id or its line
    `YOUR TURN: name`; where all are gone, by its place: own text after what stands before it in the release. Own text
    that follows an answer belongs to it, lines of the question do not. A question without any answer is left out.
    """
    originals, memory = release["cells"], memory_of(release)
    answers = {
        _grade_id(cell): _answer(submitted["cells"], originals, place, memory)
        for place, cell in enumerate(originals)
        if _is_asked(cell)
    }
    return {name: answer for name, answer in answers.items() if answer}


def _answer(cells: Sequence[Cell], originals: Sequence[Cell], place: int, memory: Memory) -> str:
    """The student's text for the question at `place` of the release; empty where it was left as handed out."""
    asked, known = originals[place], {_normal(cell) for cell in originals}
    claiming = [at for at, cell in enumerate(cells) if _is_same(cell, asked)]
    own = [at for at in claiming if _normal(cells[at]) not in known]
    touched = [at for at in own if not is_remembered(_normal(cells[at]), memory)]
    before = [at for at, cell in enumerate(cells) if place and _is_same(cell, originals[place - 1])]
    starts = touched or [at + 1 for at in (claiming or before)]
    found = {at: cells[at] for start in starts for at in _own_text(cells, originals, start, touched)}
    asked_lines = {line.strip() for line in _source(asked).splitlines()} - {""}
    lines = [line for at in sorted(found) for line in [*_source(found[at]).splitlines(), ""]]
    return "\n".join(line for line in lines if line.strip() not in asked_lines).strip()


def _own_text(cells: Sequence[Cell], originals: Sequence[Cell], start: int, claimed: Sequence[int]) -> Iterator[int]:
    """Positions of the student's own text from `start` on, up to the next cell that is code or the release's."""
    for at in range(start, len(cells)):
        is_own = cells[at]["cell_type"] != "code" and not any(_is_same(cells[at], cell) for cell in originals)
        if not (is_own or at in claimed):
            return
        yield at


def _is_asked(cell: Cell) -> bool:
    marks = cell["metadata"].get("nbgrader", {})
    return cell["cell_type"] == "markdown" and bool(marks.get("grade") and marks.get("solution"))


def _is_same(cell: Cell, original: Cell) -> bool:
    """Whether a grade_id, a cell id, the marker's line or the whole text says that `cell` is `original`."""
    name = _grade_id(original)
    return (
        bool(name and name == _grade_id(cell))
        or (cell.get("id") is not None and cell.get("id") == original.get("id"))
        or (_is_asked(original) and name in _MARKER.findall(_source(cell)))
        or _normal(cell) == _normal(original)
    )


def _grade_id(cell: Cell) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _source(cell: Cell) -> str:
    return "".join(cell["source"])


def _normal(cell: Cell) -> str:
    return " ".join(_source(cell).split())
