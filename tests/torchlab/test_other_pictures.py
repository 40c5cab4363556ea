"""Trainings are judged for pictures of any shape and number of classes as they are for digits."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks.expect import Mismatch
from autograder.torchlab.inside import training as inside
from autograder.torchlab.loss_lists import holds_the_mean_of_each_epoch, lists_of
from autograder.torchlab.memory import Fruitless, has_learnt, overfit, prepared_otherwise
from autograder.torchlab.modules import Primer
from autograder.torchlab.studies import learns_from_every_image, studies_of
from autograder.torchlab.task import DIGITS, Lab, Task
from autograder.torchlab.training import World
from autograder.torchlab.watching import (
    Watch,
    changes_every_weight,
    reads_every_batch,
    returns_a_loss_for_each_epoch,
    watch,
)

COLOURS = Task(shape=(3, 16, 16), classes=6, noun="picture")
STRIPS = Task(shape=(1, 8, 40), classes=2, noun="strip")


def train(model: Any, loader: Any, epochs: int, clears: bool = True, changed: float = 1.0, batches: int = 10**9) -> Any:
    """The reference, with some mistakes to choose from."""
    optimizer, losses = torch.optim.Adam(model.parameters(), lr=0.003), []
    model.train()
    for _ in range(epochs):
        total = seen = 0.0
        for number, (images, labels) in enumerate(loader):
            if number == batches:
                break
            if clears:
                optimizer.zero_grad()
            loss = F.cross_entropy(model(images * changed), labels)
            loss.backward()
            optimizer.step()
            total, seen = total + loss.item() * len(labels), seen + len(labels)
        losses.append(total / seen)
    return losses


def bench(task: Task, **ways: Any) -> Lab:
    """A laboratory in this process, without a sandbox."""
    student = SimpleNamespace(train=lambda model, loader, epochs: train(model, loader, epochs, **ways))
    sandbox = SimpleNamespace(seed=torch.manual_seed, files=lambda contents: "nowhere")
    stand_ins: ModuleType = inside
    return Lab(task, student, stand_ins, sandbox, 5)


def drawn(task: Task, count: int) -> tuple[Tensor, Tensor]:
    """Grey pictures (N, C, H, W) with a bright row whose place is the label (N,)."""
    dice = torch.Generator().manual_seed(7)
    images = 0.2 + 0.2 * torch.rand(count, *task.shape, generator=dice)
    labels = torch.arange(count) % task.classes
    images[torch.arange(count), :, labels + 1] += 0.5
    return images, labels


def watched(lab: Lab) -> dict[int, Watch]:
    images, labels = drawn(lab.task, 196)
    sizes = {1: 52, 2: 196, 3: 52}
    return watch(lab, {epochs: (images[:size], labels[:size].tolist()) for epochs, size in sizes.items()})


def judge(lab: Lab) -> None:
    """All that looks at a training."""
    runs = watched(lab)
    returns_a_loss_for_each_epoch(runs)
    reads_every_batch(lab, runs)
    changes_every_weight(lab, runs)
    images, labels = drawn(lab.task, 96)
    has_learnt(overfit(lab, lab.seed, Primer(images[:32], labels[:32], images[32:])), runs)
    learns_from_every_image(lab, studies_of(lab, runs[2]))
    holds_the_mean_of_each_epoch(lists_of(lab))


@pytest.mark.parametrize("task", [COLOURS, STRIPS], ids=["colours", "strips"])
def test_right_training_passes(task: Task) -> None:
    judge(bench(task))


@pytest.mark.parametrize(
    ("ways", "hint"),
    [
        ({"clears": False}, "missing-zero-grad"),
        ({"changed": 3.0}, "train-only-preprocessing"),
        ({"batches": 1}, "one-batch-only"),
    ],
    ids=str,
)
@pytest.mark.parametrize("task", [COLOURS, STRIPS], ids=["colours", "strips"])
def test_mistakes_are_found_and_named(task: Task, ways: dict[str, Any], hint: str) -> None:
    with pytest.raises(Mismatch) as told:
        judge(bench(task, **ways))
    assert told.value.hint == hint


def test_what_the_model_is_shown_is_compared_with_the_pictures_that_were_given() -> None:
    """Pictures whose ground is grey were not changed on the way because it is not black."""

    def looks_prepared(lab: Lab) -> bool:
        images, labels = drawn(lab.task, 96)
        return prepared_otherwise(
            Fruitless(overfit(lab, lab.seed, Primer(images[:32], labels[:32], images[32:])), watched(lab))
        )

    assert not looks_prepared(bench(COLOURS))
    assert looks_prepared(bench(COLOURS, changed=3.0))


def test_a_picture_too_small_for_pixels_of_each_groups_own_is_refused() -> None:
    assert World.draw(52, 8, 1, 3).images.shape == (52, *DIGITS.shape)
    assert World.draw(52, 8, 1, 3, COLOURS).labels.max() == 5
    with pytest.raises(ValueError, match="Pictures of 64 pixels are too small here: 172 are needed"):
        World.draw(52, 8, 1, 3, Task(shape=(1, 8, 8), classes=10))


def test_the_numbers_of_a_batch_are_told_in_a_sentence() -> None:
    assert (COLOURS.batch, np.prod(COLOURS.shape)) == ("(B, 3, 16, 16)", COLOURS.pixels)
