"""Whether `train` teaches a model some digits by heart, judged by the weights that come back, and why it does not."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import expect
from autograder.torchlab.modules import BY_HEART, Primer, mean_loss, share
from autograder.torchlab.studies import why_unlearnt
from autograder.torchlab.task import Lab, Task
from autograder.torchlab.watching import (
    Watch,
    Watches,
    gradients_pile_up,
    is_spent,
    numbers,
    why_gradients_vanish,
)

TILES = 50
"""Batches that the 32 digits are repeated to: one batch and many epochs would fail schedulers and accumulation."""

PATIENCE = (4, 20, 40)
"""Epochs of each attempt: 200 steps, and 2,000 before anyone fails."""

WILD = 30.0
"""Weights this many times as long as before have swung: RMSprop with rate 0.5 (1,900 times) knows 32 drawn digits by
chance after one run in six, with rate 0.1 (40 times) 32 real ones after one in three. Then two runs in a row must have
learnt, as those of Rprop (up to 1,800 times) always do. Adam with rate 0.1 grows 20 times, with 0.01 up to 7 times."""


LEAST_READ = 0.2
"""Who reads one batch of each epoch has 0.08 after four, and learns by luck or not; right styles read all digits but
those they hold back."""


@dataclass(frozen=True)
class Overfit:
    """One training run on 32 repeated digits: our loss before and after, our accuracy after, and what it returned.

    `read` is the share of the digits that the shortest run read; `unseen` holds the scores of digits that this run was
    not trained on; `growth` is how many times as long as before its weights are; `attempts` our accuracy after each run
    so far.
    """

    before: float
    after: float
    share: float
    returned: object
    scores: Tensor
    labels: Tensor
    rates: list[float]
    unseen: Tensor
    read: float
    growth: float
    attempts: tuple[float, ...] = ()

    @property
    def learnt(self) -> bool:
        """Whether the loss fell by a tenth and the digits are known by heart."""
        return self.after <= 0.9 * self.before and self.share >= BY_HEART


def overfit(lab: Lab, seed: int, primer: Primer) -> Overfit:
    """The first successful run of the student's `train`, the second in a row where weights swing, or the best that was
    none."""
    images, labels = primer.images, primer.labels
    runs: list[Overfit] = []
    for attempt, epochs in enumerate(PATIENCE):
        lab.sandbox.seed(seed + 100 * attempt)
        model = lab.perceptron()
        seen = lab.stand_ins.train_quietly(lab.student.train, model, images, labels.tolist(), TILES, epochs)
        before, after = (answers_with(seen[when], images, lab) for when in ("before", "after"))
        if is_spent(seen["rates"]):
            expect.advise("scheduler-every-batch")
        run = Overfit(
            mean_loss(before, labels),
            mean_loss(after, labels),
            share(after, labels),
            seen["returned"],
            after,
            labels,
            seen["rates"],
            answers_with(seen["after"], primer.others, lab),
            seen["read"],
            growth(seen["before"], seen["after"]),
        )
        runs.append(run)
        if run.learnt and (run.growth < WILD or any(one.learnt for one in runs[-2:-1])):
            break
    else:
        run = max((one for one in runs if not one.learnt), key=lambda one: one.share)
    return replace(run, read=runs[0].read, attempts=tuple(one.share for one in runs))


def shapes_of(task: Task) -> dict[str, tuple[int, ...]]:
    """The weights of the stand-in model that `train` is judged with."""
    return {
        "hidden.weight": (32, task.pixels),
        "hidden.bias": (32,),
        "scores.weight": (task.classes, 32),
        "scores.bias": (task.classes,),
    }


def answers_with(weights: Mapping[str, Tensor], images: Tensor, lab: Lab) -> Tensor:
    """Scores (N, K) of the stand-in model with these weights, computed here: the model itself is in others' hands.

    NaN where they are the weights of another model; what became of them is told by another check.
    """
    if {name: tuple(weight.shape) for name, weight in weights.items()} != shapes_of(lab.task):
        return torch.full((len(images), lab.task.classes), math.nan)
    known = {name: weight.float() for name, weight in weights.items()}
    hidden = F.relu(F.linear(images.flatten(1), known["hidden.weight"], known["hidden.bias"]))
    scores = F.linear(hidden, known["scores.weight"], known["scores.bias"])
    return F.log_softmax(scores, dim=1) if lab.log_probabilities else scores


def has_learnt(run: Overfit, runs: Watches) -> None:
    """The digits are known by heart; `runs` explain why not."""
    check_learnt(run, lambda: why_not_learnt(run, runs))


def check_learnt(run: Overfit, why: Callable[[], str | None]) -> None:
    """Our loss fell by a tenth or more, the digits are known, and not for a few steps' luck: most of them were read."""
    tries = len(PATIENCE)
    expect.decreases("our loss of 32 digits, before and after train", run.before, run.after, 0.1, why, tries)
    looked_at = "32 digits that train has seen many times"
    expect.accuracy(looked_at, run.share, BY_HEART, "100%", why, tries, run.attempts)
    entries = numbers(run.returned)
    expect.that(
        len(entries) < 2 or len(set(entries)) > 1,
        looked_at="the losses that train returned while our loss fell",
        got=f"{len(entries)} times {entries[0] if entries else 0:.4g}",
        wanted="the loss of each epoch",
        hint="made-up-losses",
    )
    expect.that(
        run.read > LEAST_READ,
        looked_at=f"the {TILES} batches of digits, in {PATIENCE[0]} epochs",
        got=f"{run.read:.0%} of them read",
        wanted="all",
        hint="one-batch-only" if run.read else None,
    )


def why_not_learnt(run: Overfit, runs: Watches) -> str | None:
    """The hint for training that leads nowhere, from the narrowest evidence to the widest."""
    short = runs[2]
    if 0 < run.read <= LEAST_READ:
        return "one-batch-only"
    if why_unlearnt(short) == "step-outside-the-batch-loop":
        return "step-outside-the-batch-loop"
    if gradients_pile_up(short):
        return "missing-zero-grad"
    return why_direction(short, run) or why_preprocessing(short) or why_renamed(run) or why_size(runs, run)


def why_direction(short: Watch, run: Overfit) -> str | None:
    """Where the first gradient points, and what the losses look like."""
    losses = numbers(run.returned)
    if short.seen.cosine < -0.9 or short.seen.uphill > 0.1:
        return "climbs-instead-of-descends"
    if any("nll_loss" in call for call in short.seen.losses) and any(loss < 0 for loss in numbers(short.seen.returned)):
        return "nll-without-log-softmax"
    if any(_meets_amounts(call, run.scores.shape[1]) for call in short.seen.losses) or any(
        "Using a target size" in text for text in short.seen.warnings
    ):
        return "loss-on-class-numbers"
    if not all(math.isfinite(loss) for loss in [*losses, *numbers(short.seen.returned)]):
        return why_not_finite(short)
    return None


def why_not_finite(short: Watch) -> str:
    """The loss itself cannot be had from some scores, or the weights went too far first."""
    healthy = all(bool(torch.isfinite(weight).all()) for weight in short.seen.after.values())
    unfit = not all(math.isfinite(loss) for loss in numbers(short.seen.returned))
    return "nan-loss" if math.isnan(short.seen.cosine) or (healthy and unfit) else "learning-rate-too-large"


def _meets_amounts(call: str, classes: int) -> bool:
    """A loss for amounts that was given one number per digit, or shapes that do not belong together."""
    name, _, shapes = call.partition(" ")
    return name in ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss") and shapes.count(f", {classes})") < 2


def shown_while_learning(short: Watch) -> npt.NDArray[np.float64]:
    """Ground and ink, (N, 2), of the images in each forward that was made to learn from."""
    return np.array([(one.middle, one.bright) for one in short.seen.forwards if one.learning]).reshape(-1, 2)


def why_preprocessing(short: Watch) -> str | None:
    """In almost all batches black or white had moved far away, or the first held none of the loader's images: they were
    changed on the way to the model."""
    if short.seen.as_given == 0:
        return "train-only-preprocessing"
    black, white = torch.quantile(short.given.flatten(), torch.tensor([0.5, 0.98])).tolist()
    ground, ink = (shown_while_learning(short).T - black) / (white - black)
    moved = (abs(ground) > 0.2) | ~((ink > 0.45) & (ink < 1.6))
    return "train-only-preprocessing" if len(moved) and moved.mean() > 0.9 else None


def why_renamed(run: Overfit) -> str | None:
    """The answers are the labels under other names: each digit has one, and none shares it unless most are wrong."""
    if not bool(torch.isfinite(run.scores).all()):
        return None
    answers = run.scores.argmax(dim=1)
    groups = [answers[run.labels == label] for label in sorted(set(run.labels.tolist()))]
    agreeing = sum(int((group == group.mode().values).sum()) for group in groups)
    apart = len({int(group.mode().values) for group in groups}) / len(groups)
    renamed = agreeing >= BY_HEART * len(answers) and (apart == 1 or (apart >= 0.7 and run.share < 0.5))
    return "labels-changed-in-train" if renamed else None


def growth(before: Mapping[str, Tensor], after: Mapping[str, Tensor]) -> float:
    """How many times as long as before the weights, of whatever dtype, are now; infinite where they are not finite."""
    old, new = (
        math.hypot(*(float(weight.to(torch.complex128).abs().norm()) for weight in weights.values()))
        for weights in (before, after)
    )
    return new / old if math.isfinite(new) else math.inf


def why_size(runs: Watches, run: Overfit) -> str | None:
    """Too small or too large steps, and what makes them so."""
    short = runs[2]
    arrived = [step for step in short.seen.steps if step.arrived > 0]
    if is_spent(run.rates):
        return "scheduler-every-batch"
    kept = float(np.median([step.left / step.arrived for step in arrived])) if arrived else 1.0
    if kept < 0.01:
        return "clipping-too-tight" if kept > 0 else why_gradients_vanish(short.seen.events)
    if any(step.decay >= 0.1 for step in short.seen.steps):
        return "huge-weight-decay"
    if short.seen.length < 0.3:
        return "loss-divided-again"
    if short.seen.length > 4:
        return "summed-loss"
    if run.after > run.before or any(growth(one.seen.before, one.seen.after) >= 4 for one in runs.values()):
        return "learning-rate-too-large"
    return "learning-rate-too-small" if arrived and run.share < BY_HEART and run.after > 0.5 * run.before else None
