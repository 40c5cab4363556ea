"""The model: what its scores, rows, weights and a few lessons tell, also where it breaks in large batches alone."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autograder.checks import expect
from autograder.checks.expect import Mismatch
from autograder.torchlab.inside import modules as inside
from autograder.torchlab.inside import weights as inside_weights
from autograder.torchlab.inside.training import Perceptron
from autograder.torchlab.modules import (
    Ending,
    Lesson,
    Primer,
    Scores,
    census_of,
    cut_at_zero,
    learns_everything,
    near,
    probabilities,
    rows_stand_alone,
    scores_are_raw,
    sigmoids,
    teach,
    weights_belong_to_the_model,
)
from autograder.torchlab.task import Lab, Task

TASK = Task(shape=(1, 12, 12), classes=4, noun="tile", model="Reader")
PIXELS = 144
IMAGES = torch.from_numpy(np.random.default_rng(5).random((60, 1, 12, 12), dtype=np.float32))
PRIMER = Primer(IMAGES[:16], torch.arange(16) % 4, IMAGES[20:])
Make = Callable[[], Any]
Way = Callable[[Tensor], Tensor]


def bench(make: Make) -> Lab:
    """A laboratory in this process, without a sandbox."""
    stand_ins = SimpleNamespace(**{**vars(inside_weights), **vars(inside)})
    sandbox = SimpleNamespace(seed=torch.manual_seed, fresh=lambda: None)
    return Lab(TASK, SimpleNamespace(Reader=make), stand_ins, sandbox, seed=5)


class Reader(nn.Module):
    """The reference, with a way of changing what comes in and what goes out."""

    def __init__(self, before: Way = lambda images: images, after: Way = lambda scores: scores) -> None:
        super().__init__()
        self.hidden, self.scores = nn.Linear(PIXELS, 24), nn.Linear(24, 4)
        self.before, self.after = before, after

    def forward(self, images: Tensor) -> Tensor:
        return self.after(self.scores(torch.tanh(self.hidden(self.before(images).flatten(1)))))


def taught(make: Make) -> tuple[Lab, Lesson]:
    lab = bench(make)
    return lab, teach(lab, PRIMER, census_of(lab, IMAGES[:8]))


def judge(make: Make) -> None:
    """All checks of a model, as an assignment asks for them."""
    lab = bench(make)
    scores = Scores(lab, IMAGES)
    scores.come_for_any_batch()
    rows_stand_alone(scores)
    census = census_of(lab, IMAGES[:8])
    weights_belong_to_the_model(lab, census)
    lesson = teach(lab, PRIMER, census)
    scores_are_raw(lab, lesson)
    learns_everything(lab, lesson)


def hint_of(make: Make) -> str | None:
    with pytest.raises(Mismatch) as raised:
        judge(make)
    return raised.value.hint


# --- right ones -----------------------------------------------------------------------------------------------------


class Remembers(Reader):
    """Draws an order of pixels, and keeps it beside its weights as PyTorch offers it."""

    def __init__(self) -> None:
        super().__init__(self.ordered)
        self.order = torch.randperm(PIXELS).tolist()

    def ordered(self, images: Tensor) -> Tensor:
        return images.flatten(1)[:, self.order]

    def get_extra_state(self) -> object:
        return {"order": self.order}

    def set_extra_state(self, state: Any) -> None:
        self.order = state["order"]


class Projects(Reader):
    """Multiplies by a matrix that is drawn once and kept as extra state, in a copy."""

    def __init__(self) -> None:
        super().__init__(lambda images: images.flatten(1) @ self.matrix)
        self.matrix = torch.randn(PIXELS, PIXELS) / 12

    def get_extra_state(self) -> object:
        return self.matrix.clone()

    def set_extra_state(self, state: Any) -> None:
        self.matrix = state


class Centred(Reader):
    """Takes off a mean image of one grey, a plain tensor that is the same in every model."""

    def __init__(self) -> None:
        super().__init__(lambda images: images - self.mean)
        self.mean = torch.full((12, 12), 0.5)


class Helped(Reader):
    """Has a layer that is used in training mode alone."""

    def __init__(self) -> None:
        super().__init__()
        self.helper = nn.Linear(PIXELS, 4)

    def forward(self, images: Tensor) -> Tensor:
        scores = super().forward(images)
        return scores + 0.3 * self.helper(images.flatten(1)) if self.training else scores


class ByName(Reader):
    """Keeps its layers in a dict of its own too."""

    def __init__(self) -> None:
        nn.Module.__init__(self)
        self.layers = {"first": nn.Linear(PIXELS, 24), "bend": nn.Tanh(), "last": nn.Linear(24, 4)}
        for name, layer in self.layers.items():
            self.add_module(name, layer)

    def forward(self, images: Tensor) -> Tensor:
        return functools.reduce(lambda values, layer: layer(values), self.layers.values(), images.flatten(1))


def cosines(scores: Tensor) -> Tensor:
    """Bounded from both sides, and by what the weights do not change."""
    return 16 * F.normalize(scores)


class Prepared(Reader):
    """Prepares its last weights, for one way of answering, when it is switched to eval mode or loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.scores = nn.Linear(24, 4, bias=False)
        self.ready: Tensor | None = None
        self.register_load_state_dict_post_hook(lambda model, keys: model.prepare())

    def prepare(self) -> None:
        self.ready = None if self.training else 2 * self.scores.weight.detach()

    def train(self, mode: bool = True) -> Prepared:
        changes = mode != self.training
        super().train(mode)
        if changes:
            self.prepare()
        return self

    def forward(self, images: Tensor) -> Tensor:
        return (
            torch.tanh(self.hidden(images.flatten(1)))
            @ (2 * self.scores.weight if self.ready is None else self.ready).T
        )


class Framed(Reader):
    """Makes a frame for the first images' size and keeps it; mixes pixels by a matrix that is computed from nothing."""

    def __init__(self) -> None:
        super().__init__(self.framed)
        self.frame: Tensor | None = None
        self.matrix = torch.cos(torch.arange(144.0).view(12, 12)) / 3

    def framed(self, images: Tensor) -> Tensor:
        if self.frame is None:
            self.frame = torch.linspace(1, 2, 144).view(12, 12)
        return self.matrix @ images * self.frame


class SetByItsFirstBatch(Reader):
    """The first batch in training mode sets its scale, which is learnt from then on."""

    def __init__(self) -> None:
        super().__init__(self.scaled)
        self.scale = nn.Parameter(torch.ones(1))
        self.register_buffer("is_set", torch.tensor(False))

    def scaled(self, images: Tensor) -> Tensor:
        if self.training and not self.is_set:
            with torch.no_grad():
                self.scale.copy_(0.3 / images.std())
            self.is_set.fill_(True)
        return images * self.scale


class Counting(Reader):
    """Its state holds a plain number, and it loads it."""

    def __init__(self) -> None:
        super().__init__(after=lambda scores: scores * self.heat)
        self.heat = 1.0

    def forward(self, images: Tensor) -> Tensor:
        self.heat = min(3.0, self.heat + 0.01 * self.training)
        return super().forward(images)

    def state_dict(self, *args: Any, **kwargs: Any) -> Any:
        return super().state_dict(*args, **kwargs) | {"heat": self.heat}

    def load_state_dict(self, state: Any, *args: Any, **kwargs: Any) -> Any:
        self.heat = state["heat"]
        numbers = {name: value for name, value in state.items() if name != "heat"}
        return super().load_state_dict(numbers, *args, **kwargs)


RIGHT: dict[str, Make] = {
    "reference": Reader,
    "extra state": Remembers,
    "extra state of many numbers": Projects,
    "mean image of one grey": Centred,
    "layer for training alone": Helped,
    "layers in a dict as well": ByName,
    "temperature of twenty": lambda: Reader(after=lambda scores: scores / 20),
    "multiplied scores": lambda: Reader(after=lambda scores: 10 * scores),
    "centred scores": lambda: Reader(after=lambda scores: scores - scores.mean(dim=1, keepdim=True)),
    "bounded scores": lambda: Reader(after=cosines),
    "tanh with which it still learns": lambda: Reader(after=lambda scores: 6 * torch.tanh(scores / 2)),
    "log-probabilities": lambda: Reader(after=lambda scores: F.log_softmax(scores, dim=1)),
    "prepared in eval mode": Prepared,
    "frame of the first images": Framed,
    "set by its first batch": SetByItsFirstBatch,
    "plain number in its state": Counting,
    "half the bits": lambda: Reader(after=lambda scores: scores.bfloat16()),
}


@pytest.mark.parametrize("make", RIGHT.values(), ids=RIGHT)
def test_a_right_model_passes(make: Make) -> None:
    judge(make)


# --- wrong ones -----------------------------------------------------------------------------------------------------


def beyond(most: int, way: Way) -> Way:
    """Changes batches of more than so many."""
    return lambda images: way(images) if len(images) > most else images


def refused(images: Tensor) -> Tensor:
    raise ValueError("too many")


WRONG: dict[str, tuple[str, Make]] = {
    "fails for more than 300": ("fixed-batch-size", lambda: Reader(beyond(300, refused))),
    "fails for more than 512": ("fixed-batch-size", lambda: Reader(beyond(512, refused))),
    "holds 300 rows": ("fixed-batch-size", lambda: Reader(lambda images: images[:300])),
    "holds a thousand rows": ("fixed-batch-size", lambda: Reader(lambda images: images[:1000])),
    "mean of large batches": (
        "batch-statistics-in-eval",
        lambda: Reader(beyond(250, lambda images: images - images.mean(dim=0))),
    ),
    "scaled by the largest of a large batch": (
        "batch-statistics-in-eval",
        lambda: Reader(after=beyond(100, lambda scores: scores / scores.abs().max())),
    ),
    "mean of every batch": (
        "batch-statistics-in-eval",
        lambda: Reader(lambda images: images - images.mean(dim=0) if len(images) > 1 else images),
    ),
    "softmax": ("softmax-before-cross-entropy", lambda: Reader(after=lambda scores: scores.softmax(dim=1))),
    "softmax in percent": (
        "softmax-before-cross-entropy",
        lambda: Reader(after=lambda scores: 100 * scores.softmax(dim=1)),
    ),
    "softmax, moved": (
        "softmax-before-cross-entropy",
        lambda: Reader(after=lambda scores: 20 * scores.softmax(dim=1) - 10),
    ),
    "sigmoid": ("sigmoid-on-scores", lambda: Reader(after=torch.sigmoid)),
    "sigmoid times ten": ("sigmoid-on-scores", lambda: Reader(after=lambda scores: 10 * torch.sigmoid(scores))),
}


@pytest.mark.parametrize(("hint", "make"), WRONG.values(), ids=WRONG)
def test_a_wrong_model_is_told_by_its_mistake(hint: str, make: Make) -> None:
    assert hint_of(make) == hint


def test_a_last_relu_with_which_it_learns_is_told_as_advice() -> None:
    class Lifted(Reader):
        def __init__(self) -> None:
            super().__init__(after=lambda scores: torch.relu(scores - 0.3))
            nn.init.constant_(self.scores.bias, 0.3)

    with expect.collecting() as advice:
        judge(Lifted)
    assert [one.hint for one in advice] == ["relu-on-scores"]


def test_a_last_relu_that_keeps_it_from_learning_costs_points() -> None:
    assert hint_of(lambda: Reader(after=lambda scores: torch.relu(scores - 0.3))) == "relu-on-scores"


class Cooling(Reader):
    """Its temperature is a plain number that falls while it is trained."""

    def __init__(self) -> None:
        super().__init__(after=lambda scores: scores / self.heat)
        self.heat = 2.0

    def forward(self, images: Tensor) -> Tensor:
        self.heat = max(0.5, self.heat - 0.01 * self.training)
        return super().forward(images)


class Noisy(Reader):
    """Noise of a strength that is learnt, from 0 on, in eval mode too."""

    def __init__(self) -> None:
        super().__init__(after=lambda scores: scores + self.strength * torch.randn_like(scores))
        self.strength = nn.Parameter(torch.zeros(4))


class Gained(Reader):
    """How many images there are counts as much as it learns, from 0 on."""

    def __init__(self) -> None:
        super().__init__(after=lambda scores: scores * (1 + self.part * len(scores)))
        self.part = nn.Parameter(torch.zeros(1))


class Remembering(Reader):
    """Keeps images and what the gradient tells of their labels, in buffers."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("known", torch.zeros(64, PIXELS))
        self.register_buffer("names", torch.zeros(64, 4))

    def remember(self, images: Tensor, gradient: Tensor) -> None:
        self.known = torch.cat([images, self.known])[:64]
        self.names = torch.cat([F.one_hot(gradient.argmin(dim=1), 4).float(), self.names])[:64]

    def forward(self, images: Tensor) -> Tensor:
        flat = images.flatten(1)
        scores = super().forward(images) / 100
        if self.training and scores.requires_grad:
            scores.register_hook(lambda gradient: self.remember(flat, gradient))
        return scores + 9 * ((torch.cdist(flat, self.known) < 0.01).float() @ self.names).clamp(max=1)


class Hasty(Reader):
    """Takes steps of its own in backward."""

    def forward(self, images: Tensor) -> Tensor:
        scores = super().forward(images)
        if scores.requires_grad:
            scores.register_hook(self.step)
        return scores

    def step(self, gradient: Tensor) -> None:
        with torch.no_grad():
            self.scores.bias -= gradient.sum(dim=0)


def last_piece_from_the_end(images: Tensor) -> Tensor:
    """Pieces of 64 images, of which the last one is taken from the end."""
    starts = [min(start, max(0, len(images) - 64)) for start in range(0, len(images), 64)]
    return torch.cat([images[start : start + 64] for start in starts])[: len(images)]


LATE: dict[str, tuple[str | None, Make]] = {
    "plain temperature": ("state-outside-state-dict", Cooling),
    "learnt noise": ("dropout-always-on", Noisy),
    "learnt share of its batch": ("batch-statistics-in-eval", Gained),
    "remembers gradients": (None, Remembering),
    "steps of its own": (None, Hasty),
    "last piece from the end": (None, lambda: Reader(last_piece_from_the_end)),
    "no more than 64 while training": ("fixed-batch-size", lambda: OnlyWhileTraining(beyond(64, refused))),
}


class OnlyWhileTraining(Reader):
    def __init__(self, way: Way) -> None:
        super().__init__(lambda images: way(images) if self.training else images)


@pytest.mark.parametrize(("hint", "make"), LATE.values(), ids=LATE)
def test_what_shows_after_training_or_in_large_batches_alone_is_told(hint: str | None, make: Make) -> None:
    assert hint_of(make) == hint


def test_a_matrix_of_zeros_or_ones_that_nobody_registered_is_a_weight() -> None:
    for blank in (torch.zeros, torch.ones):
        make = functools.partial(Reader, functools.partial(torch.add, other=blank(12, 12)))
        assert hint_of(make) == "outside-model-in-forward"


def test_what_a_model_has_drawn_and_keeps_for_itself_is_missed_in_a_new_one() -> None:
    class Forgets(Remembers):
        def get_extra_state(self) -> object:
            return None

        def set_extra_state(self, state: Any) -> None:
            assert state is None

    assert hint_of(Forgets) == "state-outside-state-dict"


@pytest.mark.parametrize(
    "make", [lambda: Perceptron(), lambda: nn.Sequential(Perceptron()), type("Mine", (Perceptron,), {})]
)
def test_a_network_of_the_checks_is_nobodys_own(make: Make) -> None:
    for look in (inside.build, lambda make: inside.census(make, torch.rand(8, 1, 28, 28))):
        with pytest.raises(TypeError, match="a network of the checks"):
            look(make)


# --- what scores are a sign of --------------------------------------------------------------------------------------


def ending(way: Way, spread: float = 2.0) -> Ending:
    raw = torch.from_numpy(np.random.default_rng(1).normal(0, spread, (64, 10)))
    return Ending(way(raw), way(100 * raw))


@pytest.mark.parametrize("scale", [1.0, 10.0, 100.0])
@pytest.mark.parametrize("moved", [0.0, -3.0])
def test_a_softmax_is_known_at_any_scale(scale: float, moved: float) -> None:
    seen = ending(lambda raw: scale * raw.softmax(dim=1) + moved)
    assert probabilities(seen)


@pytest.mark.parametrize("scale", [1.0, 10.0, 100.0])
def test_a_sigmoid_is_known_at_any_scale(scale: float) -> None:
    seen = ending(lambda raw: scale * torch.sigmoid(raw))
    assert sigmoids(seen) and not probabilities(seen) and not cut_at_zero(seen.scores)


@pytest.mark.parametrize(
    "way",
    [
        lambda raw: raw,
        lambda raw: raw - raw.mean(dim=1, keepdim=True),
        lambda raw: 16 * F.normalize(raw),
        lambda raw: F.log_softmax(raw, dim=1),
        lambda raw: 6 * torch.tanh(raw),
        lambda raw: F.softplus(raw),
        lambda raw: torch.relu(raw - raw.topk(2, dim=1).values[:, 1:]),
        lambda raw: raw * torch.inf,
    ],
)
def test_other_scores_are_no_sign_of_either(way: Way) -> None:
    assert not probabilities(ending(way)) and not sigmoids(ending(way))


def test_scores_of_half_the_bits_are_near_up_to_their_rounding() -> None:
    scores = torch.linspace(-3, 3, 40).view(4, 10)
    assert near(scores, scores.bfloat16()) and not near(scores, scores + 0.1) and not near(scores, scores[:2])
