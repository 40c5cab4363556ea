"""What the digits notebook tells is so: its numbers are those that the checks use, or are measured here."""

from __future__ import annotations

import re

import pytest
import torch
from lessons import Cells, cells_of, words
from places import ROOT
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from assignments.digits import test_digits as checks
from assignments.digits.pictures.bugs import FAULTS
from assignments.digits.pictures.losses import CHANCE, SOFTMAX_FLOOR
from assignments.digits.pictures.one_layer import teach
from assignments.digits.pictures.reading import share_read
from assignments.digits.pictures.ready_made import ReadyMade
from assignments.digits.pictures.watching import EVERY, SHOWN
from autograder.checks.points import checks_of
from autograder.torchlab import mnist


@pytest.fixture(scope="module")
def cells() -> Cells:
    return cells_of("digits")


def test_the_whole_is_told_as_it_is_judged(cells: Cells) -> None:
    told = words(cells["whole_story"])
    assert f"learn from {checks.WHOLE_DIGITS:,} digits" in told
    assert f"batches of {checks.WHOLE_BATCH}, for {checks.WHOLE_EPOCHS} epochs" in told
    assert f"reads {checks.HELD_OUT} other digits" in told
    assert f"at least **{100 * checks.WHOLE_ACCURACY:g} %**" in told


def test_the_share_that_the_network_usually_reads_was_measured(cells: Cells) -> None:
    (least,) = re.findall(r"usually gets more than (\d+) %", words(cells["whole_story"]))
    measured = (ROOT / "docs" / "thresholds.md").read_text("utf-8").partition("held-out digits after")[2]
    (lowest,) = re.findall(r"^\| reference \(right\) \| ([\d.]+) ", measured.partition("\n## ")[0], re.MULTILINE)
    assert 100 * float(lowest) > int(least)


def test_about_half_of_the_points_can_be_seen_and_two_are_for_words(cells: Cells) -> None:
    told = words(cells["submit"])
    every = checks_of(vars(checks))
    seen = sum(check.points for check in every if not check.hidden) / sum(check.points for check in every)
    assert "About half of the points can be seen" in told
    assert 0.4 < seen < 0.6
    assert "Two more points are for your answer in words" in told
    assert cells["misread"].metadata.nbgrader.points == 2


def test_what_is_shown_while_it_learns_is_told_as_it_is(cells: Cells) -> None:
    told = words(cells["train_demo_story"])
    (epochs,) = re.findall(r"epochs=(\d)", cells["train_demo"].source)
    assert (EVERY, SHOWN, epochs) == (100, 12, "5")
    assert "five times through all 60,000 digits" in told
    assert "every hundred of them it shows" in told
    assert "twelve digits as it reads them" in told


def test_the_levels_of_the_loss_are_told_as_they_are_drawn(cells: Cells) -> None:
    assert f"the dotted line at {SOFTMAX_FLOOR:.2f}" in words(cells["train_demo_after"])
    assert f"ln 10, which is {CHANCE:.2f}" in cells["model_demo"].source


def test_mnist_has_as_many_digits_as_is_told(cells: Cells) -> None:
    measured = (ROOT / "docs" / "thresholds_mnist.md").read_text("utf-8")
    (sizes,) = re.findall(r"on the ([\d,]+) and ([\d,]+) digits of full MNIST", measured)
    learnt, exam = (int(size.replace(",", "")) for size in sizes)
    told = words(cells["dataset_story"])
    assert f"**MNIST**: {learnt + exam:,} digits" in told
    assert f"{learnt:,} are there to learn from. {exam:,} are kept aside" in told


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


def test_the_networks_size_is_told_truly(cells: Cells) -> None:
    assert "about 100,000 of them" in cells["basics_gradient"].source
    assert round(784 * 128 + 128 + 128 * 10 + 10, -5) == 100_000


def test_each_fault_of_the_list_has_one_curve(cells: Cells) -> None:
    listed = re.findall(r"^(\d)\. ", cells["bugs_story"].source, re.MULTILINE)
    assert sorted(str(fault.number) for fault in FAULTS) == listed
