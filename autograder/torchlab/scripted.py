"""Models and pictures that we drew, what such a model makes of them, and what student code made it go through."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import expect
from autograder.torchlab.inside.scripted import Visit
from autograder.torchlab.task import Task

MIDDLE = 1.2
"""The mean of all pixels. They reach from -0.8 to 3.2, in some pictures less far."""

LEAD = 0.15
"""Least lead of the best score before the second, in units of the scores' spread: no rounding changes the best one."""

HIGHEST = 28.0
"""No score lies further from 0, so that `exp` works."""

_EPSILON = 1e-5


@dataclass(frozen=True)
class Script:
    """The weights of a reader, and the scores that they give."""

    weights: Mapping[str, Tensor]
    log_probabilities: bool = False

    def scores(self, images: Tensor) -> Tensor:
        """The reader's answers in eval mode, (N, K)."""
        known = {name: value.double() for name, value in self.weights.items()}
        spread = (known["reader_norm.running_var"] + _EPSILON).sqrt()
        each = (1, -1, 1, 1)
        pixels = (images.double() - known["reader_norm.running_mean"].view(each)) / spread.view(each)
        pixels = pixels * known["reader_norm.weight"].view(each) + known["reader_norm.bias"].view(each)
        scores = F.linear(pixels.flatten(1), known["reader_layer.weight"], known["reader_layer.bias"])
        return F.log_softmax(scores, dim=1) if self.log_probabilities else scores


def draw_script(
    task: Task, dice: np.random.Generator, log_probabilities: bool, spread: float = 3.0, base: float = 0.0
) -> Script:
    """A reader whose scores lie around `base` with a standard deviation of about `spread`."""
    channels, pixels = task.shape[0], math.prod(task.shape)
    layer = dice.normal(0.0, spread / (0.62 * math.sqrt(pixels)), (task.classes, pixels))
    weights = {
        "reader_norm.weight": np.ones(channels),
        "reader_norm.bias": np.zeros(channels),
        "reader_norm.running_mean": np.full(channels, MIDDLE),
        "reader_norm.running_var": np.ones(channels),
        "reader_layer.weight": layer,
        "reader_layer.bias": np.full(task.classes, base),
    }
    found = {name: torch.from_numpy(value.astype(np.float32)) for name, value in weights.items()}
    return Script({**found, "reader_norm.num_batches_tracked": torch.tensor(7)}, log_probabilities)


def draw_pictures(task: Task, script: Script, count: int, dice: np.random.Generator, spread: float = 3.0) -> Tensor:
    """Pictures (count, C, H, W) whose best score leads clearly: each class is the best one about equally often."""
    share, found = math.ceil(count / task.classes), [torch.zeros(0, *task.shape) for _ in range(task.classes)]
    while min(map(len, found)) < share:
        strength = dice.uniform(0.8, 4.0, (8 * count, 1, 1, 1))
        images = torch.from_numpy(
            (MIDDLE + strength * (dice.random((8 * count, *task.shape)) - 0.5)).astype(np.float32)
        )
        scores = script.scores(images)
        best = scores.topk(2, dim=1).values
        clear = (best[:, 0] - best[:, 1] > LEAD * spread) & (scores.abs().max(dim=1).values < HIGHEST)
        winners = scores.argmax(dim=1)
        found = [torch.cat([some, images[clear & (winners == label)]]) for label, some in enumerate(found)]
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


def check_shown(name: str, visit: Visit, images: Tensor) -> None:
    """The model was shown each of `images` as it is, whatever else it was shown; where that is not known, nothing."""
    missing = not_shown(visit, images)
    expect.that(
        not missing,
        looked_at=f"what the model was shown in {name}",
        got=missing,
        wanted=f"the images as they are, (B, {', '.join(map(str, images.shape[1:]))})",
        hint="image-prepared-again",
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
