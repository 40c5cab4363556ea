"""Feedback: one page of HTML per student, complete in itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from autograder.checks.hints import Hint
from autograder.core import untrusted, whole_file
from autograder.core.decision import Decided
from autograder.core.model import CheckResult, Exhibit, Grade, Outcome, RunStatus
from autograder.grading import scoring
from autograder.results import telling
from autograder.results.late import Part, Total, so_far
from autograder.results.pages import drawing

_COST = "That costs only the checks that met it."
_REST = "You need not do anything."
_EMPTY = "No answer is written here yet."
_SAME = "Probably for the same reason as above."
"""Said to who waits, unless a reason is told: that may ask for something."""
STATUS = {
    RunStatus.GRADED: "Your notebook was run and graded.",
    RunStatus.REPAIRED: "Your notebook was mended a little, then graded. What was mended is listed below.",
    RunStatus.TIMED_OUT: f"Some of your code did not finish in time and was stopped. {_COST}",
    RunStatus.OUT_OF_MEMORY: f"Some of your code used too much memory and was stopped. {_COST}",
    RunStatus.CRASHED: f"Some of your code ended its own process. {_COST}",
    RunStatus.PROTOCOL: f"Some of your code disturbed the grading and was stopped. {_COST}",
    RunStatus.UNREADABLE: "Your file could not be read as a notebook: download it as .ipynb and hand it in again.",
    RunStatus.NEEDS_HUMAN: "A person has to look at your notebook before it gets points.",
}


@dataclass(frozen=True)
class _Line:
    """One check as the page shows it; `look` is a CSS class, `act` is our word on what to do, `facts` what was seen."""

    mark: str
    word: str
    look: str
    title: str
    hidden: bool
    points: float | None
    max_points: float
    act: str
    facts: str

    @property
    def tag(self) -> str:
        """Failed checks are headings, so that a screen reader can jump from one to the next."""
        return "h3" if self.look == "failed" else "p"


@dataclass(frozen=True)
class _Part:
    """One part of the page: `comment` is what a person typed about it, `note` says whose points these are."""

    stub: str
    points: float | None
    max_points: float
    comment: str
    note: str
    checks: tuple[_Line, ...]

    @property
    def lost(self) -> _Line | None:
        """The first check whose points can still be won: it tells why the part lost points."""
        return next((line for line in self.checks if line.points is not None and line.points < line.max_points), None)

    @property
    def even(self) -> str:
        """What is to be said of all checks alike, where none of them needs words of its own; else nothing."""
        looks = {line.look for line in self.checks}
        if self.comment or self.note or any(line.act or line.facts for line in self.checks):
            return ""
        return {"passed": "all pass", "waiting": "not written yet"}.get(looks.pop(), "") if len(looks) == 1 else ""

    @property
    def unwritten(self) -> bool:
        """Whether this is an answer in words that is still empty."""
        return self.note == _EMPTY

    @property
    def percent(self) -> int:
        return round(100 * (self.points or 0) / self.max_points) if self.max_points else 0


def page(
    grade: Grade,
    *,
    title: str,
    hints: Mapping[str, Hint],
    received: datetime | None = None,
    total: Total | None = None,
    versions: Mapping[str, str] | None = None,
) -> str:
    """The feedback page of one grade: no network, no script, and of hidden checks nothing but title, points and hint.

    What public checks show of the student's own work is drawn, and told in words. `total` is what the gradebook holds,
    with the points and comments that a person typed.

    What the notebook printed is quoted only where no check is hidden, since student code could print what a hidden
    check gave it.
    `title` is the assignment's; `received` and `versions` (name → version) go into the receipt.
    """
    parts = list(_parts(grade, total, hints))
    exhibits = [one for result in grade.checks for one in telling.exhibits_told(result)]
    reason = "" if grade.status is RunStatus.REPAIRED else telling.reason_told(grade)
    waits = grade.status is RunStatus.NEEDS_HUMAN
    return untrusted.page(
        "feedback.html",
        grade=grade,
        best=_best(grade, exhibits),
        goal=next((part for part in parts if part.lost), None),
        words=next((part for part in parts if part.unwritten), None),
        prose=untrusted.prose,
        repairs=[repair for repair in grade.repairs if repair.hint or not repair.notice],
        title=title,
        status=f"{STATUS[grade.status]} {_REST if waits and not reason else ''}".strip(),
        reason=reason,
        printed="" if any(result.check.hidden for result in grade.checks) else grade.printed,
        hints=hints,
        points=so_far(grade, total),
        max_points=grade.max_points if total is None else total.max_points,
        waits=total is not None and total.waits and grade.points is not None,
        parts=parts,
        advice=telling.advised(grade.checks, hints),
        exhibits=[drawing.shown(one) for one in sorted(exhibits, key=lambda one: not one.best)],
        drawing=drawing,
        number=scoring.number,
        received=received,
        versions=versions or {},
    )


@dataclass(frozen=True)
class Sheet:
    """What one page is about: the grade, when the work was handed in, and what the gradebook holds."""

    grade: Grade
    received: datetime | None = None
    total: Total | None = None


def write(
    sheets: Iterable[Sheet],
    folder: Path,
    *,
    title: str,
    hints: Mapping[str, Hint],
    versions: Mapping[str, str] | None = None,
) -> dict[str, Path]:
    """Write one page per sheet into `folder`, named after the student; returns student → page."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    pages = {}
    for one in sheets:
        path = folder / f"{untrusted.file_name(one.grade.student)}.html"
        text = page(one.grade, title=title, hints=hints, received=one.received, total=one.total, versions=versions)
        whole_file.write(path, text)
        pages[one.grade.student] = path
    return pages


def _best(grade: Grade, exhibits: Iterable[Exhibit]) -> str:
    """The best that can be said of the work, in a sentence; nothing where nothing works."""
    shown = next((one.title for one in exhibits if one.best), "")
    passed = sum(result.outcome is Outcome.PASSED for result in grade.checks)
    if passed and passed == len(grade.checks):
        return f"Everything works. {shown}".strip()
    return shown or (f"{passed} of {len(grade.checks)} checks pass." if passed else "")


def _parts(grade: Grade, total: Total | None, hints: Mapping[str, Hint]) -> Iterator[_Part]:
    """The stubs with their checks, then what else the gradebook has points for."""
    stubs = scoring.by_stub(grade.checks)
    for stub, results in stubs.items():
        yield _stub(stub, results, total.part(stub) if total else None, hints)
    for part in total.parts if total else ():
        if part.name not in stubs and (stubs or part.by_hand or part.comment):
            yield _Part(part.name, part.points, part.max_points, part.comment, _whose(part), ())


def _whose(part: Part) -> str:
    """Whose points those of a part without checks are."""
    if part.points is None:
        return f"A person has to look at this part. {_REST}"
    return "A person gave these points." if part.by_hand else _EMPTY


def _stub(stub: str, results: tuple[CheckResult, ...], typed: Part | None, hints: Mapping[str, Hint]) -> _Part:
    waits = any(result.outcome is Outcome.ERROR for result in results)
    earned = None if waits else scoring.total(result.points for result in results)
    most = scoring.total(result.check.points for result in results)
    checks = tuple(_each_text_once(_line(result, hints) for result in results))
    if typed is None or not typed.by_hand:
        return _Part(stub, earned, most, typed.comment if typed else "", "", checks)
    note = f"A person gave the points of this part; the checks alone gave {scoring.number(earned)}."
    return _Part(stub, typed.points, most, typed.comment, note, checks)


def _line(result: CheckResult, hints: Mapping[str, Hint]) -> _Line:
    mark, word, look = {
        Outcome.PASSED: ("✓", "Passed", "passed"),
        Outcome.FAILED: ("✗", "Failed", "failed"),
        Outcome.NOT_ATTEMPTED: ("–", "Not attempted", "waiting"),
        Outcome.ERROR: ("?", "Not judged", "waiting"),
    }[result.outcome]
    act, facts = _act_and_facts(result, hints)
    if isinstance(result, Decided):
        mark, word = "✎", "Marked by a person"
    return _Line(
        mark=mark,
        word=word,
        look=look,
        title=result.check.title,
        hidden=result.check.hidden,
        points=None if result.outcome is Outcome.ERROR else result.points,
        max_points=result.check.points,
        act=act,
        facts=facts,
    )


def _act_and_facts(result: CheckResult, hints: Mapping[str, Hint]) -> tuple[str, str]:
    """What to do, in our own words, and the rest of what is told."""
    told, remedy = telling.told(result, hints), telling.remedy(result, hints)
    if not remedy or remedy not in told:
        return "", told
    return remedy, told.replace(remedy, "", 1).strip()


def _each_text_once(lines: Iterable[_Line]) -> Iterator[_Line]:
    """The lines; where one says to do what an earlier one said, or says just the same, it says only that."""
    acts, texts = set[str](), set[tuple[str, str]]()
    for line in lines:
        text = line.act, line.facts
        again = "The same as above." if text in texts else _SAME if line.act in acts else ""
        acts |= {line.act} - {""}
        texts |= {text} - {("", "")}
        yield replace(line, act="", facts=again) if again else line
