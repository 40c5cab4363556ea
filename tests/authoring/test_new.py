"""A new assignment works at once, and takes nobody's place."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.authoring import audit, new, release
from autograder.authoring.audit import Notebooks, Verdict
from autograder.authoring.verify import verify
from autograder.checks.hints import COMMON
from autograder.cli import app
from autograder.core.course import Course
from autograder.core.errors import CourseError
from autograder.grading.submission import grade


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / "course.toml").write_text('title = "A course"\n', encoding="utf-8")
    return Course(tmp_path)


@pytest.mark.sandbox
def test_a_new_assignment_builds_verifies_and_audits_at_once(course: Course) -> None:
    assignment = new.create(course, "first_steps")
    release.build(course.root, "first_steps")
    assert {promise.title: promise.problem for promise in verify(assignment) if promise.problem} == {}
    notebooks, bank = Notebooks(assignment), audit.bank(assignment.folder)
    verdicts = {
        one.name: audit.judge(
            one,
            right,
            1,
            grade(notebooks.task(one, 1)),
        ).verdict
        for one, right in bank
    }
    assert verdicts == {one.name: Verdict.RIGHT if right else Verdict.CAUGHT for one, right in bank}


def test_its_hints_replace_none_that_every_assignment_has() -> None:
    own, common = (
        tomllib.loads(files(f"autograder.{room}").joinpath(name).read_text("utf-8"))
        for room, name in (("authoring", "template/hints.toml"), ("checks", COMMON))
    )
    assert own["hint"].keys() & common["hint"].keys() == set()


def test_the_verb_says_what_to_do_next(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course.root)
    result = CliRunner().invoke(app, ["new", "first_steps"])
    assert result.exit_code == 0, result.output
    assert "autograder build first_steps" in result.output
    assert course.assignment("first_steps").settings.title == "First steps"


@pytest.mark.parametrize("name", ["", "Digits", "two words", "../up", "1st", "class", "a-b", "é"])
def test_a_name_that_no_module_can_have_is_refused(course: Course, name: str) -> None:
    with pytest.raises(CourseError, match="cannot be an assignment's name"):
        new.create(course, name)
    assert not (course.root / "assignments").exists()


@pytest.mark.parametrize("place", ["assignments", "release", "solutions"])
def test_nothing_that_is_there_is_overwritten(course: Course, place: str) -> None:
    (course.root / place / "mine").mkdir(parents=True)
    with pytest.raises(CourseError, match="there already"):
        new.create(course, "mine")
