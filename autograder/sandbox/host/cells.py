"""How long cells may run: each its own time, all of them a part of the submission's, so that the checks get theirs."""

from __future__ import annotations

from autograder.core.model import Cell, Role
from autograder.sandbox.walls.limits import Limits

GRACE_SECONDS = 2.0
"""How long a cell whose time is up may take to stop by itself, before its process is ended."""

DEFINITIONS_ONLY = 0
"""The line before which nothing of a cell runs but its definitions."""

_OWN_SHARE, _WHOLE_SHARE = 1 / 3, 1 / 2
_LEAST_SECONDS, _LEAST_OF_ALL = 1.0, 0.1


class Timetable:
    """What cells have used of their time over all processes of a submission, and what of a stopped one is run again.

    The student's own cells may use a third of the submission's time, all cells half of it. After that an answer still
    gets a second, and a cell of one's own a second or, where all that cells may use is used, a tenth.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._own = limits.submission_seconds * _OWN_SHARE
        self._whole = limits.submission_seconds * _WHOLE_SHARE
        self._lines: dict[str, int] = {}
        self.stopped: dict[str, str] = {}

    def seconds(self, cell: Cell) -> float:
        """How long `cell` may run now."""
        own = cell.role is Role.EXTRA
        usual = self._limits.extra_cell_seconds if own else self._limits.cell_seconds
        left = min(self._own, self._whole) if own else self._whole
        return min(usual, max(left, _LEAST_OF_ALL if own and self._whole <= 0 else _LEAST_SECONDS))

    def ran(self, cell: Cell, seconds: float) -> None:
        """`cell` has used so many seconds, stopped or not."""
        self._whole -= seconds
        self._own -= seconds if cell.role is Role.EXTRA else 0.0

    def stop(self, cell: Cell, line: int, sentence: str) -> None:
        """From now on, of `cell` only what stands before `line` runs, and its definitions; `sentence` says why."""
        self._lines[cell.name] = min(line, self._lines.get(cell.name, line))
        self.stopped.setdefault(cell.name, sentence)

    def line(self, cell: Cell) -> int | None:
        """Before which line what of `cell` is run must end; None if all of it is run."""
        return self._lines.get(cell.name)
