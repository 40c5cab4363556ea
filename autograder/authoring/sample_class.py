"""A course from nothing: builds an assignment, invents its class, grades it and looks at the marks.

The class lies in the assignment's folder `class/`, one variant per student, with what must come of it: `points:`
(exact), `fails:` and `also:` (the stubs that lose points, and no others but the whole), `hint:` (the mistakes that are
meant: the first check of a stub that fails must be put down to one of them, and no later one to another), `status:`,
and `damage:` for what became of the file on its way.
"""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.authoring import variant
from autograder.authoring.audit import WHOLE, Notebooks
from autograder.authoring.variant import Variant
from autograder.core.course import Assignment, Course
from autograder.core.errors import CourseError
from autograder.core.model import Grade, Outcome

Book = dict[str, Any]
SEED = 1
"""Draws the sample class's key: training with a mistake in it may go well or badly by chance, and the demo is to show
the same table each time."""

_PARTS = ("assignments", "course.toml", "nbgrader_config.py")


@dataclass(frozen=True)
class Surprise:
    """A sample whose row is not what its file promises."""

    student: str
    sentence: str


def prepare(source: Course, name: str, folder: Path) -> Course:
    """A new course in `folder` with nothing generated yet: the assignment as its instructor wrote it.

    Raises CourseError where `folder` holds something that is not a demo.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / "course.toml").exists():
        raise CourseError(f"{folder}: holds files that are no course. Name another folder for the demo.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for part in _PARTS:
        if (source.root / part).is_dir():
            shutil.copytree(
                source.root / part / name, folder / part / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(source.root / part, folder / part)
    return Course(folder)


def invent_class(assignment: Assignment) -> tuple[Path, list[Variant]]:
    """Writes the notebooks that the sample class hands in to `submissions/`; returns that folder and the samples."""
    samples = [
        variant.parse(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted((assignment.folder / "class").glob("*.py"))
    ]
    folder = assignment.root / "submissions"
    folder.mkdir()
    notebooks = Notebooks(assignment)
    for sample in samples:
        damage = DAMAGES[sample.keys.get("damage", "none")]
        (folder / f"{sample.name}.ipynb").write_bytes(damage(notebooks.of(sample)))
    return folder, samples


def surprises(samples: list[Variant], rows: list[Grade]) -> list[Surprise]:
    """Where the marks are not what the samples promise; empty when the judge is right."""
    by_student = {row.student: row for row in rows}
    found = []
    for sample in samples:
        row = by_student.get(sample.name)
        sentence = "has no row." if row is None else _difference(sample, row)
        if sentence:
            found.append(Surprise(sample.name, sentence))
    return found


def _difference(sample: Variant, row: Grade) -> str:
    points, status = sample.keys.get("points"), sample.keys.get("status")
    if status is not None and row.status.value != status:
        return f"ended {row.status.value}, but must end {status}: {row.reason}"
    if points is not None and row.points != (None if points == "none" else float(points)):
        return f"has {row.points} points, but must have {points}."
    if points is None:
        lost = {result.check.stub for result in row.checks if result.outcome is not Outcome.PASSED}
        allowed = lost if sample.fails == "any" else {sample.fails, WHOLE, *sample.also}
        if not lost or lost - allowed or not (sample.fails == "any" or sample.fails in lost):
            return f"lost points of {sorted(lost)}, but must lose those of {sample.fails} only."
    return _other_causes(sample, row)


def _other_causes(sample: Variant, row: Grade) -> str:
    """A sentence about a failed check that is put down to another mistake than was meant, or to none."""
    known = set[str]()
    for result in row.checks:
        if result.outcome is not Outcome.FAILED or result.check.stub == WHOLE:
            continue
        is_first = result.check.stub not in known
        known.add(result.check.stub)
        if result.hint not in sample.hints and (is_first or result.hint):
            return f"{result.check.name} fails for {result.hint}, but what was meant is {' or '.join(sample.hints)}."
    return ""


def _edited(edit: Callable[[Book], None]) -> Callable[[bytes], bytes]:
    def damage(data: bytes) -> bytes:
        book: Book = json.loads(data)
        edit(book)
        return json.dumps(book).encode()

    return damage


def _copy_a_cell(book: Book) -> None:
    """The second answer stands there twice, as after a careless paste."""
    answers = [number for number, cell in enumerate(book["cells"]) if variant.stub_of(cell)]
    book["cells"].insert(answers[1] + 1, copy.deepcopy(book["cells"][answers[1]]))


def _strip(book: Book) -> None:
    """No metadata, no cell ids, as after some format converters."""
    book["metadata"] = {}
    book["nbformat_minor"] = 4
    for cell in book["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)


DAMAGES: Mapping[str, Callable[[bytes], bytes]] = {
    "none": lambda data: data,
    "copied-cell": _edited(_copy_a_cell),
    "stripped-metadata": _edited(_strip),
    "web-page": lambda data: b"<!DOCTYPE html><html><body><a href='https://example.org'>my notebook</a></body></html>",
}
