"""From check results to a grade, and what of a check's result its student may read.

"We could not judge" is never "the student failed": a check that ended in our own error, or is missing, leaves the
whole submission without points until a person has looked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from autograder.core.errors import SandboxEnded
from autograder.core.model import Advice, Check, CheckResult, Grade, Outcome, Repair, RunStatus, Submission

if TYPE_CHECKING:
    from autograder.checks.hints import Hint

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


def grade_of(
    submission: Submission,
    *,
    assignment: str,
    fingerprint: str,
    seed: int,
    promised: Sequence[Check],
    results: Sequence[CheckResult] = (),
    endings: Sequence[SandboxEnded] = (),
    repairs: Sequence[Repair] = (),
    refused: tuple[RunStatus, str] | None = None,
    seconds: float = 0.0,
    cpu_seconds: float = 0.0,
    sandbox: Sequence[str] = (),
    printed: str = "",
) -> Grade:
    """The one grade of `submission`, with one result for every promised check, in their order.

    `promised` are all checks of the assignment; one that has no result counts as our error. `endings` are the
    sandboxes that did not end well. `refused` says why nothing was run (`UNREADABLE` or `NEEDS_HUMAN`, with a
    sentence); then there are no results and no points.
    """
    checks = () if refused else _complete(promised, results)
    status, points = score(checks, [ending.status for ending in endings], any(not repair.notice for repair in repairs))
    reason = _reason(status, checks, endings)
    if refused:
        (status, reason), points = refused, None
    return Grade(
        student=submission.student,
        assignment=assignment,
        fingerprint=fingerprint,
        sha256=submission.sha256,
        status=status,
        points=points,
        max_points=total(check.points for check in promised),
        seed=seed,
        checks=checks,
        repairs=tuple(repairs),
        reason=reason,
        seconds=seconds,
        cpu_seconds=cpu_seconds,
        sandbox=tuple(sandbox),
        printed=printed,
    )


def by_stub(results: Iterable[CheckResult]) -> dict[str, tuple[CheckResult, ...]]:
    """The results of each stub, stubs in the order of their first check."""
    stubs: dict[str, tuple[CheckResult, ...]] = {}
    for result in results:
        stubs[result.check.stub] = (*stubs.get(result.check.stub, ()), result)
    return stubs


def told(result: CheckResult, hints: Mapping[str, Hint]) -> str:
    """What the student may read of a check that did not pass: nothing that a hidden check looked at, got or wanted.

    The text is untrusted: it may quote student code.
    """
    hint = hints[result.hint].text if result.hint and result.hint in hints else ""
    if result.outcome is Outcome.PASSED:
        return ""
    if result.outcome is Outcome.ERROR:
        return "The grader itself failed here. That costs you nothing: a person will look at it."
    if result.outcome is Outcome.NOT_ATTEMPTED:
        return "" if result.check.hidden else result.message
    if result.check.hidden:
        return hint or "This check is hidden: what it looked at is not shown."
    return result.message if hint in result.message else f"{result.message}\n\n{hint}".strip()


def as_told(grade: Grade, hints: Mapping[str, Hint]) -> Grade:
    """The grade as its student may read it; what the instructor alone may see is not in it."""
    checks = [
        replace(
            result,
            message=told(result, hints),
            advice=tuple(replace(one, message=advice_told(one, result.check, hints)) for one in result.advice),
            exhibits=() if result.check.hidden else result.exhibits,
        )
        for result in grade.checks
    ]
    return replace(grade, checks=tuple(checks), reason=reason_told(grade), weighed=())


def advice_told(advice: Advice, check: Check, hints: Mapping[str, Hint]) -> str:
    """What the student may read of advice: of a hidden check the hint alone, nothing where there is none."""
    if not check.hidden:
        return advice.message
    return hints[advice.hint].text if advice.hint in hints else ""


def reason_told(grade: Grade) -> str:
    """The reason of a grade as its student may read it: errors of our own may quote what a hidden check held."""
    return "" if any(result.outcome is Outcome.ERROR for result in grade.checks) else grade.reason


def advised(results: Iterable[CheckResult], hints: Mapping[str, Hint]) -> list[tuple[Check, str]]:
    """Advice a student may read: who gave it, and its text; each hint once, of hidden checks the hint alone."""
    heard: dict[str, tuple[Check, str]] = {}
    for result in results:
        for advice in result.advice:
            text = advice_told(advice, result.check, hints)
            if text:
                heard.setdefault(advice.hint, (result.check, text))
    return list(heard.values())


def number(points: float | None) -> str:
    """Points as people write them: "4", "0.5", and a dash where there are none yet."""
    return "–" if points is None else f"{round(points, 2):g}"


def _complete(promised: Sequence[Check], results: Sequence[CheckResult]) -> tuple[CheckResult, ...]:
    known = {result.check.name: result for result in results}
    missing = "The check gave no result, which is the grader's own fault."
    return tuple(known.get(check.name, CheckResult(check, Outcome.ERROR, message=missing)) for check in promised)


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
    failed = [f"{result.check.name}: {result.message}" for result in grade.checks if not result.points]
    return f"it earned {grade.points} of {grade.max_points} ({grade.status.value}: {grade.reason}). {' '.join(failed)}"
