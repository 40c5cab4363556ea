"""Roster and earlier results are named once: the folder of results remembers them, and every verb tells so."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sample_grades import FULL
from typer.testing import CliRunner

from autograder import cli
from autograder.core.errors import CourseError
from autograder.core.model import Submission
from autograder.grading.ledger import Ledger
from autograder.intake import record
from autograder.intake.record import HandIns
from autograder.results import named

SETTINGS = 'title = "{name}"\ndeadline = 2026-12-{day:02}T12:00:00Z\n[late]\nper_day = 0.1\n'
ONE_DAY = 0.1 * FULL.max_points


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two assignments and three late days for both; the one student came two days late each time."""
    (tmp_path / "course.toml").write_text('title = "T"\nlate_days = 3\n')
    for name, day in (("one", 1), ("two", 8)):
        folder, results = tmp_path / "assignments" / name, tmp_path / f"graded-{name}"
        folder.mkdir(parents=True)
        (folder / "assignment.toml").write_text(SETTINGS.format(name=name, day=day))
        (folder / f"{name}.ipynb").write_text("{}")
        came = datetime(2026, 12, day + 2, 12, tzinfo=UTC)
        results.mkdir()
        file = Submission("ada", f"in/{name}/ada.ipynb", FULL.sha256, came)
        record.write(HandIns(name, FULL.fingerprint, (file,)), results)
        with Ledger.open(results / "ledger.db") as ledger:
            ledger.add(replace(FULL, assignment=name))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(verb: str, *words: str) -> str:
    done = CliRunner().invoke(cli.app, [verb, "two", "--out", "graded-two", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


def penalty() -> float:
    with Path("graded-two/grades.csv").open(newline="", encoding="utf-8") as file:
        return next(float(row["penalty"]) for row in csv.DictReader(file))


def test_late_days_used_before_are_named_once_and_every_verb_says_that_they_count(course: Path) -> None:
    run("export")
    assert penalty() == 0
    used = f"late days used in {course / 'graded-one'}"
    assert f"✓ Remembered: {used}, for every verb in this folder." in run("export", "--earlier", "graded-one")
    assert penalty() == pytest.approx(ONE_DAY)
    for verb in ("export", "feedback", "report", "show"):
        assert f"✓ As named before: {used}. --forget ends that." in run(verb)
        assert penalty() == pytest.approx(ONE_DAY)


def test_whom_the_roster_holds_back_stays_held_back_though_it_is_named_once(course: Path) -> None:
    Path("people.csv").write_text("student id,hold\nada,being looked into\n")
    page = Path("graded-two/feedback/ada.html")
    run("export")
    assert page.exists()
    run("export", "--roster", "people.csv")
    for verb in ("feedback", "export"):
        assert f"As named before: the roster {course / 'people.csv'}." in run(verb)
        assert not page.exists()
    Path("others.csv").write_text("student id\nada\n")
    assert "As named before" not in run("feedback", "--roster", "others.csv")
    assert page.exists()


def test_it_is_forgotten_on_demand_and_never_by_a_verb_that_writes_nothing(course: Path) -> None:
    Path("people.csv").write_text("student id,hold\nada,being looked into\n")
    said = run("export", "--earlier", "graded-one", "--roster", "people.csv")
    both = f"the roster {course / 'people.csv'} and late days used in {course / 'graded-one'}"
    assert f"Remembered: {both}, for" in said
    run("show", "--forget")
    assert f"As named before: {both}." in run("show")
    assert "Remembered: neither a roster nor earlier results" in run("export", "--forget")
    assert penalty() == 0
    assert "As named before" not in run("export")


def test_what_is_refused_is_not_remembered(course: Path) -> None:
    with pytest.raises(CourseError, match="nothing was graded here yet"):
        run("export", "--earlier", "assignments")
    with pytest.raises(CourseError, match="there is no such roster"):
        run("export", "--roster", "people.csv")
    assert named.remembered(course / "graded-two") == named.Named()


def test_what_is_no_longer_there_is_told_with_the_way_out(course: Path) -> None:
    run("export", "--earlier", "graded-one")
    (course / "graded-one").rename(course / "moved")
    with pytest.raises(CourseError, match=r"graded-one: was named with these results before, and is no longer there\."):
        run("export")
    run("export", "--earlier", "moved")
    assert penalty() == pytest.approx(ONE_DAY)
    (course / "graded-two" / named.NAME).write_text("{")
    with pytest.raises(CourseError, match=r"this file is damaged .* with --forget"):
        run("export")
    run("export", "--forget")
    assert penalty() == 0
