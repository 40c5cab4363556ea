"""A small course of its own: three stubs of the digits assignment with the same prices, judged within a moment."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

IMPORTS = """import torch
from torch import nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, Dataset
from torchvision import datasets, transforms"""

STUBS = {
    "model": '''# YOUR TURN: model
class DigitClassifier(nn.Module):
    """Images (B, 1, 28, 28) to scores (B, 10)."""

    def __init__(self):
        super().__init__()
        raise NotImplementedError()

    def forward(self, images):
        raise NotImplementedError()''',
    "accuracy": '''# YOUR TURN: accuracy
def accuracy(model, loader):
    """The share of digits that the model reads rightly."""
    raise NotImplementedError()''',
    "predict": '''# YOUR TURN: predict
def predict(model, image):
    """The digit that the model sees in one image."""
    raise NotImplementedError()''',
}

ANSWERS = {
    "model": '''# YOUR TURN: model
class DigitClassifier(nn.Module):
    """Images (B, 1, 28, 28) to scores (B, 10)."""

    def __init__(self):
        super().__init__()
        self.scores = nn.Linear(28 * 28, 10)

    def forward(self, images):
        return self.scores(images.flatten(1))''',
    "accuracy": '''# YOUR TURN: accuracy
def accuracy(model, loader):
    """The share of digits that the model reads rightly."""
    model.eval()
    correct, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
    return correct / seen''',
    "predict": '''# YOUR TURN: predict
def predict(model, image):
    """The digit that the model sees in one image."""
    model.eval()
    with torch.no_grad():
        return model(image.unsqueeze(0)).argmax(dim=1).item()''',
}

STAND_INS = '''"""Scripted models: the first ten pixels of an image are its scores."""
import torch
from torch import nn
from torch.utils.data import DataLoader


class Scripted(nn.Module):
    def forward(self, images):
        return images.flatten(1)[:, :10]


def measure(accuracy, images, labels, batch_size):
    return accuracy(Scripted(), DataLoader(list(zip(images, labels)), batch_size=batch_size))


def predict_one(predict, image):
    return predict(Scripted(), image)
'''

CHECKS = '''"""Checks of the tiny course."""
import numpy as np
import torch

from autograder import expect
from autograder.points import points

SECRET = "{secret}"


def images(seed, count):
    return torch.from_numpy(np.random.default_rng(seed).random((count, 1, 28, 28))).float()


def check_accuracy(student, stand_ins, seed, count, batch_size):
    given = images(seed, count)
    labels = torch.from_numpy(np.random.default_rng(seed + 1).integers(0, 10, count))
    labels[: count // 2] = given.flatten(1)[: count // 2, :10].argmax(dim=1)
    wanted = float((given.flatten(1)[:, :10].argmax(dim=1) == labels).double().mean())
    got = stand_ins.measure(student.accuracy, given, labels, batch_size)
    expect.that(isinstance(got, float), looked_at="accuracy", got=got, wanted="a float")
    expect.close("accuracy", got, wanted)


def check_predict(student, stand_ins, seed):
    for image in images(seed, 5):
        wanted = int(image.flatten()[:10].argmax())
        got = stand_ins.predict_one(student.predict, image)
        expect.that(type(got) is int, looked_at="predict", got=expect.type_name(got), wanted="an int")
        expect.that(got == wanted, looked_at="predict", got=got, wanted=wanted)


@points(5, stub="model", seconds=2.5)
def test_scores(student, seed):
    """DigitClassifier gives ten scores for each image"""
    with_seven = student.DigitClassifier()(images(seed, 7))
    expect.shape("the scores of seven images", with_seven, (7, 10))
    expect.finite("the scores", with_seven)


@points(10, stub="model", hidden=True, seconds=2.5)
def test_rows(student, seed):
    """An image's scores depend on that image alone"""
    model = student.DigitClassifier()
    given = images(seed + 5, 3)
    together, alone = model(given), model(given[1:2])
    expect.shape("the scores of three images", together, (3, 10))
    expect.close("the scores of one image, alone and in company", alone[0], together[1], 1e-4)
    expect.that(float(together.std()) > 0.001, looked_at="the scores", got="all alike", wanted="different ones")


@points(2, stub="accuracy", seconds=2.5)
def test_share(student, stand_ins, seed):
    """accuracy is the share of right answers"""
    check_accuracy(student, stand_ins, seed + 10, 24, 8)


@points(2, stub="accuracy", hidden=True, seconds=2.5)
def test_uneven_batches(student, stand_ins, seed):
    """accuracy is so for uneven batches"""
    check_accuracy(student, stand_ins, seed + 20, 29, 8)


@points(0.5, stub="predict", seconds=2.5)
def test_digit(student, stand_ins, seed):
    """predict is the digit with the highest score"""
    check_predict(student, stand_ins, seed + 30)


@points(0.5, stub="predict", hidden=True, seconds=2.5)
def test_other_digits(student, stand_ins, seed):
    """predict is so for other images"""
    check_predict(student, stand_ins, seed + 40)
'''

SETTINGS = """title = "Tiny"

[limits]
memory_mib = 512
cpu_seconds = 3
cell_seconds = 4
extra_cell_seconds = 4
submission_seconds = 40
"""


def write(root: Path, secret: str) -> None:
    """A course with the one assignment `tiny`; the grader holds `secret` in its memory, and it lies in a file."""
    places = {
        "course.toml": 'title = "Tiny course"\n',
        "secret.txt": secret,
        "assignments/tiny/assignment.toml": SETTINGS,
        "assignments/tiny/test_tiny.py": CHECKS.replace("{secret}", secret),
        "assignments/tiny/stand_ins.py": STAND_INS,
        "assignments/tiny/secret.txt": secret,
        "assignments/tiny/tiny.ipynb": json.dumps(notebook(ANSWERS)),
        "release/tiny/tiny.ipynb": json.dumps(notebook(STUBS)),
        "solutions/tiny/tiny.ipynb": json.dumps(notebook(ANSWERS)),
    }
    for name, text in places.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


WORTH = {"model": 15, "accuracy": 4, "predict": 1}
"""What the checks of each stub are worth together."""


def notebook(answers: dict[str, str]) -> dict[str, Any]:
    """The course's notebook with these answers."""
    cells = [_cell("imports", IMPORTS, role="given", locked=True)]
    for stub, source in answers.items():
        check = _cell(f"{stub}_check", f'check("{stub}")', role="check", locked=True, grade=True, points=WORTH[stub])
        cells += [_cell(stub, source, solution=True), check]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def _cell(name: str, source: str, role: str | None = None, points: int | None = None, **flags: bool) -> dict[str, Any]:
    marks = {"grade_id": name, "grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    metadata: dict[str, Any] = {"nbgrader": marks | flags | ({"points": points} if points else {})}
    metadata |= {"autograder": {"role": role}} if role else {}
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }
