"""Grades a class in a process of its own and kills parts of it at random moments, until the class is graded."""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psutil

from autograder.core.course import Course
from autograder.core.errors import CourseError
from autograder.grading.engines.dask import DaskEngine
from autograder.grading.engines.local import LocalEngine
from autograder.grading.group import Class, Plan, grade_class
from autograder.grading.ledger import Ledger
from autograder.intake import hand_ins
from autograder.sandbox.host import template

VICTIMS = ("grader", "worker", "template")
PATIENCE = 300.0
"""Seconds that one start may take; far more than any needs."""
SEED = 7
KEPT, TOLD = 0, 2
"""Exit codes: all is graded; the ledger could not be written and that was said."""
_WORKERS = ("local.serve", "spawn_main")
"""What the command lines of slots and of Dask's workers hold."""
_TIMES = ("seconds", "cpu_seconds", "times")


def grade(root: Path, out: Path, engine_name: str, slots: int) -> int:
    """Grade what lies in `root/in`, as the command line does, but for what is written at the end."""
    assignment = Course(root).assignment("tiny")
    group = Class(assignment, hand_ins.collect(root / "in").submissions, out, seed=SEED)
    engine = DaskEngine.local(slots) if engine_name == "dask" else LocalEngine(slots, first=template.start_early)
    try:
        grade_class(group, engine, Plan(), done=lambda row: print(row.student, flush=True))
    except CourseError as error:
        print(error, flush=True)
        engine.stop()
        return TOLD
    engine.shutdown()
    return KEPT


def start(root: Path, out: Path, engine: str, slots: int) -> subprocess.Popen[bytes]:
    """A grader of its own process group; it writes a line for each row that is kept to `root/log`."""
    command = [sys.executable, __file__, str(root), str(out), "--engine", engine, "--slots", str(slots)]
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    environment = {**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1"}
    with (root / "log").open("wb") as log:
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)


def undisturbed(root: Path, out: Path, engine: str, slots: int) -> int:
    """The exit code of a grader that nobody disturbs."""
    with start(root, out, engine, slots) as grader:
        return grader.wait(PATIENCE)


def disturbed(root: Path, out: Path, engine: str, slots: int, dice: random.Random, victims: Sequence[str]) -> list[str]:
    """Grade in spite of the kills of `victims` at random moments, each time again; who was killed, in that order."""
    killed: list[str] = []
    while True:
        with start(root, out, engine, slots) as grader:
            while len(killed) < len(victims) and _moment(grader, root / "log", dice):
                victim = victims[len(killed)]
                killed += [victim] if kill(grader, victim, dice) else []
            if grader.wait(PATIENCE) == KEPT:
                return killed


def _moment(grader: subprocess.Popen[bytes], log: Path, dice: random.Random) -> bool:
    """Waits for a moment to kill: a little after the next row, now and then before; False if the grader has ended."""
    size, end = log.stat().st_size, monotonic() + (dice.uniform(0, 5) if dice.random() < 0.2 else PATIENCE)
    while grader.poll() is None and log.stat().st_size == size and monotonic() < end:
        sleep(0.01)
    sleep(dice.uniform(0, 0.3))
    return grader.poll() is None


def kill(grader: subprocess.Popen[bytes], victim: str, dice: random.Random) -> bool:
    """SIGKILL one process of that kind, if there is one."""
    with suppress(psutil.NoSuchProcess):
        if there := processes(psutil.Process(grader.pid))[victim]:
            dice.choice(there).kill()
            return True
    return False


def processes(grader: psutil.Process) -> dict[str, list[psutil.Process]]:
    """Who can be killed, by kind; a template is a watcher or the warm process below it."""
    workers = [child for child in grader.children() if any(word in " ".join(child.cmdline()) for word in _WORKERS)]
    watchers = [watcher for worker in workers for watcher in worker.children()]
    warm = [process for watcher in watchers for process in watcher.children()]
    return dict(zip(VICTIMS, ([grader], workers, watchers + warm), strict=True))


def rows(out: Path) -> dict[tuple[str, str], Any]:
    """All that the ledger holds of the class, but times, by submission; no submission may be there twice."""
    with Ledger.open(out / "ledger.db") as ledger:
        grades = ledger.grades("tiny")
    found = {grade.key: _timeless(asdict(grade)) for grade in grades}
    assert len(found) == len(grades)
    return found


def _timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _timeless(each) for key, each in value.items() if key not in _TIMES}
    return [_timeless(each) for each in value] if isinstance(value, list | tuple) else value


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("root", type=Path)
    words.add_argument("out", type=Path)
    words.add_argument("--engine", default="local")
    words.add_argument("--slots", type=int, default=1)
    wanted = words.parse_args()
    sys.exit(grade(wanted.root, wanted.out, wanted.engine, wanted.slots))
