"""How each check did as a question to a class: how hard it is, whom it tells apart, and whether it may be at fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation, median

from autograder.core.model import Check, CheckResult, Grade, Outcome

FEWEST = 30
"""Judged submissions from which on figures about single checks mean something."""

MANY = 0.2
"""Share of the otherwise perfect notebooks from which on a check that fails them is suspected."""

BINS = 20


@dataclass(frozen=True)
class Item:
    """One check over a class.

    `passed` is the share of judged submissions that passed (its difficulty). `discrimination` is the point-biserial
    correlation of passing with the points for everything else, -1..1; None below 30 judged submissions, or where it is
    not defined. `alone` of the `otherwise` notebooks that pass all other checks fail this one; `broke` times the check
    itself gave up.
    """

    check: Check
    passed: float
    discrimination: float | None
    alone: int
    otherwise: int
    broke: int

    @property
    def suspicion(self) -> str:
        """Why the check itself may be at fault; empty where nothing speaks for it."""
        if self.broke:
            return f"It broke for {self.broke} of the submissions; these wait for a person."
        if self.alone >= 3 and self.alone >= MANY * self.otherwise:
            return f"It alone fails {self.alone} of the {self.otherwise} notebooks that pass everything else."
        if self.discrimination is not None and self.discrimination < 0:
            return "Who passes it does worse in everything else."
        return ""


@dataclass(frozen=True)
class Spread:
    """One number that decides, over a class: shares from 0 to 1, and how many lie below the one that is `needed`.

    `counts` are those in each of 20 equal ranges from 0 to 1; what lies outside counts for the first or the last.
    """

    looked_at: str
    needed: float
    lowest: float
    median: float
    highest: float
    below: int
    total: int
    counts: tuple[int, ...]


def items_of(grades: Sequence[Grade]) -> list[Item]:
    """Every check of a class, in the order of the checks."""
    checks = {result.check.name: result.check for grade in grades for result in grade.checks}
    judged = [grade for grade in grades if grade.points is not None]
    results = [{result.check.name: result for result in grade.checks} for grade in judged]
    broken = [r.check.name for grade in grades for r in grade.checks if r.outcome is Outcome.ERROR]
    return [_item(check, results, broken.count(name)) for name, check in checks.items()]


def spreads_of(grades: Sequence[Grade]) -> list[Spread]:
    """Every number that decides, in the order in which they were first looked at."""
    heaps: dict[tuple[str, float], list[float]] = {}
    for grade in grades:
        for number in grade.weighed:
            heaps.setdefault((number.looked_at, number.needed), []).append(number.got)
    return [_spread(looked_at, needed, heap) for (looked_at, needed), heap in heaps.items()]


def _item(check: Check, results: Sequence[dict[str, CheckResult]], broke: int) -> Item:
    rows = [row for row in results if check.name in row]
    passed = [row[check.name].outcome is Outcome.PASSED for row in rows]
    others = [[one for name, one in row.items() if name != check.name] for row in rows]
    perfect = [all(one.outcome is Outcome.PASSED for one in rest) for rest in others]
    return Item(
        check=check,
        passed=sum(passed) / len(passed) if passed else 0.0,
        discrimination=_discrimination(passed, [sum(one.points for one in rest) for rest in others]),
        alone=sum(rest and not own for own, rest in zip(passed, perfect, strict=True)),
        otherwise=sum(perfect),
        broke=broke,
    )


def _discrimination(passed: Sequence[bool], rest: Sequence[float]) -> float | None:
    if len(passed) < FEWEST:
        return None
    try:
        return correlation([float(own) for own in passed], rest)
    except StatisticsError:  # everybody, or nobody, passed
        return None


def _spread(looked_at: str, needed: float, heap: Sequence[float]) -> Spread:
    places = [min(BINS - 1, max(0, int(got * BINS))) for got in heap]
    return Spread(
        looked_at=looked_at,
        needed=needed,
        lowest=min(heap),
        median=median(heap),
        highest=max(heap),
        below=sum(got < needed for got in heap),
        total=len(heap),
        counts=tuple(places.count(at) for at in range(BINS)),
    )
