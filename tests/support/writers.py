"""A writer to a ledger that is killed while it writes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from autograder.grading.ledger import Ledger

WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
from dataclasses import replace
from sample_grades import FULL
from autograder.grading.ledger import Ledger
with Ledger.open(sys.argv[1]) as book:
    for number in range(100_000):
        book.add(replace(FULL, student=str(number)))
        print(number, flush=True)
"""


def begun_at_once(place: str, count: int = 8) -> None:
    """Lets `count` coordinators begin a fresh ledger at the same moment."""
    gate = threading.Barrier(count)

    def begin(_: int) -> None:
        gate.wait()
        with Ledger.open(place):
            pass

    with ThreadPoolExecutor(count) as coordinators:
        list(coordinators.map(begin, range(count)))


def after_a_kill(place: str) -> tuple[list[str], list[str]]:
    """Whom a writer to the ledger at `place` had told of when it was killed, and whom the ledger then holds."""
    command = [sys.executable, "-c", WRITER, place, str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        told = [next(writer.stdout) for _ in range(20)]
        os.kill(writer.pid, signal.SIGKILL)
        told += writer.stdout.readlines()
    with Ledger.open(place) as book:
        kept = [grade.student for grade in book.grades("digits")]
    return [line.strip() for line in told], kept
