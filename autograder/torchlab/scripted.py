"""Models and pictures that we drew, what such a model makes of them, and what student code made it go through."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from autograder.checks import expect
from autograder.torchlab.inside.scripted import Reader, Visit, reader, thinned
from autograder.torchlab.task import Task

LEAD = 0.15
"""Least lead of the best score before the second, in units of how far scores lie apart: no order of sums changes it."""

CLOSE = 0.002
"""How far the scores of two classes that are twins lie apart, in units of the spread: far more than sums in single
precision lose, and less than half precision or two decimal places keep."""

HIGHEST = 28.0
"""No score lies further from 0, so that `exp` works."""

FORMS = (
    ("reader_norm", "reader_dropout", "flatten", "reader_layer", "reader_late"),
    ("reader_norm", "reader_filter", "sin", "add", "reader_dropout", "flatten", "reader_layer"),
    ("reader_norm", "relu", "reader_dropout", "flatten", "reader_layer"),
    ("reader_filter", "reader_norm", "sin", "reader_dropout", "flatten", "reader_layer", "reader_late"),
    ("thin", "reader_norm", "reader_dropout", "flatten", "reader_layer"),
)
"""The steps of readers. None but dropout can be left out, and no order of the layers alone gives the answers."""

LATE = "reader_late"
"""A norm over the scores: of two it leaves nothing but which is higher."""

LAST = ("reader_layer", LATE)
"""The parts that have something for each class."""

FASTEST = 4
"""The form that answers in the least time."""

SPANS = ((0.0, 1.0), (-0.8, 3.2), (-1.0, 1.0), (-0.42, 2.82), (0.0, 2.5))
"""Lowest and highest pixel: who changes pictures of one kind, such as those between 0 and 1, is seen in that one."""


MOST_ROUNDS = 200
"""In 9,000 drawn readers every class led at least 5 pictures of 350; a few rounds were always enough."""


@dataclass(frozen=True)
class Script:
    """A reader in eval mode, how its scores are spread, and some pictures of the kind that it reads."""

    model: Reader
    spread: float
    span: tuple[float, float]
    some: Tensor
    lead: float

    @cached_property
    def weights(self) -> dict[str, Tensor]:
        """Its weights and buffers by name."""
        return dict(self.model.state_dict())

    @property
    def steps(self) -> tuple[str, ...]:
        """By what it comes to scores."""
        return self.model.steps

    def scores(self, images: Tensor) -> Tensor:
        """The reader's answers in eval mode, float64 (N, K)."""
        with torch.no_grad():
            scores: Tensor = self.model(images)
        return scores.double()

    def taught_otherwise(self) -> Script:
        """The script of a reader that has learnt the names of the classes anew: it answers the next one each time."""
        moved = {name: value.roll(1, 0) for name, value in self.weights.items() if name.startswith(LAST)}
        return replace(self, model=reader({**self.weights, **moved}, self.steps, training=False))


def draw_script(
    task: Task,
    dice: np.random.Generator,
    turn: int,
    log_probabilities: bool,
    spread: float = 3.0,
    base: float = 0.0,
    close: bool = False,
) -> Script:
    """A reader whose scores lie around `base` with a standard deviation of `spread`; forms and spans take turns.

    Where it is `close`, any two classes 2n and 2n + 1 have nearly the same score.
    """
    forms = [form for form in FORMS if task.classes > 2 or LATE not in form]
    steps, span = forms[turn % len(forms)], SPANS[(turn + turn // len(forms)) % len(SPANS)]
    some = _noise(task, span, 96, dice)
    model = Reader(task.shape[0], thinned(some, steps)[0].numel(), task.classes, steps)
    model.reader_norm.momentum = 1.0
    with torch.no_grad():
        for weight in model.parameters():
            drawn = dice.standard_normal(tuple(weight.shape), dtype=np.float32)
            weight.copy_(torch.from_numpy(drawn) * 0.6 / math.sqrt(weight[0].numel()))
        if close:
            _make_twins(model)
        model.reader_norm.weight.abs_().add_(1)
        model.reader_norm.bias.clamp_(-0.6, 0.6)  # further out, a relu would leave nothing
        if "relu" in steps:
            model.reader_norm.bias.abs_().add_(0.3).neg_()  # then it cuts more than half
        model.eval().reader_norm.train()
        model(some)  # the norm gathers the statistics of the pictures
        many = _noise(task, span, 400, dice)[_grey(400) :]  # one grey lies far out, and would move the mean
        scores: Tensor = model.eval()(many)
        last = getattr(model, steps[-1])
        factor = spread / scores.std(dim=0)
        last.bias.copy_((last.bias - scores.mean(dim=0)) * factor + base)
        last.weight.mul_(factor[:, None] if last.weight.dim() > 1 else factor)
    model.steps = (*steps, *["log_softmax"] * log_probabilities)
    return Script(model, spread, span, some, LEAD * spread * (CLOSE if close else 1))


def _make_twins(model: Reader) -> None:
    """Gives every other class the weights of the one before it, and little of its own."""
    for name, weight in model.named_parameters():
        if name.startswith(LAST):
            odd = weight[1::2]
            odd.mul_(CLOSE).add_(weight[::2][: len(odd)])


def _noise(task: Task, span: tuple[float, float], count: int, dice: np.random.Generator) -> Tensor:
    """Pictures that touch both ends of the span; the first eighth of them are of one grey."""
    low, high = span
    noise = dice.random((count, *task.shape), dtype=np.float32)
    noise[:, 0, 0, 0], noise[:, -1, -1, -1] = 0, 1
    grey = _grey(count)
    noise[:grey] = noise[:grey, :1, :1, 1:2]
    return torch.from_numpy(low + (high - low) * noise)


def _grey(count: int) -> int:
    return count // 8


def draw_pictures(task: Task, script: Script, count: int, dice: np.random.Generator) -> Tensor:
    """Pictures (count, C, H, W) whose best score leads clearly: each class is the best one about equally often.

    Raises RuntimeError where some class is never the best one.
    """
    share, found = math.ceil(count / task.classes), [torch.zeros(0, *task.shape) for _ in range(task.classes)]
    images = script.some
    for _ in range(MOST_ROUNDS):
        scores = script.scores(images)
        best = scores.topk(2, dim=1).values
        clear = (best[:, 0] - best[:, 1] > script.lead) & (scores.abs().max(dim=1).values < HIGHEST)
        winners = scores.argmax(dim=1)
        found = [torch.cat([some, images[clear & (winners == label)]]) for label, some in enumerate(found)]
        if min(map(len, found)) >= share:
            break
        images = _noise(task, script.span, count + 40, dice)
    else:
        raise RuntimeError(f"In {MOST_ROUNDS} rounds of pictures, some class was hardly ever the best one.")
    together = torch.cat([some[:share] for some in found])
    return together[torch.from_numpy(dice.permutation(len(together))[:count])]


# --- what became of a reader -----------------------------------------------------------------------------------------


def is_number(value: object) -> bool:
    """True for one real number, a tensor with one element included."""
    if isinstance(value, Tensor | np.ndarray):
        return value.size == 1 if isinstance(value, np.ndarray) else value.numel() == 1 and not value.is_complex()
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def described(value: object) -> str:
    """A number, or the kind of thing that stands in its place."""
    if isinstance(value, int | float | np.number) and not isinstance(value, bool):
        return f"{float(value):.6g}"
    if isinstance(value, Tensor | np.ndarray):
        return f"{expect.type_name(value)} of shape {tuple(value.shape)}, {value.dtype}"
    return f"{expect.type_name(value)} {value!r}" if isinstance(value, bool | str) else expect.type_name(value)


def check_untouched(name: str, visit: Visit, script: Script, changed: str, mode: str) -> None:
    """Weights and buffers are those from before, none is marked, and the model was asked in eval mode."""
    weights = f"the model's weights and buffers after {name}"
    trained = any(look.training for look in visit.looks)
    expect.that(weights_stayed(visit, script), looked_at=weights, got="others", wanted="the same", hint=changed)
    expect.that(
        not trained, looked_at=f"the model's mode in {name}", got="training mode", wanted="eval mode", hint=mode
    )
    expect.that(
        not visit.marked,
        looked_at=weights,
        got=f"gradients, or weights that take none: {', '.join(visit.marked)}",
        wanted="as before",
        hint=changed,
    )
    everything = visit.state.keys() == script.weights.keys() and all(_same(script, visit, part) for part in visit.state)
    expect.that(everything, looked_at=weights, got="others", wanted="the same", hint=changed)


def weights_stayed(visit: Visit, script: Script) -> bool:
    """Whether the layer's weights are those from before, whatever became of running statistics."""
    return all(_same(script, visit, part) for part in script.weights if part.startswith("reader_layer"))


def _same(script: Script, visit: Visit, part: str) -> bool:
    before, after = script.weights[part], visit.state.get(part)
    return after is not None and before.dtype == after.dtype and torch.equal(before, after)


def check_shown(name: str, visit: Visit, images: Tensor, never_asked: str) -> None:
    """The model was shown each of `images` as it is, whatever else it was shown; where pixels are not known, something.

    `never_asked`: the hint where it was shown nothing: no network that we drew is the one that the task is about.
    """
    missing = not_shown(visit, images) if visit.looks else "nothing"
    expect.that(
        not missing,
        looked_at=f"what the model was shown in {name}",
        got=missing,
        wanted=f"the images as they are, (B, {', '.join(map(str, images.shape[1:]))})",
        hint="image-prepared-again" if visit.looks else never_asked,
    )


def not_shown(visit: Visit, images: Tensor) -> str:
    """What the model was shown in place of some of the pictures; empty text if it saw them all, or it is not known."""
    known = _pixels(visit, images)
    if not (visit.looks and visit.complete) or all(image.tobytes() in known for image in images.numpy()):
        return ""
    return "other pixels" if known else f"shape {visit.looks[0].shape}"


def none_shown(visit: Visit, images: Tensor) -> bool:
    """Whether the model was shown pictures, and none of `images` among them."""
    known = _pixels(visit, images)
    return bool(known) and not any(image.tobytes() in known for image in images.numpy())


def _pixels(visit: Visit, images: Tensor) -> set[bytes]:
    """The pictures of the right shape that the model was shown."""
    fitting = [seen for seen in visit.shown if seen.shape[1:] == images.shape[1:] and len(seen)]
    return {image.tobytes() for seen in fitting for image in seen.float().numpy()}
