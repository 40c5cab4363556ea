"""The digits assignment as a whole: its promises, its banks of right and wrong solutions, its sample class."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor

import banks
import pytest
from nbgrader.api import Gradebook
from places import ROOT

from autograder.authoring import audit, release, sample_class
from autograder.authoring.audit import GOOD, Trial, Verdict
from autograder.authoring.verify import verify
from autograder.core.course import Assignment, Course
from autograder.grading.engines.local import LocalEngine
from autograder.grading.group import Class, grade_class
from autograder.intake.hand_ins import collect
from autograder.results.files.rows import read_results
from autograder.results.handover import hand_over

DIGITS = Course(ROOT).assignment("digits")


@pytest.fixture(scope="module")
def engine() -> Iterator[Executor]:
    with LocalEngine(len(os.sched_getaffinity(0))) as engine:
        yield engine


def test_the_assignment_keeps_its_promises() -> None:
    assert {promise.title: promise.problem for promise in verify(DIGITS) if promise.problem} == {}


@pytest.fixture(scope="module")
def trials(engine: Executor) -> list[Trial]:
    """A tenth of the banks, each variant graded once."""
    return audit.audit(DIGITS, banks.chosen(DIGITS), engine, seeds=1)


def test_no_right_variant_loses_a_point(trials: list[Trial]) -> None:
    assert [trial for trial in trials if trial.right and trial.verdict is not Verdict.RIGHT] == []


def test_every_wrong_variant_is_caught_by_its_own_stub(trials: list[Trial]) -> None:
    assert [trial for trial in trials if trial.verdict not in GOOD] == []


def test_the_right_hint_comes_first_in_19_of_20_wrong_variants(trials: list[Trial]) -> None:
    rate = audit.rates(trials)["another hint first"]
    assert rate.hits <= rate.trials / 20, [trial for trial in trials if trial.verdict is Verdict.OTHER_HINT]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, engine: Executor) -> Class:
    """The sample class, graded and handed over in a course made from nothing but what the instructor wrote."""
    course = sample_class.prepare(Course(ROOT), "digits", tmp_path_factory.mktemp("demo") / "course")
    release.build(course.root, "digits")
    assignment: Assignment = course.assignment("digits")
    folder, samples = sample_class.invent_class(assignment)
    group = Class(assignment, collect(folder).submissions, course.root / "graded", seed=sample_class.SEED)
    rows = grade_class(group, engine)
    assert sample_class.surprises(samples, rows) == []
    hand_over(group, rows)
    return group


def test_the_gradebook_holds_the_points_of_the_results(sample: Class) -> None:
    rows = read_results(sample.out / "results.jsonl")
    with Gradebook(f"sqlite:///{sample.out / 'gradebook.db'}") as book:
        scores = {row["student"]: book.find_submission("digits", row["student"]).score for row in rows}
    assert scores == {row["student"]: row["points"] or 0.0 for row in rows}


def test_grading_again_grades_nothing_twice(sample: Class, engine: Executor) -> None:
    heard: list[object] = []
    again = grade_class(sample, engine, done=heard.append)
    assert len(again) == len(sample.submissions)
    assert heard == []


def test_every_student_has_a_page(sample: Class) -> None:
    pages = {path.stem for path in (sample.out / "feedback").glob("*.html")}
    assert pages == {one.student for one in sample.submissions}
