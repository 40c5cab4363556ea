"""The class report: how a whole class did, as one page of HTML and as a table for the terminal."""

from __future__ import annotations

import base64
import hashlib
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from statistics import fmean, median

import markupsafe
from rich.table import Table
from rich.text import Text

from autograder import plain, scoring
from autograder.hints import Hint
from autograder.model import CheckResult, Grade, Outcome, RunStatus

MOST_BINS = 20


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
class CheckShare:
    """How many per cent of the judged submissions did not pass one check."""

    title: str
    stub: str
    percent: int


@dataclass(frozen=True)
class Mistake:
    """How many students were told one hint; `advice` if it cost none of them points."""

    hint: str
    text: str
    students: int
    advice: bool


def page(grades: Sequence[Grade], *, title: str, hints: Mapping[str, Hint]) -> str:
    """The class report: one HTML page, no network; its one script, which sorts the class, is named by its hash."""
    ordered = sorted(grades, key=lambda grade: (grade.student, grade.sha256))
    bins = histogram(ordered)
    script = resources.files("autograder").joinpath("templates/sort.js").read_text(encoding="utf-8")
    names = _stub_names(ordered)
    return plain.page(
        "report.html",
        title=title,
        grades=ordered,
        figures=_figures(ordered),
        waiting=[grade for grade in ordered if grade.status in scoring.UNJUDGED],
        repaired=[grade for grade in ordered if grade.repairs],
        bins=bins,
        highest=max((each.count for each in bins), default=0),
        stubs=stub_means(ordered),
        checks=failing(ordered),
        mistakes=mistakes(ordered, hints),
        names=names,
        columns=["Student", "Status", "Points", *names, "Seconds", "Reason"],
        earned=earned,
        number=scoring.number,
        script=markupsafe.Markup(script),
        script_hash=f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}",
    )


def write(grades: Sequence[Grade], path: Path, *, title: str, hints: Mapping[str, Hint]) -> None:
    """Write the class report to `path`."""
    path.write_text(page(grades, title=title, hints=hints), encoding="utf-8")


def class_table(grades: Sequence[Grade]) -> Table:
    """The class as a table for the terminal, in the order of student id."""
    names = _stub_names(grades)
    table = Table(box=None, pad_edge=False, expand=True)
    for name in ("student", "status"):
        table.add_column(name, no_wrap=True)
    for name in ("points", *names):
        table.add_column(_cell(name), justify="right", no_wrap=True)
    table.add_column("reason", no_wrap=True, overflow="ellipsis", ratio=1)
    for grade in sorted(grades, key=lambda grade: (grade.student, grade.sha256)):
        style = "yellow" if grade.status in scoring.UNJUDGED else ""
        points = f"{scoring.number(grade.points)} / {scoring.number(grade.max_points)}"
        stubs = (scoring.number(earned(grade, name)) for name in names)
        row = (grade.student, grade.status.value, points, *stubs, grade.reason)
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


def stub_means(grades: Sequence[Grade]) -> list[StubMean]:
    """What the class earned on each stub, in the order of the checks."""
    judged = _judged(grades)
    return [
        StubMean(name, fmean(earned(grade, name) or 0.0 for grade in judged), _most(judged, name))
        for name in _stub_names(judged)
    ]


def failing(grades: Sequence[Grade]) -> list[CheckShare]:
    """The share of judged submissions that did not pass each check, worst first."""
    results: dict[str, list[CheckResult]] = {}
    for grade in _judged(grades):
        for result in grade.checks:
            results.setdefault(result.check.name, []).append(result)
    shares = [
        CheckShare(
            title=each[0].check.title,
            stub=each[0].check.stub,
            percent=round(100 * fmean(result.outcome is not Outcome.PASSED for result in each)),
        )
        for each in results.values()
    ]
    return sorted(shares, key=lambda share: -share.percent)


def mistakes(grades: Sequence[Grade], hints: Mapping[str, Hint]) -> list[Mistake]:
    """Every hint that was told, commonest first."""
    costly = Counter(hint for grade in grades for hint in _costly(grade))
    advised = Counter(hint for grade in grades for hint in _advised(grade) - _costly(grade))
    texts = {hint: hints[hint].text if hint in hints else "" for hint in costly | advised}
    found = [Mistake(hint, texts[hint], count, False) for hint, count in costly.items()]
    found += [Mistake(hint, texts[hint], count, True) for hint, count in advised.items()]
    return sorted(found, key=lambda mistake: (-mistake.students, mistake.advice, mistake.hint))


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


def _figures(grades: Sequence[Grade]) -> dict[str, str]:
    points = [grade.points for grade in grades if grade.points is not None]
    most = max((grade.max_points for grade in grades), default=0.0)
    return {
        "Judged": f"{len(points)} of {len(grades)}",
        "Mean": scoring.number(fmean(points)) if points else "–",
        "Median": scoring.number(median(points)) if points else "–",
        "Full marks": str(sum(grade.points == most for grade in grades)),
        "Mended": str(sum(bool(grade.repairs) for grade in grades)),
        "Stopped": str(sum(grade.status in _STOPPED for grade in grades)),
    }


_STOPPED = frozenset({RunStatus.TIMED_OUT, RunStatus.OUT_OF_MEMORY, RunStatus.CRASHED, RunStatus.PROTOCOL})


def _range(least: int, width: int, most: int) -> str:
    last = min(least + width - 1, most)
    return str(least) if last == least else f"{least}–{last}"


def _cell(text: str) -> Text:
    return Text(plain.visible(text, keep=""))
