"""What every lesson tells is so, and is told in the same order: its numbers are those that the checks use."""

from __future__ import annotations

import re

import pytest
from lessons import Cells, before, cells_of, words
from places import ROOT

from autograder.core.course import Course

LESSONS = ("digits", "gradient_descent", "convolution")
MOST_WORDS = 400
"""Before the first line of one's own."""

pytestmark = pytest.mark.parametrize("name", LESSONS)


@pytest.fixture
def cells(name: str) -> Cells:
    return cells_of(name)


def stubs(cells: Cells) -> list[str]:
    """The parts that are written as code."""
    return [name for name, cell in cells.items() if cell.cell_type == "code" and cell.source.startswith("# YOUR TURN:")]


def test_the_first_line_of_ones_own_comes_soon(cells: Cells) -> None:
    told = [words(cell) for cell in before(cells, stubs(cells)[0]) if cell.cell_type == "markdown"]
    assert len(" ".join(told).split()) <= MOST_WORDS


def test_every_part_is_opened_by_what_is_to_be_done_and_followed_by_its_check(cells: Cells) -> None:
    for stub in stubs(cells):
        assert "**Your turn.**" in before(cells, stub)[-1].source
        assert before(cells, f"{stub}_check")[-1] is cells[stub]


def test_every_part_says_why(cells: Cells) -> None:
    headings = [cell.source for cell in cells.values() if re.match("##+ (Part|Steps?) ", cell.source)]
    assert [text for text in headings if not re.search(r"\*\*(What and why|Your turn)\.\*\*|^### ", text, re.M)] == []


def test_the_points_are_told_as_they_are_given(cells: Cells) -> None:
    marks = [cell.metadata.get("nbgrader", {}) for cell in cells.values()]
    judged = {mark.grade_id: mark.points for mark in marks if mark.get("grade") and not mark.solution}
    named = ", ".join(f"{name.removesuffix('_check')} {points:g}" for name, points in judged.items())
    told = f"You have {sum(judged.values()):g} points to earn: {named.replace('whole', 'the whole')}."
    assert told in words(cells["submit"])


def test_the_limits_are_told_as_they_are_set(name: str, cells: Cells) -> None:
    limits, told = Course(ROOT).assignment(name).settings.limits, words(cells["rules"])
    assert f"own cells may take {limits.extra_cell_seconds:g} seconds, an answer cell {limits.cell_seconds:g}" in told
    assert f"{limits.cpu_seconds} seconds of one processor and {limits.memory_mib // 1024} GB" in told


def test_what_one_keeps_for_the_judge_stands_in_one_fold(cells: Cells) -> None:
    assert [name for name, cell in cells.items() if "mall print" in cell.source] == []
    assert [name for name, cell in cells.items() if "<details>" in cell.source] == ["rules"]
