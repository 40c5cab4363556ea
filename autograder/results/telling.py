"""What a student may read of a grade, decided here and nowhere else: pages, comments, CSV and exports all ask.

Hidden checks keep to themselves what they looked at, got and wanted, but for a number that decided; what is wrong with
the grader is for the instructor alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from autograder.checks.hints import Hint
from autograder.core.decision import Decided
from autograder.core.model import Advice, Check, CheckResult, Exhibit, Grade, Outcome


def told(result: CheckResult, hints: Mapping[str, Hint]) -> str:
    """What the student may read of a check that did not pass, or that a person marked.

    That is nothing that a hidden check looked at, got or wanted, but for a number that decided and what a person wrote.
    The text is untrusted: it may quote student code.
    """
    if isinstance(result, Decided):
        return _decided(result, hints)
    hint = remedy(result, hints)
    if result.outcome is Outcome.PASSED:
        return ""
    if result.outcome is Outcome.ERROR:
        return "The grader itself failed here. That costs you nothing: a person will look at it."
    if result.outcome is Outcome.NOT_ATTEMPTED:
        return "" if result.check.hidden else result.message
    if result.check.hidden:
        return f"{result.number}\n\n{hint}".strip() or "This check is hidden: what it looked at is not shown."
    return result.message if hint in result.message else f"{result.message}\n\n{hint}".strip()


def remedy(result: CheckResult, hints: Mapping[str, Hint]) -> str:
    """How to mend what a check found, in the student's own names; nothing where no mistake is known."""
    known = hints.get(result.hint or "")
    return result.remedy or (known.in_general if known else "")


def _decided(result: Decided, hints: Mapping[str, Hint]) -> str:
    """The person's sentence, and below what the judge had found where it still costs points."""
    kept = result.outcome is Outcome.FAILED and result.judged.outcome is not Outcome.ERROR
    return f"{result.message}\n\n{told(result.judged, hints) if kept else ''}".strip()


def as_told(grade: Grade, hints: Mapping[str, Hint]) -> Grade:
    """The grade as its student may read it; what the instructor alone may see is not in it."""
    checks = [
        replace(
            result,
            message=told(result, hints),
            advice=tuple(replace(one, message=advice_told(one, result.check, hints)) for one in result.advice),
            exhibits=exhibits_told(result),
        )
        for result in grade.checks
    ]
    return replace(grade, checks=tuple(checks), reason=reason_told(grade), weighed=())


def exhibits_told(result: CheckResult) -> tuple[Exhibit, ...]:
    """What of their own work a check may show the student: of a hidden one only what is meant for the page's top."""
    return tuple(one for one in result.exhibits if one.best or not result.check.hidden)


def advice_told(advice: Advice, check: Check, hints: Mapping[str, Hint]) -> str:
    """What the student may read of advice: of a hidden check the hint alone, nothing where there is none."""
    if not check.hidden:
        return advice.message
    return hints[advice.hint].in_general if advice.hint in hints else ""


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
