"""From check results to a grade.

"We could not judge" is never "the student failed": a check that ended in our own error, or is missing, leaves the
whole submission without points until a person has looked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.core.errors import SandboxEnded
from autograder.core.model import Check, CheckResult, Grade, Outcome, Repair, RunStatus, Submission
from autograder.grading.lengths import repairs_in_bounds, result_in_bounds, shortened

_ORDER = tuple(RunStatus)
UNJUDGED = frozenset({RunStatus.UNREADABLE, RunStatus.NEEDS_HUMAN})


def deciding(statuses: Iterable[RunStatus]) -> RunStatus:
    """The status that counts when several fit: the first in `RunStatus`'s order; `GRADED` if none is given."""
    return min(statuses, key=_ORDER.index, default=RunStatus.GRADED)


def total(points: Iterable[float]) -> float:
    """The sum of points, free of the dust of binary fractions (0.1 + 0.2 is 0.3)."""
    return round(math.fsum(points), 6)


def score(
    results: Sequence[CheckResult], endings: Sequence[RunStatus] = (), repaired: bool = False
) -> tuple[RunStatus, float | None]:
    """The run status and the points of one submission; points are None where a person must look first.

    `endings` says how sandboxes ended that did not end well.
    """
    statuses = [*endings, RunStatus.REPAIRED] if repaired else list(endings)
    if any(result.outcome is Outcome.ERROR for result in results):
        statuses.append(RunStatus.NEEDS_HUMAN)
    status = deciding(statuses)
    return status, None if status in UNJUDGED else total(result.points for result in results)


@dataclass(frozen=True)
class Terms:
    """Under which terms a submission is graded: the assignment, its state, the seed, and all checks it `promised`."""

    assignment: str
    fingerprint: str
    seed: int
    promised: Sequence[Check] = ()


@dataclass(frozen=True)
class Evidence:
    """What came of one submission: results of checks, and how sandboxes ended that did not end well.

    `refused` says why nothing was run (`UNREADABLE` or `NEEDS_HUMAN`, with a sentence).
    """

    results: Sequence[CheckResult] = ()
    endings: Sequence[SandboxEnded] = ()
    repairs: Sequence[Repair] = ()
    refused: tuple[RunStatus, str] | None = None
    printed: str = ""
    sandbox: Sequence[str] = ()


def grade_of(submission: Submission, terms: Terms, evidence: Evidence) -> Grade:
    """The one grade of `submission`, with one result for every promised check, in their order.

    A check that has no result counts as our error. Of a refused submission there are no results and no points. All
    texts have a length.
    """
    checks = () if evidence.refused else _complete(terms.promised, evidence.results)
    mended = any(not repair.notice for repair in evidence.repairs)
    status, points = score(checks, [ending.status for ending in evidence.endings], mended)
    reason = _reason(status, checks, evidence.endings)
    if evidence.refused:
        (status, reason), points = evidence.refused, None
    return Grade(
        student=submission.student,
        assignment=terms.assignment,
        fingerprint=terms.fingerprint,
        sha256=submission.sha256,
        status=status,
        points=points,
        max_points=total(check.points for check in terms.promised),
        seed=terms.seed,
        checks=checks,
        repairs=repairs_in_bounds(evidence.repairs),
        reason=shortened(reason),
        sandbox=tuple(evidence.sandbox),
        printed=evidence.printed,
    )


def by_stub(results: Iterable[CheckResult]) -> dict[str, tuple[CheckResult, ...]]:
    """The results of each stub, stubs in the order of their first check."""
    stubs: dict[str, tuple[CheckResult, ...]] = {}
    for result in results:
        stubs[result.check.stub] = (*stubs.get(result.check.stub, ()), result)
    return stubs


def number(points: float | None) -> str:
    """Points as people write them: "4", "0.5", and a dash where there are none yet."""
    return "–" if points is None else f"{round(points, 2):g}"


def _complete(promised: Sequence[Check], results: Sequence[CheckResult]) -> tuple[CheckResult, ...]:
    known = {result.check.name: result for result in results}
    missing = "The check gave no result, which is the grader's own fault."
    every = (known.get(check.name, CheckResult(check, Outcome.ERROR, message=missing)) for check in promised)
    return tuple(map(result_in_bounds, every))


def _reason(status: RunStatus, results: Sequence[CheckResult], endings: Sequence[SandboxEnded]) -> str:
    if status is RunStatus.NEEDS_HUMAN:
        failed = next((result for result in results if result.outcome is Outcome.ERROR), None)
        if failed:
            return f"The grader could not judge the check {failed.check.name}: {failed.message}"
    if status is RunStatus.REPAIRED:
        return "The notebook was mended before it was graded."
    return next((ending.failure.message for ending in endings if ending.status is status), "")


def lost(grade: Grade) -> str:
    """What keeps a solution from earning all points, for whoever wrote the assignment; "" if nothing does."""
    if grade.points == grade.max_points:
        return ""
    failed = [
        f"{result.check.name}: {result.message} {result.place}".strip() for result in grade.checks if not result.points
    ]
    ended = f" ({grade.status.value}: {grade.reason})" if grade.reason else ""
    return "\n".join([f"it earned {grade.points} of {grade.max_points}{ended}.", *failed])
