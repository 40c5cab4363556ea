"""Which notebook of a hand-in counts is told by the cells of the release, whatever the files are called."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from places import ROOT

from autograder.core.course import Assignment
from autograder.core.model import Submission
from autograder.grading import handed_in

DIGITS = Assignment(ROOT, "digits")
OTHER = Assignment(ROOT, "gradient_descent")


def without_marks(path: Path) -> bytes:
    """A notebook of which nothing but the texts of its cells is left."""
    book = json.loads(path.read_text(encoding="utf-8"))
    for cell in book["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    return json.dumps(book).encode()


KINDS = {
    "worked": DIGITS.solution.read_bytes(),
    "worked, without marks": without_marks(DIGITS.solution),
    "as handed out": DIGITS.release.read_bytes(),
    "another assignment": OTHER.solution.read_bytes(),
    "scratch": b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}',
    "cut short": DIGITS.solution.read_bytes()[:5000],
}


@pytest.mark.parametrize(
    ("digits", "zzz", "counts"),
    [
        ("worked", "worked, without marks", "digits"),
        ("worked", "as handed out", "digits"),
        ("worked", "another assignment", "digits"),
        ("as handed out", "scratch", "digits"),
        ("as handed out", "worked", "zzz"),
        ("scratch", "worked, without marks", "zzz"),
        ("cut short", "worked", "zzz"),
        ("another assignment", "as handed out", "zzz"),
        ("cut short", "scratch", "digits"),
    ],
)
def test_work_counts_before_names_and_names_before_nothing(digits: str, zzz: str, counts: str, tmp_path: Path) -> None:
    for student in ("ada", "grace"):
        (tmp_path / student).mkdir()
        (tmp_path / student / "digits.ipynb").write_bytes(KINDS[digits])
        (tmp_path / student / "zzz.ipynb").write_bytes(KINDS[zzz])
    collected = handed_in.of_class(DIGITS, tmp_path)
    assert [Path(one.path).stem for one in collected.submissions] == [counts, counts]
    assert len(collected.left_out) == 2
    alone = handed_in.of_one(DIGITS, tmp_path / "ada")
    assert isinstance(alone, Submission)
    assert Path(alone.path).stem == counts


def test_a_repository_may_hold_its_notebook_anywhere_and_other_files(tmp_path: Path) -> None:
    (tmp_path / "src" / "old").mkdir(parents=True)
    shutil.copy(DIGITS.release, tmp_path / "src" / "old" / "week1.ipynb")
    shutil.copy(DIGITS.solution, tmp_path / "src" / "mine.ipynb")
    (tmp_path / "README.md").write_text("Mine.")
    alone = handed_in.of_one(DIGITS, tmp_path)
    assert isinstance(alone, Submission)
    assert alone.path.endswith("src/mine.ipynb")
    shutil.copy(DIGITS.solution, tmp_path / "again.ipynb")
    assert "Several files were handed in: again.ipynb, mine.ipynb" in str(handed_in.of_one(DIGITS, tmp_path))
    (tmp_path / "empty").mkdir()
    assert "No file was handed in" in str(handed_in.of_one(DIGITS, tmp_path / "empty"))
