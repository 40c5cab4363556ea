"""Weights and extra state come over to a new model, whole or in pieces."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from autograder.torchlab import weights
from autograder.torchlab.inside import weights as inside
from autograder.torchlab.task import Lab, Task

TASK = Task(shape=(1, 4, 4), classes=3, model="Reader")


class Ordered(nn.Module):
    """Reads pixels in an order that was drawn, which is no number of its state."""

    def __init__(self) -> None:
        super().__init__()
        self.order = torch.randperm(16).tolist()

    def get_extra_state(self) -> object:
        return {"order": self.order}

    def set_extra_state(self, state: Any) -> None:
        self.order = state["order"]

    def forward(self, images: Tensor) -> Tensor:
        return images.flatten(1)[:, self.order]


class Reader(nn.Sequential):
    def __init__(self, hidden: int = 8) -> None:
        super().__init__(Ordered(), nn.Linear(16, hidden), nn.BatchNorm1d(hidden), nn.Linear(hidden, 3))


def bench() -> Lab:
    return Lab(TASK, SimpleNamespace(Reader=Reader), inside, SimpleNamespace(fresh=lambda: None), seed=5)


@pytest.mark.parametrize("at_once", [1 << 23, 20], ids=["whole", "in pieces"])
def test_a_new_model_answers_as_the_one_whose_weights_it_was_given(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(weights, "AT_ONCE", at_once)
    monkeypatch.setattr(inside, "PIECE", 7)
    model, images = Reader(), torch.rand(5, 1, 4, 4)
    model(images)
    revived = weights.put_into_new(bench(), weights.taken_from(bench(), model))
    assert revived.unfit == []
    assert torch.equal(revived.model.eval()(images), model.eval()(images))


def test_what_does_not_fit_is_named_and_the_rest_comes_over() -> None:
    model = Reader(hidden=9)
    revived = weights.put_into_new(bench(), weights.taken_from(bench(), model))
    assert "1.weight" in revived.unfit and "0._extra_state" not in revived.unfit
    assert revived.model[0].order == model[0].order
