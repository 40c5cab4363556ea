"""(b) What the kit adds to what students' code needs: wall ÷ (student CPU seconds ÷ slots); and where it goes."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

import classes
from record import machine, publish

from autograder.core.model import Grade
from autograder.grading import timing
from autograder.grading.engines.local import LocalEngine
from autograder.grading.group import Class, Plan, grade_class
from autograder.grading.submission import Task, grade
from autograder.intake import hand_ins
from autograder.results.handover import hand_over

SEED = 7


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--count", type=int, default=24)
    words.add_argument("--slots", type=int, nargs="+", default=[1, 2])
    wanted = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="autograder-overhead-") as place:
        folder = classes.hand_in(Path(place) / "in", classes.samples(wanted.count))
        runs = [measured(folder, Path(place) / f"out{slots}", slots) for slots in wanted.slots]
    facts = {"machine": machine(), "submissions": wanted.count, "shares": [shares for _, shares in runs]}
    publish("overhead", f"{wanted.count} digits submissions, warm slots", [row for row, _ in runs], facts)


def measured(folder: Path, out: Path, slots: int) -> tuple[dict[str, Any], dict[str, float]]:
    """One line, and the seconds of each kind, of a class graded by slots that are warm already."""
    group = Class(classes.digits(), hand_ins.collect(folder).submissions, out, seed=SEED)
    with LocalEngine(slots) as engine:
        starting = timed(lambda: warm_up(engine, next(iter(group.tasks())), slots))[1]
        rows, wall = timed(lambda: grade_class(group, engine, Plan()))
    writing = timed(lambda: hand_over(group, rows))[1]
    student = sum(row.cpu_seconds for row in rows)
    seconds = timing.total(rows, writing)
    row = {
        "slots": slots,
        "wall s": wall,
        "student CPU s": student,
        "wall ÷ (student CPU ÷ slots)": wall / (student / slots),
        "starting s": starting,
        "handing over s": writing,
        "with both": (wall + starting + writing) / (student / slots),
        **{f"{kind} %": 100 * part / sum(seconds.values()) for kind, part in seconds.items()},
    }
    return row, seconds


def warm_up(engine: LocalEngine, task: Task, slots: int) -> list[Grade]:
    """One submission in each slot."""
    return [future.result() for future in [engine.submit(grade, task) for _ in range(slots)]]


def timed(function: Callable[[], Any]) -> tuple[Any, float]:
    """What the function returns, and how long it took (seconds)."""
    begin = monotonic()
    return function(), monotonic() - begin


if __name__ == "__main__":
    main()
