"""Whether `predict(model, image)` does what it promises, told by models that we drew."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from autograder.checks import expect
from autograder.torchlab.evidence import Sign, first, rebuilt
from autograder.torchlab.inside.scripted import Visit
from autograder.torchlab.scripted import (
    FORMS,
    Script,
    check_shown,
    check_untouched,
    described,
    draw_pictures,
    draw_script,
    is_number,
    not_shown,
)
from autograder.torchlab.task import Lab


@dataclass(frozen=True)
class Asked:
    """A model, one picture, the scores (K,) that the model gives to it, and what `predict` did."""

    script: Script
    image: Tensor
    scores: Tensor
    visit: Visit

    @property
    def digit(self) -> int:
        """The class that the model sees."""
        return int(self.scores.argmax())

    @property
    def value(self) -> float:
        """What was answered, as a number; NaN where it is none."""
        return float(self.visit.answer) if is_number(self.visit.answer) else math.nan  # type: ignore[arg-type]


@dataclass(frozen=True)
class Answers:
    """All answers of `predict` so far, of which `wrong` is looked at."""

    wrong: Asked
    all: tuple[Asked, ...]


TURNS = (40, 50, 60)
"""Where the forms of models begin: of those in eval mode, of those in training mode, of one that learns anew."""


KINDS = ((20.0, False), (-14.0, True), (12.0, False), (-20.0, False), (14.0, True))
"""Around what the scores of models lie, and whether two of them are always close."""


class Predict:
    """Experiments with the student's `predict`, and what must come of them."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab

    def tells_the_digit(self) -> None:
        """The class with the highest score comes back, as an int, and a model in eval mode stays in it."""
        answers = self.answers(TURNS[0], len(FORMS), training=False)
        for one in answers:
            check_digit(one, answers)
            expect.that(
                not one.visit.training,
                looked_at="the mode of a model in eval mode after predict",
                got="training mode",
                wanted="eval mode, as before",
                hint="predict-changes-things",
            )

    def script(self, turn: int) -> Script:
        """A reader that is none too sure: who draws the class by its probability is wrong every other time."""
        dice, (base, close) = np.random.default_rng(self.lab.seed + turn), KINDS[turn % len(KINDS)]
        return draw_script(self.lab.task, dice, turn, self.lab.log_probabilities, 1.0, base, close)

    def answers(self, turn: int, readers: int, training: bool) -> list[Asked]:
        """`predict` on one picture of each class: so many readers are asked in turn."""
        dice, task = np.random.default_rng(self.lab.seed + turn), self.lab.task
        scripts = [self.script(turn + number) for number in range(readers)]
        shares = [draw_pictures(task, script, task.classes, dice) for script in scripts]
        return [
            Asked(script, image, scores, self.ask(script, image, training))
            for number, (script, images) in enumerate(zip(scripts, shares, strict=True))
            for image, scores in zip(images, script.scores(images), strict=True)
            if int(scores.argmax()) % readers == number
        ]

    def ask(self, script: Script, image: Tensor, training: bool) -> Visit:
        model = self.lab.stand_ins.reader(script.weights, script.steps, training)
        return self.visit(model, self.lab.stand_ins.Framed(image))

    def visit(self, model: object, frame: object) -> Visit:
        return rebuilt(Visit, self.lab.stand_ins.visit(self.lab.student.predict, model, frame))


def only_looks(lab: Lab) -> None:
    """The model is asked in eval mode; neither it nor the picture changes, and it is asked again when it has."""
    predicting = Predict(lab)
    answers = predicting.answers(TURNS[1], 2, training=True)
    for one in answers:
        check_untouched("predict", one.visit, one.script, "predict-changes-things", "predict-in-train-mode")
        check_digit(one, answers)
        check_unchanged(one)
    _asks_again(predicting)
    if answers[0].visit.settings:
        expect.advise("global-settings-changed", f"predict changes {', '.join(answers[0].visit.settings)}.")


def _asks_again(predicting: Predict) -> None:
    """The answer about one picture follows the model when it learns something else."""
    script = predicting.script(TURNS[2])
    other = script.taught_otherwise()
    image = draw_pictures(predicting.lab.task, script, 1, np.random.default_rng(predicting.lab.seed))[0]
    model = predicting.lab.stand_ins.reader(script.weights, script.steps, False)
    frame = predicting.lab.stand_ins.Framed(image)
    predicting.visit(model, frame)
    predicting.lab.stand_ins.relearn(model, other.weights)
    later = Asked(other, image, other.scores(image[None])[0], predicting.visit(model, frame))
    expect.that(
        later.value == later.digit,
        looked_at="predict for a model that has changed since it was asked",
        got=described(later.visit.answer),
        wanted=later.digit,
        hint="globals-in-predict",
    )


def check_digit(one: Asked, answers: Sequence[Asked]) -> None:
    """The answer is the class that the model sees in the picture as it was given, as an int."""
    value, name = one.visit.answer, f"predict for an image of a {one.digit}"
    seen = Answers(one, tuple(answers))
    is_int = isinstance(value, int | np.integer) and not isinstance(value, bool)
    expect.that(is_int, looked_at=name, got=described(value), wanted="an int", hint=lambda: first(NO_INT, seen))
    expect.that(
        one.value == one.digit,
        looked_at=name,
        got=described(value),
        wanted=one.digit,
        hint=lambda: first(WRONG_DIGIT, seen),
    )
    check_shown(name, one.visit, one.image[None], never_asked="globals-in-predict")


def check_unchanged(one: Asked) -> None:
    """The picture is as it was; no gradient of the model is gone, and no hook has come."""
    left = ["its gradients are gone"] * one.visit.cleared + ["it has a new hook"] * one.visit.hooked
    expect.that(
        not left,
        looked_at="the model after predict",
        got=" and ".join(left),
        wanted="as before",
        hint="predict-changes-things",
    )
    same = one.visit.given is not None and torch.equal(one.visit.given, one.image) and not one.visit.given_marked
    expect.that(
        same,
        looked_at="the image after predict",
        got="requires_grad=True" if one.visit.given_marked else "other pixels",
        wanted="the same image",
        hint="predict-changes-things",
    )


def all_scores(seen: Answers) -> bool:
    """As many numbers as there are classes, or one that is no class at all: the highest score."""
    value, count = seen.wrong.visit.answer, len(seen.wrong.scores)
    if isinstance(value, list | tuple):
        return len(value) == count
    if isinstance(value, Tensor | np.ndarray) and math.prod(value.shape) == count:
        return True
    return is_number(value) and abs(seen.wrong.value - seen.wrong.digit) > 1e-6


def as_high_as_the_score(seen: Answers) -> bool:
    """All answers follow how high the highest score is."""
    return all(abs(one.value - float(one.scores.max())) < 1 for one in seen.all)


def asks_in_training_mode(seen: Answers) -> bool:
    """The model was in training mode."""
    return any(look.training for look in seen.wrong.visit.looks)


def always_one_picture(seen: Answers) -> bool:
    """The model was shown the same whatever the picture, or nothing."""
    shown = [one.visit.shown for one in seen.all]
    return all(_alike(some, shown[0]) for some in shown)


def _alike(some: Sequence[Tensor], others: Sequence[Tensor]) -> bool:
    return len(some) == len(others) and all(map(torch.equal, some, others))


def another_picture(seen: Answers) -> bool:
    """The model was shown other pixels."""
    return bool(not_shown(seen.wrong.visit, seen.wrong.image[None]))


NO_INT: tuple[Sign[Answers], ...] = (
    Sign("scores-instead-of-digit", all_scores),
    Sign("prediction-not-an-int", lambda seen: True),
)

WRONG_DIGIT: tuple[Sign[Answers], ...] = (
    Sign("scores-instead-of-digit", as_high_as_the_score),
    Sign("predict-in-train-mode", asks_in_training_mode),
    Sign("globals-in-predict", always_one_picture),
    Sign("image-prepared-again", another_picture),
    Sign("wrong-digit-picked", lambda seen: True),
)
"""What a digit that is not the model's is a sign of."""
