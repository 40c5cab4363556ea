"""Calibration: how surely a threshold parts right work from wrong, by the numbers that checks decide by."""

from __future__ import annotations

from pathlib import Path

import pytest
from places import ROOT

from autograder.authoring import calibrate
from autograder.authoring.calibrate import chance_of_failing
from autograder.core.course import Assignment, Course
from autograder.core.errors import CourseError
from autograder.core.model import Weighed
from autograder.grading.engines.local import LocalEngine

DIGITS = Course(ROOT).assignment("digits")


def heap(*shares: float, tries: int = 1) -> list[Weighed]:
    return [Weighed("the accuracy", share, 0.5, tries) for share in shares]


def patient(*attempts: tuple[float, ...]) -> list[Weighed]:
    return [Weighed("the accuracy", max(shares), 0.5, 3, shares) for shares in attempts]


def test_shares_around_the_threshold_fail_half_the_time() -> None:
    assert chance_of_failing(heap(0.3, 0.5, 0.7)) == pytest.approx(0.5)


def test_shares_far_above_hardly_ever_fail_and_far_below_nearly_always() -> None:
    assert chance_of_failing(heap(0.93, 0.95, 0.97)) < 1e-4
    assert chance_of_failing(heap(0.03, 0.05, 0.07)) > 1 - 1e-4


def test_each_further_attempt_makes_failing_less_likely() -> None:
    assert chance_of_failing(heap(0.3, 0.5, 0.7, tries=3)) == pytest.approx(0.125)


def test_a_more_patient_attempt_counts_with_its_own_shares() -> None:
    first = chance_of_failing(heap(0.4, 0.5, 0.6))
    seldom = patient((0.4, 0.9, 0.99), (0.5, 0.91, 0.99), (0.6, 0.92, 0.99))
    assert first == pytest.approx(0.5)
    assert chance_of_failing(seldom) < 1e-6


def test_an_attempt_that_was_hardly_called_for_counts_as_the_one_before() -> None:
    assert chance_of_failing(patient((0.4, 0.9), (0.5,), (0.6,))) == pytest.approx(0.125)


def test_a_share_of_one_has_a_logit_too() -> None:
    assert chance_of_failing(heap(1.0, 1.0, 0.99)) < 1e-4
    assert chance_of_failing([Weighed("the accuracy", share, 0.995) for share in (0.998, 0.999, 1.0)]) < 0.1
    assert chance_of_failing(heap(0.0)) > 1 - 1e-9


@pytest.mark.sandbox
def test_the_numbers_that_the_digits_checks_decide_by_are_measured() -> None:
    with LocalEngine(2) as engine:
        thresholds = calibrate.calibrate(DIGITS, engine, seeds=1)
    variants = {one.name for one, _ in calibrate.marked(DIGITS)}
    assert {one.variant for one in thresholds} == variants
    right = [one for one in thresholds if one.right]
    assert len({one.looked_at for one in right}) >= 4
    assert all(one.seen == 0 and one.lowest >= one.needed for one in right)
    nearest = next(one for one in thresholds if one.variant == "train_missing_step" and "relabelled" in one.looked_at)
    assert nearest.highest < nearest.needed
    assert "needed, in the best of" in calibrate.page(thresholds, {"assignment": "digits", "seeds": 1, "data": "x"})


def test_without_a_marked_variant_there_is_nothing_to_measure(tmp_path: Path) -> None:
    (tmp_path / "assignments/x/right").mkdir(parents=True)
    (tmp_path / "assignments/x/right/plain.py").write_text('"""Plain."""\n# %% train\ntrain = 1\n', encoding="utf-8")
    with pytest.raises(CourseError, match="no variant says `calibrate: yes`"):
        calibrate.marked(Assignment(tmp_path, "x"))
