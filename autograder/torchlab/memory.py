"""Whether `train` teaches a model some digits by heart, judged by the weights that come back, and why it does not."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import expect
from autograder.torchlab.evidence import Sign, first
from autograder.torchlab.inside.training import Watched
from autograder.torchlab.modules import BY_HEART, Primer, mean_loss, share
from autograder.torchlab.studies import steps_once_an_epoch
from autograder.torchlab.task import Lab, Task
from autograder.torchlab.watching import Watches, gradients_pile_up, is_spent, meets_amounts, numbers

TILES = 50
"""Batches that the 32 digits are repeated to: one batch and many epochs would fail schedulers and accumulation."""

PATIENCE = (3, 12, 50)
"""Epochs of each attempt: 150 steps, and 2,500 before anyone fails whose loss falls at all."""

STALLED = 0.98
"""A loss that is no lower than this share of the first one has not begun to fall. Two attempts in a row of which that
is true end it: of right styles none has one."""

WILD = 30.0
"""Weights this many times as long as before have swung: RMSprop with rate 0.5 (1,900 times) knows 32 drawn digits by
chance after one run in six, with rate 0.1 (40 times) 32 real ones after one in three. Then two runs in a row must have
learnt, as those of Rprop (up to 1,800 times) always do. Adam with rate 0.1 grows 20 times, with 0.01 up to 7 times."""


LEAST_READ = 0.2
"""Who reads one batch of each epoch has 0.06 after three, and learns by luck or not; right styles read all digits but
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

    @property
    def stalls(self) -> bool:
        """Whether the loss has not begun to fall."""
        return not self.after <= STALLED * self.before


def overfit(lab: Lab, seed: int, primer: Primer, patient: bool = True) -> Overfit:
    """The first successful run of the student's `train`, the second in a row where weights swing, or the best that was
    none.

    Without patience there is only the first attempt, for a `train` that other digits have shown to fail.
    """
    images, labels = primer.images, primer.labels
    runs: list[Overfit] = []
    for attempt, epochs in enumerate(PATIENCE if patient else PATIENCE[:1]):
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
        if is_trusted(runs) or is_hopeless(runs):
            break
    failed = [one for one in runs if not one.learnt]
    run = runs[-1] if is_trusted(runs) or not failed else max(failed, key=lambda one: one.share)
    return replace(run, read=runs[0].read, attempts=tuple(one.share for one in runs))


def is_trusted(runs: Sequence[Overfit]) -> bool:
    """Whether the latest run has learnt; where weights swing, the one before it as well."""
    return runs[-1].learnt and (runs[-1].growth < WILD or any(one.learnt for one in runs[-2:-1]))


def is_hopeless(runs: Sequence[Overfit]) -> bool:
    """Whether the loss had not begun to fall in the latest two runs."""
    return len(runs) > 1 and all(one.stalls for one in runs[-2:])


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
    check_learnt(run, lambda: first(FRUITLESS, Fruitless(run, runs)))


def check_learnt(run: Overfit, why: Callable[[], str | None]) -> None:
    """Our loss fell by a tenth or more, the digits are known, and not for a few steps' luck: most of them were read."""
    tries = len(PATIENCE)
    expect.decreases("our loss of 32 images, before and after train", run.before, run.after, 0.1, why, tries)
    looked_at = "32 images that train has seen many times"
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
        looked_at=f"the {TILES} batches of images, in {PATIENCE[0]} epochs",
        got=f"{run.read:.0%} of them read",
        wanted="all",
        hint="one-batch-only" if run.read else None,
    )


@dataclass(frozen=True)
class Fruitless:
    """A training that leads nowhere, and short ones that were watched."""

    run: Overfit
    runs: Watches

    @property
    def short(self) -> Watched:
        """What was seen of two epochs."""
        return self.runs[2].seen

    @property
    def losses(self) -> list[float]:
        """Those of the watched training."""
        return numbers(self.short.returned)

    @property
    def kept(self) -> float:
        """The share of a gradient that is left at the step, in the middle of all steps."""
        shares = [step.left / step.arrived for step in self.short.steps if step.arrived > 0]
        return float(np.median(shares)) if shares else 1.0


def nll_below_zero(case: Fruitless) -> bool:
    """nll_loss was called, and gave negative numbers."""
    return any("nll_loss" in call for call in case.short.losses) and any(loss < 0 for loss in case.losses)


def not_finite(case: Fruitless) -> bool:
    """Some loss is no number."""
    return not all(math.isfinite(loss) for loss in [*numbers(case.run.returned), *case.losses])


def loss_cannot_be_had(case: Fruitless) -> bool:
    """Some loss is no number although the weights are, or before they could go far."""
    healthy = all(bool(torch.isfinite(weight).all()) for weight in case.short.after.values())
    unfit = not all(math.isfinite(loss) for loss in case.losses)
    return not_finite(case) and (math.isnan(case.short.cosine) or (healthy and unfit))


def prepared_otherwise(case: Fruitless) -> bool:
    """In almost all batches black or white had moved far away, or the first held none of the loader's images: they were
    changed on the way to the model."""
    shown = np.array([(one.middle, one.bright) for one in case.short.forwards if one.learning]).reshape(-1, 2)
    black, white = torch.quantile(case.runs[2].given.flatten(), torch.tensor([0.5, 0.98])).tolist()
    ground, ink = (shown.T - black) / (white - black)
    moved = (abs(ground) > 0.2) | ~((ink > 0.45) & (ink < 1.6))
    return case.short.as_given == 0 or bool(len(moved) and moved.mean() > 0.9)


def renamed(case: Fruitless) -> bool:
    """The answers are the labels under other names: each digit has one, and none shares it unless most are wrong."""
    run = case.run
    if not bool(torch.isfinite(run.scores).all()):
        return False
    answers = run.scores.argmax(dim=1)
    groups = [answers[run.labels == label] for label in sorted(set(run.labels.tolist()))]
    agreeing = sum(int((group == group.mode().values).sum()) for group in groups)
    apart = len({int(group.mode().values) for group in groups}) / len(groups)
    return agreeing >= BY_HEART * len(answers) and (apart == 1 or (apart >= 0.7 and run.share < 0.5))


def flung_away(case: Fruitless) -> bool:
    """The loss has grown, or weights have, in any of the trainings."""
    watched = [one.seen for one in case.runs.values()]
    return case.run.after > case.run.before or any(growth(seen.before, seen.after) >= 4 for seen in watched)


def creeps(case: Fruitless) -> bool:
    """Gradients came, and our loss is still above half of the first."""
    arrived = any(step.arrived > 0 for step in case.short.steps)
    return arrived and case.run.share < BY_HEART and case.run.after > 0.5 * case.run.before


FRUITLESS: tuple[Sign[Fruitless], ...] = (
    Sign("one-batch-only", lambda case: 0 < case.run.read <= LEAST_READ),
    Sign("step-outside-the-batch-loop", lambda case: steps_once_an_epoch(case.runs[2])),
    Sign("missing-zero-grad", lambda case: gradients_pile_up(case.runs[2])),
    Sign("climbs-instead-of-descends", lambda case: case.short.cosine < -0.9 or case.short.uphill > 0.1),
    Sign("nll-without-log-softmax", nll_below_zero),
    Sign("loss-on-class-numbers", lambda case: meets_amounts(case.short, case.run.scores.shape[1])),
    Sign("nan-loss", loss_cannot_be_had),
    Sign("learning-rate-too-large", not_finite),
    Sign("train-only-preprocessing", prepared_otherwise),
    Sign("labels-changed-in-train", renamed),
    Sign("scheduler-every-batch", lambda case: is_spent(case.run.rates)),
    Sign("clipping-too-tight", lambda case: 0 < case.kept < 0.01),
    Sign("gradients-erased-before-step", lambda case: case.kept == 0),
    Sign("huge-weight-decay", lambda case: any(step.decay >= 0.1 for step in case.short.steps)),
    Sign("loss-divided-again", lambda case: case.short.length < 0.3),
    Sign("summed-loss", lambda case: case.short.length > 4),
    Sign("learning-rate-too-large", flung_away),
    Sign("learning-rate-too-small", creeps),
)
"""What training that leads nowhere is a sign of, from the narrowest evidence to the widest."""


def growth(before: Mapping[str, Tensor], after: Mapping[str, Tensor]) -> float:
    """How many times as long as before the weights, of whatever dtype, are now; infinite where they are not finite."""
    old, new = (
        math.hypot(*(float(weight.to(torch.complex128).abs().norm()) for weight in weights.values()))
        for weights in (before, after)
    )
    return new / old if math.isfinite(new) else math.inf
