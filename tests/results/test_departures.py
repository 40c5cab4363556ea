"""Who has another id takes along what a person typed and decided; what cannot go along is kept and told."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbgrader import api
from places import ROOT

from autograder.core.course import Course
from autograder.core.decision import Act, Decision
from autograder.core.model import Check, CheckResult, Grade, Outcome, RunStatus, Submission
from autograder.grading.group import Class
from autograder.grading.ledger import Ledger
from autograder.results import gradebook, handover

DIGITS = Course(ROOT).assignment("digits")
WORTH = {"dataset": 4.0, "model": 4.0, "train": 5.0, "accuracy": 4.0, "predict": 1.0, "whole": 2.0}
CHECKS = tuple(Check(f"test_{stub}", stub, most, f"{stub} works") for stub, most in WORTH.items())
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")  # nbgrader's own


class Home:
    """A folder of results whose files stay the same while their students are called otherwise."""

    def __init__(self, folder: Path) -> None:
        self.out, self.database = folder / "out", f"sqlite:///{folder / 'out' / 'gradebook.db'}"
        self.files = folder / "in"
        self.files.mkdir()
        self.out.mkdir()

    def file(self, name: str) -> Submission:
        """One student's notebook: the solution, with words of their own in its answer."""
        path = self.files / f"{name}.ipynb"
        path.write_bytes(DIGITS.solution.read_bytes().replace(b"a slanted one", f"one of {name}'s".encode()))
        return Submission(name, str(path), hashlib.sha256(path.read_bytes()).hexdigest())

    def hand_over(self, *files: Submission, renamed: dict[str, str] | None = None) -> list[str]:
        names = renamed or {}
        group = Class(DIGITS, files, self.out, leaving=tuple(names), renamed=names)
        return handover.hand_over(group, [self._row(one) for one in files])[1]

    def _row(self, one: Submission) -> Grade:
        results = tuple(CheckResult(check, Outcome.PASSED) for check in CHECKS)
        return Grade(one.student, "digits", "f" * 64, one.sha256, RunStatus.GRADED, 20.0, 20.0, 1, results)

    def type(self, student: str, cell: str, points: float, comment: str) -> None:
        with api.Gradebook(self.database) as book:
            grade = book.find_grade(cell, "digits", "digits", student)
            grade.manual_score, grade.needs_manual_grade = points, False
            book.find_comment(cell.removesuffix("_check"), "digits", "digits", student).manual_comment = comment
            book.db.commit()

    def typed(self) -> dict[str, dict[str, tuple[float | None, str]]]:
        """By student what a person typed, and None for points where formgrader asks for the person again."""
        return {
            student: {part.name: (part.points, part.comment) for part in total.parts if part.by_hand}
            for student, total in gradebook.totals(self.database, "digits").items()
        }

    @property
    def rows(self) -> dict[str, dict[str, str]]:
        with (self.out / "grades.csv").open(newline="", encoding="utf-8") as file:
            return {row["student"]: row for row in csv.DictReader(file)}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_points_and_comments_typed_in_formgrader_go_along_to_another_id(home: Home) -> None:
    ada, ben = home.file("ada"), home.file("ben")
    home.hand_over(ada, ben)
    home.type("ada", "train_check", 2.5, "Half of it.")
    home.type("ada", "misread", 1.5, "Well seen.")
    before = home.typed()["ada"]
    assert home.hand_over(replace(ada, student="s1"), ben, renamed={"ada": "s1"}) == []
    assert home.typed() == {"s1": before, "ben": {}}
    assert (home.rows["s1"]["points"], home.rows["s1"]["train"]) == ("19.0", "2.5")
    assert "Well seen." in (home.out / "feedback" / "s1.html").read_text("utf-8")
    assert not (home.out / "feedback" / "ada.html").exists()
    assert not (home.out / "autograded" / "ada" / "digits").exists()
    assert [path.name for path in home.out.glob("gone/*/feedback/*")] == ["ada.html"]


def test_where_the_new_id_has_work_of_its_own_a_sentence_says_what_was_typed(home: Home) -> None:
    ada, ben = home.file("ada"), home.file("ben")
    home.hand_over(ada, ben)
    home.type("ada", "misread", 1.5, "Well seen.")
    home.type("ben", "misread", 0.5, "")
    [said] = home.hand_over(ben, replace(ada, student="ben"), renamed={"ada": "ben"})
    assert "Type it again for ben: misread: 1.5 of 2 points Well seen." in said
    [kept] = home.out.glob("gone/*/gradebook.db")
    assert f"what was typed for ada is kept in {kept} alone" in said
    assert "ada" in gradebook.totals(f"sqlite:///{kept}", "digits")
    assert home.typed().keys() == {"ben"}
    assert home.typed()["ben"]["misread"][0] in (0.5, None)


def test_a_mark_goes_along_to_another_id_with_its_trail(tmp_path: Path) -> None:
    when = datetime(2026, 12, 1, 12, tzinfo=UTC)
    mark = Decision("ada", "5" * 64, "test_train", Act.MARKED, "me", when, "Half of it.", 0.0, 2.5)
    others = [replace(mark, student="ben"), replace(mark, student="cleo")]
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        for one in (mark, *others):
            ledger.decide("digits", one)
        ledger.decide("loops", mark)
        ledger.rename("digits", {"ada": "s1", "cleo": "s3"})
        assert [one.student for one in ledger.decisions("digits")] == ["s1", "ben", "s3"]
        assert ledger.decisions("digits")[0] == replace(mark, student="s1")
        assert ledger.decisions("loops") == [mark]
