"""Whether a model class keeps its promises: scores for any batch, each image by itself, and weights that learn.

It is taught here, a step at a time: in the student's process there is nothing that trains, only a model that goes along
a slope which was computed by us.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import expect
from autograder.core.errors import StudentError
from autograder.torchlab.evidence import Sign, first, fitting, rebuilt
from autograder.torchlab.inside.modules import Answer, Census, Fared
from autograder.torchlab.task import Lab
from autograder.torchlab.weights import put_into_new, taken_from

FEW = 7
"""Images in the first batch: no power of two, nor the number of classes."""

SIZES = ((1, False), (2, False), (101, False), (1_009, False), (2, True), (FEW, True), (301, True))
"""Batch sizes, and whether the model is in training mode: there a batch of one is not asked for."""


# --- scores ---------------------------------------------------------------------------------------------------------


class Scores:
    """What a new model answers to `images`, again and again where they are few, in batches of several sizes."""

    def __init__(self, lab: Lab, images: Tensor) -> None:
        most = max(size for size, _ in SIZES)
        self.lab, self.images = lab, images.repeat(math.ceil(most / len(images)), 1, 1, 1)[:most]
        self.places = torch.arange(most) % len(images)
        self.name, self.classes = f"{lab.task.model}()", lab.task.classes

    @cached_property
    def answers(self) -> dict[tuple[int, bool], Answer]:
        """Answers by size and mode; the first is that to few images."""
        lab, few = self.lab, self.images[:FEW]
        lab.sandbox.seed(lab.seed)
        model = lab.stand_ins.build(lab.model_class)
        expect.that(
            lab.stand_ins.is_module(model),
            looked_at=self.name,
            got=expect.type_name(model),
            wanted=f"an nn.Module: class {lab.task.model}(nn.Module)",
        )
        seen = rebuilt(Answer, lab.stand_ins.try_forward(model, few))
        expect.that(
            'missing the required "forward"' not in seen.error,
            looked_at=f"{self.name}(images)",
            got=seen.error,
            wanted=f"scores (B, {self.classes})",
            hint="missing-forward",
        )
        if seen.error:
            seen = rebuilt(Answer, lab.stand_ins.forward(model, few))
        others = {
            (size, mode): rebuilt(Answer, lab.stand_ins.try_forward(model, self.images[:size], mode))
            for size, mode in SIZES
        }
        return {(FEW, False): seen, **others}

    @property
    def in_company(self) -> dict[int, tuple[Tensor, Tensor]]:
        """Scores in eval mode of all images in larger batches, by size, that are in the next smaller one: as there, and
        as here."""
        found = {size: seen.scores for (size, training), seen in self.answers.items() if not training and size >= FEW}
        answers = {size: s for size, s in found.items() if isinstance(s, Tensor) and s.shape[:1] == (size,)}
        pairs: dict[int, tuple[Tensor, Tensor]] = {}
        for small, large in itertools.pairwise(sorted(answers)):
            places = self.places[: len(answers[large])]
            shared = places < len(answers[small])
            pairs[large] = answers[small][places[shared]], answers[large][shared]
        return pairs

    def come_for_any_batch(self) -> None:
        """Floating scores (B, K), however many images there are; the images stay as they were."""
        self._check_first(self.answers[FEW, False].scores)
        for (size, training), seen in self.answers.items():
            mode = "training" if training else "eval"
            name = f"the scores of {size} images in {mode} mode"
            hint = None if training and size <= FEW else first(FIXED_SIZE, seen)
            wanted = f"scores ({size}, {self.classes})"
            expect.that(not seen.error, looked_at=name, got=seen.error, wanted=wanted, hint=hint)
            expect.shape(name, seen.scores, (size, self.classes), hint)
            expect.finite(name, seen.scores, "batch-statistics-in-eval" if size == 1 else None)
            check_not_changed(f"{self.name} in {mode} mode", seen, self.images[:size])

    def _check_first(self, answer: object) -> None:
        """Few images give K floating scores each."""
        name = f"{self.name}(images) for {FEW} images"
        scores = check_are_scores(name, answer)
        shape = tuple(scores.shape)
        classes = not scores.is_floating_point() or (shape == (FEW,) and bool((scores == scores.round()).all()))
        expect.that(
            not classes,
            looked_at=name,
            got=f"{scores.dtype} of shape {shape}",
            wanted=f"floating scores ({FEW}, {self.classes})",
            hint="forward-returns-class",
        )
        expect.shape(name, scores, (FEW, self.classes), lambda: first(WRONG_SHAPE, shape))
        expect.finite(name, scores)


def check_are_scores(name: str, scores: object) -> Tensor:
    """A tensor, whatever its shape."""
    expect.that(
        isinstance(scores, Tensor),
        looked_at=name,
        got=expect.type_name(scores),
        wanted="one tensor of scores",
        hint="forward-returns-no-tensor",
    )
    assert isinstance(scores, Tensor)
    return scores


def check_not_changed(name: str, seen: Answer, images: Tensor) -> None:
    """The images that the model got are as they were."""
    expect.that(
        seen.images is not None and torch.equal(seen.images, images),
        looked_at=f"the images that were given to {name}",
        got="other pixels afterwards",
        wanted="the same pixels",
        hint="input-changed",
    )


FIXED_SIZE: tuple[Sign[Answer], ...] = (
    Sign("batch-statistics-in-eval", lambda seen: "more than 1 value per channel" in seen.error),
    Sign("fixed-batch-size", lambda seen: True),
)
"""What a batch is a sign of that has no scores, in training mode where smaller ones have."""

WRONG_SHAPE: tuple[Sign[tuple[int, ...]], ...] = (
    Sign("linear-on-image-rows", lambda shape: len(shape) > 2 and shape[0] == FEW),
    Sign("not-ten-scores", lambda shape: shape == (FEW,) or (len(shape) == 2 and shape[0] == FEW)),
)
"""What the shape of the scores of few images is a sign of."""


# --- rows -----------------------------------------------------------------------------------------------------------

FIRST, TOGETHER, ALONE = 20, 12, 6
"""Images that are asked for together, from the first of these on, and how many of them alone as well."""


@dataclass(frozen=True)
class Rows:
    """Scores of the same images: together, again, in another order, and alone."""

    together: Tensor
    again: Tensor
    permuted: Tensor
    order: list[int]
    alone: tuple[Tensor, ...]

    @property
    def follow_their_image(self) -> bool:
        """Whether an image has the same scores wherever it stands."""
        return near(self.together[self.order], self.permuted)

    @property
    def stand_alone(self) -> bool:
        """Whether an image has the same scores without any other."""
        return all(near(scores, self.together[place : place + 1]) for place, scores in enumerate(self.alone))


def rows_stand_alone(asked: Scores) -> None:
    """In eval mode the scores of an image depend on that image alone; the images (12 are taken) stay as they were."""
    lab, name, few = asked.lab, asked.name, asked.images[FIRST : FIRST + TOGETHER]
    lab.sandbox.seed(lab.seed)
    model = lab.stand_ins.build(lab.model_class)
    order = np.random.default_rng(lab.seed).permutation(TOGETHER).tolist()
    answers = [rebuilt(Answer, lab.stand_ins.forward(model, some)) for some in (few, few, few[order])]
    scores = [check_are_scores(f"{name}(images) for {TOGETHER} images", answer.scores) for answer in answers]
    for one in scores:
        expect.shape(f"the scores of {TOGETHER} images", one, (TOGETHER, lab.task.classes))
    check_not_changed(name, answers[0], few)
    alone = [rebuilt(Answer, lab.stand_ins.try_forward(model, image[None])).scores for image in few[:ALONE]]
    fitting_ones = tuple(one for one in alone if isinstance(one, Tensor) and one.shape == (1, lab.task.classes))
    rows = Rows(scores[0], scores[1], scores[2], order, fitting_ones)
    expect.that(
        near(rows.together, rows.again),
        looked_at="the scores of the same images, twice",
        got="different scores",
        wanted="the same scores in eval mode",
        hint=lambda: (
            "layers-made-in-forward"
            if lab.stand_ins.makes_weights_in_forward(lab.model_class, few)
            else "dropout-always-on"
        ),
    )
    expect.that(
        rows.follow_their_image and rows.stand_alone,
        looked_at="an image's scores among other neighbours",
        got="different scores",
        wanted="the same scores in eval mode",
        hint=lambda: first(MIXED, rows),
    )
    strays = {size: pair for size, pair in asked.in_company.items() if not near(*pair)}
    expect.that(
        not strays,
        looked_at=f"the scores of the same images in batches of {', '.join(map(str, strays))}",
        got="different scores",
        wanted="the same scores in eval mode",
        hint=lambda: first(STRAY, [*strays.values()]),
    )


STRAY: tuple[Sign[list[tuple[Tensor, Tensor]]], ...] = (
    Sign(
        "batch-statistics-in-eval",
        lambda pairs: not any(near(one[:FEW], other[:FEW]) for one, other in pairs),
    ),
)
"""What it is a sign of that the images of large batches have other scores than in smaller ones."""


def near(one: Tensor, other: Tensor) -> bool:
    """Equal up to rounding, which is coarser in types of half the bits."""
    if one.shape != other.shape or not (one.is_floating_point() and other.is_floating_point()):
        return one.shape == other.shape and torch.equal(one, other)
    step = max(torch.finfo(scores.dtype).eps for scores in (one, other))
    rough = 4 * step * max(1.0, float(one.detach().abs().max())) if step > 1e-4 else 0.0
    return torch.allclose(one.double(), other.double(), rtol=1e-3, atol=2e-4 + rough)


def columns_sum_to_one(rows: Rows) -> bool:
    """A softmax over the batch, or its logarithm."""
    ones = torch.ones(rows.together.shape[1], dtype=torch.float64)
    both = (rows.together.double(), rows.together.double().exp())
    return any(torch.allclose(scores.sum(dim=0), ones, atol=1e-3) for scores in both)


MIXED: tuple[Sign[Rows], ...] = (
    Sign("softmax-over-the-batch", columns_sum_to_one),
    Sign("reshape-mixes-images", lambda rows: not rows.follow_their_image),
    Sign("batch-statistics-in-eval", lambda rows: True),
)
"""What scores are a sign of that depend on other images."""


# --- weights --------------------------------------------------------------------------------------------------------

REFERENCE_SIZE = 101_770
"""Weights of the reference model, 784 - 128 - 10."""


def census_of(lab: Lab, images: Tensor) -> Census:
    """Which weights the model registers and uses."""
    lab.sandbox.seed(lab.seed)
    return rebuilt(Census, lab.stand_ins.census(lab.model_class, images))


def weights_belong_to_the_model(lab: Lab, census: Census) -> None:
    """All weights that are used are registered, and want to learn."""
    sign = fitting(UNREGISTERED, census)
    expect.that(
        sign is None,
        looked_at="the weights that forward uses",
        got=sign.got if sign else "",
        wanted="parameters, made in __init__",
        hint=sign.hint if sign else None,
    )
    expect.that(
        bool(census.names),
        looked_at=f"the parameters of {lab.task.model}()",
        got="none",
        wanted="weights that can learn",
    )
    expect.that(
        not census.frozen,
        looked_at="weights with requires_grad=False",
        got=names(census.frozen),
        wanted="none",
        hint="frozen-weights",
    )
    expect.that(
        not census.unused,
        looked_at="weights that forward never uses",
        got=names(census.unused),
        wanted="none: every registered weight can learn",
    )
    _advise(lab, census)


UNREGISTERED: tuple[Sign[Census], ...] = (
    Sign("layers-made-in-forward", lambda census: census.made_in_forward, "new ones at every call"),
    Sign("layers-in-a-list", lambda census: census.listed, "layers that parameters() does not list"),
    Sign("plain-tensor-weights", lambda census: census.plain, "plain tensors that parameters() does not list"),
    Sign("outside-model-in-forward", lambda census: census.outside, "weights that do not belong to the model"),
)
"""What weights are a sign of that a model uses without registering them."""


def names(found: Sequence[str]) -> str:
    """Some names, for a sentence."""
    return ", ".join(found[:4]) + (" and others" if len(found) > 4 else "")


def _advise(lab: Lab, census: Census) -> None:
    """What is unwise and costs nothing."""
    if census.dropout >= 0.9:
        expect.advise("dropout-too-strong", f"A dropout layer has p={census.dropout}.")
    if census.size > 20 * REFERENCE_SIZE:
        expect.advise("oversized-model", f"The model has {census.size:,} weights.")
    if census.settings:
        expect.advise("global-settings-changed", f"{lab.task.model}() changes {names(census.settings)}.")


# --- learning -------------------------------------------------------------------------------------------------------

KNOWS_TOO_MUCH, STARTS_WILD = 1.0, 3.3
"""First losses: below, trained weights were brought (0.11); above, they start too large. Right styles: 2.26 to 2.39."""

BY_HEART = 0.9
"""Least accuracy on 32 digits that were trained on. Right styles reach 1.0 in 1,000 steps; the best wrong ones 0.84."""

LESSONS = ((1e-3, 300), (1e-2, 300), (1e-3, 1000))
"""Learning rate and steps of Adam, one after the other until a model knows the digits by heart."""


CROWD = 250
"""Images of a large batch; no more are asked for at once where scores are collected."""

CLOSE = 0.02
"""Part of the largest score by which those of a trained model may differ in batches of another size: half the bits are
coarse."""

TOLD, UNTAUGHT = 3, 0.5
"""How often labels are told without a step; the first batch may set weights. The share that nobody knows by chance."""

LOOK, SURE = 5, 3
"""After so many steps it is asked what a model knows; if it knows everything so many times running, that is enough."""


@dataclass(frozen=True)
class Primer:
    """Images (N, C, H, W) to learn by heart with labels (N,), and others that are only looked at."""

    images: Tensor
    labels: Tensor
    others: Tensor


@dataclass(frozen=True)
class Untaught:
    """What a new model does that is given the slopes of a loss and takes no step: the share of labels that it knows
    then, and the weights that move."""

    share: float
    moved: tuple[str, ...]


@dataclass(frozen=True)
class Loaded:
    """A new model that has loaded trained weights: which did not fit, its scores of the primer's images, once more, of
    the first one alone, and of these and the others in one large batch."""

    unfit: tuple[str, ...]
    scores: Tensor
    again: Tensor
    alone: Tensor
    crowd: Tensor


@dataclass(frozen=True)
class Lesson:
    """What became of a new model that was taught a primer: scores of its images before and after, and of a second new
    model; of the others and of blends of two of them; how the weights fared, and how they do in another model; how much
    comes without any step."""

    primer: Primer
    census: Census
    before: Tensor
    after: Tensor
    new: Tensor
    others: Tensor
    blends: Tensor
    fared: Fared
    loaded: Loaded | None = None
    untaught: Untaught | None = None

    @property
    def share(self) -> float:
        """How much of the primer it knows."""
        return share(self.after, self.primer.labels)

    @property
    def still(self) -> tuple[str, ...]:
        """Weights that our loss gave no gradient."""
        return tuple(name for name in self.census.names if name not in self.fared.reached)

    def loss(self, scores: Tensor) -> float:
        """Our own loss of scores of its images."""
        return mean_loss(scores, self.primer.labels)


def teach(lab: Lab, primer: Primer, census: Census) -> Lesson:
    """A new model before and after it was taught; the best of three attempts."""
    lessons: list[Lesson] = []
    for attempt, (rate, steps) in enumerate(LESSONS):
        lab.sandbox.seed(lab.seed + attempt)
        pulled, lesson = _attempt(lab, primer, census, rate, steps)
        lessons.append(lesson)
        if lesson.share >= BY_HEART:
            trained = taken_from(lab, lab.stand_ins.model_of(pulled))
            untaught = _untaught(lab, primer.others[: len(primer.images)])
            return replace(lesson, untaught=untaught, loaded=_loaded(lab, primer, trained))
    return max(lessons, key=lambda lesson: lesson.share)


def _untaught(lab: Lab, images: Tensor) -> Untaught:
    """A new model that is told labels which are drawn now, again and again, and takes no step."""
    labels = torch.from_numpy(np.random.default_rng(lab.seed).integers(0, lab.task.classes, len(images)))
    down = slope(torch.zeros(len(images), lab.task.classes), labels)
    pulled = lab.stand_ins.Pulled(lab.model_class, images, LESSONS[0][0])
    moved = [lab.stand_ins.tell(pulled, down) for _ in range(TOLD)][-1]
    return Untaught(share(_scores(lab, lab.stand_ins.model_of(pulled), images), labels), tuple(map(str, moved)))


def _loaded(lab: Lab, primer: Primer, trained: dict[str, Tensor]) -> Loaded:
    """A new model with trained weights, in a new process."""
    new = put_into_new(lab, trained)
    images = torch.cat([primer.images, primer.others])
    asked = (primer.images, primer.images, primer.images[:1], _repeated(images))
    return Loaded(tuple(new.unfit), *(_scores(lab, new.model, some) for some in asked))


def _repeated(rows: Tensor) -> Tensor:
    """The rows again and again, last ones first, up to a crowd."""
    return rows.flip(0).repeat(math.ceil(CROWD / len(rows)), *[1] * (rows.dim() - 1))[:CROWD]


def _attempt(lab: Lab, primer: Primer, census: Census, rate: float, steps: int) -> tuple[object, Lesson]:
    """Teaches a new model until it knows the primer, for so many steps at most."""
    inside, images = lab.stand_ins, primer.images
    pulled = inside.Pulled(lab.model_class, images, rate)
    model = inside.model_of(pulled)
    before = _scores(lab, model, images)
    scores, known = inside.pulled_answer(pulled), 0
    for step in range(steps):
        scores = inside.follow(pulled, slope(_checked(lab, scores, len(images)), primer.labels))
        if step % LOOK == LOOK - 1:
            known = known + 1 if share(_scores(lab, model, images), primer.labels) > 0.99 else 0
            if known == SURE:
                break
    fared = rebuilt(Fared, inside.how_it_fared(pulled, primer.others))
    blends = (primer.others + primer.others.flip(0)) / 2
    return pulled, Lesson(
        primer,
        census,
        before,
        _scores(lab, model, images),
        _scores(lab, inside.build(lab.model_class), images),
        _scores(lab, model, primer.others),
        _scores(lab, model, blends),
        fared,
    )


def _scores(lab: Lab, model: object, images: Tensor) -> Tensor:
    return _checked(lab, lab.stand_ins.scores_of(model, images), len(images))


def _checked(lab: Lab, scores: object, count: int) -> Tensor:
    """Scores that are a tensor (count, K)."""
    name = f"the scores of {count} images"
    found = check_are_scores(name, scores)
    expect.shape(name, found, (count, lab.task.classes))
    return found


def slope(scores: Tensor, labels: Tensor) -> Tensor:
    """The slope of mean cross-entropy by the scores (N, K)."""
    return (scores.float().softmax(dim=1) - F.one_hot(labels, scores.shape[1])) / len(labels)


def share(scores: object, labels: Tensor) -> float:
    """The share of rows whose highest score is the label's; 0 where scores are not (N, K) and finite."""
    if not isinstance(scores, Tensor) or scores.dim() != 2 or len(scores) != len(labels):
        return 0.0
    if not bool(torch.isfinite(scores).all()):
        return 0.0
    return float((scores.argmax(dim=1) == labels).double().mean())


def mean_loss(scores: Tensor, labels: Tensor) -> float:
    """Our own mean cross-entropy (nats) of returned scores (N, K); infinite where they are no such thing."""
    if scores.dim() != 2 or len(scores) != len(labels) or not bool(torch.isfinite(scores).all()):
        return math.inf
    return float(F.cross_entropy(scores.double(), labels))


def scores_are_raw(lab: Lab, lesson: Lesson) -> None:
    """A new model knows nothing yet, and nothing squeezes its scores."""
    for scores in (lesson.before, lesson.new):
        knows = lesson.loss(scores)
        expect.that(
            knows > KNOWS_TOO_MUCH,
            looked_at=f"the first loss of a new {lab.task.model}()",
            got=f"{knows:.2f}",
            wanted=f"about {math.log(lab.task.classes):.1f}, as for guessing",
            hint="ready-made-answers",
        )
    for name, after in (("after some training", lesson.others), ("in training mode", lesson.fared.training)):
        check_raw(f"the scores {name}", after, lesson.fared.grown, SQUEEZED)
    if cut_at_zero(lesson.others):
        expect.advise("relu-on-scores")
    if lesson.loss(lesson.before) > STARTS_WILD:
        expect.advise("huge-first-weights", f"The first loss is {lesson.loss(lesson.before):.1f}.")
    if lesson.census.matrices > 1 and is_straight(lesson.others, lesson.blends):
        expect.advise("no-nonlinearity")


def check_raw(name: str, scores: object, grown: object, squeezed: Sequence[Sign[Ending]]) -> None:
    """Scores (N, K) that are no sign of a last activation."""
    sign = fitting(squeezed, Ending(check_are_scores(name, scores), grown))
    got, hint = (sign.got, sign.hint) if sign else ("", None)
    expect.that(sign is None, looked_at=name, got=got, wanted="raw scores", hint=hint)


def no_probabilities_come(lab: Lab, images: Tensor) -> None:
    """A new model's scores are not those of a softmax."""
    lab.sandbox.seed(lab.seed)
    scores = _scores(lab, lab.stand_ins.build(lab.model_class), images)
    check_raw(f"the scores of {lab.task.model}()", scores, None, SQUEEZED[:1])


@dataclass(frozen=True)
class Ending:
    """Scores (N, K), and those that come if all weights are a hundred times as large."""

    scores: Tensor
    grown: object

    @property
    def levels(self) -> tuple[float, float] | None:
        """The two numbers that nearly all scores end at where weights grow, as those of a sigmoid do."""
        grown = self.grown
        if not isinstance(grown, Tensor) or not bool(torch.isfinite(grown).all()) or not _vary(grown):
            return None
        low, high = float(grown.min()), float(grown.max())
        below, above = (int((abs(grown - end) < 0.02 * (high - low)).sum()) for end in (low, high))
        return (low, high) if grown.numel() - below - above < 0.25 * min(below, above) else None


def _vary(scores: Tensor) -> bool:
    """Scores that are the same for every image tell nothing."""
    return float((scores - scores[:1]).abs().max()) >= 1e-6


def probabilities(ending: Ending) -> bool:
    """A softmax, or a multiple of it: all rows have the same sum, and are all or nothing in the end."""
    sums = ending.scores.double().sum(dim=1)
    even = bool((sums - sums[0]).abs().max() < 1e-2 * float(ending.scores.max() - ending.scores.min()))
    return even and (ending.levels is not None or (_within(ending.scores) and abs(float(sums[0]) - 1) < 1e-2))


def sigmoids(ending: Ending) -> bool:
    """A sigmoid, or a multiple of it: nothing below 0, and nothing above some number."""
    low, high = ending.levels or (-1.0, 0.0)
    both = [one for one in (ending.scores, ending.grown) if isinstance(one, Tensor)]
    if any(cut_at_zero(one) and not _often(one, one.max()) for one in both):
        return False  # a ReLU: nothing holds it from above
    return _within(ending.scores) or abs(low) < 1e-2 * high


def _within(scores: Tensor) -> bool:
    return _vary(scores) and bool((scores >= 0).all() and (scores <= 1).all())


def cut_at_zero(scores: Tensor) -> bool:
    """A ReLU: never negative, and often 0."""
    return _vary(scores) and bool((scores >= 0).all()) and _often(scores, scores.min()) and float(scores.min()) == 0


def _often(scores: Tensor, value: Tensor) -> bool:
    return float((scores == value).double().mean()) > 0.01


SQUEEZED: tuple[Sign[Ending], ...] = (
    Sign("softmax-before-cross-entropy", probabilities, "probabilities, or a multiple: each row has the same sum"),
    Sign("sigmoid-on-scores", sigmoids, "numbers between 0 and some other only"),
)
"""The activation that scores (N, K) went through, told by their range."""


def is_straight(scores: Tensor, blends: Tensor) -> bool:
    """True if the scores of half-and-half images lie halfway, up to a number that all scores of an image share."""
    halfway = (scores + scores.flip(0)) / 2
    off = _centred(blends.double()) - _centred(halfway.double())
    return float(off.abs().max()) < 1e-3 * float(_centred(scores.double()).abs().max())


def _centred(scores: Tensor) -> Tensor:
    return scores - scores.mean(dim=1, keepdim=True)


def learns_everything(lab: Lab, lesson: Lesson) -> None:
    """Taught as it should be, the model knows all classes, every weight learns, and what it knows can be saved."""
    new, of = f"{lab.task.model}()", f"{len(lesson.primer.labels)} {lab.task.noun}s"
    expect.that(
        lesson.others.double().std(dim=0).max().item() > 1e-6,
        looked_at="the scores of different images after training",
        got="the same scores",
        wanted="scores that follow the image",
        hint=lambda: first(DEAF, lesson),
    )
    expect.that(
        set(lesson.still) <= set(lesson.fared.moved),
        looked_at="the gradients of our loss",
        got=f"none for {names(lesson.still)}",
        wanted="a gradient for every weight",
        hint="gradient-cut-in-forward",
    )
    expect.that(
        not lesson.fared.twins,
        looked_at=f"the rows of {names(lesson.fared.twins)} after some steps of training",
        got="all alike, as they began: together they know what one alone would know",
        wanted="rows that differ",
        hint="identical-weights",
    )
    looked_at = f"{of} that we trained {lab.task.model} on"
    hint = "relu-on-scores" if cut_at_zero(lesson.after) else None
    expect.accuracy(looked_at, lesson.share, BY_HEART, "100%", hint, len(LESSONS))
    never = sorted({*lesson.primer.labels.tolist()} - {*lesson.after.argmax(dim=1).tolist()})
    expect.that(
        not never,
        looked_at=f"the {lab.task.noun}s that a trained {new} ever answers",
        got=f"all but {', '.join(map(str, never))}",
        wanted=f"all {len({*lesson.primer.labels.tolist()})}",
    )
    check_steps_teach(lab, lesson)
    if lesson.loaded:
        check_loaded(lab, lesson, lesson.loaded)


def check_steps_teach(lab: Lab, lesson: Lesson) -> None:
    """What the model knows it knows by an optimizer's steps alone."""
    if lesson.untaught is None:
        return
    known, moved = lesson.untaught.share, lesson.untaught.moved
    expect.that(
        known < UNTAUGHT and not moved,
        looked_at=f"a new {lab.task.model}() after {TOLD} times backward() and no step of an optimizer",
        got=f"other numbers in {names(moved)}" if moved else f"{known:.0%} of the labels known",
        wanted="the same weights, and no more known than by guessing",
    )


def check_loaded(lab: Lab, lesson: Lesson, loaded: Loaded) -> None:
    """A new model that has loaded the trained weights answers as the trained one, in large batches too."""
    unfit = f" (those that fit: not {names(loaded.unfit)})" if loaded.unfit else ""
    same, new = f"the scores of the same {lab.task.noun}s", f"a new {lab.task.model}()"
    known = share(loaded.scores, lesson.primer.labels)
    expect.that(
        near(lesson.after, loaded.scores),
        looked_at=f"{same}, for {new} with the trained weights{unfit}",
        got=f"other scores: {known:.0%} are right",
        wanted=f"the same scores: {lesson.share:.0%} are right",
        hint=lambda: first(FORGETFUL, loaded),
    )
    usual = _repeated(torch.cat([lesson.after, lesson.others]))
    off = torch.cat([loaded.alone - lesson.after[:1], loaded.crowd - usual]).abs().max()
    expect.that(
        float(off) <= CLOSE * float(usual.abs().max()),
        looked_at=f"{same} alone and in a batch of {CROWD}, after training",
        got="different scores",
        wanted="the same scores in eval mode",
        hint="batch-statistics-in-eval",
    )


FORGETFUL: tuple[Sign[Loaded], ...] = (
    Sign("dropout-always-on", lambda loaded: not near(loaded.scores, loaded.again)),
    Sign("state-outside-state-dict", lambda loaded: not loaded.unfit),
)
"""What a model is a sign of that answers otherwise with loaded weights."""


DEAF: tuple[Sign[Lesson], ...] = (
    Sign("identical-weights", lambda lesson: bool(lesson.fared.twins and lesson.still)),
    Sign("input-ignored", lambda lesson: True),
)
"""What a model is a sign of that answers the same to every image."""


def answers_with_log_probabilities(lab: Lab, images: Tensor) -> bool:
    """Whether the student's own model does: then their loss may rely on it."""
    try:
        return bool(lab.stand_ins.returns_log_probabilities(lab.model_class, images))
    except StudentError:  # a model that fails, or ends its process, costs its own stub alone
        return False
