"""Whether `accuracy(model, loader)` does what it promises, told by models that we drew.

Every right number is computed here, from weights and pictures that nobody could foresee; in the student's process there
is nothing to find but an ordinary model and ordinary pictures. What the model saw there explains a wrong answer, or
tells that it was shown something else than it was given.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import expect
from autograder.torchlab.evidence import Sign, first, rebuilt
from autograder.torchlab.inside.scripted import Visit
from autograder.torchlab.scripted import (
    FASTEST,
    Script,
    check_shown,
    check_untouched,
    described,
    draw_pictures,
    draw_script,
    is_number,
    none_shown,
    not_shown,
    weights_stayed,
)
from autograder.torchlab.task import Lab


@dataclass(frozen=True)
class Case:
    """One measurement: a model that we drew, pictures with labels, and how the loader deals them out."""

    name: str
    script: Script
    images: Tensor
    labels: Tensor
    batch_size: int
    places: Tensor
    shuffle: bool = False
    training: bool = False

    @cached_property
    def scores(self) -> Tensor:
        """The model's scores of each item, (n, K)."""
        return self.script.scores(self.images)[self.places]

    @property
    def truth(self) -> float:
        """The right accuracy."""
        return float((self.scores.argmax(dim=1) == self.labels).double().mean())

    @property
    def tolerance(self) -> float:
        """How far off a right answer may be: sums in single precision over many batches lose a little."""
        return max(1e-6, 0.1 / len(self.labels)) if len(self.labels) >= MANY else 1e-6

    @property
    def batches(self) -> list[tuple[Tensor, Tensor]]:
        """Scores and labels, batch by batch."""
        return list(
            zip(torch.split(self.scores, self.batch_size), torch.split(self.labels, self.batch_size), strict=True)
        )


@dataclass(frozen=True)
class Measured:
    """A case and what became of it."""

    case: Case
    visit: Visit

    @property
    def value(self) -> float:
        """What was answered, as a number; NaN where it is none."""
        return float(self.visit.answer) if is_number(self.visit.answer) else math.nan  # type: ignore[arg-type]

    @property
    def right(self) -> bool:
        """Whether the answer is the share of right items."""
        return abs(self.value - self.case.truth) <= self.case.tolerance


MANY, MANY_BATCH = 30_011, 50
"""More items than debug leftovers let through, in more batches than they count; twice as many would keep those busy for
long who ask the model for one image at a time."""


class Accuracy:
    """Experiments with the student's `accuracy`, each made once, and what must come of them."""

    def __init__(self, lab: Lab) -> None:
        self.lab, self._turns = lab, itertools.count(lab.seed)

    @cached_property
    def plain(self) -> list[Measured]:
        """All right, all wrong, some right; full batches."""
        dice = np.random.default_rng(self.lab.seed + 30)
        some = [place % 8 < 8 - 2 * (place // 8) for place in range(32)]
        return self.measured(
            self.case("32 {noun}s, 20 of them right", some, 8, dice),
            self.case("32 {noun}s, all right", [True] * 32, 8, dice),
            self.case("32 {noun}s, all wrong", [False] * 32, 8, dice),
        )

    @cached_property
    def uneven(self) -> list[Measured]:
        """A last batch that is smaller than the others, and batches of one."""
        dice = np.random.default_rng(self.lab.seed + 33)
        return self.measured(
            self.case("37 {noun}s in batches of 8, 27 right", [n < 26 or n == 33 for n in range(37)], 8, dice),
            self.case("5 {noun}s one by one, 3 right", [True, False, True, True, False], 1, dice),
        )

    def counts_right_answers(self) -> None:
        """The share of right items comes back, as a float."""
        self.check(self.plain, self.plain)

    def counts_uneven_batches(self) -> None:
        """So it does where batches are not of one size."""
        self.check(self.uneven, [*self.plain, *self.uneven])

    def case(
        self,
        name: str,
        right: Sequence[bool],
        batch_size: int,
        dice: np.random.Generator,
        *,
        spread: float = 3.0,
        base: float = 0.0,
        close: bool = False,
        ranks: Sequence[int] = (-1, 1, 2),
        turn: int | None = None,
    ) -> Case:
        """A case in which the answers named by `right` are right; in others the label's rank is one of `ranks`."""
        task, turn = self.lab.task, next(self._turns) if turn is None else turn
        script = draw_script(task, dice, turn, self.lab.log_probabilities, spread, base, close)
        images = draw_pictures(task, script, len(right), dice)
        order = script.scores(images).argsort(dim=1, descending=True)
        chosen = [0 if good else ranks[place % len(ranks)] for place, good in enumerate(right)]
        labels = order[torch.arange(len(right)), torch.tensor(chosen)]
        return Case(name.format(noun=task.noun), script, images, labels, batch_size, torch.arange(len(right)))

    def measured(self, *cases: Case) -> list[Measured]:
        self.lab.sandbox.seed(self.lab.seed)
        return [Measured(case, self.visit(self.model(case), self.loader(case))) for case in cases]

    def model(self, case: Case) -> object:
        return self.lab.stand_ins.reader(case.script.weights, case.script.steps, case.training)

    def loader(self, case: Case) -> object:
        return self.lab.stand_ins.pictures(case.images, case.labels, case.places, case.batch_size, case.shuffle)

    def visit(self, model: object, loader: object) -> Visit:
        return rebuilt(Visit, self.lab.stand_ins.visit(self.lab.student.accuracy, model, loader))

    def check(self, some: Sequence[Measured], everything: Sequence[Measured]) -> None:
        """Each answer is the right share, as a float; `everything` is what the hint is chosen from."""
        why = functools.partial(first, WRONG_SHARE, Shares(tuple(everything)))
        for one in some:
            name, value = f"accuracy for {one.case.name}", one.visit.answer
            kept = isinstance(value, Tensor)
            wanted = "a float" if kept and one.right else f"{one.case.truth:.6g}"
            expect.that(one.right and not kept, looked_at=name, got=_number(value), wanted=wanted, hint=why)
            expect.that(
                isinstance(value, float | np.floating), looked_at=name, got=described(value), wanted="a float", hint=why
            )
            check_shown(name, one.visit, one.case.images, never_asked="constant-accuracy")


def _number(value: object) -> str:
    """A value in words; of a tensor that holds one number, this number."""
    if isinstance(value, Tensor) and value.numel() == 1:
        return f"{value.item():.6g} in a tensor"
    return described(value)


# --- hidden experiments ---------------------------------------------------------------------------------------------


def _odd(measuring: Accuracy) -> list[Measured]:
    """Large batches, as many items in one as there are classes, very many, low, high and close scores, shuffling."""
    dice = np.random.default_rng(measuring.lab.seed + 31)
    half = [place % 2 == 0 for place in range(24)]
    close, ragged = ([place % every != 1 for place in range(count)] for every, count in ((6, 24), (4, 41)))
    square = measuring.lab.task.classes
    return measuring.measured(
        measuring.case("12 {noun}s in one large batch, 7 right", [n < 7 for n in range(12)], 64, dice),
        measuring.case("24 {noun}s whose label comes second", [False] * 24, 8, dice, ranks=(1,)),
        measuring.case("24 {noun}s, all right, low scores", [True] * 24, 8, dice, base=-14.0),
        measuring.case("24 {noun}s, half of them right, high scores", half, square, dice, base=14.0),
        measuring.case("24 {noun}s, 20 right, close scores", close, square, dice, spread=1.0, base=12.0, close=True),
        replace(measuring.case("40 shuffled {noun}s, all right", [True] * 40, 8, dice), shuffle=True),
        replace(measuring.case("41 shuffled {noun}s, 31 right", ragged, 8, dice), shuffle=True),
        _many(measuring, dice, 1_200, 1_100),
        _many(measuring, dice, MANY, MANY_BATCH),
    )


def counts_them_all(measuring: Accuracy) -> None:
    """So it does for uneven, large, shuffled and very many batches, and for low, high and close scores."""
    odd = [*measuring.uneven, *_odd(measuring)]
    measuring.check(odd, [*measuring.plain, *odd])


def only_measures(measuring: Accuracy) -> None:
    """The model is asked in eval mode, stays as it was, and is asked again for other labels and when it has changed."""
    dice = np.random.default_rng(measuring.lab.seed + 32)
    some = [place % 5 < 3 for place in range(29)]
    case = measuring.case("29 {noun}s, 17 right, by a model left in training mode", some, 8, dice)
    case = replace(case, training=True)
    model, loader = measuring.model(case), measuring.loader(case)
    seen = Measured(case, measuring.visit(model, loader))
    check_untouched("accuracy", seen.visit, case.script, "accuracy-changes-the-model", "accuracy-in-train-mode")
    measuring.check([seen], [seen])
    others = replace(case, labels=(case.labels + 1) % case.scores.shape[1])
    again = Measured(others, measuring.visit(model, measuring.loader(others)))
    expect.that(
        again.right,
        looked_at="accuracy for the same model and images, with other labels",
        got="the old answer" if again.value == seen.value else described(again.visit.answer),
        wanted=f"{others.truth:.6g}",
        hint="globals-in-accuracy",
    )
    changed = replace(case, script=case.script.taught_otherwise())
    measuring.lab.stand_ins.relearn(model, changed.script.weights)
    later = Measured(changed, measuring.visit(model, loader))
    expect.that(
        later.right,
        looked_at="accuracy for a model that has changed since it was measured",
        got="the old answer" if later.value == seen.value else described(later.visit.answer),
        wanted=f"{later.case.truth:.6g}",
        hint="globals-in-accuracy",
    )
    _advise(measuring, seen.visit)


def _many(measuring: Accuracy, dice: np.random.Generator, count: int, batch_size: int) -> Case:
    """Many items, made of few pictures; about three in five are right."""
    few = measuring.case("", [place % 5 < 3 for place in range(100)], 1, dice, turn=FASTEST)
    places = torch.from_numpy(dice.integers(0, 100, count))
    name = f"{count:,} {measuring.lab.task.noun}s in batches of {batch_size:,}"
    return replace(few, name=name, labels=few.labels[places], batch_size=batch_size, places=places)


def _advise(measuring: Accuracy, visit: Visit) -> None:
    """What is unwise and costs nothing."""
    if any(look.gradients for look in visit.looks):
        expect.advise("gradients-kept")
    if not visit.training and not _training_switches_back(measuring):
        expect.advise("stays-in-eval-mode")
    if visit.settings:
        expect.advise("global-settings-changed", f"accuracy changes {', '.join(visit.settings)}.")


def _training_switches_back(measuring: Accuracy) -> bool:
    """Whether the student's `train` itself puts a model into training mode; also where that cannot be told."""
    few = measuring.case("", [True] * 16, 4, np.random.default_rng(measuring.lab.seed))
    try:
        modes = measuring.lab.stand_ins.modes_while_training(
            measuring.lab.student.train, measuring.model(few), measuring.loader(few)
        )
    except Exception:  # train is another stub: what is wrong with it is told there
        return True
    return not isinstance(modes, list) or not modes or any(modes)


# --- which mistake gives these numbers ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shares:
    """All answers of `accuracy` so far."""

    answers: tuple[Measured, ...]

    @property
    def wrong(self) -> list[Measured]:
        """Those that are not the right share."""
        return [one for one in self.answers if not one.right]

    @property
    def numbers(self) -> bool:
        """Whether every answer is a number."""
        return all(is_number(one.visit.answer) for one in self.answers)

    @property
    def asked(self) -> bool:
        """Whether the model was ever asked."""
        return any(one.visit.looks for one in self.answers)


def only_a_tensor(shares: Shares) -> bool:
    """Right shares, in tensors."""
    return not shares.wrong and any(isinstance(one.visit.answer, Tensor) for one in shares.answers)


def always_the_same(shares: Shares) -> bool:
    """One number for all cases, and the model is never asked."""
    return shares.numbers and len({one.value for one in shares.answers}) == 1 and not shares.asked


def of_something_else(shares: Shares) -> bool:
    """Numbers that do not follow the model, though there is something that they follow."""
    alike = len({one.value for one in shares.answers}) == 1
    several = len(shares.answers) > 1
    return several and shares.numbers and alike != (not shares.asked) and bool(shares.wrong)


def only_when_shuffled(shares: Shares) -> bool:
    """Wrong only where each pass has another order."""
    return shares.numbers and bool(shares.wrong) and all(one.case.shuffle for one in shares.wrong)


def in_training_mode(shares: Shares) -> bool:
    """Wrong only where the model was in training mode."""
    modes = [any(look.training for look in one.visit.looks) for one in shares.wrong]
    return bool(modes) and all(modes)


def moves_the_weights(shares: Shares) -> bool:
    """Wrong where the model's weights are others afterwards."""
    return any(not weights_stayed(one.visit, one.case.script) for one in shares.wrong)


def shows_strangers(shares: Shares) -> bool:
    """Wrong where the model was shown another number of pictures, and none of those that were given."""
    return any(not _all_came(one) and none_shown(one.visit, one.case.images) for one in shares.wrong)


def shown_otherwise(shares: Shares) -> bool:
    """Wrong where the model saw other pictures than it was given, as many of them."""
    return bool(shares.wrong) and any(not_shown(one.visit, one.case.images) for one in shares.wrong if _all_came(one))


def _all_came(one: Measured) -> bool:
    sizes = [look.shape[0] if look.shape else math.inf for look in one.visit.looks]  # who knows how many came unseen?
    return sum(sizes) >= len(one.case.labels)


def stops_early(shares: Shares) -> bool:
    """Wrong only where the model was shown fewer pictures than there are."""
    return bool(shares.wrong) and all(one.visit.looks and not _all_came(one) for one in shares.wrong)


def _by(*formulas: Callable[[Case], float]) -> Callable[[Shares], bool]:
    """Whether one of the formulas gives all the numbers that came; shuffled cases are left out."""

    def fits(shares: Shares) -> bool:
        if not (shares.numbers and shares.wrong):
            return False
        ordered = [one for one in shares.answers if not one.case.shuffle]
        return any(
            all(math.isclose(formula(one.case), one.value, rel_tol=1e-5, abs_tol=1e-6) for one in ordered)
            for formula in formulas
        )

    return fits


def above_one(shares: Shares) -> bool:
    """More than everything."""
    return shares.numbers and max(one.value for one in shares.answers) > 1.001


def _hits(scores: Tensor, labels: Tensor) -> int:
    return int((scores.argmax(dim=1) == labels).sum())


def _all_hits(case: Case) -> int:
    return _hits(case.scores, case.labels)


def _count(case: Case) -> int:
    return len(case.labels)


def _top(best: int, case: Case) -> float:
    return float((case.scores.topk(best, dim=1).indices == case.labels[:, None]).any(dim=1).double().mean())


def _chosen(case: Case) -> Tensor:
    return F.one_hot(case.labels, case.scores.shape[1]).bool()


def _shares(case: Case) -> list[float]:
    return [_hits(scores, labels) / len(labels) for scores, labels in case.batches]


def _all_right_batches(case: Case) -> int:
    return sum(_hits(scores, labels) == len(labels) for scores, labels in case.batches)


def _largest_of_all(scores: Tensor, labels: Tensor) -> int:
    """How many labels are the place of the one largest score of the whole batch."""
    return int((scores.argmax() == labels).sum())


def _down_where_square(scores: Tensor, labels: Tensor) -> int:
    """The hits where batches with as many items as classes are taken for their mirror image."""
    return _hits(scores.T if scores.shape[0] == scores.shape[1] else scores, labels)


def _sorted_apart(batches: Iterable[tuple[Tensor, Tensor]]) -> int:
    pairs = [(scores.argmax(dim=1).sort().values, labels.sort().values) for scores, labels in batches]
    return sum(int((predicted == labels).sum()) for predicted, labels in pairs)


def _agree(guesses: Tensor, case: Case) -> float:
    """The share of single scores taken for yes or no that agree with the label's."""
    return float((guesses == _chosen(case)).double().mean())


def _agree_in_rows(guesses: Tensor, case: Case) -> float:
    return float((guesses == _chosen(case)).all(dim=1).double().mean())


WRONG_SHARE: tuple[Sign[Shares], ...] = (
    Sign("accuracy-as-tensor", only_a_tensor),
    Sign("constant-accuracy", always_the_same),
    Sign("globals-in-accuracy", of_something_else),
    Sign("pairs-broken", only_when_shuffled),
    Sign("accuracy-changes-the-model", moves_the_weights),
    Sign("accuracy-in-train-mode", in_training_mode),
    Sign("globals-in-accuracy", shows_strangers),
    Sign("image-prepared-again", shown_otherwise),
    Sign(
        "not-a-share",
        _by(
            lambda case: 100 * case.truth,
            lambda case: float(_all_hits(case)),
            lambda case: round(100 * case.truth, 2),
            lambda case: round(100 * case.truth, 1),
            lambda case: float(round(100 * case.truth)),
            lambda case: float(int(100 * case.truth)),
        ),
    ),
    Sign("mean-of-batch-accuracies", _by(lambda case: float(np.mean(_shares(case))))),
    Sign(
        "one-batch-accuracy",
        _by(
            lambda case: _shares(case)[0],
            lambda case: _shares(case)[-1],
            lambda case: _hits(*case.batches[0]) / _count(case),
            lambda case: _hits(*case.batches[-1]) / _count(case),
            lambda case: _shares(case)[-1] / len(case.batches),
        ),
    ),
    Sign("one-batch-accuracy", stops_early),
    Sign(
        "wrong-divisor",
        _by(
            lambda case: _all_hits(case) / len(case.batches),
            lambda case: _all_hits(case) / (case.batch_size * len(case.batches)),
            lambda case: _all_hits(case) / case.batch_size,
            lambda case: _all_hits(case) / 10_000,
            lambda case: _all_hits(case) / 60_000,
            lambda case: _all_hits(case) / (_count(case) * case.batch_size),
            lambda case: _all_hits(case) / (_count(case) * len(case.batches)),
            lambda case: float(np.sum(_shares(case))),
            lambda case: float(np.sum(_shares(case))) / _count(case),
            lambda case: _all_hits(case) / max(1, _count(case) // case.batch_size * case.batch_size),
            lambda case: _all_hits(case) / (case.scores.shape[1] * _count(case)),
        ),
    ),
    Sign(
        "least-likely-class",
        _by(lambda case: float((case.scores.argmin(dim=1) == case.labels).double().mean())),
    ),
    Sign("misses-counted", _by(lambda case: 1 - case.truth)),
    Sign("top-k-counted", _by(*(functools.partial(_top, best) for best in (2, 3, 4, 5)))),
    Sign(
        "rounded-accuracy",
        _by(
            lambda case: round(case.truth, 2),
            lambda case: round(case.truth, 1),
            lambda case: round(case.truth, 3),
            lambda case: round(case.truth, 4),
            lambda case: float(round(case.truth)),
            lambda case: float(int(case.truth)),
            lambda case: int(100 * case.truth) / 100,
            lambda case: _hits(case.scores.half(), case.labels) / _count(case),
            lambda case: _hits(case.scores.bfloat16(), case.labels) / _count(case),
            lambda case: _hits(case.scores.round(decimals=1), case.labels) / _count(case),
            lambda case: _hits(case.scores.round(decimals=2), case.labels) / _count(case),
        ),
    ),
    Sign(
        "hits-not-counted",
        _by(
            lambda case: _all_right_batches(case) / _count(case),
            lambda case: _all_right_batches(case) / len(case.batches),
            lambda case: case.truth / len(case.batches),
            lambda case: _all_hits(case) % 256 / _count(case),
        ),
    ),
    Sign(
        "pairs-broken",
        _by(
            lambda case: _sorted_apart(case.batches) / _count(case),
            lambda case: _sorted_apart([(case.scores, case.labels)]) / _count(case),
        ),
    ),
    Sign(
        "argmax-over-the-batch",
        _by(
            lambda case: sum(_largest_of_all(*batch) for batch in case.batches) / _count(case),
            lambda case: sum(_down_where_square(*batch) for batch in case.batches) / _count(case),
        ),
    ),
    Sign(
        "no-argmax",
        _by(
            lambda case: _agree(case.scores > 0.5, case),
            lambda case: _agree_in_rows(case.scores > 0.5, case),
            lambda case: _agree_in_rows(case.scores.softmax(dim=1) > 0.5, case),
            lambda case: _agree(case.scores.softmax(dim=1) > 0.5, case),
            lambda case: float((case.scores[_chosen(case)].round() == 1).double().mean()),
            lambda case: _agree(case.scores.round(), case),
            lambda case: float((case.scores[_chosen(case)] > 0.5).double().mean()),
            lambda case: float((case.scores[_chosen(case)] > 0).double().mean()),
            lambda case: float((case.scores.softmax(dim=1)[_chosen(case)] > 0.5).double().mean()),
            lambda case: float((case.scores.max(dim=1).values == case.labels).double().mean()),
            lambda case: float((case.scores.max(dim=1).values.round() == case.labels).double().mean()),
            lambda case: float((case.scores.round() == case.labels[:, None]).any(dim=1).double().mean()),
        ),
    ),
    Sign(
        "loss-instead-of-accuracy",
        _by(
            lambda case: float(F.cross_entropy(case.scores, case.labels)),
            lambda case: float(np.mean([float(F.cross_entropy(*batch)) for batch in case.batches])),
            lambda case: float(np.sum([float(F.cross_entropy(*batch)) for batch in case.batches])),
        ),
    ),
    Sign("broadcast-comparison", above_one),
)
"""What known mistakes make of a case: the numbers name the mistake."""
