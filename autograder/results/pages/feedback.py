"""Feedback: one page of HTML per student, complete in itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.checks.hints import Hint
from autograder.core import untrusted
from autograder.core.model import CheckResult, Grade, Outcome, RunStatus
from autograder.grading import scoring
from autograder.results import telling
from autograder.results.pages import drawing

_COST = "That costs only the checks that met it."
STATUS = {
    RunStatus.GRADED: "Your notebook was run and graded.",
    RunStatus.REPAIRED: "Your notebook was mended a little, then graded. What was mended is listed below.",
    RunStatus.TIMED_OUT: f"Some of your code did not finish in time and was stopped. {_COST}",
    RunStatus.OUT_OF_MEMORY: f"Some of your code used too much memory and was stopped. {_COST}",
    RunStatus.CRASHED: f"Some of your code ended its own process. {_COST}",
    RunStatus.PROTOCOL: f"Some of your code disturbed the grading and was stopped. {_COST}",
    RunStatus.UNREADABLE: "Your file could not be read as a notebook: download it as .ipynb and hand it in again.",
    RunStatus.NEEDS_HUMAN: "A person has to look at your notebook before it gets points. You need not do anything.",
}


@dataclass(frozen=True)
class _Line:
    """One check as the page shows it; `look` is a CSS class."""

    mark: str
    word: str
    look: str
    title: str
    hidden: bool
    points: float | None
    max_points: float
    told: str

    @property
    def tag(self) -> str:
        """Failed checks are headings, so that a screen reader can jump from one to the next."""
        return "h3" if self.look == "failed" else "p"


@dataclass(frozen=True)
class _Part:
    """One stub of the page."""

    stub: str
    points: float | None
    max_points: float
    checks: tuple[_Line, ...]

    @property
    def percent(self) -> int:
        return round(100 * (self.points or 0) / self.max_points) if self.max_points else 0


def page(
    grade: Grade,
    *,
    title: str,
    hints: Mapping[str, Hint],
    received: datetime | None = None,
    versions: Mapping[str, str] | None = None,
) -> str:
    """The feedback page of one grade: no network, no script, and of hidden checks nothing but title, points and hint.

    What public checks show of the student's own work is drawn, and told in words.

    What the notebook printed is quoted only where no check is hidden, since student code could print what a hidden
    check gave it.
    `title` is the assignment's; `received` and `versions` (name → version) go into the receipt.
    """
    return untrusted.page(
        "feedback.html",
        grade=grade,
        repairs=[repair for repair in grade.repairs if repair.hint or not repair.notice],
        title=title,
        status=STATUS[grade.status],
        reason="" if grade.status is RunStatus.REPAIRED else telling.reason_told(grade),
        printed="" if any(result.check.hidden for result in grade.checks) else grade.printed,
        hints=hints,
        parts=[_part(stub, results, hints) for stub, results in scoring.by_stub(grade.checks).items()],
        advice=telling.advised(grade.checks, hints),
        exhibits=[drawing.shown(one) for result in grade.checks if not result.check.hidden for one in result.exhibits],
        drawing=drawing,
        number=scoring.number,
        received=received,
        versions=versions or {},
    )


def write(
    grades: Iterable[Grade],
    folder: Path,
    *,
    title: str,
    hints: Mapping[str, Hint],
    received: Mapping[str, datetime] | None = None,
    versions: Mapping[str, str] | None = None,
) -> dict[str, Path]:
    """Write one page per grade into `folder`, named after the student; returns student → page.

    `received` maps student ids to the time at which they handed in.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    pages = {}
    for grade in grades:
        path = folder / f"{untrusted.file_name(grade.student)}.html"
        when = (received or {}).get(grade.student)
        path.write_text(page(grade, title=title, hints=hints, received=when, versions=versions), encoding="utf-8")
        pages[grade.student] = path
    return pages


def _part(stub: str, results: tuple[CheckResult, ...], hints: Mapping[str, Hint]) -> _Part:
    waits = any(result.outcome is Outcome.ERROR for result in results)
    return _Part(
        stub=stub,
        points=None if waits else scoring.total(result.points for result in results),
        max_points=scoring.total(result.check.points for result in results),
        checks=tuple(_line(result, hints) for result in results),
    )


def _line(result: CheckResult, hints: Mapping[str, Hint]) -> _Line:
    mark, word, look = {
        Outcome.PASSED: ("✓", "Passed", "passed"),
        Outcome.FAILED: ("✗", "Failed", "failed"),
        Outcome.NOT_ATTEMPTED: ("–", "Not attempted", "waiting"),
        Outcome.ERROR: ("?", "Not judged", "waiting"),
    }[result.outcome]
    return _Line(
        mark=mark,
        word=word,
        look=look,
        title=result.check.title,
        hidden=result.check.hidden,
        points=None if result.outcome is Outcome.ERROR else result.points,
        max_points=result.check.points,
        told=telling.told(result, hints),
    )
