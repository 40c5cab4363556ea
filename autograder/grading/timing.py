"""Where grading's time goes: measured in every submission, laid out as shares for those who ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from time import monotonic
from typing import Any

from rich.table import Table

from autograder.core.model import Grade, Times
from autograder.sandbox import Room

WORDS = {
    "intake": "intake: reading the notebook, finding the stubs",
    "start": "sandbox start: making a process, walling it off",
    "student": "student CPU",
    "wire": "wire: messages, and waiting for a processor",
    "checks": "checks: pytest, inputs, comparing",
    "writing": "writing: ledger, results, pages, gradebook",
}


class TimedRoom(Room):
    """A room that knows how long it was asked and how long its processes took to start."""

    _asked = _started = 0.0

    def ask(self, operation: str, **fields: Any) -> dict[str, Any]:
        begin = monotonic()
        try:
            return super().ask(operation, **fields)
        finally:
            self._asked += monotonic() - begin

    def _start(self) -> None:
        begin = monotonic()
        try:
            super()._start()
        finally:
            self._started += monotonic() - begin

    def times(self, begin: float, judged_from: float) -> Times:
        """The times of a submission that came in at `begin` and was judged from `judged_from` until now (monotonic)."""
        student = self.cpu_seconds()
        return Times(
            intake=round(judged_from - begin, 4),
            start=round(self._started, 4),
            student=round(student, 4),
            wire=round(max(0.0, self._asked - self._started - student), 4),
            checks=round(max(0.0, monotonic() - judged_from - self._asked), 4),
        )


def total(grades: Iterable[Grade], writing: float = 0.0) -> dict[str, float]:
    """Seconds of each kind over all grades, and those of writing."""
    sums = dict.fromkeys(WORDS, 0.0) | {"writing": writing}
    for grade in grades:
        for kind, seconds in asdict(grade.times).items():
            sums[kind] += seconds
    return sums


def table(seconds: dict[str, float]) -> Table:
    """The shares as a table for the terminal."""
    whole = sum(seconds.values()) or 1.0
    shown = Table("where the time went", "seconds", "share")
    for kind, words in WORDS.items():
        shown.add_row(words, f"{seconds[kind]:.1f}", f"{seconds[kind] / whole:.0%}")
    return shown
