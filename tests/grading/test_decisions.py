"""Marks that persons give: which count, what they change, what stays open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sample_grades import CHECKS, CLASS, ERRED, FULL, HOSTILE, PARTLY, UNREADABLE

from autograder.core.decision import Act, Decided, Decision, Hand
from autograder.core.errors import CourseError
from autograder.core.model import Grade, Outcome, RunStatus
from autograder.grading import decisions
from autograder.grading.ledger import Ledger

RAW, LOSS, COLUMNS = "test_scores_are_raw", "test_loss_falls", "test_scores_have_ten_columns"
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def hand(why: str = "Looked at.", hour: int = 12) -> Hand:
    return Hand("mia", NOON.replace(hour=hour), why)


def points(row: Grade, *said: Decision) -> float | None:
    return decisions.counted([row], said)[0].points


def test_given_points_replace_the_judges_and_the_total_follows() -> None:
    assert PARTLY.points == 3.5
    half = decisions.mark(PARTLY, LOSS, 1.25, hand("Half of it is there."))
    assert (half.before, half.after) == (0.0, 1.25)
    (row,) = decisions.counted([PARTLY], [half])
    assert (row.points, row.status, row.reason) == (4.75, PARTLY.status, PARTLY.reason)
    marked = next(result for result in row.checks if result.check.name == LOSS)
    assert isinstance(marked, Decided)
    assert (marked.outcome, marked.judged) == (Outcome.FAILED, PARTLY.checks[2])
    assert "1.25 of 2.5 points: Half of it is there." in marked.message
    assert decisions.counted([FULL, UNREADABLE], [half]) == [FULL, UNREADABLE]


def test_of_several_marks_the_last_counts_until_it_is_withdrawn() -> None:
    said = [decisions.mark(PARTLY, RAW, 1.0, hand())]
    said.append(decisions.mark(decisions.counted([PARTLY], said)[0], RAW, 2.0, hand()))
    assert [(one.before, one.after) for one in said] == [(0.0, 1.0), (1.0, 2.0)]
    assert points(PARTLY, *said) == 5.5
    said.append(decisions.withdraw(decisions.counted([PARTLY], said)[0], RAW, hand()))
    assert (said[-1].before, said[-1].after) == (2.0, 0.0)
    assert points(PARTLY, *said) == PARTLY.points
    with pytest.raises(CourseError, match="nothing to withdraw"):
        decisions.withdraw(PARTLY, RAW, hand())


def test_a_note_about_a_student_without_work_is_answered_by_a_mark_for_what_comes_later() -> None:
    note = decisions.note_without_work(PARTLY.student, "", hand("Comes on Friday."))
    assert decisions.open_notes([note, decisions.mark(FULL, LOSS, 1.0, hand())]) == [note]
    assert decisions.open_notes([note, decisions.mark(PARTLY, LOSS, 1.0, hand())]) == []


def test_a_mark_for_the_check_that_broke_ends_the_waiting() -> None:
    said = decisions.mark(ERRED, RAW, 2.0, hand())
    assert said.before is None
    (row,) = decisions.counted([ERRED], [said])
    assert (row.points, row.status, row.reason) == (8.0, RunStatus.GRADED, "")
    other = decisions.mark(ERRED, COLUMNS, 0.0, hand())
    (row,) = decisions.counted([ERRED], [other])
    assert (row.points, row.status) == (None, RunStatus.NEEDS_HUMAN)


def test_a_mark_outlives_new_results_but_not_another_file() -> None:
    said = decisions.mark(PARTLY, LOSS, 2.0, hand())
    better = replace(PARTLY, checks=FULL.checks, points=8.0, fingerprint="e" * 64)
    assert points(better, said) == 7.5
    assert decisions.unseated([better], [said]) == []
    other = replace(PARTLY, sha256="6" * 64)
    assert points(other, said) == PARTLY.points
    assert decisions.unseated([other], [said]) == [said]
    without = replace(PARTLY, checks=PARTLY.checks[:2])
    assert decisions.unseated([without], [said]) == [said]


def test_no_more_is_given_than_a_check_is_worth_now() -> None:
    said = decisions.mark(PARTLY, LOSS, 2.5, hand())
    cheap = tuple(replace(one, check=replace(one.check, points=1.0)) for one in PARTLY.checks)
    assert points(replace(PARTLY, checks=cheap), said) == 4.0


@pytest.mark.parametrize("given", [-0.5, 2.6, float("nan"), float("inf")])
def test_points_that_a_check_is_not_worth_are_refused(given: float) -> None:
    with pytest.raises(CourseError, match=r"worth 0 to 2\.5 points"):
        decisions.mark(PARTLY, LOSS, given, hand())


def test_a_check_that_is_not_there_is_answered_with_those_there_are() -> None:
    with pytest.raises(CourseError, match=rf"bela has no such check\. There are: {COLUMNS}, {RAW}"):
        decisions.mark(PARTLY, "test_los_falls", 1.0, hand())
    with pytest.raises(CourseError, match="emil has no checks to mark: unreadable"):
        decisions.mark(UNREADABLE, LOSS, 1.0, hand())


def test_a_note_changes_nothing_and_stays_open_until_it_is_answered() -> None:
    one, whole = decisions.note(PARTLY, LOSS, hand("Says the data were odd.")), decisions.note(PARTLY, "", hand())
    assert points(PARTLY, one, whole) == PARTLY.points
    elsewhere = decisions.mark(FULL, LOSS, 1.0, hand())
    assert decisions.open_notes([one, whole, elsewhere]) == [one, whole]
    other = decisions.mark(PARTLY, RAW, 0.0, hand("As it was."))
    assert decisions.open_notes([one, whole, other]) == [one]
    assert decisions.open_notes([one, decisions.mark(PARTLY, LOSS, 0.0, hand()), whole]) == [whole]


@pytest.mark.parametrize("text", HOSTILE)
def test_the_ledger_keeps_each_decision_letter_for_letter(tmp_path: Path, text: str) -> None:
    row = replace(FULL, student=text)
    said = [
        decisions.note(row, "", Hand(text, NOON, text)),
        decisions.mark(row, CHECKS[0].name, 0.5, Hand("mia", NOON, text)),
    ]
    with Ledger.open(tmp_path / "ledger.db") as book:
        book.add(row)
        for one in said:
            book.decide("digits", one)
        assert book.decisions("loops") == []
    with Ledger.open(tmp_path / "ledger.db") as book:
        assert book.decisions("digits") == said
        assert [one.act for one in said] == [Act.NOTED, Act.MARKED]
        assert book.grades("digits") == [row]


def test_rows_of_nobody_decided_about_are_the_same_objects() -> None:
    assert all(one is other for one, other in zip(decisions.counted(CLASS, []), CLASS, strict=True))
