"""Secret names, and how often an exam is sat."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from autograder.torchlab import exam
from autograder.torchlab.exam import Exam, Size, altered, derangement, sit
from autograder.torchlab.mnist import Digits
from autograder.torchlab.task import Lab, Task

SIZE = Size(learnt=40, batch=8, epochs=1, held_out=20)


def digits() -> Digits:
    dice = np.random.default_rng(2)
    images = dice.integers(0, 256, (100, 28, 28)).astype(np.uint8)
    labels = (np.arange(100) % 10).astype(np.uint8)
    return Digits(images, labels, images[:50], labels[:50], "made up")


def test_no_class_keeps_its_name() -> None:
    for seed in range(50):
        names = derangement(np.random.default_rng(seed))
        assert sorted(names) == list(range(10))
        assert not (names == np.arange(10)).any()


def test_truth_is_the_secret_name_of_the_usual_one() -> None:
    drawn = Exam.draw(digits(), SIZE, seed=4)
    names = dict(zip(drawn.usual.tolist(), drawn.truth.tolist(), strict=True))
    assert all(names[usual] == truth for usual, truth in zip(drawn.usual.tolist(), drawn.truth.tolist(), strict=True))
    assert not (drawn.usual == drawn.truth).any()
    assert len(drawn.learnt) == 40
    assert len(drawn.unseen) == 20


def test_altered_images_keep_their_ground_dark() -> None:
    images = np.zeros((2, 28, 28), dtype=np.uint8)
    images[:, 10:20, 10:20] = 200
    paler = altered(images, np.random.default_rng(1))
    assert not paler[:, 0].any()
    assert 160 < paler[:, 12:18, 12:18].mean() <= 206


@pytest.mark.parametrize(
    ("shares", "sat", "best"),
    [
        ([0.9], 1, 0.9),
        ([0.35, 0.6], 2, 0.6),
        ([0.1], 1, 0.1),  # chance: nobody who learns is so far below
        ([0.3, 0.35, 0.25], 3, 0.35),
    ],
)
def test_an_exam_is_sat_again_where_it_was_a_near_thing(
    monkeypatch: pytest.MonkeyPatch, shares: list[float], sat: int, best: float
) -> None:
    times: list[int] = []

    def scores(lab: Lab, paper: Exam, size: Size) -> torch.Tensor:
        right = round(shares[len(times)] * size.held_out)
        times.append(1)
        answers = torch.where(torch.arange(size.held_out) < right, paper.truth, (paper.truth + 1) % 10)
        return torch.nn.functional.one_hot(answers, 10).float()

    monkeypatch.setattr(exam, "_scores", scores)
    lab = Lab(Task((1, 28, 28), 10), None, None, SimpleNamespace(seed=lambda number: None), 3)
    assert sit(lab, digits(), SIZE, enough=0.4, tries=3).secret == pytest.approx(best)
    assert len(times) == sat
