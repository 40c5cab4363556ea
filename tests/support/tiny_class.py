"""A class of the tiny course, as large as wanted: each hands in something else, some of it wrong or broken."""

from __future__ import annotations

import json
from pathlib import Path

from attacks import tiny

from autograder.core.course import Assignment, Course

RIGHT = tiny.ANSWERS
HALF = {**RIGHT, "accuracy": RIGHT["accuracy"].replace("correct / seen", "correct / (seen + 1)")}
OPEN = {**RIGHT, "predict": tiny.STUBS["predict"]}
BROKEN = {**RIGHT, "model": RIGHT["model"].replace("images.flatten(1)", "images.flatten(1")}
ENDED = {**RIGHT, "predict": RIGHT["predict"].replace("model.eval()", "import os; os._exit(3)")}
ANSWERS = (RIGHT, RIGHT, HALF, OPEN, RIGHT, BROKEN, ENDED)


def course(root: Path) -> Assignment:
    """The tiny course, laid out in `root`."""
    tiny.write(root, "no-secret")
    return Course(root).assignment("tiny")


def hand_in(folder: Path, count: int) -> Path:
    """`count` notebooks in `folder`, no two alike: right, half right, unfinished, broken; every 11th is none."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        name = f"s{number:05}"
        answers = {stub: f"{source}\n# {name}" for stub, source in ANSWERS[number % len(ANSWERS)].items()}
        text = json.dumps(tiny.notebook(answers)) if number % 11 != 10 else f"not a notebook: {name}"
        (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
    return folder
