"""A repository per student: its own notebook graded where it lies, as by a workflow that runs at each push."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

from autograder.checks.hints import Catalogue
from autograder.core.course import Assignment
from autograder.core.model import Grade, RunStatus, Submission
from autograder.grading import handed_in
from autograder.grading.secrets import seed_of
from autograder.grading.submission import Task, grade, refused
from autograder.results import telling
from autograder.results.files.rows import to_row
from autograder.sandbox import Mode


def judge(assignment: Assignment, folder: Path, mode: Mode | None = None) -> Grade:
    """The grade of the one notebook below `folder`, as its student may read it: hidden checks keep their texts.

    The student is called as GitHub calls the repository. The same file gets the same secrets until the checks change;
    only who can read the hidden checks can foresee them. Raises SandboxError where nothing can be graded here.
    """
    student = os.environ.get("GITHUB_REPOSITORY", "").rpartition("/")[2] or "student"
    submission = handed_in.of_one(assignment, folder)
    if isinstance(submission, str):
        return refused(assignment, Submission(student, "", ""), submission, status=RunStatus.UNREADABLE)
    submission = replace(submission, student=student)
    seed = seed_of(assignment.checks.read_bytes(), assignment.name, submission.sha256)
    row = grade(Task(str(assignment.root), assignment.name, submission, seed, mode))
    return telling.as_told(row, Catalogue.parse(assignment.hints))


def write(grade: Grade, target: Path) -> None:
    """Write result.json: one object, as a line of results.jsonl."""
    target.write_text(json.dumps(to_row(grade), indent=1) + "\n", encoding="ascii")


def complete(grade: Grade) -> bool:
    """Whether every check passed."""
    return grade.points is not None and grade.points >= grade.max_points
