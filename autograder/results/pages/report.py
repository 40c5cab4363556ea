"""The class report: how a whole class did, as one page of HTML and as a table for the terminal."""

from __future__ import annotations

import base64
import hashlib
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from statistics import fmean, median

import markupsafe
from rich.table import Table
from rich.text import Text

from autograder.checks.hints import Hint
from autograder.core import untrusted, whole_file
from autograder.core.model import Grade, Outcome, RunStatus
from autograder.grading import scoring
from autograder.results.pages.item_analysis import items_of, spreads_of

MOST_BINS = 20
LONGEST_EXAMPLE = 600
"""Characters of an example that are shown."""
LONGEST_NAME = 24
"""Characters of a name that the terminal's table shows."""


@dataclass(frozen=True)
class Bin:
    """One bar of the histogram: how many submissions earned points in this range."""

    label: str
    count: int


@dataclass(frozen=True)
class StubMean:
    """What the class earned on one stub, over all judged submissions."""

    name: str
    mean: float
    max_points: float

    @property
    def percent(self) -> int:
        return round(100 * self.mean / self.max_points) if self.max_points else 0


@dataclass(frozen=True)
class Mistake:
    """How many students were told one hint; `advice` if it cost none of them points. `example` is what one was told."""

    hint: str
    text: str
    students: int
    advice: bool
    example: str = ""


@dataclass(frozen=True)
class Alike:
    """Students of whom the same is to be said."""

    status: str
    text: str
    students: tuple[str, ...]


def page(
    grades: Sequence[Grade],
    *,
    title: str,
    hints: Mapping[str, Hint],
    late: Mapping[str, str] | None = None,
    held: Set[str] = frozenset(),
    names: Mapping[str, str] | None = None,
    people: Mapping[str, str] | None = None,
    absent: Sequence[str] = (),
) -> str:
    """The class report: one HTML page, no network; its one script, which sorts and filters, is named by its hash.

    `late` says of a student how late the work came and what that costs; results of students in `held` are held back.
    `people` tells their names; of those `absent` nothing was collected. With other `names` for students the report is
    anonymous; who has none there gets a number that says nothing.
    """
    anonymous = names is not None
    names = {grade.student: grade.student for grade in grades} if names is None else pseudonyms(grades) | dict(names)
    ordered = sorted((_renamed(grade, names) for grade in grades), key=lambda grade: grade.key)
    told = {names[one]: _without_name(text, one, names[one]) for one, text in (late or {}).items() if one in names}
    back = {names[one] for one in held if one in names}
    script = resources.files("autograder").joinpath("results/pages/templates/table.js").read_text(encoding="utf-8")
    stubs = _stub_names(ordered)
    waiting = [grade for grade in ordered if grade.status in scoring.UNJUDGED]
    repaired = [grade for grade in ordered if grade.repairs]
    return untrusted.page(
        "report.html",
        title=title,
        anonymous=anonymous,
        grades=ordered,
        people={} if anonymous else people or {},
        absent=absent,
        figures=_figures(ordered, told, back),
        rows={grade.student: f"row-{number}" for number, grade in enumerate(ordered, 1)},
        waiting=waiting,
        waiting_groups=alike(waiting, lambda grade: grade.reason),
        repaired=repaired,
        repaired_groups=alike(repaired, lambda grade: " ".join(repair.sentence for repair in grade.repairs)),
        missed=_missed(ordered),
        late={student: text for student, text in told.items() if text},
        held=back,
        bins=histogram(ordered),
        stubs=stub_means(ordered),
        items=sorted(items_of(ordered), key=lambda item: item.passed),
        discriminates=any(item.discrimination is not None for item in items_of(ordered)),
        spreads=spreads_of(ordered),
        mistakes=mistakes(ordered, hints),
        names=stubs,
        columns=["Student", "Status", "Points", *stubs, "Seconds", "Reason"],
        earned=earned,
        number=scoring.number,
        script=markupsafe.Markup(script),
        script_hash=f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}",
    )


def write(
    grades: Sequence[Grade],
    path: Path,
    *,
    title: str,
    hints: Mapping[str, Hint],
    late: Mapping[str, str] | None = None,
    held: Set[str] = frozenset(),
    names: Mapping[str, str] | None = None,
    people: Mapping[str, str] | None = None,
    absent: Sequence[str] = (),
) -> None:
    """Write the class report to `path`; see `page`."""
    text = page(grades, title=title, hints=hints, late=late, held=held, names=names, people=people, absent=absent)
    whole_file.write(path, text)


def class_table(grades: Sequence[Grade], people: Mapping[str, str] | None = None) -> Table:
    """The class as a table for the terminal, in the order of student id, with the names of `people` that are known."""
    names, people = _stub_names(grades), people or {}
    table = Table(box=None, pad_edge=False, expand=True)
    table.add_column("student", no_wrap=True)
    if is_named := any(people.values()):
        table.add_column("name", no_wrap=True, overflow="ellipsis", max_width=LONGEST_NAME)
    table.add_column("status", no_wrap=True)
    for name in ("points", *names):
        table.add_column(_cell(name), justify="right", no_wrap=True)
    table.add_column("reason", no_wrap=True, overflow="ellipsis", ratio=1)
    for grade in sorted(grades, key=lambda grade: grade.key):
        style = "yellow" if grade.status in scoring.UNJUDGED else ""
        points = f"{scoring.number(grade.points)} / {scoring.number(grade.max_points)}"
        stubs = (scoring.number(earned(grade, name)) for name in names)
        called = [people.get(grade.student, "")] if is_named else []
        row = (grade.student, *called, grade.status.value, points, *stubs, grade.reason)
        table.add_row(*map(_cell, row), style=style)
    return table


def earned(grade: Grade, stub: str) -> float | None:
    """Points that a grade has for one stub; None where nothing is judged."""
    if grade.points is None:
        return None
    return scoring.total(result.points for result in grade.checks if result.check.stub == stub)


def histogram(grades: Sequence[Grade]) -> list[Bin]:
    """How many judged submissions earned how many points, in at most 21 bars of a whole number of points each."""
    judged = _judged(grades)
    most = max((grade.max_points for grade in judged), default=0.0)
    width = max(1, math.ceil(most / MOST_BINS))
    counts = Counter(int(grade.points or 0) // width for grade in judged)
    return (
        [Bin(_range(first * width, width, int(most)), counts[first]) for first in range(int(most) // width + 1)]
        if judged
        else []
    )


def alike(grades: Iterable[Grade], text: Callable[[Grade], str]) -> list[Alike]:
    """The grades by status and text, the largest group first."""
    groups: dict[tuple[str, str], list[str]] = {}
    for grade in grades:
        groups.setdefault((grade.status.value, text(grade)), []).append(grade.student)
    found = [Alike(*key, tuple(students)) for key, students in groups.items()]
    return sorted(found, key=lambda one: -len(one.students))


def _missed(grades: Sequence[Grade]) -> dict[str, list[str]]:
    """Who did not pass each check, of those that were judged."""
    missed: dict[str, list[str]] = {result.check.name: [] for grade in grades for result in grade.checks}
    for grade in _judged(grades):
        for result in grade.checks:
            if result.outcome is not Outcome.PASSED:
                missed[result.check.name].append(grade.student)
    return missed


def stub_means(grades: Sequence[Grade]) -> list[StubMean]:
    """What the class earned on each stub, in the order of the checks."""
    judged = _judged(grades)
    return [
        StubMean(name, fmean(earned(grade, name) or 0.0 for grade in judged), _most(judged, name))
        for name in _stub_names(judged)
    ]


def mistakes(grades: Sequence[Grade], hints: Mapping[str, Hint]) -> list[Mistake]:
    """Every hint that was told, commonest first."""
    costly = Counter(hint for grade in grades for hint in _costly(grade))
    advised = Counter(hint for grade in grades for hint in _advised(grade) - _costly(grade))
    texts = {hint: hints[hint].in_general if hint in hints else "" for hint in costly | advised}
    examples = _examples(grades)
    found = [Mistake(hint, texts[hint], count, False, examples.get(hint, "")) for hint, count in costly.items()]
    found += [Mistake(hint, texts[hint], count, True) for hint, count in advised.items()]
    return sorted(found, key=lambda mistake: (-mistake.students, mistake.advice, mistake.hint))


def _examples(grades: Sequence[Grade]) -> dict[str, str]:
    """One message for each hint, without the name of its student: of a public check if there is one, and short."""
    told = [
        (result.hint, result.check.hidden, _without_name(result.message, grade.student, "the student"))
        for grade in grades
        for result in grade.checks
        if result.hint and result.message and result.outcome is Outcome.FAILED
    ]
    best = sorted(told, key=lambda one: (one[1], len(one[2]), one[2]), reverse=True)
    return {hint: message[:LONGEST_EXAMPLE] for hint, _, message in best}


def pseudonyms(grades: Sequence[Grade]) -> dict[str, str]:
    """A number for each student, in the order of a digest of what was handed in, which says nothing of the name."""
    digests = {grade.student: hashlib.sha256(f"{grade.sha256}/{grade.student}".encode()).digest() for grade in grades}
    students = sorted(digests, key=lambda student: digests[student])
    width = len(str(len(students)))
    return {student: f"student {number:0{width}}" for number, student in enumerate(students, 1)}


def _renamed(grade: Grade, names: Mapping[str, str]) -> Grade:
    """The grade under another name, which also replaces the student's own in every sentence about it."""
    old, new = grade.student, names[grade.student]
    if old == new:
        return grade
    repairs = tuple(replace(one, sentence=_without_name(one.sentence, old, new)) for one in grade.repairs)
    checks = tuple(
        replace(one, message=_without_name(one.message, old, new), remedy=_without_name(one.remedy, old, new))
        for one in grade.checks
    )
    reason = _without_name(grade.reason, old, new)
    return replace(grade, student=new, reason=reason, repairs=repairs, checks=checks)


def _without_name(text: str, old: str, new: str) -> str:
    """`text` with the word `old`, in small or capital letters, replaced."""
    if old.lower() not in text.lower():
        return text
    return re.sub(rf"(?<![^\W_]){re.escape(old)}(?![^\W_])", lambda _: new, text, flags=re.IGNORECASE)


def _judged(grades: Sequence[Grade]) -> list[Grade]:
    return [grade for grade in grades if grade.points is not None]


def _stub_names(grades: Sequence[Grade]) -> list[str]:
    return list(dict.fromkeys(result.check.stub for grade in grades for result in grade.checks))


def _most(grades: Sequence[Grade], stub: str) -> float:
    sums = (scoring.total(r.check.points for r in grade.checks if r.check.stub == stub) for grade in grades)
    return max(sums, default=0.0)


def _costly(grade: Grade) -> set[str]:
    return {result.hint for result in grade.checks if result.hint and result.outcome is Outcome.FAILED}


def _advised(grade: Grade) -> set[str]:
    return {advice.hint for result in grade.checks for advice in result.advice}


def _figures(grades: Sequence[Grade], late: Mapping[str, str], held: Set[str]) -> dict[str, str]:
    points = [grade.points for grade in grades if grade.points is not None]
    most = max((grade.max_points for grade in grades), default=0.0)
    seconds = [grade.seconds for grade in grades if grade.checks]
    return {
        "Judged": f"{len(points)} of {len(grades)}",
        "Mean": scoring.number(fmean(points)) if points else "–",
        "Median": scoring.number(median(points)) if points else "–",
        "Full marks": str(sum(grade.points == most for grade in grades)),
        "Mended": str(sum(bool(grade.repairs) for grade in grades)),
        "Stopped": str(sum(grade.status in _STOPPED for grade in grades)),
        "Late": str(sum(bool(text) for text in late.values())),
        "Held back": str(len(held)),
        "Seconds each (median)": f"{median(seconds):.1f}" if seconds else "–",
        "Seconds each (most)": f"{max(seconds):.1f}" if seconds else "–",
    }


_STOPPED = frozenset({RunStatus.TIMED_OUT, RunStatus.OUT_OF_MEMORY, RunStatus.CRASHED, RunStatus.PROTOCOL})


def _range(least: int, width: int, most: int) -> str:
    last = min(least + width - 1, most)
    return str(least) if last == least else f"{least}–{last}"


def _cell(text: str) -> Text:
    return Text(untrusted.visible(text, keep=""))
