"""The part of an assignment's bank that the tests try; `make audit` grades all of both banks, with many seeds."""

from __future__ import annotations

import turns

from autograder.authoring import audit
from autograder.authoring.audit import Notebooks, Trial
from autograder.authoring.variant import Variant
from autograder.core.course import Assignment
from autograder.grading.submission import grade


def chosen(assignment: Assignment) -> list[tuple[Variant, bool]]:
    """The variants whose turn it is, each with whether it is right."""
    return [(one, right) for one, right in audit.bank(assignment.folder) if turns.has_turn(one.name)]


def trials(assignment: Assignment) -> list[Trial]:
    """Those variants, each graded once in this process."""
    notebooks = Notebooks(assignment)
    return [audit.judge(one, right, 1, grade(notebooks.task(one, 1))) for one, right in chosen(assignment)]
