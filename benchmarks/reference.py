"""(i) What one reference submission costs, all checks: processor seconds, and which check they go to."""

from __future__ import annotations

import argparse
from statistics import median
from time import process_time
from typing import Any

import classes
from record import machine, publish

from autograder.authoring.audit import Notebooks
from autograder.authoring.calibrate import REFERENCE
from autograder.core.model import Grade
from autograder.grading.submission import grade


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--count", type=int, default=11)
    wanted = words.parse_args()
    once(0)  # starts the template
    rounds = [once(seed) for seed in range(1, wanted.count + 1)]
    own, student = (median(column) for column in zip(*((own, row.cpu_seconds) for own, row in rounds), strict=True))
    names = [result.check.name for result in rounds[0][1].checks]
    walls = {name: median(seconds_of(row, name) for _, row in rounds) for name in names}
    whole = median(row.seconds for _, row in rounds)
    parts: list[dict[str, Any]] = [
        {"part": "whole, wall", "median s": whole, "share %": 100.0},
        {"part": "student's process, CPU", "median s": student, "share %": 100 * student / whole},
        {"part": "grader, CPU", "median s": own, "share %": 100 * own / whole},
    ]
    checks = sorted(walls.items(), key=lambda item: -item[1])
    parts += [{"part": f"  {name}", "median s": wall, "share %": 100 * wall / whole} for name, wall in checks]
    remark = f"{student + own:.2f} s of one core for each; the checks below in wall time"
    publish("reference", f"The reference, {wanted.count} times, one slot", parts, {"machine": machine()}, remark)


def once(seed: int) -> tuple[float, Grade]:
    """The grader's processor time (s) for one grading of the solution notebook, and the grade."""
    task = Notebooks(classes.digits()).task(REFERENCE, seed)
    begin = process_time()
    row = grade(task)
    if row.points != row.max_points:
        raise SystemExit(f"The reference earned {row.points} of {row.max_points} points: nothing to be measured.")
    return process_time() - begin, row


def seconds_of(row: Grade, name: str) -> float:
    """Wall time of one check (s); an experiment that several checks share counts for the first."""
    return next(result.seconds for result in row.checks if result.check.name == name)


if __name__ == "__main__":
    main()
