"""The verbs `report` and `feedback` speak of what was graded into a folder, and hold back what is to be held back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from places import ROOT
from sample_grades import CLASS
from typer.testing import CliRunner

from autograder import cli
from autograder.core.course import Course
from autograder.core.errors import CourseError
from autograder.core.model import Submission
from autograder.grading.ledger import Ledger
from autograder.intake import record
from autograder.intake.record import HandIns

FINGERPRINT = Course(ROOT).assignment("digits").fingerprint


@pytest.fixture
def graded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of results with the rows of five students, and a file of nobody known."""
    monkeypatch.chdir(ROOT)
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        for grade in CLASS:
            ledger.add(replace(grade, fingerprint=FINGERPRINT))
    files = tuple(Submission(grade.student, f"in/{grade.student}.ipynb", grade.sha256) for grade in CLASS)
    stray = (Submission("x17", "in/x17.ipynb", "7" * 64), "in/x17.ipynb: nobody of the roster is called x17.")
    record.write(HandIns("digits", FINGERPRINT, files, (stray,)), tmp_path)
    return tmp_path


def run(*words: str) -> str:
    done = CliRunner().invoke(cli.app, list(words), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_an_anonymous_report_stands_beside_the_other_and_names_nobody(graded: Path) -> None:
    run("report", "digits", "--out", str(graded))
    run("report", "digits", "--out", str(graded), "--anonymous")
    named, nameless = ((graded / name).read_text("utf-8") for name in ("report.html", "report-anonymous.html"))
    names = [*(grade.student for grade in CLASS), "x17"]
    assert [name for name in names if f">{name}<" not in named] == []
    assert [name for name in names if f">{name}<" in nameless] == []
    assert "nobody of the roster is called" in nameless


def test_a_student_on_hold_has_no_page_until_the_next_time(graded: Path) -> None:
    told = run("feedback", "digits", "--out", str(graded), "--hold", "bela", "--hold", "carl")
    assert "bela is on hold" in told
    assert {path.stem for path in (graded / "feedback").iterdir()} == {"ada", "dora", "emil"}
    run("feedback", "digits", "--out", str(graded))
    assert {path.stem for path in (graded / "feedback").iterdir()} == {grade.student for grade in CLASS}


def test_holding_back_nobody_known_is_told(graded: Path) -> None:
    done = CliRunner().invoke(cli.app, ["feedback", "digits", "--out", str(graded), "--hold", "zoe"])
    assert "nobody here is called zoe" in str(done.exception)


def test_a_ledger_that_lies_elsewhere_is_named_to_every_verb(graded: Path) -> None:
    elsewhere = f"sqlite:///{graded / 'elsewhere.db'}"
    (graded / "ledger.db").rename(graded / "elsewhere.db")
    for verb in ("export", "report", "feedback"):
        run(verb, "digits", "--out", str(graded), "--ledger", elsewhere)
    assert len((graded / "grades.csv").read_text("utf-8").splitlines()) == 1 + len(CLASS)
    assert len(list((graded / "feedback").iterdir())) == len(CLASS)
    with pytest.raises(CourseError, match="the ledger holds no row of the 5 submissions"):
        run("export", "digits", "--out", str(graded))
