"""Late work: which of several hand-ins counts, how late it came, and what that costs.

Pure functions of a policy, the deadline, a time stamp, and what one student is allowed. Points of the ledger stay as
they were judged; what lateness costs is worked out anew whenever grades leave.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from autograder.core.course import AssignmentSettings
from autograder.core.model import Grade, Submission
from autograder.grading import scoring
from autograder.intake.roster import NO_ALLOWANCE, Allowance

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Policy:
    """What being late costs: `share` of the assignment's points (0..1) for every `period` begun after the deadline.

    Within `grace` nothing is taken off; beyond it the whole time since the deadline counts. No more than `cap` of the
    points (0..1) is taken off, but from `cutoff` after the deadline on nothing is left. Without a
    deadline nothing is late.
    """

    deadline: datetime | None = None
    share: float = 0.0
    period: timedelta = DAY
    grace: timedelta = timedelta(0)
    cap: float = 1.0
    cutoff: timedelta | None = None


def policy_of(settings: AssignmentSettings) -> Policy:
    """The deadline of an assignment and what being late costs there."""
    table = settings.late
    return Policy(
        deadline=settings.deadline,
        share=table.per_hour or table.per_day,
        period=HOUR if table.per_hour else DAY,
        grace=timedelta(minutes=table.grace_minutes),
        cap=table.cap,
        cutoff=None if table.cutoff_hours is None else timedelta(hours=table.cutoff_hours),
    )


@dataclass(frozen=True)
class Verdict:
    """How late a hand-in came after the student's own deadline, and the share of the points (0..1) that this costs.

    `days_used` of the student's late days made up for the rest. The sentence is empty where there is nothing to say.
    """

    late: timedelta = timedelta(0)
    share: float = 0.0
    days_used: int = 0
    sentence: str = ""

    def penalty(self, points: float, max_points: float) -> float:
        """Points taken off `points`: the share of all points there are, never more than were earned."""
        return round(min(points, self.share * max_points), 6)


@dataclass(frozen=True)
class Counted:
    """The hand-in of a student that counts, and a sentence saying which it is where there were several."""

    submission: Submission
    sentence: str = ""


@dataclass(frozen=True)
class Part:
    """One part of a submission as the gradebook holds it: a stub, or an answer in words.

    `points` are None where a person has to give some first. `by_hand`: a person typed them; the `comment`, too.
    """

    name: str
    points: float | None
    max_points: float
    by_hand: bool = False
    comment: str = ""


@dataclass(frozen=True)
class Total:
    """All points of one submission, those that persons gave among them; `waits` if a part still waits for one."""

    points: float
    max_points: float
    waits: bool
    parts: tuple[Part, ...] = ()

    @property
    def is_unjudged(self) -> bool:
        """Whether nothing of it was judged, but for what a person typed."""
        return self.waits and all(one.points is None or one.by_hand for one in self.parts)

    def part(self, name: str) -> Part | None:
        """The part called so, if the gradebook knows it."""
        return next((one for one in self.parts if one.name == name), None)


def so_far(grade: Grade, total: Total | None) -> float | None:
    """Points before any penalty, though some may be still to come; None where nothing has any yet."""
    return grade.points if total is None or (grade.points is None and total.waits) else total.points


@dataclass(frozen=True)
class Final:
    """What leaves for one student: the grade of the hand-in that counts, and what being late takes off it.

    `which` says which hand-in it is where there were several; `hold` why nothing goes out yet. `total` is what the
    gradebook holds; None: no person gave any points. `name` is the student's in the roster.
    """

    grade: Grade
    submission: Submission
    verdict: Verdict = Verdict()
    which: str = ""
    hold: str = ""
    total: Total | None = None
    name: str = ""

    @property
    def earned(self) -> float | None:
        """Points before any penalty; None where a person has to give some first."""
        if self.total is None:
            return self.grade.points
        return None if self.total.waits else self.total.points

    @property
    def so_far(self) -> float | None:
        """Points before any penalty, though some may be still to come; None where nothing has any yet."""
        return so_far(self.grade, self.total)

    @property
    def comments(self) -> tuple[tuple[str, str], ...]:
        """What a person wrote in formgrader: the part and the words."""
        return tuple((one.name, one.comment) for one in (self.total.parts if self.total else ()) if one.comment)

    @property
    def max_points(self) -> float:
        """Points that could be earned."""
        return self.grade.max_points if self.total is None else self.total.max_points

    @property
    def penalty(self) -> float:
        """Points taken off; 0 where there are none yet."""
        return self.verdict.penalty(self.earned or 0.0, self.grade.max_points)

    @property
    def points(self) -> float | None:
        """Points earned less the penalty, never below 0; None where there are none yet."""
        return None if self.earned is None else scoring.total([self.earned, -self.penalty])

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the student should know beside the checks."""
        left = f"That leaves {scoring.number(self.points)} of {scoring.number(self.max_points)} points."
        lateness = f"{self.verdict.sentence} {left}" if self.penalty else self.verdict.sentence
        return tuple(one for one in (self.which, lateness) if one)


def due(policy: Policy, allowance: Allowance = NO_ALLOWANCE) -> datetime | None:
    """The deadline of one student; None where the assignment has none. An extension never makes it earlier.

    Where clocks are put forward or back during an extension, the later of its end by the clock and in hours counts.
    """
    if policy.deadline is None:
        return None
    by_the_clock = policy.deadline + allowance.extension
    in_hours = policy.deadline.astimezone(UTC) + allowance.extension
    until = [allowance.until] if allowance.until else []
    return max([by_the_clock, in_hours, *until], key=datetime.timestamp).astimezone(policy.deadline.tzinfo)


def judge(
    policy: Policy, received: datetime | None, allowance: Allowance = NO_ALLOWANCE, *, said_late: bool = False
) -> Verdict:
    """How late one hand-in is and what that costs. Where no time is known nothing is taken off; the sentence says so.

    `said_late`: the LMS called it late without telling when it came. Late days and days of the policy are those of the
    calendar where the deadline is, also when a day has 23 or 25 hours; hours are hours.
    """
    deadline = due(policy, allowance)
    if deadline is None:
        return Verdict()
    if received is None:
        return Verdict(sentence=SAID_LATE if said_late else UNTIMED)
    late = _elapsed(deadline, received)
    used = 0 if late <= policy.grace else min(allowance.late_days, _days_begun(deadline, received))
    share = _share(policy, deadline + used * DAY, received)
    return Verdict(late, share, used, _sentence(deadline, late, used, share) if late > policy.grace else "")


def counting(submissions: Sequence[Submission], policy: Policy, allowance: Allowance = NO_ALLOWANCE) -> Counted:
    """Of one student's hand-ins the last one before their deadline; where all are late or without a time, the last."""
    ordered = sorted(submissions, key=_order)
    deadline = due(policy, allowance)
    in_time = [one for one in ordered if deadline and one.received and _elapsed(deadline, one.received) <= policy.grace]
    chosen = (in_time or ordered)[-1]
    return Counted(chosen, _which(chosen, ordered, bool(in_time), deadline is not None) if len(ordered) > 1 else "")


def _share(policy: Policy, deadline: datetime, received: datetime) -> float:
    late = _elapsed(deadline, received)
    if late <= policy.grace:
        return 0.0
    if policy.cutoff is not None and late >= policy.cutoff:
        return 1.0
    begun = _days_begun(deadline, received) if policy.period == DAY else math.ceil(late / policy.period)
    return min(policy.cap, policy.share * begun)


def _elapsed(deadline: datetime, received: datetime) -> timedelta:
    """What really passed since the deadline, nothing before it; a second that has begun is not over.

    Python subtracts two times of one zone as if its clocks were never put back, hence by UTC.
    """
    return max(received.astimezone(UTC).replace(microsecond=0) - deadline.astimezone(UTC), timedelta(0))


def _days_begun(deadline: datetime, received: datetime) -> int:
    """Days of the calendar, where the deadline is, that began after it; at least one for what is late."""
    there = received.astimezone(deadline.tzinfo).replace(tzinfo=None, microsecond=0)
    by_the_clock = math.ceil((there - deadline.replace(tzinfo=None)) / DAY)
    return max(1, by_the_clock) if _elapsed(deadline, received) else 0


def _order(submission: Submission) -> tuple[float, int, list[tuple[int, str]]]:
    """By time; without one by the run that brought it, then by the numbers in its name, which grow in every LMS."""
    parts = re.split(r"(\d+)", submission.path)
    number = [(int(part), "") if part.isdecimal() and len(part) < 40 else (-1, part) for part in parts]
    return submission.received.timestamp() if submission.received else -math.inf, submission.added, number


def _which(chosen: Submission, ordered: Sequence[Submission], in_time: bool, has_deadline: bool) -> str:
    start = f"Of {len(ordered)} files handed in, "
    if chosen.received is None:
        last = "the last by its name counts" if chosen.added == ordered[0].added else "the one collected last counts"
        return f"{start}{last}: no times are known."
    when = _moment(chosen.received)
    if in_time and chosen is not ordered[-1]:
        return f"{start}the last one before the deadline counts, that of {when}; later ones were not graded."
    return f"{start}the last one counts, that of {when}." + (" All came late." if has_deadline and not in_time else "")


def _sentence(deadline: datetime, late: timedelta, used: int, share: float) -> str:
    start = f"Handed in {_length(late)} after the deadline of {_moment(deadline)}"
    days = f" {used} late {'day' if used == 1 else 'days'} used." if used else ""
    cost = "nothing is taken off" if not share else f"{round(100 * share, 2):g} % of the points are taken off"
    return f"{start}: {cost}.{days}"


SAID_LATE = "The LMS says that this came late, but not when: nothing is taken off here."
UNTIMED = "It is not known when this was handed in: nothing is taken off."
"""What is said of hand-ins that no penalty can be reckoned for."""


def _moment(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} {when.tzname() or ''}".strip()


def _length(time: timedelta) -> str:
    minutes = max(1, math.ceil(time / timedelta(minutes=1)))
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "d"), (hours, "h"), (rest, "min")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number)
