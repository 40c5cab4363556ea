"""From check results to a status and points; what of them students may read."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace

import pytest
from sample_grades import CHECKS, ERRED, FULL, HINTS, PARTLY, SECRET, failed, passed

from autograder.core.errors import SandboxEnded
from autograder.core.model import (
    Advice,
    Check,
    CheckResult,
    Exhibit,
    Failure,
    Grade,
    Outcome,
    Picture,
    Repair,
    RunStatus,
    Submission,
)
from autograder.grading import scoring
from autograder.results import telling

PASSED = tuple(map(passed, CHECKS))
REPAIR = Repair("Cell 7 was found by its text marker.")


def grade(**facts: object) -> Grade:
    terms = scoring.Terms("digits", "f", 1, facts.pop("promised", CHECKS))  # type: ignore[arg-type]
    return scoring.grade_of(Submission("ada", "ada.ipynb", "5"), terms, scoring.Evidence(**facts))  # type: ignore[arg-type]


def ending(status: RunStatus) -> SandboxEnded:
    return SandboxEnded(Failure("Ended", f"It was {status.value}."), status)


def test_statuses_are_decided_in_the_order_of_their_type() -> None:
    order = list(RunStatus)
    assert [scoring.deciding(order[start:][::-1]) for start in range(len(order))] == order
    assert scoring.deciding([]) is RunStatus.GRADED


def test_passed_checks_earn_their_points_and_nothing_else() -> None:
    result = grade(results=[*PASSED[:2], failed(CHECKS[2]), CheckResult(CHECKS[3], Outcome.NOT_ATTEMPTED), PASSED[4]])
    assert (result.status, result.points, result.max_points) == (RunStatus.GRADED, 5.0, 8.0)


def test_points_are_free_of_binary_dust() -> None:
    checks = [Check(f"test_{number}", "model", 0.1, "") for number in range(3)]
    assert grade(promised=checks, results=map(passed, checks)).points == 0.3


@pytest.mark.parametrize(
    "status", [RunStatus.PROTOCOL, RunStatus.OUT_OF_MEMORY, RunStatus.TIMED_OUT, RunStatus.CRASHED], ids=str
)
def test_an_ended_sandbox_costs_only_the_checks_that_met_it(status: RunStatus) -> None:
    result = grade(results=[failed(CHECKS[0]), *PASSED[1:]], endings=[ending(status)], repairs=[REPAIR])
    assert (result.status, result.points, result.reason) == (status, 6.0, f"It was {status.value}.")


def test_the_reason_is_that_of_the_deciding_ending() -> None:
    result = grade(results=PASSED, endings=[ending(RunStatus.CRASHED), ending(RunStatus.PROTOCOL)])
    assert result.reason == "It was protocol."


def test_a_repair_is_told_and_costs_nothing() -> None:
    result = grade(results=PASSED, repairs=[REPAIR])
    assert (result.status, result.points, result.repairs) == (RunStatus.REPAIRED, 8.0, (REPAIR,))


def test_an_error_of_ours_waits_for_a_person() -> None:
    result = grade(results=[CheckResult(CHECKS[0], Outcome.ERROR, message="No data."), *PASSED[1:]])
    assert (result.status, result.points) == (RunStatus.NEEDS_HUMAN, None)
    assert result.reason == f"The grader could not judge the check {CHECKS[0].name}: No data."


def test_a_promised_check_without_result_is_our_error() -> None:
    result = grade(results=PASSED[1:])
    assert (result.status, result.points, len(result.checks)) == (RunStatus.NEEDS_HUMAN, None, len(CHECKS))
    assert result.checks[0].outcome is Outcome.ERROR


@pytest.mark.parametrize("status", sorted(scoring.UNJUDGED))
def test_what_was_refused_has_a_reason_and_no_points(status: RunStatus) -> None:
    result = grade(refused=(status, "It is no notebook."))
    assert (result.status, result.points, result.max_points, result.checks) == (status, None, 8.0, ())
    assert result.reason == "It is no notebook."


def test_results_stand_in_the_order_of_the_checks() -> None:
    assert grade(results=PASSED[::-1]).checks == PASSED
    assert list(scoring.by_stub(PASSED)) == ["model", "train", "whole"]


def test_students_read_of_a_hidden_check_its_hint_alone() -> None:
    told = telling.told(failed(CHECKS[1], SECRET, "softmax-before-cross-entropy"), HINTS)
    assert told == "CrossEntropyLoss applies softmax itself: return the raw scores."
    assert SECRET not in telling.told(failed(CHECKS[1], SECRET), HINTS)
    assert SECRET not in telling.told(CheckResult(CHECKS[1], Outcome.NOT_ATTEMPTED, message=SECRET), HINTS)


def test_students_read_of_a_public_check_message_and_hint_once() -> None:
    hint = HINTS["softmax-before-cross-entropy"].text
    assert telling.told(failed(CHECKS[0], "Got 0.1.", "softmax-before-cross-entropy"), HINTS) == f"Got 0.1.\n\n{hint}"
    assert telling.told(failed(CHECKS[0], f"Got 0.1.\n{hint}", "softmax-before-cross-entropy"), HINTS).count(hint) == 1


def test_students_never_read_our_errors() -> None:
    assert SECRET not in telling.told(ERRED.checks[1], HINTS) + telling.reason_told(ERRED)
    assert telling.reason_told(PARTLY) == PARTLY.reason


def test_advice_is_told_once_and_of_hidden_checks_without_detail() -> None:
    advice = Advice("uses-convolution", SECRET)
    hidden = replace(passed(CHECKS[1], advice), check=CHECKS[1])
    assert telling.advised([hidden, hidden], HINTS) == [(CHECKS[1], "A linear model is enough.")]
    assert telling.advised(FULL.checks, HINTS) == [(CHECKS[0], "Two Conv2d layers. A linear model is enough.")]
    assert telling.advised([passed(CHECKS[1], Advice("unknown", SECRET))], HINTS) == []


@pytest.mark.parametrize(("points", "shown"), [(None, "–"), (4.0, "4"), (0.5, "0.5"), (1 / 3, "0.33"), (0.0, "0")])
def test_points_are_written_as_people_write_them(points: float | None, shown: str) -> None:
    assert scoring.number(points) == shown


def test_every_text_of_a_row_has_a_length_and_says_that_it_was_cut() -> None:
    flood = "flood " * 1_000_000
    pictures = (Picture(flood, 28, "00" * 28 * 28), Picture("", 4096, "00" * 4096 * 4096))
    flooded = CheckResult(
        CHECKS[0],
        Outcome.FAILED,
        message=flood,
        advice=(Advice("slow", flood),),
        exhibits=(Exhibit(flood, lines=((flood, 1.0),) * 1000, pictures=pictures),) * 1000,
    )
    row = grade(results=[flooded, *PASSED[1:]], repairs=[Repair(flood)] * 5000, endings=[])
    assert len(json.dumps(asdict(row))) < 700_000
    assert row.points == 6.0
    result = row.checks[0]
    for text in (result.message, result.advice[0].message, result.exhibits[0].title, row.repairs[0].sentence):
        assert text.startswith("flood flood")
        assert re.search(r"\[cut here: 599\d+ more characters\]$", text)
    assert [each.width for each in result.exhibits[0].pictures] == [28]
    assert "4900 more" in row.repairs[-1].sentence


def test_texts_of_usual_length_stay_as_they_are() -> None:
    result = replace(failed(CHECKS[0]), message="x" * 3_000)
    assert grade(results=[result, *PASSED[1:]], repairs=[REPAIR]).checks[0] == result
