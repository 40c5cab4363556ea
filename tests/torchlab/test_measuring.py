"""Accuracy and predict: no way of changing the pictures, and no small world, gives the right numbers by chance."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from autograder.checks.expect import Mismatch
from autograder.torchlab.evidence import rebuilt
from autograder.torchlab.inside import scripted as inside
from autograder.torchlab.measuring import Accuracy, counts_them_all, only_measures
from autograder.torchlab.predicting import Predict, only_looks
from autograder.torchlab.scripted import HIGHEST, draw_pictures, draw_script
from autograder.torchlab.task import Lab, Task

DIGITS = Task(shape=(1, 28, 28), classes=10)
COLOURS = Task(shape=(3, 8, 8), classes=4, noun="tile")
Way = Callable[[Tensor], Tensor]

CHANGED: dict[str, Way] = {
    "normalised again": lambda images: (images - 0.1307) / 0.3081,
    "to -1..1": lambda images: (images - 0.5) / 0.5,
    "inverted": lambda images: 1 - images,
    "clamped": lambda images: images.clamp(0, 1),
    "black and white": lambda images: (images > 0.5).float(),
    "divided by 255 if above 1": lambda images: images / 255 if images.max() > 1 else images,
    "stretched": lambda images: images / images.abs().amax(dim=(1, 2, 3), keepdim=True),
    "noisy": lambda images: images + 0.01 * torch.randn_like(images),
    "turned": lambda images: images.transpose(2, 3),
    "rounded": lambda images: images.round(decimals=1),
}


def bench(task: Task, seed: int = 5, log: bool = False, **student: Any) -> Lab:
    """A laboratory in this process, without a sandbox."""
    return Lab(task, SimpleNamespace(**student), inside, SimpleNamespace(seed=torch.manual_seed), seed, log)


def accuracy(model: nn.Module, loader: Any, way: Way = lambda images: images) -> float:
    """The reference, with a way of changing the images."""
    mode = model.training
    model.eval()
    right = count = 0
    with torch.no_grad():
        for images, labels in loader:
            right += int((model(way(images)).argmax(dim=1) == labels).sum())
            count += len(labels)
    model.train(mode)
    return right / count


def predict(model: nn.Module, image: Tensor, way: Way = lambda images: images) -> int:
    """The reference, likewise."""
    model.eval()
    with torch.no_grad():
        return int(model(way(image[None])).argmax())


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("task", [DIGITS, COLOURS], ids=["digits", "colours"])
def test_right_code_passes(task: Task, log: bool, seed: int) -> None:
    lab = bench(task, seed, log, accuracy=accuracy, predict=predict, train=lambda model, loader, epochs: [])
    measured = Accuracy(lab)
    measured.counts_right_answers()
    counts_them_all(measured)
    only_measures(measured)
    Predict(lab).tells_the_digit()
    only_looks(lab)


@pytest.mark.parametrize("way", CHANGED.values(), ids=CHANGED)
def test_images_that_are_changed_before_the_model_sees_them_are_told(way: Way) -> None:
    lab = bench(DIGITS, accuracy=lambda model, loader: accuracy(model, loader, way))
    with pytest.raises(Mismatch) as raised:
        Accuracy(lab).counts_right_answers()
    assert raised.value.hint == "image-prepared-again"
    lab = bench(DIGITS, predict=lambda model, image: predict(model, image, way))
    with pytest.raises(Mismatch) as raised:
        Predict(lab).tells_the_digit()
    assert raised.value.hint == "image-prepared-again"


def cut(most: int) -> Callable[[nn.Module, Any], float]:
    """Counts no more than so many items."""

    def measure(model: nn.Module, loader: Any) -> float:
        model.eval()
        right = count = 0
        for images, labels in loader:
            right += int((model(images).argmax(dim=1) == labels).sum())
            count += len(labels)
            if count >= most:
                break
        return right / count

    return measure


@pytest.mark.parametrize("most", [100, 1000, 9_900])
def test_a_world_that_ends_early_is_noticed(most: int) -> None:
    with pytest.raises(Mismatch) as raised:
        counts_them_all(Accuracy(bench(DIGITS, accuracy=cut(most))))
    assert raised.value.hint == "one-batch-accuracy"


def test_a_count_in_one_byte_is_noticed() -> None:
    def measure(model: nn.Module, loader: Any) -> float:
        model.eval()
        right = torch.tensor(0, dtype=torch.uint8)
        for images, labels in loader:
            right += (model(images).argmax(dim=1) == labels).sum().to(torch.uint8)
        return int(right) / len(loader.dataset)

    with pytest.raises(Mismatch) as raised:
        counts_them_all(Accuracy(bench(DIGITS, accuracy=measure)))
    assert raised.value.hint == "hits-not-counted"


@pytest.mark.parametrize("base", [-14.0, 0.0, 14.0])
def test_a_readers_scores_are_what_we_computed_and_stay_within_bounds(base: float) -> None:
    dice = np.random.default_rng(3)
    script = draw_script(DIGITS, dice, False, base=base)
    images = draw_pictures(DIGITS, script, 60, dice)
    model = inside.reader(script.weights, False, training=False)
    assert torch.allclose(model(images).double(), script.scores(images), atol=1e-4)
    assert float(script.scores(images).abs().max()) < HIGHEST
    assert script.scores(images).argmax(dim=1).bincount(minlength=10).tolist() == [6] * 10


def test_a_reader_answers_otherwise_in_training_mode_and_its_statistics_move() -> None:
    dice = np.random.default_rng(3)
    script = draw_script(DIGITS, dice, False)
    images = draw_pictures(DIGITS, script, 60, dice)
    model = inside.reader(script.weights, False, training=True)
    assert (model(images).argmax(dim=1) != script.scores(images).argmax(dim=1)).any()
    assert not torch.equal(model.state_dict()["reader_norm.running_mean"], script.weights["reader_norm.running_mean"])


@pytest.mark.parametrize("told", [5, None, {}, {"answer": 1}])
def test_a_record_that_does_not_fit_is_refused(told: object) -> None:
    with pytest.raises(Mismatch, match="what the stand-ins tell"):
        rebuilt(inside.Visit, told)


def test_a_record_with_one_field_of_another_type_is_refused() -> None:
    script = draw_script(DIGITS, np.random.default_rng(0), False)
    frame = inside.Framed(torch.zeros(1, 28, 28))
    record = inside.visit(predict, inside.reader(script.weights, False, False), frame)
    assert rebuilt(inside.Visit, record).looks[0].shape == (1, 1, 28, 28)
    for name, wrong in (("training", 1), ("looks", ({"shape": (1,), "training": True},)), ("state", {"a": 5})):
        with pytest.raises(Mismatch):
            rebuilt(inside.Visit, {**record, name: wrong})
