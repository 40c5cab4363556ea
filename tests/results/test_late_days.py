"""Late days of the whole course are spent once, whatever the order in which folders are graded or named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder.core.course import Assignment
from autograder.core.errors import CourseError
from autograder.core.model import Submission
from autograder.intake import record
from autograder.intake.record import HandIns
from autograder.results import late_days

DUE = {"one": 1, "two": 8, "three": 15}
"""Assignments and the day of December that each was due."""


def course(root: Path, days: int) -> Path:
    (root / "course.toml").write_text(f'title = "T"\nlate_days = {days}\n')
    for name, day in DUE.items():
        folder = root / "assignments" / name
        folder.mkdir(parents=True)
        (folder / f"{name}.ipynb").write_text("{}")
        (folder / "assignment.toml").write_text(f'title = "{name}"\ndeadline = 2026-12-{day:02}T12:00:00Z\n')
    return root


def handed_in(root: Path, name: str, **late: float) -> Path:
    """A folder of results of students who came so many days late."""
    due = datetime(2026, 12, DUE[name], 12, tzinfo=UTC)
    files = [Submission(who, f"{name}/{who}.ipynb", who * 8, due + timedelta(days=days)) for who, days in late.items()]
    folder = root / f"graded-{name}"
    folder.mkdir()
    record.write(HandIns(name, "f" * 64, tuple(files)), folder)
    return folder


def left(root: Path, name: str, *earlier: Path, roster: str = "") -> dict[str, int]:
    path = root / "people.csv"
    path.write_text(roster)
    people = late_days.granted(Assignment(root, name), path if roster else None, earlier)
    return {who: people.person(who).allowance.late_days for who in ("ada", "ben", "cleo")}


def test_what_was_used_before_is_no_longer_there(tmp_path: Path) -> None:
    root = course(tmp_path, 3)
    one = handed_in(root, "one", ada=1.5, ben=-1)
    two = handed_in(root, "two", ada=0.5, ben=9)
    assert left(root, "one") == {"ada": 3, "ben": 3, "cleo": 3}
    assert left(root, "two", one) == {"ada": 1, "ben": 3, "cleo": 3}
    assert left(root, "three", one, two) == left(root, "three", two, one) == {"ada": 0, "ben": 0, "cleo": 3}


def test_results_of_this_assignment_and_of_later_ones_count_for_nothing(tmp_path: Path) -> None:
    root = course(tmp_path, 2)
    folders = [handed_in(root, name, ada=1) for name in DUE]
    assert [left(root, name, *folders)["ada"] for name in DUE] == [2, 1, 0]


def test_days_that_the_roster_gives_for_one_assignment_are_spent_first(tmp_path: Path) -> None:
    root = course(tmp_path, 2)
    one = handed_in(root, "one", ada=2, ben=2)
    roster = "student id,late days one\nada,1\nben,\n"
    assert left(root, "one", roster=roster) == {"ada": 3, "ben": 2, "cleo": 2}
    assert left(root, "two", one, roster=roster) == {"ada": 1, "ben": 0, "cleo": 2}


def test_a_course_without_late_days_grants_what_the_roster_says(tmp_path: Path) -> None:
    root = course(tmp_path, 0)
    one = handed_in(root, "one", ada=1)
    assert left(root, "two", one, roster="student id,late days\nada,2\n") == {"ada": 2, "ben": 0, "cleo": 0}


def test_a_folder_without_results_and_an_assignment_without_deadline_are_named(tmp_path: Path) -> None:
    root = course(tmp_path, 1)
    with pytest.raises(CourseError, match="nothing was graded here yet"):
        left(root, "two", root)
    one = handed_in(root, "one", ada=1)
    (root / "assignments" / "one" / "assignment.toml").write_text('title = "one"\n')
    with pytest.raises(CourseError, match=r"assignment\.toml: without a deadline"):
        left(root, "two", one)
