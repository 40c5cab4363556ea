"""Whose grades are to come is noted before the first is there, and never in place of what was handed over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from places import ROOT

from autograder.core.course import Course
from autograder.core.errors import CourseError
from autograder.core.model import Submission
from autograder.grading.engines.local import LocalEngine
from autograder.grading.group import Class, grade_class
from autograder.grading.ledger import Ledger
from autograder.intake import record
from autograder.intake.record import HandIns
from autograder.results import handover

DIGITS = Course(ROOT).assignment("digits")
ADA, BEN = (Submission(name, f"in/{name}.ipynb", name * 8) for name in ("ada", "ben"))


@pytest.fixture
def group(tmp_path: Path) -> Class:
    return Class(DIGITS, (ADA, BEN), tmp_path, left_out=(("in/notes.txt", "it is no notebook"),))


def test_a_class_is_noted_before_its_first_grade(group: Class) -> None:
    handover.take_in(group)
    noted = record.read(group.out, "digits")
    assert noted == group.given
    assert (noted.submissions, noted.left_out) == ((ADA, BEN), group.left_out)


@pytest.mark.parametrize("change", ["another state of the assignment", "somebody is to leave", "nothing"])
def test_what_was_handed_over_stays_until_all_are_graded(group: Class, change: str) -> None:
    state = "0" * 64 if change == "another state of the assignment" else DIGITS.fingerprint
    before = HandIns("digits", state, (ADA, replace(BEN, student="benjamin")))
    record.write(before, group.out)
    leaving = ("benjamin",) if change == "somebody is to leave" else ()
    handover.take_in(replace(group, leaving=leaving))
    assert record.read(group.out, "digits") == (group.given if change == "nothing" else before)


@pytest.mark.sandbox
def test_rows_of_lost_files_stay_but_are_not_made_anew(group: Class) -> None:
    here = replace(group, submissions=(ADA,), lost=(BEN,))
    assert here.given.submissions == (BEN, ADA)
    with (
        LocalEngine(slots=1) as engine,
        pytest.raises(CourseError, match=r"1 files .* no longer where they lay: in/ben"),
    ):
        grade_class(here, engine)
    with Ledger.open(group.out / "ledger.db") as ledger:
        assert ledger.grades("digits") == []
