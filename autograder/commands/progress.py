"""How grading goes on, told while it does: rate, time left, how submissions ended, which took longest."""

from __future__ import annotations

import heapq
from collections import Counter, deque
from collections.abc import Callable
from time import monotonic
from typing import Self

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from autograder.core import untrusted
from autograder.core.model import Grade

SLOWEST = 3
"""How many of the slowest submissions are named."""
TENTHS = 10
_LONG = 60.0
"""Without a terminal, a line is written after so many seconds at the latest."""
_LATELY, _SETTLED = 30.0, 3.0
"""Seconds: what the rate told is that of, and what must have passed before any is told. The first results come
together, from slots that were made ready together: their rate says nothing."""


class Progress:
    """A count of what is done, out of `total`; a bar on a terminal, a line every tenth elsewhere.

    Call it once for each item, with its grade if there is one. Use as a context manager.
    """

    def __init__(self, title: str, total: int, console: Console, clock: Callable[[], float] = monotonic) -> None:
        self._title, self._total, self._console, self._now = title, total, console, clock
        self._first = self._told = clock()
        self._lately: deque[float] = deque()
        self._before = self._done = 0
        self._endings: Counter[str] = Counter()
        self._slowest: list[tuple[float, str]] = []
        self._live = Live(console=console, get_renderable=self._shown, refresh_per_second=4, transient=True)

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()
        if self._console.is_terminal:
            self._console.print(self.line())

    def already(self, count: int) -> None:
        """So many were done before, and need not be done again."""
        self._before = count
        if count:
            self._console.print(f"{self._title}: {count} of {self._total} are done already.")

    def __call__(self, item: object = None) -> None:
        """One more is done."""
        self._done += 1
        self._lately.append(self._now())
        if self._done == 1:
            self._first = self._lately[0]
        while len(self._lately) > 2 and self._lately[-1] - self._lately[0] > _LATELY:
            self._lately.popleft()
        if isinstance(item, Grade):
            self._endings[item.status.value] += 1
            heapq.heappush(self._slowest, (item.seconds, item.student))
            if len(self._slowest) > SLOWEST:
                heapq.heappop(self._slowest)
        if not self._console.is_terminal and self._is_worth_a_line():
            self._told = self._now()
            self._console.print(self.line(), soft_wrap=True)

    def _is_worth_a_line(self) -> bool:
        count = self._before + self._done
        another_tenth = count * TENTHS // self._total > (count - 1) * TENTHS // self._total
        return another_tenth or self._now() - self._told > _LONG

    def line(self) -> Text:
        """All there is to say, in one line."""
        parts = [f"{self._title}: {self._before + self._done} of {self._total}", self._pace(), self._tally()]
        slowest = ", ".join(
            f"{untrusted.visible(name)} {seconds:.0f} s" for seconds, name in sorted(self._slowest)[::-1]
        )
        return Text("; ".join(part for part in [*parts, slowest and f"slowest: {slowest}"] if part))

    def _pace(self) -> str:
        """The rate of the last half minute, and the time left if all goes on as since the first was done: that does
        not jump when some take longer."""
        seconds = self._now() - self._first
        if self._done < 2 or seconds < _SETTLED:
            return ""
        rate = (len(self._lately) - 1) / max(self._lately[-1] - self._lately[0], 0.001)
        words = f"{rate:.1f} a second" if rate >= 1 else f"{60 * rate:.1f} a minute"
        left = (self._total - self._before - self._done) * seconds / (self._done - 1)
        return f"{words}, {_clock(left)} left"

    def _tally(self) -> str:
        return ", ".join(f"{count} {status}" for status, count in self._endings.most_common())

    def _shown(self) -> Group:
        bar = Table.grid(padding=(0, 1))
        bar.add_row(self._title, ProgressBar(total=self._total, completed=self._before + self._done, width=40))
        return Group(bar, self.line())


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
