"""Accuracy and predict: no way of changing the pictures, and no small world, gives the right numbers by chance."""

from __future__ import annotations

import copy
import io
import itertools
import sys
import threading
from collections.abc import Callable, Iterator
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
from autograder.torchlab.scripted import FORMS, HIGHEST, SPANS, draw_pictures, draw_script
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
SOMETIMES: dict[str, Way] = {
    "normalised if in 0..1": lambda images: (images - 0.1307) / 0.3081 if within(images, 0, 1) else images,
    "to -1..1 if in 0..1": lambda images: images * 2 - 1 if within(images, 0, 1) else images,
    "to 0..1 if in -1..1": lambda images: (images + 1) / 2 if images.min() < 0 and within(images, -1, 1) else images,
    "divided by 255 if above 1": lambda images: images / 255 if images.max() > 1 else images,
    "clamped if not negative": lambda images: images if images.min() < 0 else images.clamp(0, 1),
    "black and white if in 0..1": lambda images: (images > 0.5).float() if within(images, 0, 1) else images,
    "another grey if there is but one": lambda images: images + 0.1 if images.std() < 1e-4 else images,
}
"""Ways that change pictures of one kind alone."""


def within(images: Tensor, low: float, high: float) -> bool:
    return bool(images.min() >= low and images.max() <= high)


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


def saved(model: nn.Module, images: Tensor) -> Tensor:
    memory = io.BytesIO()
    torch.save(model, memory)
    memory.seek(0)
    scores: Tensor = torch.load(memory, weights_only=False)(images)
    return scores


def one_by_one(model: nn.Module, images: Tensor) -> Tensor:
    weights = {name: weight.detach() for name, weight in [*model.named_parameters(), *model.named_buffers()]}
    return torch.vmap(lambda image: torch.func.functional_call(model, weights, (image[None],))[0])(images)


def in_a_thread(model: nn.Module, images: Tensor) -> Tensor:
    answers: list[Tensor] = []
    thread = threading.Thread(target=lambda: answers.append(model(images)))
    thread.start()
    thread.join()
    return answers[0].detach()


ASKED: dict[str, Callable[[nn.Module, Tensor], Tensor]] = {
    "saved": saved,
    "copied": lambda model, images: copy.deepcopy(model)(images),
    "in double precision": lambda model, images: copy.deepcopy(model).double()(images.double()),
    "by its forward": lambda model, images: model.forward(images),
    "by its class": lambda model, images: type(model).forward(model, images),
    "as a function": lambda model, images: torch.func.functional_call(model, dict(model.state_dict()), (images,)),
    "inside vmap": one_by_one,
    "traced": lambda model, images: torch.jit.trace(model, images)(images),
    "frozen": lambda model, images: torch.jit.freeze(torch.jit.trace(model, images))(images),
    "as a graph": lambda model, images: torch.fx.symbolic_trace(model)(images),
    "compiled": lambda model, images: torch.compile(model, backend="eager")(images),
    "exported": lambda model, images: torch.export.export(model, (images,)).module()(images),
    "in a Sequential": lambda model, images: nn.Sequential(model, nn.Softmax(dim=1))(images),
    "in parallel": lambda model, images: nn.DataParallel(model)(images),
    "in a thread": in_a_thread,
    "checkpointed": lambda model, images: torch.utils.checkpoint.checkpoint(model, images, use_reentrant=False),
}
"""Ways of asking a model: all are right."""


@pytest.mark.filterwarnings("ignore:`torch.jit:FutureWarning")
@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")
@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_it_is_seen_that_a_model_is_asked_however_that_is_done(ask: Callable[[nn.Module, Tensor], Tensor]) -> None:
    def measure(model: nn.Module, loader: Any) -> float:
        model.eval()
        with torch.no_grad():
            pairs = [(ask(model, images).argmax(dim=1), labels) for images, labels in loader]
        answers, labels = (torch.cat(part) for part in zip(*pairs, strict=True))
        return float((answers == labels).double().mean())

    def look(model: nn.Module, image: Tensor) -> int:
        model.eval()
        with torch.no_grad():
            return int(ask(model, image[None]).argmax())

    lab = bench(DIGITS, accuracy=measure, predict=look, train=lambda model, loader, epochs: [])
    Accuracy(lab).counts_right_answers()
    only_measures(Accuracy(lab))
    Predict(lab).tells_the_digit()
    only_looks(lab)


def test_a_model_that_is_never_asked_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "torch._dynamo.utils", raising=False)  # nobody has compiled anything

    def steps(model: Any, images: Tensor) -> Tensor:
        early = values = images
        for place, step in enumerate(model.steps):
            ways = type(model).forward.__globals__["WAYS"]
            values = ways[step](values, early) if step in ways else getattr(model, step).eval()(values)
            early = early if place else values
        return values

    lab = bench(
        DIGITS,
        accuracy=lambda model, loader: float(
            torch.cat([steps(model, images).argmax(dim=1) == labels for images, labels in loader]).double().mean()
        ),
        predict=lambda model, image: int(steps(model, image[None]).argmax()),
    )
    with pytest.raises(Mismatch, match="nothing") as raised:
        Accuracy(lab).counts_right_answers()
    assert raised.value.hint == "constant-accuracy"
    with pytest.raises(Mismatch, match="nothing") as raised:
        Predict(lab).tells_the_digit()
    assert raised.value.hint == "globals-in-predict"


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


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("way", SOMETIMES.values(), ids=SOMETIMES)
def test_images_of_one_kind_that_are_changed_are_told(way: Way, seed: int) -> None:
    each: Way = lambda images: torch.cat([way(image) for image in images.split(1)])  # noqa: E731
    measuring = Accuracy(bench(DIGITS, seed, accuracy=lambda model, loader: accuracy(model, loader, each)))
    with pytest.raises(Mismatch) as raised:
        counts_them_all(measuring)
    assert raised.value.hint == "image-prepared-again"
    lab = bench(DIGITS, seed, predict=lambda model, image: predict(model, image, way))
    with pytest.raises(Mismatch) as raised:
        Predict(lab).tells_the_digit()
        only_looks(lab)
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


@pytest.mark.parametrize("most", [100, 1000, 9_900, 20_000, 30_000])
def test_a_world_that_ends_early_is_noticed(most: int) -> None:
    with pytest.raises(Mismatch) as raised:
        counts_them_all(Accuracy(bench(DIGITS, accuracy=cut(most))))
    assert raised.value.hint == "one-batch-accuracy"


@pytest.mark.parametrize("most", [256, 1_000])
def test_a_batch_that_is_looked_at_in_part_is_noticed(most: int) -> None:
    with pytest.raises(Mismatch):
        counts_them_all(Accuracy(bench(DIGITS, accuracy=lambda model, loader: accuracy(model, Part(loader, most)))))


class Part:
    """The beginning of each batch."""

    def __init__(self, loader: Any, most: int) -> None:
        self.loader, self.most = loader, most

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        return ((images[: self.most], labels[: self.most]) for images, labels in self.loader)


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


@pytest.mark.parametrize("turn", range(len(FORMS)))
@pytest.mark.parametrize("base", [-14.0, 0.0, 14.0])
def test_a_readers_scores_are_what_we_computed_and_stay_within_bounds(base: float, turn: int) -> None:
    dice = np.random.default_rng(3)
    script = draw_script(DIGITS, dice, turn, False, base=base)
    images = draw_pictures(DIGITS, script, 60, dice)
    model = inside.reader(script.weights, script.steps, training=False)
    assert torch.allclose(model(images).double(), script.scores(images), atol=1e-4)
    assert float(script.scores(images).abs().max()) < HIGHEST
    assert script.scores(images).argmax(dim=1).bincount(minlength=10).tolist() == [6] * 10


@pytest.mark.parametrize("turn", range(len(FORMS)))
@pytest.mark.parametrize("task", [DIGITS, COLOURS], ids=["digits", "colours"])
def test_no_step_of_a_reader_can_be_left_out(task: Task, turn: int) -> None:
    """In pictures of one kind a step may do little: a norm those around 0. Kinds take turns, and one of them tells."""
    needed = {"flatten", "reader_layer", "thin", "reader_dropout"}  # without these, nothing comes or nothing changes
    others = dict.fromkeys(set(FORMS[turn]) - needed, 0.0)
    for kind in range(len(SPANS)):
        dice = np.random.default_rng(3)
        script = draw_script(task, dice, turn + kind * len(FORMS), False)
        images = draw_pictures(task, script, 100, dice)
        right = script.scores(images).argmax(dim=1)
        for step in others:
            model = inside.reader(script.weights, script.steps, training=False)
            model.steps = tuple(one for one in script.steps if one != step)
            others[step] = max(others[step], float((model(images).argmax(dim=1) != right).double().mean()))
    assert {step: share for step, share in others.items() if share <= 0.05} == {}


@pytest.mark.parametrize("turn", range(len(FORMS)))
def test_no_order_in_which_layers_are_listed_gives_a_readers_scores(turn: int) -> None:
    dice = np.random.default_rng(3)
    script = draw_script(DIGITS, dice, turn, False)
    images = draw_pictures(DIGITS, script, 60, dice)
    model = inside.reader(script.weights, script.steps, training=False)
    flat = images.flatten(1)[:, : model.reader_layer.in_features]
    for listed in (list(model.children()), [model.reader_layer]):
        values = flat if listed == [model.reader_layer] else images
        try:
            for layer in listed:
                values = layer(values)
        except RuntimeError:  # shapes do not fit
            continue
        assert (values.argmax(dim=1) != script.scores(images).argmax(dim=1)).double().mean() > 0.2


def test_pictures_of_every_kind_take_turns_with_every_form() -> None:
    dice = np.random.default_rng(3)
    scripts = [draw_script(DIGITS, dice, turn, False) for turn in range(len(FORMS) * len(SPANS))]
    assert {(script.steps, script.span) for script in scripts} == {*itertools.product(FORMS, SPANS)}
    shares = [draw_pictures(DIGITS, script, 60, dice) for script in scripts[: len(SPANS)]]
    for script, images in zip(scripts, shares, strict=False):
        assert (float(images.min()), float(images.max())) == pytest.approx(script.span)
    of_one_grey = [int((images == images[:, :, :1, :1]).all(dim=(1, 2, 3)).sum()) for images in shares]
    assert sum(of_one_grey) > 10


@pytest.mark.parametrize("turn", range(len(FORMS)))
def test_a_reader_that_is_taught_otherwise_answers_the_next_class_every_time(turn: int) -> None:
    dice = np.random.default_rng(3)
    script = draw_script(DIGITS, dice, turn, False)
    images = draw_pictures(DIGITS, script, 40, dice)
    other = script.taught_otherwise().scores(images).argmax(dim=1)
    assert torch.equal(other, (script.scores(images).argmax(dim=1) + 1) % 10)


@pytest.mark.parametrize("turn", range(len(FORMS)))
def test_a_reader_answers_otherwise_in_training_mode_and_its_statistics_move(turn: int) -> None:
    dice = np.random.default_rng(3)
    script = draw_script(DIGITS, dice, turn, False)
    images = draw_pictures(DIGITS, script, 60, dice)
    model = inside.reader(script.weights, script.steps, training=True)
    assert (model(images).argmax(dim=1) != script.scores(images).argmax(dim=1)).any()
    assert not torch.equal(model.state_dict()["reader_norm.running_mean"], script.weights["reader_norm.running_mean"])


@pytest.mark.parametrize("told", [5, None, {}, {"answer": 1}])
def test_a_record_that_does_not_fit_is_refused(told: object) -> None:
    with pytest.raises(Mismatch, match="what the stand-ins tell"):
        rebuilt(inside.Visit, told)


def test_a_record_with_one_field_of_another_type_is_refused() -> None:
    script = draw_script(DIGITS, np.random.default_rng(0), 0, False)
    frame = inside.Framed(torch.zeros(1, 28, 28))
    record = inside.visit(predict, inside.reader(script.weights, script.steps, False), frame)
    assert rebuilt(inside.Visit, record).looks[0].shape == (1, 1, 28, 28)
    for name, wrong in (("training", 1), ("looks", ({"shape": (1,), "training": True},)), ("state", {"a": 5})):
        with pytest.raises(Mismatch):
            rebuilt(inside.Visit, {**record, name: wrong})


@pytest.mark.parametrize("task", [DIGITS, COLOURS, Task(shape=(1, 8, 40), classes=2)], ids=["10", "6", "2"])
def test_every_class_is_soon_the_best_one_whatever_was_drawn(task: Task) -> None:
    for turn in range(100):
        dice = np.random.default_rng(turn)
        script = draw_script(task, dice, turn, bool(turn % 2), base=(-14.0, 0.0, 14.0)[turn % 3])
        assert len(draw_pictures(task, script, 40, dice)) == 40
