"""The audit: what it calls a miss, and how sure it is of its rates."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from places import ROOT

from autograder.authoring import audit
from autograder.authoring.audit import Rate, Verdict
from autograder.authoring.variant import Variant, parse
from autograder.core.course import Course
from autograder.core.errors import CourseError
from autograder.core.model import Advice, Check, CheckResult, Grade, Outcome, RunStatus
from autograder.grading.ledger import Ledger

DIGITS = Course(ROOT).assignment("digits")
MODEL, TRAIN, WHOLE = (Check(f"test_{stub}", stub, 2, stub) for stub in ("model", "train", "whole"))


def row(*failed: tuple[Check, str | None], advice: str | None = None, points: float | None = -1) -> Grade:
    """A graded submission that lost the checks `failed`, each with a hint."""
    lost = dict(failed)
    told = (Advice(advice, ""),) if advice else ()
    results = tuple(
        CheckResult(check, Outcome.FAILED, lost[check], "what was seen")
        if check in lost
        else CheckResult(check, Outcome.PASSED, advice=told)
        for check in (MODEL, TRAIN, WHOLE)
    )
    earned = sum(result.points for result in results) if points == -1 else points
    return Grade("x", "digits", "f", "s", RunStatus.GRADED, earned, 6, 1, results)


def wrong(**keys: str) -> Variant:
    return Variant("x", "wrong", keys)


def verdict(one: Variant, grade: Grade, right: bool = False) -> Verdict:
    return audit.judge(one, right, 1, grade).verdict


def test_a_right_variant_must_keep_all_points() -> None:
    assert verdict(Variant("x", ""), row(), right=True) is Verdict.RIGHT
    assert verdict(Variant("x", ""), row((WHOLE, None)), right=True) is Verdict.WRONGLY_FAILED


def test_a_wrong_variant_must_lose_points_of_its_stub() -> None:
    assert verdict(wrong(fails="model"), row((MODEL, "a"))) is Verdict.CAUGHT
    assert verdict(wrong(fails="model"), row()) is Verdict.MISSED
    assert verdict(wrong(fails="model"), row((WHOLE, None))) is Verdict.MISSED
    assert verdict(wrong(fails="any"), row((TRAIN, None))) is Verdict.CAUGHT


def test_another_stub_that_loses_points_is_an_error_unless_it_is_named() -> None:
    both = row((MODEL, "a"), (TRAIN, "b"))
    assert verdict(wrong(fails="model"), both) is Verdict.WRONGLY_FAILED
    assert verdict(wrong(fails="model", also="train"), both) is Verdict.CAUGHT
    assert verdict(wrong(fails="model"), row((MODEL, "a"), (WHOLE, None))) is Verdict.CAUGHT


def test_of_another_stub_that_loses_points_the_first_failure_is_told_and_the_rest_named() -> None:
    both = row((MODEL, "a"), (TRAIN, "b"))
    more = replace(both.checks[1], check=replace(TRAIN, name="test_more"), message="what followed")
    told = audit.judge(wrong(fails="model"), False, 1, replace(both, checks=(*both.checks, more))).detail
    assert told == "train lost points too: test_train: what was seen Also: test_more."


def test_the_hint_told_first_is_that_of_the_stubs_first_failed_check() -> None:
    assert verdict(wrong(fails="train", hint="b", also="model"), row((MODEL, "a"), (TRAIN, "b"))) is Verdict.CAUGHT
    assert verdict(wrong(fails="model", hint="b"), row((MODEL, "a"))) is Verdict.OTHER_HINT
    assert verdict(wrong(fails="model", hint="b, a"), row((MODEL, "a"))) is Verdict.CAUGHT


def test_the_words_told_first_must_hold_what_the_variant_says_and_nothing_that_it_forbids() -> None:
    assert verdict(wrong(fails="model", says="was [a-z]een"), row((MODEL, "a"))) is Verdict.CAUGHT
    assert verdict(wrong(fails="model", says="flatten"), row((MODEL, "a"))) is Verdict.OTHER_WORDS
    assert verdict(wrong(fails="model", silent="seen"), row((MODEL, "a"))) is Verdict.OTHER_WORDS
    trial = audit.judge(wrong(fails="model", says="flatten"), False, 1, row((MODEL, "a")))
    assert trial.detail == "does not say /flatten/: what was seen"
    assert str(audit.rates([trial])["in other words"]).startswith("1 of 1")


def test_a_right_variant_may_hear_only_the_advice_that_it_says_it_deserves() -> None:
    advised = audit.judge(Variant("x", ""), True, 1, row(advice="c"))
    assert (advised.verdict, advised.detail) == (Verdict.ADVISED, "the advice c")
    assert Verdict.ADVISED not in audit.GOOD
    assert str(audit.rates([advised])["advised though right"]).startswith("1 of 1")
    assert str(audit.rates([advised])["wrongly failed"]).startswith("0 of 1")
    deserving = Variant("x", "", {"advice": "b, c"})
    assert verdict(deserving, row(advice="c"), right=True) is Verdict.RIGHT
    assert verdict(deserving, row(), right=True) is Verdict.RIGHT
    assert verdict(deserving, row(advice="d"), right=True) is Verdict.ADVISED
    assert verdict(Variant("x", "", {"advice": "c", "silent": "c"}), row(advice="c"), right=True) is Verdict.OTHER_WORDS
    assert verdict(Variant("x", "", {"silent": "c"}), row(), right=True) is Verdict.RIGHT


def test_advice_must_be_told_and_cost_nothing() -> None:
    advised = wrong(advice="yes", hint="c")
    assert verdict(advised, row(advice="c")) is Verdict.CAUGHT
    assert verdict(advised, row()) is Verdict.MISSED
    assert verdict(advised, row((MODEL, "c"))) is Verdict.WRONGLY_FAILED


def test_what_waits_for_a_person_is_not_judged() -> None:
    assert verdict(wrong(fails="model"), row((MODEL, "a"), points=None)) is Verdict.UNJUDGED


@pytest.mark.parametrize(("hits", "trials", "bound"), [(0, 59, 0.0495), (0, 299, 0.00997), (1, 100, 0.0466), (3, 3, 1)])
def test_the_bound_is_the_exact_binomial_one(hits: int, trials: int, bound: float) -> None:
    assert audit._upper_bound(hits, trials) == pytest.approx(bound, abs=2e-4)


def test_rates_count_what_the_judge_got_wrong() -> None:
    trials = [
        audit.judge(Variant("r", ""), True, 1, row()),
        audit.judge(wrong(fails="model", hint="b"), False, 1, row((MODEL, "a"))),
        audit.judge(wrong(fails="model"), False, 1, row()),
    ]
    rates = audit.rates(trials)
    assert [(rate.hits, rate.trials) for rate in rates.values()] == [(0, 1), (1, 2), (1, 1), (0, 0), (0, 1), (0, 3)]
    assert isinstance(rates["missed"], Rate)


def test_what_was_not_judged_is_neither_missed_nor_wrongly_failed() -> None:
    waits, caught = row((MODEL, "a"), points=None), row((MODEL, "a"))
    trials = [audit.judge(wrong(fails="model"), False, 1, one) for one in (waits, caught)]
    trials.append(audit.judge(Variant("x", ""), True, 1, waits))
    told = {title: (rate.hits, rate.trials) for title, rate in audit.rates(trials).items() if rate.trials or rate.hits}
    assert told == {"missed": (0, 1), "another hint first": (0, 1), "not judged": (2, 3)}


def test_an_empty_bank_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="neither right/ nor wrong/"):
        audit.bank(tmp_path)


def test_a_bank_is_read_by_name(tmp_path: Path) -> None:
    for kind, name in (("wrong", "b"), ("right", "a")):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / f"{name}.py").write_text('"""Title."""\n# %% model\npass\n')
    assert [(one.name, right) for one, right in audit.bank(tmp_path)] == [("a", True), ("b", False)]
    assert parse("a", '"""Title."""\n# %% model\npass').cells == (("model", "pass"),)


def test_the_page_counts_each_mistake_and_the_judges_own() -> None:
    trials = [
        audit.judge(Variant("fine", ""), True, 1, row()),
        audit.judge(wrong(fails="train", hint="b"), False, 1, row((TRAIN, "b"))),
        audit.judge(wrong(fails="train", hint="b"), False, 2, row()),
    ]
    page = audit.page(trials, "digits")
    assert "1 variants in 1 trials that must earn full points, 1 variants in 2 trials that must be caught" in page
    assert "| b | 2 | 1 | 1 |" in page
    assert "| missed | 1 of 2" in page


class Judge(Executor):
    """Answers each task with `row` and counts them."""

    def __init__(self, row: Grade) -> None:
        self.row, self.asked = row, 0

    def submit(self, function: Any, task: Any, /) -> Future[Any]:  # type: ignore[override]
        self.asked += 1
        future: Future[Any] = Future()
        future.set_result(replace(self.row, student=task.submission.student, sha256=task.submission.sha256))
        return future


def trials(judge: Judge, ledger: Ledger, seeds: int = 1) -> list[audit.Trial]:
    return audit.audit(DIGITS, [(Variant("x", ""), True)], judge, seeds=seeds, ledger=ledger)


def test_a_stopped_audit_goes_on_where_it_ended(tmp_path: Path) -> None:
    judge = Judge(row())
    with Ledger.open(tmp_path / "audit.db") as ledger:
        first = trials(judge, ledger)
        assert (trials(judge, ledger, seeds=3)[:1], judge.asked) == (first, 3)


def test_what_waits_for_a_person_is_tried_again_in_the_next_audit(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "audit.db") as ledger:
        waiting = replace(row(points=None), status=RunStatus.NEEDS_HUMAN)
        assert [trial.verdict for trial in trials(Judge(waiting), ledger)] == [Verdict.UNJUDGED]
        assert [trial.verdict for trial in trials(Judge(row()), ledger)] == [Verdict.RIGHT]


def test_nothing_is_taken_over_from_before_the_kit_or_the_data_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = Judge(row())
    with Ledger.open(tmp_path / "audit.db") as ledger:
        trials(judge, ledger)
        monkeypatch.setenv("AUTOGRADER_DATA", str(tmp_path))
        trials(judge, ledger)
        monkeypatch.setattr(audit, "__file__", str(tmp_path / "autograder" / "authoring" / "audit.py"))
        trials(judge, ledger)
    assert judge.asked == 3
