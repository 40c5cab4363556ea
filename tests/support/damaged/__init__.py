"""A small assignment of its own, students' notebooks made from it, and what may have happened to them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from typing import Any

import nbformat.v4 as v4

Notebook = dict[str, Any]

STUBS = {
    "dataset": '''# YOUR TURN: dataset
def load_digits(root, train):
    """The digits of one part, as pairs (image, label)."""
    # TODO: read them from root
    raise NotImplementedError()


def make_loader(dataset, batch_size, shuffle):
    """Batches of the dataset."""
    # TODO
    raise NotImplementedError()
''',
    "model": '''# YOUR TURN: model
class DigitClassifier:
    """Images (B, 1, 28, 28) to scores (B, 10)."""

    def __init__(self):
        # TODO: make the layers
        raise NotImplementedError()

    def forward(self, images):
        raise NotImplementedError()
''',
    "train": '''# YOUR TURN: train
def train(model, loader, epochs):
    """Trains the model in place and returns the mean loss of each epoch."""
    # TODO
    raise NotImplementedError()
''',
    "accuracy": '''# YOUR TURN: accuracy
def accuracy(model, loader):
    """The share of digits that the model reads rightly."""
    # TODO
    raise NotImplementedError()
''',
    "predict": '''# YOUR TURN: predict
def predict(model, image):
    """The digit that the model sees in one image."""
    # TODO
    raise NotImplementedError()
''',
}
ANSWERS = {
    "dataset": '''# YOUR TURN: dataset
def load_digits(root, train):
    """The digits of one part, as pairs (image, label)."""
    return "load_digits mine"


def make_loader(dataset, batch_size, shuffle):
    """Batches of the dataset."""
    return "make_loader mine"
''',
    "model": '''# YOUR TURN: model
class DigitClassifier:
    """Images (B, 1, 28, 28) to scores (B, 10)."""

    def __init__(self):
        self.layers = math.pi

    def __call__(self):
        return "DigitClassifier mine"
''',
    "train": '# YOUR TURN: train\ndef train(model, loader, epochs):\n    return "train mine"\n',
    "accuracy": '# YOUR TURN: accuracy\ndef accuracy(model, loader):\n    return "accuracy mine"\n',
    "predict": '# YOUR TURN: predict\ndef predict(model, image):\n    return "predict mine"\n',
}
NAMES = ("load_digits", "make_loader", "DigitClassifier", "train", "accuracy", "predict")
EVERYTHING = frozenset(STUBS)
SETUP = "#@title Set-up\nimport sys\n\ndef check(stub):\n    print('checking', stub)\n"


def release() -> Notebook:
    """The notebook that students get: every kind of cell, with the metadata that nbgrader leaves."""
    cells = [
        v4.new_markdown_cell("# Digits", id="story"),
        _cell("imports", "import math\nfrom collections import Counter", role="given", locked=True),
        _cell("setup", SETUP, role="setup", locked=True),
    ]
    for stub, text in STUBS.items():
        cells += [
            v4.new_markdown_cell(f"Now {stub}.", id=f"{stub}_story"),
            _cell(stub, text, solution=True),
            _cell(f"{stub}_check", f'check("{stub}")', role="check", locked=True, grade=True, points=4),
        ]
    cells.append(
        _cell("gallery", "# demo: needs dataset, train\nlosses = train(DigitClassifier(), None, 3)", role="demo")
    )
    cells.append(_cell("whole_check", 'check("whole")', role="check", locked=True, grade=True, points=2))
    return json.loads(json.dumps(v4.new_notebook(cells=cells)))


def _cell(name: str, source: str, *, role: str | None = None, points: int | None = None, **flags: bool) -> Any:
    marks = {"grade_id": name, "grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    metadata: dict[str, Any] = {"nbgrader": marks | flags | ({"points": points} if points else {})}
    return v4.new_code_cell(source, id=name, metadata=metadata | ({"autograder": {"role": role}} if role else {}))


def student(answers: Mapping[str, str] = ANSWERS) -> Notebook:
    """An honest student's notebook: only the stub cells are filled in."""
    book = release()
    for stub, text in answers.items():
        cell_of(book, stub)["source"] = text
    return book


def cell_of(book: Notebook, name: str) -> dict[str, Any]:
    return book["cells"][index_of(book, name)]


def index_of(book: Notebook, name: str) -> int:
    return next(index for index, cell in enumerate(book["cells"]) if cell["id"] == name)


def own(source: object, name: str = "own", **keys: Any) -> dict[str, Any]:
    """A cell that the student added."""
    return json.loads(json.dumps(v4.new_code_cell(id=name))) | {"source": source} | keys


def written(book: Notebook) -> bytes:
    return json.dumps(book).encode()


def damaged(*damages: Callable[[Notebook], object], answers: Mapping[str, str] = ANSWERS) -> bytes:
    """The bytes of a student's notebook to which all `damages` were done in turn."""
    book = copy.deepcopy(student(answers))
    for damage in damages:
        damage(book)
    return written(book)
