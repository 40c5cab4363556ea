"""What being late costs: never less than nothing, never more than was earned, never more for the earlier of two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.core.model import Submission
from autograder.intake.roster import NO_ALLOWANCE, Allowance
from autograder.results import late
from autograder.results.late import Policy

DEADLINE = datetime(2026, 11, 23, 23, 59, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TENTH_A_DAY = Policy(DEADLINE, share=0.1, grace=timedelta(minutes=10), cap=0.5, cutoff=7 * DAY)

spans = st.timedeltas(timedelta(0), timedelta(days=30))
policies = st.builds(
    Policy,
    deadline=st.just(DEADLINE),
    share=st.floats(0, 1),
    period=st.sampled_from([HOUR, DAY]),
    grace=spans,
    cap=st.floats(0, 1),
    cutoff=st.none() | spans,
)
allowances = st.builds(
    Allowance, extension=spans, until=st.none() | spans.map(DEADLINE.__add__), late_days=st.integers(0, 9)
)
times = st.timedeltas(-timedelta(days=9), timedelta(days=40)).map(DEADLINE.__add__)
points = st.floats(0, 1000)


def share(policy: Policy, received: datetime | None, allowance: Allowance = NO_ALLOWANCE) -> float:
    return late.judge(policy, received, allowance).share


@settings(max_examples=200, deadline=None)
@given(policies, times, allowances, points, points)
def test_a_penalty_is_never_negative_and_never_more_than_was_earned(
    policy: Policy, received: datetime, allowance: Allowance, earned: float, most: float
) -> None:
    verdict = late.judge(policy, received, allowance)
    assert 0 <= verdict.share <= 1
    assert 0 <= verdict.penalty(earned, most) <= earned + 1e-6
    assert 0 <= verdict.days_used <= allowance.late_days


@settings(max_examples=200, deadline=None)
@given(policies, times, spans, allowances)
def test_later_never_costs_less(policy: Policy, received: datetime, more: timedelta, allowance: Allowance) -> None:
    assert share(policy, received, allowance) <= share(policy, received + more, allowance)


@settings(max_examples=200, deadline=None)
@given(policies, times, allowances, spans, st.integers(0, 3))
def test_being_allowed_more_never_costs_more(
    policy: Policy, received: datetime, allowance: Allowance, more: timedelta, days: int
) -> None:
    until = allowance.until and allowance.until + more
    wider = Allowance(allowance.extension + more, until, allowance.late_days + days)
    assert share(policy, received, wider) <= share(policy, received, allowance)


@settings(max_examples=100, deadline=None)
@given(times, allowances)
def test_without_a_deadline_nothing_is_late(received: datetime, allowance: Allowance) -> None:
    assert late.judge(Policy(share=1.0), received, allowance) == late.Verdict()


@pytest.mark.parametrize(
    ("after", "allowance", "cost"),
    [
        (-HOUR, Allowance(), 0.0),
        (timedelta(minutes=10), Allowance(), 0.0),
        (timedelta(minutes=11), Allowance(), 0.1),
        (DAY, Allowance(), 0.1),
        (DAY + HOUR, Allowance(), 0.2),
        (6 * DAY, Allowance(), 0.5),
        (7 * DAY, Allowance(), 1.0),
        (2 * DAY, Allowance(extension=2 * DAY), 0.0),
        (2 * DAY, Allowance(until=DEADLINE + 2 * DAY), 0.0),
        (2 * DAY, Allowance(late_days=1), 0.1),
        (2 * DAY, Allowance(late_days=2), 0.0),
        (8 * DAY, Allowance(late_days=2), 0.5),
    ],
)
def test_each_day_begun_costs_its_share(after: timedelta, allowance: Allowance, cost: float) -> None:
    assert share(TENTH_A_DAY, DEADLINE + after, allowance) == pytest.approx(cost)


BERLIN = ZoneInfo("Europe/Berlin")
"""Its clocks go back by an hour in the night to 2026-10-25, and forward in that to 2026-03-29."""


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize("zone", [BERLIN, UTC])
@pytest.mark.parametrize(
    ("deadline", "received", "days"),
    [
        ("2026-10-24 23:59:59", "2026-10-24 23:59:59.7", 0),
        ("2026-10-24 23:59:59", "2026-10-25 00:00:00", 1),
        ("2026-10-24 23:59:59", "2026-10-25 23:59:59", 1),
        ("2026-10-24 23:59:59", "2026-10-26 00:00:00", 2),
        ("2026-10-25 23:59:59", "2026-10-25 23:30:00", 0),
        ("2026-03-28 23:59:59", "2026-03-29 23:59:59", 1),
        ("2026-03-28 23:59:59", "2026-03-30 00:00:00", 2),
    ],
)
def test_a_day_is_a_day_when_the_clocks_change(deadline: str, received: str, days: int, zone: tzinfo) -> None:
    policy = Policy(berlin(deadline), share=0.1)
    assert share(policy, berlin(received).astimezone(zone)) == pytest.approx(0.1 * days)
    allowed = late.judge(policy, berlin(received).astimezone(zone), Allowance(late_days=1))
    assert (allowed.share, allowed.days_used) == (pytest.approx(0.1 * max(0, days - 1)), min(1, days))


@pytest.mark.parametrize(
    ("deadline", "received", "hours"),
    [("2026-10-24 23:00", "2026-10-25 04:00", 6), ("2026-03-28 23:00", "2026-03-29 04:00", 4)],
)
def test_an_hour_is_an_hour_when_the_clocks_change(deadline: str, received: str, hours: int) -> None:
    policy = Policy(berlin(deadline), share=0.1, period=HOUR)
    verdict = late.judge(policy, berlin(received))
    assert (verdict.share, verdict.late) == (pytest.approx(0.1 * hours), hours * HOUR)


def test_of_the_hour_that_comes_twice_the_second_is_later() -> None:
    policy = Policy(berlin("2026-10-25 02:30"), share=0.1)
    again = berlin("2026-10-25 02:15").replace(fold=1)
    assert (share(policy, berlin("2026-10-25 02:15")), share(policy, again)) == (0.0, 0.1)


@pytest.mark.parametrize(
    ("deadline", "extended"),
    [("2026-10-24 23:59:59", "2026-10-26 23:59:59"), ("2026-03-28 23:59:59", "2026-03-31 00:59:59")],
)
def test_an_extension_is_never_short_of_its_days_nor_its_hours(deadline: str, extended: str) -> None:
    assert late.due(Policy(berlin(deadline)), Allowance(extension=2 * DAY)) == berlin(extended)


def test_an_earlier_deadline_of_ones_own_changes_nothing() -> None:
    assert late.due(TENTH_A_DAY, Allowance(until=DEADLINE - DAY)) == DEADLINE


def test_sentences_tell_deadline_lateness_cost_and_late_days() -> None:
    verdict = late.judge(TENTH_A_DAY, DEADLINE + 2 * DAY + HOUR, Allowance(late_days=1))
    assert verdict.sentence == (
        "Handed in 2 d 1 h after the deadline of 2026-11-23 23:59 UTC: 20 % of the points are taken off. "
        "1 late day used."
    )
    assert late.judge(TENTH_A_DAY, DEADLINE).sentence == ""
    assert "not when" in late.judge(TENTH_A_DAY, None, said_late=True).sentence
    assert "not known when" in late.judge(TENTH_A_DAY, None).sentence


def handed_in(*hours: float | None) -> list[Submission]:
    return [
        Submission("ada", f"ada_{number}.ipynb", str(number), None if hour is None else DEADLINE + hour * HOUR)
        for number, hour in enumerate(hours, start=9)
    ]


@pytest.mark.parametrize(
    ("hours", "allowance", "counts", "words"),
    [
        ((-5,), Allowance(), 0, ""),
        ((-5, -1), Allowance(), 1, "the last one counts"),
        ((-1, -5), Allowance(), 0, "the last one counts"),
        ((-5, -1, 3), Allowance(), 1, "the last one before the deadline counts"),
        ((-5, -1, 3), Allowance(extension=4 * HOUR), 2, "the last one counts"),
        ((1, 3), Allowance(), 1, "All came late."),
        ((None, None), Allowance(), 1, "no times are known"),
    ],
)
def test_the_last_before_the_students_own_deadline_counts(
    hours: tuple[float | None, ...], allowance: Allowance, counts: int, words: str
) -> None:
    files = handed_in(*hours)
    counted = late.counting(files[::-1], TENTH_A_DAY, allowance)
    assert counted.submission == files[counts]
    assert words in counted.sentence


def test_without_a_deadline_the_last_counts() -> None:
    files = handed_in(-5, 3)
    assert late.counting(files, Policy()).submission == files[1]
