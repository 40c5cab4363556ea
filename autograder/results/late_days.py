"""Days of being late that a student may spend over all assignments of a course, and how many are spent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from autograder.core.course import Assignment, Course
from autograder.core.errors import CourseError
from autograder.intake import record
from autograder.intake.record import HandIns
from autograder.intake.roster import NOBODY, Roster
from autograder.results import finals, late


def granted(assignment: Assignment, path: Path | None, earlier: Iterable[Path] = ()) -> Roster:
    """The roster in a file, with what is left of the course's late days after assignments that were due before this.

    `earlier` are folders of their results; of this assignment, or of later ones, nothing is counted. Without a file
    there is nobody in the roster. Raises CourseError where a folder holds no results of this course.
    """
    course = Course(assignment.root)
    roster, days = _read(assignment, path), course.settings.late_days
    if not days:
        return roster
    used: dict[str, int] = {}
    for before, given in _in_order(course, earlier):
        if _due(before) < _due(assignment):
            theirs = replace(_read(before, path), late_days=days, used=dict(used))
            for student, spent in _spent(before, given, theirs).items():
                used[student] = used.get(student, 0) + spent
    return replace(roster, late_days=days, used=used)


def _read(assignment: Assignment, path: Path | None) -> Roster:
    zone = assignment.settings.local_zone
    return Roster.read(path, assignment=assignment.name, zone=zone) if path else NOBODY


def _in_order(course: Course, folders: Iterable[Path]) -> list[tuple[Assignment, HandIns]]:
    """The assignments whose results lie in the folders, by their deadlines."""
    records = {given.assignment: given for given in map(record.of_any, folders)}
    return sorted(((course.assignment(name), given) for name, given in records.items()), key=lambda pair: _due(pair[0]))


def _due(assignment: Assignment) -> float:
    deadline = assignment.settings.deadline
    if deadline is None:
        raise CourseError(
            f"{assignment.folder / 'assignment.toml'}: without a deadline the course's late days cannot be counted. "
            "Give it one, or name the other folders alone with --earlier (none: --forget)."
        )
    return deadline.timestamp()


def _spent(assignment: Assignment, given: HandIns, roster: Roster) -> dict[str, int]:
    """By student the days of the course that an assignment cost, after those that the roster gave for it alone."""
    policy = late.policy_of(assignment.settings)
    spent = {}
    for student, chosen in finals.counting(assignment.settings, given, roster).items():
        verdict = late.judge(policy, chosen.submission.received, roster.person(student).allowance)
        spent[student] = max(0, verdict.days_used - roster.own_late_days(student))
    return spent
