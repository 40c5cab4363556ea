"""Marks that persons gave: which count, what they change in a row, and what is still to be answered.

Pure functions. The ledger keeps rows as they were judged and decisions as they were taken; whoever reads rows to hand
them on passes them through `counted`, so that every page, table and file tells the same points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from autograder.core.decision import Act, Decided, Decision, Hand
from autograder.core.errors import CourseError
from autograder.core.model import CheckResult, Grade, Outcome, RunStatus
from autograder.grading import scoring


def counted(rows: Iterable[Grade], decisions: Iterable[Decision]) -> list[Grade]:
    """The rows with the points that persons gave in place of the judge's; the others as they are."""
    marks = standing(decisions)
    return [_counted(row, marks) for row in rows]


def standing(decisions: Iterable[Decision]) -> dict[tuple[str, str, str], Decision]:
    """The marks that count, by what they are about: the last for each, unless it was withdrawn."""
    last = {one.subject: one for one in decisions if one.act is not Act.NOTED}
    return {subject: one for subject, one in last.items() if one.act is Act.MARKED}


def open_notes(decisions: Iterable[Decision]) -> list[Decision]:
    """Notes that no mark has answered since: one for the same check, or for any where the note names none.

    A note about a student who had handed in nothing is answered by a mark for whatever they hand in.
    """
    waiting: list[Decision] = []
    for one in decisions:
        if one.act is Act.NOTED:
            waiting.append(one)
        else:
            waiting = [note for note in waiting if not _answers(one, note)]
    return waiting


def unseated(rows: Iterable[Grade], decisions: Iterable[Decision]) -> list[Decision]:
    """Marks that no row takes up: the student handed in something else since, or the check is no longer there."""
    seats = {(row.student, row.sha256, result.check.name) for row in rows for result in row.checks}
    return [one for subject, one in standing(decisions).items() if subject not in seats]


def mark(row: Grade, check: str, points: float, by: Hand) -> Decision:
    """The decision that a check of `row`, as it counts now, is worth `points`.

    Raises CourseError if there is no such check, or it is not worth so much.
    """
    result = _result(row, check)
    if not 0 <= points <= result.check.points:
        raise CourseError(
            f"{check} is worth 0 to {scoring.number(result.check.points)} points, not {points:g}. Give points between."
        )
    return _decision(row, check, Act.MARKED, by, _points(result), points)


def withdraw(row: Grade, check: str, by: Hand) -> Decision:
    """The decision that the judge's own points count again. Raises CourseError where no person gave any."""
    result = _result(row, check)
    if not isinstance(result, Decided):
        raise CourseError(f"{row.student}, {check}: nobody gave points by hand, so there is nothing to withdraw.")
    return _decision(row, check, Act.WITHDREW, by, result.points, _points(result.judged))


def note(row: Grade, check: str, by: Hand) -> Decision:
    """The note that a student asks for another look, at one check or at the whole (""); no points change."""
    points = _points(_result(row, check)) if check else row.points
    return _decision(row, check, Act.NOTED, by, points, points)


def note_without_work(student: str, check: str, by: Hand) -> Decision:
    """The note about a student of whom nothing was graded; no points change. Raises CourseError if it names a check."""
    if check:
        raise CourseError(f"{check}: nothing of {student} was graded, so there is no check to look at. Leave it out.")
    return Decision(student, "", "", Act.NOTED, by.who, by.when, by.why)


def _decision(row: Grade, check: str, act: Act, by: Hand, before: float | None, after: float | None) -> Decision:
    return Decision(row.student, row.sha256, check, act, by.who, by.when, by.why, before, after)


def _result(row: Grade, check: str) -> CheckResult:
    for result in row.checks:
        if result.check.name == check:
            return result
    if not row.checks:
        raise CourseError(
            f"{row.student} has no checks to mark: {row.status.value}. {row.reason} "
            "Type points in formgrader, or let the student hand in again."
        )
    known = ", ".join(result.check.name for result in row.checks)
    raise CourseError(f"{check}: {row.student} has no such check. There are: {known}.")


def _counted(row: Grade, marks: Mapping[tuple[str, str, str], Decision]) -> Grade:
    checks = [_marked(result, marks.get((*row.key, result.check.name))) for result in row.checks]
    if not any(isinstance(result, Decided) for result in checks):
        return row
    endings = [] if row.status is RunStatus.NEEDS_HUMAN else [row.status]
    status, points = scoring.score(checks, endings, any(not repair.notice for repair in row.repairs))
    reason = row.reason if status is row.status else ""
    return replace(row, checks=tuple(checks), status=status, points=points, reason=reason)


def _marked(result: CheckResult, decision: Decision | None) -> CheckResult:
    if decision is None or decision.after is None:
        return result
    given = min(decision.after, result.check.points)  # the check may have become cheaper since
    full = given == result.check.points
    return Decided(
        check=result.check,
        outcome=Outcome.PASSED if full else Outcome.FAILED,
        hint=None if full else result.hint,
        message=_sentence(given, result.check.points, decision.why),
        advice=result.advice,
        seconds=result.seconds,
        exhibits=result.exhibits,
        given=given,
        why=decision.why,
        judged=result,
    )


def _sentence(given: float, most: float, why: str) -> str:
    return f"A person looked at this and gave {scoring.number(given)} of {scoring.number(most)} points: {why}"


def _points(result: CheckResult) -> float | None:
    return None if result.outcome is Outcome.ERROR else result.points


def _answers(one: Decision, note: Decision) -> bool:
    same = one.student == note.student and note.sha256 in ("", one.sha256)
    return same and note.check in ("", one.check)
