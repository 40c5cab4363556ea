"""(d) Thousands of cheap submissions in one run: does the rate fall, does memory grow, how large is the ledger?"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from time import monotonic
from typing import Any

import classes
import psutil
from record import MIB, machine, publish

from autograder.core.model import Grade
from autograder.grading.engines.local import LocalEngine
from autograder.grading.group import Class, Plan, grade_class
from autograder.intake import hand_ins
from autograder.sandbox.host import template


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--count", type=int, default=10_000)
    words.add_argument("--every", type=int, default=500)
    words.add_argument("--slots", type=int, default=2)
    wanted = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="autograder-endurance-") as place:
        root = Path(place)
        assignment = classes.tiny.course(root)
        folder = classes.tiny.hand_in(root / "in", wanted.count)
        group = Class(assignment, hand_ins.collect(folder).submissions, root / "out", seed=7)
        diary = Diary(root / "out" / "ledger.db", wanted.every)
        with LocalEngine(wanted.slots, first=template.start_early) as engine:
            grade_class(group, engine, Plan(), done=diary)
    facts = {"machine": machine(), "submissions": wanted.count, "slots": wanted.slots}
    publish("endurance", f"{wanted.count} cheap submissions, {wanted.slots} slots", diary.rows, facts, diary.verdict())


class Diary:
    """Looks at rate, memory and ledger after every so many submissions."""

    def __init__(self, ledger: Path, every: int) -> None:
        self._ledger, self._every = ledger, every
        self._count, self._since = 0, monotonic()
        self.rows: list[dict[str, Any]] = []

    def __call__(self, grade: Grade) -> None:
        self._count += 1
        if self._count % self._every == 0:
            now = monotonic()
            held = memory()
            ledger = self._ledger.stat().st_size / MIB
            rate = self._every / (now - self._since)
            self.rows.append({"graded": self._count, "a second": rate, **held, "ledger MiB": ledger})
            self._since = monotonic()

    def verdict(self) -> str:
        """How the last line compares with the one at a tenth of the way."""
        first, last = self.rows[max(len(self.rows) // 10 - 1, 0)], self.rows[-1]
        kinds = [kind for kind in last if kind not in ("graded", "ledger MiB")]
        return f"since {first['graded']}: " + ", ".join(f"{kind} {last[kind] / first[kind] - 1:+.1%}" for kind in kinds)


def memory() -> dict[str, float]:
    """What coordinator, graders and templates hold by themselves (MiB): pages that nobody else has."""
    kinds = {"coordinator MiB": [psutil.Process(os.getpid())], "graders MiB": [], "templates MiB": []}
    for grader in psutil.Process().children():
        if watchers := grader.children():
            kinds["graders MiB"].append(grader)
            kinds["templates MiB"] += [warm for watcher in watchers for warm in watcher.children()]
    return {kind: sum(one.memory_info().rss for one in processes) / MIB for kind, processes in kinds.items()}


if __name__ == "__main__":
    main()
