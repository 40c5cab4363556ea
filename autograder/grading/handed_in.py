"""What a class handed in for an assignment: files as intake finds them, told apart by the cells of the release."""

from __future__ import annotations

from pathlib import Path

from autograder import notebook
from autograder.core.course import Assignment
from autograder.core.errors import SubmissionError
from autograder.core.model import Submission
from autograder.grading.submission import release_of
from autograder.intake import hand_ins
from autograder.intake.hand_ins import Collected, Holds
from autograder.intake.roster import NOBODY, Roster


def of_class(assignment: Assignment, path: Path, roster: Roster = NOBODY, pattern: str = "") -> Collected:
    """What lies in a folder or zip for this assignment; see `hand_ins.collect`, which tells what is raised."""
    return hand_ins.collect(
        path,
        roster=roster.names if roster.people else None,
        assignment=assignment.name,
        holds=_holds(assignment),
        zone=assignment.settings.local_zone,
        pattern=pattern,
    )


def of_one(assignment: Assignment, folder: Path) -> Submission | str:
    """The notebook in a folder that is one student's; see `hand_ins.only_notebook`."""
    return hand_ins.only_notebook(folder, assignment.name, _holds(assignment))


def _holds(assignment: Assignment) -> Holds:
    release = release_of(assignment)

    def holds(data: bytes) -> int:
        try:
            return notebook.work_in(notebook.parse(data), release)
        except SubmissionError:
            return 0

    return holds
