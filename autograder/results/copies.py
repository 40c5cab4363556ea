"""From what a class handed in to a page of those who wrote alike."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder import notebook
from autograder.core.course import Assignment
from autograder.core.errors import SubmissionError
from autograder.grading import handed_in
from autograder.intake import hand_ins
from autograder.intake.roster import Roster
from autograder.results import similarity
from autograder.results.similarity import Work


def compare(
    assignment: Assignment, submissions: Path, roster: Roster, path: Path, *, anonymous: bool = False, pattern: str = ""
) -> tuple[int, int]:
    """Writes the page of likeness of a class to `path`; returns how many pairs it shows, among how many works.

    Of each student the newest readable notebook counts. `submissions` and `pattern` are what grading takes.
    """
    release: dict[str, Any] = json.loads(assignment.release.read_text(encoding="utf-8"))
    works = list(_works(assignment, submissions, roster, release, pattern))
    handed_out = similarity.handed_out("".join(cell["source"]) for cell in release["cells"])
    pairs = similarity.pairs_of(works, handed_out)
    similarity.write(pairs, path, title=assignment.settings.title, students=len(works), anonymous=anonymous)
    return len(pairs), len(works)


def _works(
    assignment: Assignment, submissions: Path, roster: Roster, release: dict[str, Any], pattern: str
) -> Iterator[Work]:
    collected = handed_in.of_class(assignment, submissions, roster, pattern).submissions
    ordered = sorted(collected, key=lambda one: (one.received.timestamp() if one.received else 0.0, one.path))
    for submission in {one.student: one for one in ordered}.values():
        try:
            script = notebook.restore(notebook.parse(hand_ins.read(submission)), release)
        except SubmissionError:
            continue
        yield similarity.work_of(submission.student, script.cells)
