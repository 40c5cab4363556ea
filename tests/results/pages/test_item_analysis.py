"""Figures about single checks say what they promise, and nothing where there is too little to say it from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_grades import CHECKS, ERRED, FULL, failed, grade_for

from autograder.core.model import Grade, Weighed
from autograder.results.pages import item_analysis
from autograder.results.pages.item_analysis import Item

RAW, FALLS = CHECKS[1], CHECKS[2]


def item(name: str, *grades: Grade) -> Item:
    return next(one for one in item_analysis.items_of(grades) if one.check.name == name)


def students(count: int, *lost: int) -> list[Grade]:
    return [grade_for(f"s{number}", *(failed(CHECKS[at]) for at in lost)) for number in range(count)]


def test_difficulty_is_the_share_of_judged_submissions_that_passed() -> None:
    assert item(RAW.name, *students(3), *students(1, 1), ERRED).passed == 0.75


def test_discrimination_needs_thirty_submissions() -> None:
    few, enough = [*students(20), *students(9, 1, 2)], [*students(20), *students(10, 1, 2)]
    assert item(RAW.name, *few).discrimination is None
    assert item(RAW.name, *enough).discrimination == pytest.approx(1.0)


def test_discrimination_is_the_correlation_with_the_points_for_everything_else() -> None:
    # 20 pass both, 10 fail one, 10 the other, 10 both: the phi coefficient of that table is 1/6.
    grades = [*students(20), *students(10, 1), *students(10, 2), *students(10, 1, 2)]
    assert item(RAW.name, *grades).discrimination == pytest.approx(1 / 6)


def test_a_check_that_everybody_passes_discriminates_nothing() -> None:
    assert item(RAW.name, *students(40)).discrimination is None


def test_a_check_that_alone_fails_many_otherwise_perfect_notebooks_is_suspected() -> None:
    suspected = item(RAW.name, *students(8), *students(3, 1), *students(5, 2))
    assert suspected.suspicion == "It alone fails 3 of the 11 notebooks that pass everything else."


@pytest.mark.parametrize("grades", [students(40), [*students(40), *students(3, 1)], students(20, 1, 2)])
def test_a_check_that_fails_few_or_weak_notebooks_is_not_suspected(grades: list[Grade]) -> None:
    assert item(RAW.name, *grades).suspicion == ""


def test_a_check_that_weak_notebooks_pass_and_strong_ones_fail_is_suspected() -> None:
    grades = [*students(30, 2, 4), *students(10, 1, 4)]
    assert item(RAW.name, *grades).suspicion == "Who passes it does worse in everything else."


def test_a_check_that_broke_is_suspected() -> None:
    assert item(RAW.name, FULL, ERRED).suspicion == "It broke for 1 of the submissions; these wait for a person."


def test_the_numbers_that_decide_are_spread_over_the_class() -> None:
    grades = [replace(FULL, weighed=(Weighed("the accuracy", got, 0.5),)) for got in (-0.2, 0.42, 0.9, 1.0)]
    (spread,) = item_analysis.spreads_of([*grades, ERRED])
    assert (spread.lowest, spread.median, spread.highest) == (-0.2, pytest.approx(0.66), 1.0)
    assert (spread.below, spread.total) == (2, 4)
    assert [at for at, count in enumerate(spread.counts) if count] == [0, 8, 18, 19]
    assert sum(spread.counts) == 4
