"""Whether an assignment keeps its own promises, before any student sees it."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.authoring import master, release
from autograder.authoring.adopting import look
from autograder.checks.hints import Catalogue
from autograder.checks.runner import CheckRunner, points_by_stub
from autograder.core.course import Assignment
from autograder.grading import scoring
from autograder.grading.submission import grade, task_of
from autograder.sandbox import Mode


@dataclass(frozen=True)
class Promise:
    """One thing that must hold: `problem` says what is wrong and what to do, and is empty where it holds."""

    title: str
    problem: str = ""


def verify(assignment: Assignment, mode: Mode | None = None) -> Iterator[Promise]:
    """Looks at every promise in turn; at the later ones only where there is something to look at.

    Raises CourseError for what is no master of ours.
    """
    yield Promise("Nothing adopted waits for a look.", "; ".join(look.waiting(assignment.folder)))
    yield Promise("The generated notebooks are current.", "; ".join(release.stale(assignment.root, assignment.name)))
    yield Promise("All that lies beside the master reaches somebody.", "; ".join(master.lost(assignment)))
    if assignment.settings.packages:
        yield Promise("All packages that students may import are here.", "; ".join(missing_packages(assignment)))
    if not (assignment.release.exists() and assignment.solution.exists()):
        return
    yield Promise("Nothing hidden stands in the release.", "; ".join(release.leaks(assignment.root, assignment.name)))
    standing = release.placeholders(assignment.root, assignment.name)
    yield Promise("No placeholder is left.", "; ".join(standing))
    yield Promise("Points in the notebook and in the checks agree.", _disagreement(assignment))
    solved = grade(task_of(assignment, "solution", assignment.solution.read_bytes(), 1, mode))
    yield Promise("The solution earns all points.", scoring.lost(solved))
    untouched = grade(task_of(assignment, "release", assignment.release.read_bytes(), 1, mode))
    earned = f"it earned {untouched.points}: a check passes without an answer." if untouched.points else ""
    yield Promise("The untouched release earns nothing.", earned)


def missing_packages(assignment: Assignment) -> list[str]:
    """A sentence for each package of `packages` that cannot be imported where work is graded."""
    return [
        f"{assignment.folder / 'assignment.toml'}: students may import {name}, and it is not installed here. Install "
        "it, or take it from `packages`."
        for name in assignment.settings.packages
        if importlib.util.find_spec(name) is None
    ]


def _disagreement(assignment: Assignment) -> str:
    cells = json.loads(assignment.release.read_text(encoding="utf-8"))["cells"]
    marks = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    told = {mark["grade_id"].removesuffix("_check"): float(mark["points"]) for mark in marks if _is_judged(mark)}
    priced = points_by_stub(CheckRunner(assignment.checks, Catalogue.parse(assignment.hints)).checks)
    differing = [
        f"{stub} has {told.get(stub, 0):g} in the notebook and {priced.get(stub, 0):g} in the checks"
        for stub in sorted({*told, *priced})
        if abs(told.get(stub, 0) - priced.get(stub, 0)) > 1e-9
    ]
    return "; ".join(differing)


def _is_judged(mark: Mapping[str, Any]) -> bool:
    """Whether checks give a cell's points: answers in words are for a person."""
    return bool(mark.get("grade") and not mark.get("solution"))
