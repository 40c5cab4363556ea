"""`autograder build`: from masters to what students and instructors are handed."""

from __future__ import annotations

from pathlib import Path

from autograder.commands.console import out, tick
from autograder.commands.options import AssignmentOrAll
from autograder.core.course import Course


def build(name: AssignmentOrAll = None) -> None:
    """Make release/ and solutions/ from the masters, through nbgrader."""
    from autograder.authoring import master, release

    course = Course.at(Path.cwd())
    for one in [name] if name else course.assignments:
        release.build(course.root, course.assignment(one).name)
        out.print(f"{one}: release/{one}/ and solutions/{one}/ are current.")
        for sentence in master.lost(course.assignment(one)):
            tick(False, "left out", sentence)
