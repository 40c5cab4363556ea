"""What is open in a class is listed, each thing under the topic that tells what to do about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sample_grades import CLASS, ERRED, FULL, PARTLY, UNREADABLE

from autograder.core.decision import Decision, Hand
from autograder.core.model import Grade, Submission
from autograder.grading import decisions
from autograder.intake.record import HandIns
from autograder.results import kept
from autograder.results.kept import Kept, Question
from autograder.results.late import Final, Part, Total

LOSS, RAW = "test_loss_falls", "test_scores_are_raw"
HAND = Hand("mia", datetime(2026, 11, 30, 12, 5, tzinfo=UTC), "Looked at.")
STAMP = "by mia, 2026-11-30 12:05 UTC): Looked at."


def questions(rows: tuple[Grade, ...], *said: Decision, totals: dict[str, Total] | None = None) -> list[Question]:
    counted = tuple(decisions.counted(rows, said))
    ends = [
        Final(row, Submission(*row.key[:1], "", row.sha256), total=(totals or {}).get(row.student)) for row in counted
    ]
    return list(kept.questions(Kept(HandIns("digits", "f" * 64, ()), counted, said), ends))


def test_where_all_was_judged_and_nobody_asked_nothing_is_open() -> None:
    assert questions((FULL, PARTLY, UNREADABLE)) == []


def test_who_needs_a_person_is_listed_until_a_mark_ends_it() -> None:
    assert [(one.topic, one.student) for one in questions(CLASS)] == [("Needs a person", "dora")]
    mark = decisions.mark(ERRED, RAW, 2.0, HAND)
    assert questions(CLASS, mark) == [Question("Marked by hand", "dora", f"{RAW}, – → 2 points (marked {STAMP}")]


def test_a_note_is_listed_until_it_is_answered() -> None:
    note = decisions.note(PARTLY, "", HAND)
    assert questions(CLASS[:3], note) == [Question("Asks for another look", "bela", f"the whole (noted {STAMP}")]
    answer = decisions.mark(PARTLY, LOSS, 0.0, HAND)
    assert [one.topic for one in questions(CLASS[:3], note, answer)] == ["Marked by hand"]


def test_a_mark_for_another_file_is_listed_as_one_that_does_not_count() -> None:
    mark = decisions.mark(replace(PARTLY, sha256="6" * 64), LOSS, 2.0, HAND)
    (one,) = questions((PARTLY,), mark)
    assert (one.topic, one.student) == ("Mark without a place", "bela")
    assert "counts no longer" in one.sentence


def test_what_waits_or_was_typed_in_formgrader_is_listed() -> None:
    waits = Total(8.0, 10.0, True, (Part("model", 4.0, 4.0), Part("why", None, 2.0)))
    typed = Total(6.5, 10.0, False, (Part("train", 2.5, 3.0, by_hand=True, comment="Nearly."), Part("why", 0.0, 2.0)))
    assert questions((FULL, PARTLY), totals={"ada": waits, "bela": typed}) == [
        Question("Waits in formgrader", "ada", "why"),
        Question("Typed in formgrader", "bela", "train: 2.5 of 3 points. Nearly."),
    ]
