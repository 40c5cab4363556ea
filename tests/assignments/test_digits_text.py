"""What the digits notebook tells is so: its numbers are those that the checks use, or are measured here."""

from __future__ import annotations

import re
from typing import Any

import nbformat
import pytest
import torch
from places import ROOT
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from assignments.digits import test_digits as checks
from assignments.digits.pictures.bugs import FAULTS
from assignments.digits.pictures.one_layer import teach
from assignments.digits.pictures.reading import share_read
from assignments.digits.pictures.ready_made import ReadyMade
from autograder.core.course import Course
from autograder.torchlab import mnist

DIGITS = Course(ROOT).assignment("digits")
MOST_WORDS = 400
"""Before the first line of one's own."""


@pytest.fixture(scope="module")
def cells() -> dict[str, Any]:
    book = nbformat.read(DIGITS.release, as_version=4)  # type: ignore[no-untyped-call]
    return {cell.id: cell for cell in book.cells}


def test_the_first_line_of_ones_own_comes_soon(cells: dict[str, Any]) -> None:
    before = list(cells)[: list(cells).index("dataset")]
    words = [word for name in before if cells[name].cell_type == "markdown" for word in cells[name].source.split()]
    assert len(words) <= MOST_WORDS


def test_the_whole_is_told_as_it_is_judged(cells: dict[str, Any]) -> None:
    told = " ".join(cells["whole_story"].source.split())
    assert f"learn from {checks.WHOLE_DIGITS:,} digits" in told
    assert f"batches of {checks.WHOLE_BATCH}, for {checks.WHOLE_EPOCHS} epochs" in told
    assert f"reads {checks.HELD_OUT} other digits" in told
    assert f"at least **{100 * checks.WHOLE_ACCURACY:g} %**" in told


def test_the_limits_are_told_as_they_are_set(cells: dict[str, Any]) -> None:
    limits, told = DIGITS.settings.limits, " ".join(cells["rules"].source.split())
    assert f"own cells may take {limits.extra_cell_seconds:g} seconds, an answer cell {limits.cell_seconds:g}" in told
    assert f"{limits.cpu_seconds} seconds of one processor and {limits.memory_mib // 1024} GB" in told


def test_the_points_are_told_as_they_are_given(cells: dict[str, Any]) -> None:
    marks = [cell.metadata.get("nbgrader", {}) for cell in cells.values()]
    judged = {mark.grade_id: mark.points for mark in marks if mark.get("grade") and not mark.solution}
    told = " ".join(cells["submit"].source.split())
    named = ", ".join(f"{name.removesuffix('_check')} {points:g}" for name, points in judged.items())
    assert f"You have {sum(judged.values()):g} points to earn: {named.replace('whole', 'the whole')}." in told


def test_every_stub_is_opened_by_what_and_why_and_followed_by_its_check(cells: dict[str, Any]) -> None:
    names = list(cells)
    for stub in ("dataset", "model", "train", "accuracy", "predict"):
        assert "**Your turn.**" in cells[names[names.index(stub) - 1]].source
        assert names[names.index(stub) + 1] == f"{stub}_check"
    assert sum("**What and why.**" in cell.source for cell in cells.values()) == 5


def test_what_one_keeps_for_the_judge_stands_in_one_fold(cells: dict[str, Any]) -> None:
    assert [name for name, cell in cells.items() if "mall print" in cell.source] == []
    assert [name for name, cell in cells.items() if "<details>" in cell.source] == ["rules"]


@pytest.fixture(scope="module")
def digits() -> tuple[TensorDataset, TensorDataset]:
    found = mnist.carried()
    parts = ((found.train_images, found.train_labels), (found.test_images, found.test_labels))
    images = [torch.tensor(pixels)[:, None].float() / 255 for pixels, _ in parts]
    learnt, unseen = (TensorDataset(one, torch.tensor(part[1]).long()) for one, part in zip(images, parts, strict=True))
    return learnt, unseen


def test_the_ready_made_network_reads_nearly_all_digits(digits: tuple[TensorDataset, TensorDataset]) -> None:
    assert share_read(ReadyMade(), DataLoader(digits[1], 200)) > 0.97


def test_one_layer_reads_most_digits_once_it_is_taught(digits: tuple[TensorDataset, TensorDataset]) -> None:
    torch.manual_seed(1)
    network = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
    before = share_read(network, DataLoader(digits[1], 200))
    teach(network, digits[0])
    assert before < 0.3
    assert 0.8 < share_read(network, DataLoader(digits[1], 200)) < 0.95


def test_the_networks_size_is_told_truly(cells: dict[str, Any]) -> None:
    assert "about 100,000 of them" in cells["basics_gradient"].source
    assert round(784 * 128 + 128 + 128 * 10 + 10, -5) == 100_000


def test_each_fault_of_the_list_has_one_curve(cells: dict[str, Any]) -> None:
    listed = re.findall(r"^(\d)\. ", cells["bugs_story"].source, re.MULTILINE)
    assert sorted(str(fault.number) for fault in FAULTS) == listed
