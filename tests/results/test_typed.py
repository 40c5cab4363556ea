"""What a person types in formgrader is one truth: page, grades.csv and the LMS tell the same points and the comment."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from nbgrader import api
from places import ROOT

from autograder.core.course import Course
from autograder.core.model import Check, CheckResult, Grade, Outcome, RunStatus, Submission
from autograder.intake.record import HandIns
from autograder.intake.roster import NOBODY
from autograder.results import finals, gradebook, late

DIGITS = Course(ROOT).assignment("digits")
WORTH = {"dataset": 4.0, "model": 4.0, "train": 5.0, "accuracy": 4.0, "predict": 1.0, "whole": 2.0}
ESSAY = "They are all slanted."
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")  # nbgrader's own


def grade_of(student: str, failed: str = "") -> Grade:
    results = tuple(
        CheckResult(Check(f"test_{stub}", stub, most, f"{stub} works"), Outcome.PASSED, message="")
        if stub != failed
        else CheckResult(Check(f"test_{stub}", stub, most, f"{stub} works"), Outcome.FAILED, message="It does not.")
        for stub, most in WORTH.items()
    )
    points = sum(one.points for one in results)
    return Grade(student, "digits", "f" * 64, student * 8, RunStatus.GRADED, points, 20.0, 1, results)


GRADES = {
    "ada": grade_of("ada"),
    "bela": grade_of("bela", failed="train"),
    "carl": replace(grade_of("carl"), status=RunStatus.UNREADABLE, points=None, checks=(), reason="It is no notebook."),
}


class Told:
    """All that leaves for the class, after a person has typed something."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.database = folder, f"sqlite:///{folder / 'gradebook.db'}"
        self.hand_over()

    def hand_over(self) -> None:
        folders = gradebook.Folders(self.folder / "submitted", self.folder / "autograded", self.database)
        entries = [
            gradebook.Entry(Submission(name, "", grade.sha256), grade, written={"misread": ESSAY})
            for name, grade in GRADES.items()
        ]
        gradebook.write(entries, release=DIGITS.release, folders=folders, hints={})

    def type(self, student: str, cell: str, points: float) -> None:
        with api.Gradebook(self.database) as book:
            grade = book.find_grade(cell, "digits", "digits", student)
            grade.manual_score, grade.needs_manual_grade = points, False
            book.db.commit()

    def comment(self, student: str, cell: str, text: str) -> None:
        with api.Gradebook(self.database) as book:
            book.find_comment(cell, "digits", "digits", student).manual_comment = text
            book.db.commit()

    def write(self) -> list[late.Final]:
        ends = [late.Final(grade, Submission(name, "", grade.sha256)) for name, grade in GRADES.items()]
        ends = finals.with_totals(ends, DIGITS, self.database)
        finals.write(DIGITS, self.folder, ends)
        return ends

    def told(self, student: str) -> tuple[str, dict[str, str], float | None]:
        """The page, the line of grades.csv, and what an LMS is told."""
        ends = self.write()
        with (self.folder / "grades.csv").open(newline="", encoding="utf-8") as file:
            row = next(row for row in csv.DictReader(file) if row["student"] == student)
        page = (self.folder / "feedback" / f"{student}.html").read_text("utf-8")
        given = HandIns("digits", "f" * 64, tuple(one.submission for one in ends))
        mark = next(one for one in finals.marks(ends, NOBODY, given, "canvas") if one.student == student)
        return " ".join(page.split()), row, mark.points


@pytest.fixture
def desk(tmp_path: Path) -> Told:
    return Told(tmp_path)


def test_typed_over_a_check_and_for_words_they_are_the_same_everywhere(desk: Told) -> None:
    desk.type("bela", "train_check", 2.5)
    desk.comment("bela", "train", "The loop is right, <b>the loss</b> is not.")
    desk.type("bela", "misread", 1.5)
    page, row, mark = desk.told("bela")
    assert mark == 15 + 2.5 + 1.5
    assert (row["points"], row["max_points"], row["train"], row["misread"], row["final"]) == (
        "19.0", "22.0", "2.5", "1.5", "19.0",
    )  # fmt: skip
    assert "<strong>19</strong> of 22 points</p>" in page
    assert '<span class="earned">2.5 of 5 points</span>' in page
    assert "the checks alone gave 0." in page
    assert "The loop is right, &lt;b&gt;the loss&lt;/b&gt; is not." in page
    assert "train: The loop is right, <b>the loss</b> is not." in row["note"]


def test_while_words_wait_points_are_told_as_far_as_they_go_and_none_leaves(desk: Told) -> None:
    page, row, mark = desk.told("ada")
    assert (row["points"], row["misread"], row["final"], mark) == ("20.0", "", "", None)
    assert "<strong>20</strong> of 22 points so far</p>" in page
    assert "A person has to look at this part." in page


def test_a_comment_alone_reaches_the_student_and_changes_no_points(desk: Told) -> None:
    desk.type("ada", "misread", 2.0)
    before = desk.told("ada")[1]
    desk.comment("ada", "model", "=Neat!")
    page, row, mark = desk.told("ada")
    assert mark == 22.0
    assert "=Neat!" in page
    assert {**row, "note": ""} == {**before, "note": ""}
    assert "model: =Neat!" in row["note"]


def test_a_file_that_could_not_be_read_gets_what_persons_type_and_nothing_else(desk: Told) -> None:
    page, row, mark = desk.told("carl")
    assert (row["points"], row["model"], mark) == ("", "", None)
    assert "A person has to look at this part." not in page
    for cell in (*(f"{stub}_check" for stub in WORTH), "misread"):
        desk.type("carl", cell, 0.5)
    page, row, mark = desk.told("carl")
    assert (row["points"], row["model"], mark) == ("3.5", "0.5", 3.5)
    assert "<strong>3.5</strong> of 22 points</p>" in page


@pytest.mark.parametrize("again", [lambda desk: None, Told.hand_over], ids=["at once", "after grading again"])
def test_it_stays_when_the_class_is_graded_again(desk: Told, again: Callable[[Told], None]) -> None:
    for student, points in (("ada", 0.5), ("bela", 1.0)):
        desk.type(student, "misread", points)
    desk.type("ada", "whole_check", 1.0)
    again(desk)
    assert {one.grade.student: one.points for one in desk.write()} == {"ada": 19.5, "bela": 16.0, "carl": None}
