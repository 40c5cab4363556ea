"""What the convolution notebook tells is so: its numbers are those that the checks use, or are measured here."""

from __future__ import annotations

import re
from typing import Any

import nbformat
import numpy as np
import pytest
import torch
from lessons import Cells, cells_of, words
from places import ROOT
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from assignments.convolution import stand_ins
from assignments.convolution import test_convolution as checks
from assignments.convolution.pictures import moved, share_read, teach
from autograder.core.course import Course
from autograder.torchlab import mnist

LESSON = Course(ROOT).assignment("convolution")


@pytest.fixture(scope="module")
def cells() -> Cells:
    return cells_of("convolution")


def test_the_worked_example_is_right(cells: Cells) -> None:
    image, weights = np.array([[1.0, 2, 0, 3], [0, 1, 4, 1], [2, 0, 1, 5]]), np.array([[1.0, 0], [2, -1]])
    told = [_matrix(table) for table in (image, weights, checks.slid(image, weights))]
    assert [table for table in told if table not in words(cells["slide_story"])] == []


def _matrix(table: Any) -> str:
    return r" \\ ".join(" & ".join(f"{number:g}" for number in row) for row in table)


def test_the_whole_is_told_as_it_is_judged(cells: Cells) -> None:
    told = words(cells["whole_story"])
    assert f"learn from {checks.DIGITS:,} digits, in batches of {stand_ins.WHOLE_BATCH}" in told
    assert f"for {stand_ins.WHOLE_EPOCHS} epochs, moved by up to {checks.MOST} pixels" in told
    assert f"reads {checks.DIGITS:,} other digits" in told
    assert f"at least **{100 * checks.NEEDED:g} %**" in told


def test_the_network_has_less_than_a_tenth_of_the_weights(cells: Cells) -> None:
    assert "with less than a tenth of the weights" in words(cells["compare_after"])
    solution = nbformat.read(LESSON.solution, as_version=4)  # type: ignore[no-untyped-call]
    made: dict[str, Any] = {"nn": nn}
    exec(next(cell.source for cell in solution.cells if cell.id == "network"), made)
    assert sum(weight.numel() for weight in made["DigitCNN"]().parameters()) < (784 * 128 + 128 + 128 * 10 + 10) / 10


def test_the_share_that_the_network_usually_reads_is_reached(cells: Cells) -> None:
    (least,) = re.findall(r"usually gets more than (\d+) %", words(cells["whole_story"]))
    solution = nbformat.read(LESSON.solution, as_version=4)  # type: ignore[no-untyped-call]
    made: dict[str, Any] = {}
    for cell in solution.cells:
        if cell.id in ("imports", "network", "shifts", "train", "accuracy"):
            exec(cell.source, made)
    torch.manual_seed(1)
    found, some, network = mnist.carried(), slice(checks.DIGITS), made["DigitCNN"]()
    learnt, unseen = (
        TensorDataset(torch.tensor(pixels[some])[:, None].float() / 255, torch.tensor(labels[some]).long())
        for pixels, labels in ((found.train_images, found.train_labels), (found.test_images, found.test_labels))
    )

    def change(images: torch.Tensor) -> torch.Tensor:
        moved_images: torch.Tensor = made["random_shifts"](images, checks.MOST)
        return moved_images

    made["train"](network, DataLoader(learnt, stand_ins.WHOLE_BATCH, shuffle=True), stand_ins.WHOLE_EPOCHS, change)
    exam = DataLoader(TensorDataset(change(unseen.tensors[0]), unseen.tensors[1]), 100)
    assert 100 * made["accuracy"](network, exam) > int(least)


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
