"""Secret relabelling: all of a student's parts together learn classes under names that nobody could foresee.

What the held-out images are called stays in this process; weights and answers that were brought along score no better
than chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from autograder.torchlab.mnist import Digits, raw_files
from autograder.torchlab.modules import share
from autograder.torchlab.task import Lab
from autograder.torchlab.weights import put_into_new, taken_from

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Size:
    """How many images are learnt, in batches of which size, for how many epochs, and how many are held out."""

    learnt: int
    batch: int
    epochs: int
    held_out: int


@dataclass(frozen=True)
class Exam:
    """Real images under new names: some to learn from with their names, unseen ones with noise for labels.

    What the unseen ones are called, by their new names and by the usual ones, is `truth` and `usual`.
    """

    learnt: Bytes
    names: Bytes
    unseen: Bytes
    noise: Bytes
    truth: Tensor
    usual: Tensor

    @classmethod
    def draw(cls, digits: Digits, size: Size, seed: int) -> Exam:
        """Images and names that nobody can foresee."""
        dice = np.random.default_rng(seed)
        names = derangement(dice)
        chosen = dice.choice(len(digits.train_labels), size.learnt, replace=False)
        held_out = dice.choice(len(digits.test_labels), size.held_out, replace=False)
        usual = torch.from_numpy(digits.test_labels[held_out].astype(np.int64))
        return cls(
            digits.train_images[chosen],
            names[digits.train_labels[chosen]].astype(np.uint8),
            altered(digits.test_images[held_out], dice),
            dice.integers(0, 10, size.held_out).astype(np.uint8),
            torch.from_numpy(names)[usual],
            usual,
        )


@dataclass(frozen=True)
class Result:
    """The share of held-out images that was read by the secret names and by the usual ones, and three that were
    misread: what is said of each, with its pixels."""

    secret: float
    usual: float
    misread: tuple[tuple[str, Bytes], ...]


def sit(lab: Lab, digits: Digits, size: Size, enough: float, tries: int) -> Result:
    """The best of so many runs, each with names of its own; the first that has read `enough`, or not half of it, ends
    it."""
    results: list[Result] = []
    for attempt in range(tries):
        exam = Exam.draw(digits, size, lab.seed + attempt)
        lab.sandbox.seed(lab.seed + attempt)
        scores = _scores(lab, exam, size)
        results.append(Result(share(scores, exam.truth), share(scores, exam.usual), misread(exam, scores)))
        if not enough / 2 <= results[-1].secret < enough:
            break
    return max(results, key=lambda result: result.secret)


def _scores(lab: Lab, exam: Exam, size: Size) -> object:
    """What the student's model answers to the unseen images once their train has taught it the others.

    It answers in a new process, where labels are noise: there is nothing to remember but its weights.
    """
    student, noise = lab.student, np.resize(exam.noise, len(exam.learnt))
    root = lab.sandbox.files(raw_files(exam.learnt, exam.names, exam.unseen, exam.noise))
    loader = lab.stand_ins.loader_of(student.load_digits, student.make_loader, root, size.batch)
    model = lab.stand_ins.learn_digits(lab.model_class, student.train, loader, size.epochs)
    new = put_into_new(lab, taken_from(lab, model)).model
    root = lab.sandbox.files(raw_files(exam.learnt, noise, exam.unseen, exam.noise))
    return lab.stand_ins.read_digits(student.load_digits, new, root)


def misread(exam: Exam, scores: object) -> tuple[tuple[str, Bytes], ...]:
    """Three held-out images that the scores get wrong, each with its usual name and that of what it was read as."""
    if not isinstance(scores, Tensor) or tuple(scores.shape) != (len(exam.truth), 10):
        return ()
    usual = {int(secret): int(name) for secret, name in zip(exam.truth, exam.usual, strict=True)}
    answers = scores.argmax(dim=1).tolist()
    wrong = [place for place, answer in enumerate(answers) if answer != int(exam.truth[place])][:3]
    return tuple((f"a {int(exam.usual[at])}, read as {usual.get(answers[at], '?')}", exam.unseen[at]) for at in wrong)


def derangement(dice: np.random.Generator) -> npt.NDArray[np.int64]:
    """A renaming of ten classes in which none keeps its name: each that did would give cheats a tenth."""
    while True:
        names = dice.permutation(10)
        if not (names == np.arange(10)).any():
            return names


def altered(images: Bytes, dice: np.random.Generator) -> Bytes:
    """The same images, slightly other pixels: a little paler, with faint noise in the ink."""
    paler = images * dice.uniform(0.85, 1.0, (len(images), 1, 1))
    noise = dice.integers(-6, 7, images.shape) * (images > 0)
    result: Bytes = np.clip(paler + noise, 0, 255).astype(np.uint8)
    return result
