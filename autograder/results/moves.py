"""Grading again after a change of the assignment: only what the change can reach, and who moves because of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from autograder.core import untrusted
from autograder.core.errors import CourseError
from autograder.core.model import Grade, RunStatus
from autograder.grading import scoring
from autograder.results.files.rows import read_results, to_row

Row = Mapping[str, Any]
RESULTS = "results.jsonl"


@dataclass(frozen=True)
class Move:
    """One submission whose points or verdicts are no longer as was handed over; `before` is None for a new one."""

    before: Row | None
    after: Row

    @property
    def student(self) -> str:
        return str(self.after["student"])

    @property
    def points(self) -> str:
        """The points before and after, such as "18 → 20"."""
        return _arrow(None if self.before is None else self.before["points"], self.after["points"])

    @property
    def why(self) -> list[str]:
        """A line for each check that ends otherwise or is worth something else, and for another run status."""
        old = {check["name"]: check for check in (self.before or {}).get("checks", ())}
        new = {check["name"]: check for check in self.after["checks"]}
        lines = [_changed(name, old.get(name), new.get(name)) for name in {**new, **old}]
        status = "" if self.before is None else str(self.before["status"])
        if status != self.after["status"]:
            lines.append(f"{status or 'new'} → {self.after['status']} {self.after['reason']}".strip())
        return [line for line in lines if line]


def handed_over(out: Path) -> list[Row]:
    """The rows that people were told last. Raises CourseError where nothing was graded yet."""
    if not (out / RESULTS).exists():
        raise CourseError(f"{out / RESULTS}: is not there. Grade the class first, with `autograder grade`.")
    return list(read_results(out / RESULTS))


def moves(before: Sequence[Row], after: Sequence[Grade]) -> Iterator[Move]:
    """Who is no longer where they were, in the order of `after`."""
    known = {(row["student"], row["sha256"]): row for row in before}
    for grade in after:
        row = to_row(grade)
        then = known.get(grade.key)
        if then is None or _essence(then) != _essence(row):
            yield Move(then, row)


def unmoved(after: Iterable[Grade], found: Iterable[Move]) -> set[str]:
    """The students of whom no hand-in moves."""
    return {grade.student for grade in after} - {move.student for move in found}


def table(found: Sequence[Move], label: Callable[[str], str] = str) -> Table:
    """Who moves and why, for the terminal; a `label` may tell more of a student than the id."""
    shown = Table("student", "points", "why", title=f"{len({move.student for move in found})} moved")
    for move in found:
        who, why = (Text(untrusted.visible(text)) for text in (label(move.student), "\n".join(move.why)))
        shown.add_row(who, move.points, why)
    return shown


def _essence(row: Row) -> Any:
    """What a student would notice: not whether the notebook was mended first, which costs nothing."""
    checks = {check["name"]: (check["outcome"], check["points"]) for check in row["checks"] if check["points"] != 0}
    status = RunStatus.GRADED if row["status"] == RunStatus.REPAIRED else row["status"]
    return status, row["points"], checks


def _changed(name: str, old: Row | None, new: Row | None) -> str:
    if old is None or new is None:
        return f"{name} is no longer there" if new is None else f"{name} is new: {new['outcome']}"
    if old["outcome"] != new["outcome"]:
        words = f"{name}: {old['outcome']} → {new['outcome']}"
        return f"{words} ({new['message'].splitlines()[0]})" if new["message"] else words
    return f"{name}: {_arrow(old['points'], new['points'])} points" if old["points"] != new["points"] else ""


def _arrow(old: float | None, new: float | None) -> str:
    return f"{scoring.number(old)} → {scoring.number(new)}"
