"""What the convolution notebook tells is so: its numbers are those that the checks use, or are measured here."""

from __future__ import annotations

from typing import Any

import nbformat
import numpy as np
import pytest
import torch
from places import ROOT
from torch import nn

from assignments.convolution import stand_ins
from assignments.convolution import test_convolution as checks
from assignments.convolution.pictures import moved, share_read, teach
from autograder.core.course import Course
from autograder.torchlab import mnist

LESSON = Course(ROOT).assignment("convolution")
FIRST_WORDS = 600
"""Most words before the first line of one's own: whoever comes here has done the digits."""


@pytest.fixture(scope="module")
def cells() -> dict[str, Any]:
    book = nbformat.read(LESSON.release, as_version=4)  # type: ignore[no-untyped-call]
    return {cell.id: cell for cell in book.cells}


def words(cell: Any) -> str:
    return " ".join(cell.source.split())


def test_the_first_line_of_ones_own_comes_soon(cells: dict[str, Any]) -> None:
    before = list(cells)[: list(cells).index("slide")]
    assert sum(len(words(cells[name]).split()) for name in before if cells[name].cell_type == "markdown") <= FIRST_WORDS


def test_the_worked_example_is_right(cells: dict[str, Any]) -> None:
    image, weights = np.array([[1.0, 2, 0, 3], [0, 1, 4, 1], [2, 0, 1, 5]]), np.array([[1.0, 0], [2, -1]])
    told = [_matrix(table) for table in (image, weights, checks.slid(image, weights))]
    assert [table for table in told if table not in words(cells["slide_story"])] == []


def _matrix(table: Any) -> str:
    return r" \\ ".join(" & ".join(f"{number:g}" for number in row) for row in table)


def test_the_whole_is_told_as_it_is_judged(cells: dict[str, Any]) -> None:
    told = words(cells["whole_story"])
    assert f"learn from {checks.DIGITS:,} digits, in batches of {stand_ins.WHOLE_BATCH}" in told
    assert f"for {stand_ins.WHOLE_EPOCHS} epochs, moved by up to {checks.MOST} pixels" in told
    assert f"reads {checks.DIGITS:,} other digits" in told
    assert f"at least **{100 * checks.NEEDED:g} %**" in told


def test_the_points_are_told_as_they_are_given(cells: dict[str, Any]) -> None:
    marks = [cell.metadata.get("nbgrader", {}) for cell in cells.values()]
    judged = {mark.grade_id.removesuffix("_check"): mark.points for mark in marks if mark.get("grade")}
    named = ", ".join(f"{name} {points:g}" for name, points in judged.items())
    assert f"You have {sum(judged.values()):g} points to earn: {named.replace('whole', 'the whole')}." in words(
        cells["submit"]
    )
    first, last = words(cells["story"]), f"The last {judged['whole']:g} points are for all of it together."
    rows = [f"| `{name}` |" in first and f"| {judged[name]:g} |" in first for name in ("slide", "network", "shifts")]
    assert (rows, last in first) == ([True] * 3, True)
    assert f"| {judged['train']:g} + {judged['accuracy']:g} |" in first


def test_the_limits_are_told_as_they_are_set(cells: dict[str, Any]) -> None:
    limits, told = LESSON.settings.limits, words(cells["rules"])
    assert f"own cells may take {limits.extra_cell_seconds:g} seconds, an answer cell {limits.cell_seconds:g}" in told
    assert f"{limits.cpu_seconds} seconds of one processor and {limits.memory_mib // 1024} GB" in told


def test_the_network_has_less_than_a_tenth_of_the_weights(cells: dict[str, Any]) -> None:
    assert "with less than a tenth of the weights" in words(cells["compare_after"])
    solution = nbformat.read(LESSON.solution, as_version=4)  # type: ignore[no-untyped-call]
    made: dict[str, Any] = {"nn": nn}
    exec(next(cell.source for cell in solution.cells if cell.id == "network"), made)
    assert sum(weight.numel() for weight in made["DigitCNN"]().parameters()) < (784 * 128 + 128 + 128 * 10 + 10) / 10


def test_linear_layers_read_digits_where_they_are_and_not_where_they_are_moved_to() -> None:
    found = mnist.carried()
    parts = ((found.train_images, found.train_labels), (found.test_images, found.test_labels))
    learnt, unseen = (
        list(zip(torch.tensor(pixels)[:, None].float() / 255, labels.tolist(), strict=True)) for pixels, labels in parts
    )
    torch.manual_seed(1)
    network = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
    teach(network, learnt)
    assert share_read(network, unseen) > 0.85
    assert share_read(network, unseen, right=4) < 0.5
    assert share_read(network, moved(unseen, 4)) < 0.5
