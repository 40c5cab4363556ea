"""The second assignment: its promises, and a sample of its banks of right and wrong solutions."""

from __future__ import annotations

from typing import Any

import banks
import nbformat
import pytest
from places import ROOT
from plain_kernel import executed, told, troubles

from autograder.authoring import audit
from autograder.authoring.audit import GOOD, Trial, Verdict
from autograder.authoring.verify import verify
from autograder.core.course import Course

LESSON = Course(ROOT).assignment("gradient_descent")


@pytest.fixture(scope="module")
def trials() -> list[Trial]:
    """A tenth of the banks, each variant graded once."""
    return banks.trials(LESSON)


def test_the_assignment_keeps_its_promises() -> None:
    assert {promise.title: promise.problem for promise in verify(LESSON) if promise.problem} == {}


def test_the_bank_is_rich_enough() -> None:
    bank = audit.bank(LESSON.folder)
    assert sum(right for _, right in bank) >= 12
    assert sum(not right for _, right in bank) >= 20


def test_right_solutions_keep_all_points_and_wrong_ones_lose_those_of_their_stub(trials: list[Trial]) -> None:
    assert [trial for trial in trials if trial.verdict not in GOOD] == []


def test_each_mistake_gets_its_own_hint(trials: list[Trial]) -> None:
    assert [trial for trial in trials if trial.verdict is Verdict.OTHER_HINT] == []


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The release, run untouched and then once more with the solution's answers, in one kernel without the kit."""
    release, solution = (
        nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        for path in (LESSON.release, LESSON.solution)
    )
    for cell in solution.cells:
        cell.id = f"solved-{cell.id}"
    release.cells += [cell for cell in solution.cells if cell.id != "solved-setup"]
    return executed(release, tmp_path_factory.mktemp("lesson"))


def test_the_release_runs_quietly_without_the_kit(lesson: dict[str, Any]) -> None:
    assert troubles(lesson) == {}


def test_the_untouched_release_says_what_is_open(lesson: dict[str, Any]) -> None:
    assert "0 of 7 visible points" in told(lesson["progress"])
    assert told(lesson["rates_demo"]) == "– Not yet: this cell needs descent, which you write above.\n"


def test_with_the_solution_all_is_well_and_each_picture_is_told(lesson: dict[str, Any]) -> None:
    assert "7 of 7 visible points" in told(lesson["solved-progress"])
    assert "ready to hand in" in told(lesson["solved-ready"])
    pictures = ("tensors_demo", "descent_demo", "rates_demo", "bowl_demo", "finale_demo")
    assert all("Picture" in told(lesson[f"solved-{name}"]) for name in pictures)
    assert "height 280.19" in told(lesson["solved-rates_demo"])
