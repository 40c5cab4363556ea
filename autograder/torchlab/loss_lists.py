"""The list of losses against a model whose answers we know and that no training changes.

The model is right about some images and wrong about others. What a list says of all right and of all wrong ones, in
each epoch, are two levels; a mean lies between them where the share of wrong images lies. Nothing else is assumed: a
loss may have any sign and scale, and another one in each epoch.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor

from autograder.checks import expect
from autograder.torchlab.evidence import Sign, first
from autograder.torchlab.inside.training import middle_of
from autograder.torchlab.task import Lab, Task
from autograder.torchlab.watching import numbers

LABEL = 3
"""The label of all images."""

EPOCHS, PATIENT_EPOCHS = 13, 41
"""Long enough for a training that has waited ten epochs for the loss to fall; of one batch, for twenty or more."""

FEW = 2
"""Passes that a train needs which keeps the batches, one of them to look at the images."""

CHANGING_EPOCHS, CHANGING_BATCHES = 4, 4
CONTENTS = "wrwwrwrrwwrwrrwwwrwr"
"""What all images are in each pass over a dataset that changes: no order that a sorted, reversed or smoothed list could
have by chance."""


@dataclass(frozen=True)
class Batches:
    """Batches of one size, each of images that are all known ("r", right) or all taken for another digit ("w").

    The last one lacks `short` images. Where `turned`, the model knows the images that it takes for another digit
    elsewhere: a list that follows from images alone, and from no scores, is the same for right and for wrong ones.
    """

    kinds: str
    size: int
    epochs: int = 1
    short: int = 0
    turned: bool = False

    def images(self, task: Task) -> Tensor:
        """All of them, (N, C, H, W)."""
        kinds = self.kinds.translate(_TURN) if self.turned else self.kinds
        full = torch.cat([image(kind, task).expand(self.size, *task.shape) for kind in kinds])
        return full[: len(full) - self.short]


_TURN = str.maketrans("rw", "wr")


WORLDS = {
    "right": Batches("rr", 8, EPOCHS, turned=True),
    "wrong": Batches("ww", 8, EPOCHS),
    "mixed": Batches("rrrw", 8),
    "more": Batches("rrrrrrww", 8),
    "wide": Batches("ww", 16),
    "single": Batches("w", 8, PATIENT_EPOCHS),
    "rest": Batches("rrw", 8, short=6),
    "ragged": Batches("www", 8, short=6),
    "long": Batches("w" * 100 + "r" * 30, 2),
}


def image(kind: str, task: Task) -> Tensor:
    """An image (1, C, H, W) that the model knows ("r": a bright frame) or not ("w": a bright middle), unless turned.

    Both are equally bright on the whole, and can be told apart when they are moved, turned, thinned out or noisy.
    """
    middle, frame = middle_of(task.shape, 8), 1 - middle_of(task.shape, 5)
    return (middle if kind == "w" else frame * (middle.sum() / frame.sum()))[None]


@dataclass(frozen=True)
class Lists:
    """The lists that came back, as floats (NaN where an entry is no number), by the name of their world; whether some
    items were held back for validation; the names of the loss functions that were called; how many passes over each
    world were read."""

    of: Mapping[str, tuple[float, ...]]
    held_out: bool
    called: tuple[str, ...]
    reads: Mapping[str, int] = field(default_factory=dict)
    classes: int = 10

    @property
    def softmax_floor(self) -> float:
        """The lowest loss that probabilities can reach in cross-entropy: 1.461 for ten classes."""
        return math.log(1 + (self.classes - 1) / math.e)

    @property
    def right(self) -> float:
        """The first loss where all answers are right."""
        return self.of["right"][0]

    @property
    def wrong(self) -> float:
        """The first loss where all answers are wrong."""
        return self.of["wrong"][0]

    def part(self, loss: float, epoch: int = 0) -> float:
        """Where a loss of an epoch lies between that of right answers, 0, and that of wrong ones, 1."""
        right, wrong = self.of["right"][epoch], self.of["wrong"][epoch]
        return (loss - right) / (wrong - right)

    def part_of(self, world: str) -> float:
        """The same for the first epoch of a world."""
        return self.part(self.of[world][0])

    @property
    def adds_up(self) -> bool:
        """Whether each entry holds all epochs before it as well."""
        totals = np.arange(1, EPOCHS + 1) * self.wrong
        return bool(np.allclose(self.of["wrong"], totals, rtol=0.02)) and abs(self.wrong) > 1e-6


@dataclass(frozen=True)
class Followed:
    """The list of passes whose answers change, how many passes were read for it, and the levels it is measured by."""

    levels: Lists
    changing: tuple[float, ...]
    passes: int

    @property
    def parts(self) -> tuple[float, ...]:
        """Where each loss lies between that of right answers, 0, and that of wrong ones, 1."""
        return tuple(self.levels.part(loss, epoch) for epoch, loss in enumerate(self.changing))

    @property
    def is_true(self) -> bool:
        """Whether each entry is that of a pass of its own, in their order.

        Where there are more passes than epochs, any of them may have been the one that counts. True where passes cannot
        be told apart: batches were kept, or all was read again after each batch.
        """
        apart = CHANGING_EPOCHS <= self.passes < CHANGING_EPOCHS * CHANGING_BATCHES
        if not apart or len(self.changing) != CHANGING_EPOCHS:
            return True
        return in_order(self.parts, [is_wrong(number) for number in range(self.passes)])


def in_order(parts: tuple[float, ...], passes: list[bool]) -> bool:
    """Whether each part is that of some pass after the one before it."""
    left = iter(passes)
    return all(any(abs(part - wrong) < 0.1 for wrong in left) for part in parts)


def is_wrong(number: int) -> bool:
    """Whether the images of the pass with this number, from 0 on, are taken for another digit."""
    return CONTENTS[number % len(CONTENTS)] == "w"


@dataclass(frozen=True)
class Promise:
    """Something a mean must do: what is looked at, what came, what is right and by how much it may differ; and hints
    for what came instead, each with the least and the most that it stands for. `else_right`: a mean over batches, where
    that is another than one over items."""

    looked_at: str
    got: Callable[[Lists], float]
    right: float
    off: float
    hints: tuple[tuple[float, float, str], ...] = ()
    else_right: float | None = None

    def kept(self, lists: Lists) -> bool:
        """Whether it did."""
        means = (self.right, self.right if self.else_right is None else self.else_right)
        return any(abs(self.got(lists) - mean) <= self.off for mean in means)

    @property
    def wanted(self) -> str:
        """What is right, in words."""
        return f"{self.right:.2f}" + ("" if self.else_right is None else f" or {self.else_right:.2f}")

    def why_not(self, lists: Lists) -> str | None:
        """The first hint whose range holds what came."""
        return next((hint for least, most, hint in self.hints if least <= self.got(lists) <= most), None)


PROMISES = (
    Promise(
        "the loss of one batch beside that of two",
        lambda lists: lists.part_of("single"),
        1.0,
        0.2,
        ((-math.inf, 0.7, "loss-sum-not-mean"),),
    ),
    Promise(
        "the loss of batches twice as large",
        lambda lists: lists.part_of("wide"),
        1.0,
        0.2,
        ((0.4, 0.7, "loss-divided-again"), (1.3, 2.5, "summed-loss")),
    ),
)
"""What holds even where some items are held back for validation."""

SHARES = (
    Promise(
        "the loss where only the last of four batches is wrong",
        lambda lists: lists.part_of("mixed"),
        0.25,
        0.1,
        ((0.95, 1.05, "last-batch-loss-only"),),
    ),
    Promise(
        "the loss where the last two of eight batches are wrong",
        lambda lists: lists.part_of("more"),
        0.25,
        0.1,
        ((0.35, math.inf, "loss-sum-not-mean"),),
    ),
    Promise(
        "the loss where the first 100 of 130 batches are wrong",
        lambda lists: lists.part_of("long"),
        100 / 130,
        0.12,
        ((-math.inf, 0.5, "last-batch-loss-only"),),
    ),
    Promise("the loss of two batches of 8 and one of 2, all wrong", lambda lists: lists.part_of("ragged"), 1.0, 0.03),
    Promise(
        "the loss where only the last batch, 2 of 18 images, is wrong",
        lambda lists: lists.part_of("rest"),
        2 / 18,
        0.03,
        else_right=1 / 3,
    ),
)
"""What holds where all items are learnt from."""


def running_mean(followed: Followed) -> bool:
    """Whether each entry is the mean of all passes so far."""
    wrong = np.cumsum([is_wrong(place) for place in range(CHANGING_EPOCHS)]) / np.arange(1, CHANGING_EPOCHS + 1)
    return bool(np.allclose(followed.parts, wrong, atol=0.05))


def carried_on(followed: Followed) -> bool:
    """Whether each entry adds to those before."""
    right, wrong = (np.array(followed.levels.of[name][:CHANGING_EPOCHS]) for name in ("right", "wrong"))
    each = np.array([is_wrong(place) for place in range(CHANGING_EPOCHS)])
    counts = np.arange(1, CHANGING_EPOCHS + 1)
    totals = np.cumsum(np.where(each, wrong / counts, right / counts))
    return bool(np.allclose(followed.changing, totals, rtol=0.02, atol=1e-6))


def sorted_list(followed: Followed) -> bool:
    """Whether the entries are those of the passes in another order."""
    passes = sorted(is_wrong(place) for place in range(CHANGING_EPOCHS))
    return bool(np.allclose(sorted(followed.parts), passes, atol=0.05))


def first_repeated(followed: Followed) -> bool:
    """Whether the later entries follow from the first one alone."""
    return bool(np.allclose(followed.parts, is_wrong(0), atol=0.02))


NOT_FOLLOWED: tuple[Sign[Followed], ...] = (
    Sign("loss-sum-not-mean", running_mean),
    Sign("loss-sum-not-mean", carried_on),
    Sign("made-up-losses", sorted_list),
    Sign("made-up-losses", first_repeated),
)
"""What a list that does not follow the passes is a sign of."""


# --- the experiment, and what must come of it ---


def lists_of(lab: Lab) -> Lists:
    """The losses that `train` returns for a model that cannot change."""
    lab.sandbox.seed(lab.seed)
    inside, train, log = lab.stand_ins, lab.student.train, lab.log_probabilities
    task, (answers, label) = lab.task, _answers(lab.task)
    found: dict[str, tuple[float, ...]] = {}
    reads, held_out, called = dict[str, int](), False, list[str]()
    for name, world in WORLDS.items():
        model = inside.FixedScores(answers.flip(0) if world.turned else answers, log, list(task.shape))
        images = world.images(task)
        labels = [label] * len(images)
        seen = inside.train_fixed(train, model, images, labels, world.size, world.epochs, name == "mixed")
        found[name], reads[name] = tuple(numbers(seen["returned"])), int(seen["passes"])
        held_out, called = held_out or seen["held out"], [*called, *seen["called"]]
    return Lists(found, held_out, tuple(called), reads, task.classes)


def followed_by(lab: Lab, lists: Lists) -> Followed:
    """The losses that `train` returns for passes of which some are all right and some all wrong."""
    lab.sandbox.seed(lab.seed)
    inside = lab.stand_ins
    contents = [int(is_wrong(number)) for number in range(len(CONTENTS))]
    pictures = torch.cat([image("r", lab.task), image("w", lab.task)])
    answers, label = _answers(lab.task)
    model = inside.FixedScores(answers, lab.log_probabilities, list(lab.task.shape))
    seen = inside.train_on_changing(lab.student.train, model, pictures, label, contents, CHANGING_EPOCHS)
    return Followed(lists, tuple(numbers(seen["returned"])), int(seen["passes"]))


def _answers(task: Task) -> tuple[Tensor, int]:
    """Scores (2, K) that are sure of the label, and of another class; and the label."""
    label = LABEL % task.classes
    other = (label + min(4, task.classes - 1)) % task.classes
    return torch.stack([answer(label, task.classes), answer(other, task.classes)]), label


SURE = 11.7
"""How sure the model with fixed answers is: no temperature that people choose makes these scores probabilities, apart
by 1."""


def answer(label: int, classes: int) -> Tensor:
    """Scores (K,) that are sure of one class."""
    scores = torch.full((classes,), -SURE)
    scores[label] = SURE
    return scores


def holds_the_mean_of_each_epoch(lists: Lists) -> None:
    """The list holds the mean loss of each epoch, measured with a loss used as it is meant."""
    check_lengths(lists)
    check_kind_of_loss(lists)
    check_mean(lists)


def check_lengths(lists: Lists) -> None:
    """One finite number for each epoch, also when the loss no longer falls."""
    for name, world in WORLDS.items():
        got = lists.of[name]
        expect.that(
            len(got) == world.epochs,
            looked_at=f"the losses of {world.epochs} epochs in which the loss stays the same",
            got=f"{len(got)} entries",
            wanted=f"{world.epochs}",
            hint="epochs-ignored",
        )
        expect.finite("the losses of a model that is sure of its answers", got, "nan-loss")
        passes = lists.reads.get(name, world.epochs)
        expect.that(
            passes >= world.epochs or passes <= FEW,  # batches may be kept, or gathered
            looked_at=f"{world.epochs} epochs in which the loss stays the same",
            got=f"{passes} passes over the loader",
            wanted=f"{world.epochs}",
            hint="epochs-ignored",
        )


def check_kind_of_loss(lists: Lists) -> None:
    """Right answers have a lower loss than wrong ones, and a loss with a name is used as it is meant."""
    for right, wrong in zip(lists.of["right"], lists.of["wrong"], strict=True):
        apart = abs(wrong - right) > 1e-6 * max(1.0, abs(wrong))
        expect.that(
            apart and wrong > right,
            looked_at="the loss where all answers are wrong",
            got=f"{wrong:.4g}, and {right:.4g} where all are right",
            wanted="a higher loss for wrong answers",
            hint="climbs-instead-of-descends" if apart else "made-up-losses",
        )
    right = lists.right
    expect.that(
        right > -0.05 or "nll_loss" not in lists.called,
        looked_at="the loss where all answers are right, from a call of nll_loss",
        got=f"{right:.4g}",
        wanted="0 or more",
        hint="nll-without-log-softmax",
    )
    expect.that(
        abs(right - lists.softmax_floor) > 0.005,
        looked_at="the loss where all answers are right and sure",
        got=f"{right:.3f}",
        wanted="almost 0",
        hint="softmax-in-the-loop",
    )


def check_mean(lists: Lists) -> None:
    """The value grows neither with batches nor epochs nor the size of a batch, and every batch counts."""
    expect.that(
        not lists.adds_up,
        looked_at=f"the loss of {EPOCHS} equal epochs",
        got="one more time the first loss in each epoch",
        wanted="the loss of each epoch alone",
        hint="loss-sum-not-mean",
    )
    for promise in (*PROMISES, *(() if lists.held_out else SHARES)):
        expect.that(
            promise.kept(lists),
            looked_at=promise.looked_at,
            got=f"{promise.got(lists):.2f}, where 0 is the loss of right answers and 1 that of wrong ones",
            wanted=promise.wanted,
            hint=functools.partial(Promise.why_not, promise, lists),
        )


def follows_each_epoch(followed: Followed) -> None:
    """Each entry is the loss of its own epoch, where the answers are right in some and wrong in others."""
    check_lengths(followed.levels)
    check_kind_of_loss(followed.levels)
    expect.that(
        followed.is_true,
        looked_at="the losses of four epochs whose answers are right in some and wrong in others",
        got=f"{', '.join(f'{part:.2f}' for part in followed.parts)}, where 0 is right and 1 is wrong",
        wanted="the loss of each epoch, in order",
        hint=lambda: first(NOT_FOLLOWED, followed),
    )
