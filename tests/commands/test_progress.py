"""What is told while grading goes on: how far, how fast, how submissions ended, who was slow."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import tiny_class
from rich.console import Console
from sample_grades import FULL, UNREADABLE

from autograder.commands.progress import Progress
from autograder.core.model import Grade
from autograder.grading.ledger import Ledger


def told(grades: list[Grade], already: int = 0, total: int | None = None, at: Sequence[float] = ()) -> list[str]:
    """The lines written without a terminal while these come in, at once or `at` these seconds."""
    words, seconds = io.StringIO(), [0.0]
    shown = Console(file=words, width=200)
    with Progress("Grading", total or already + len(grades), shown, clock=lambda: seconds[-1]) as progress:
        progress.already(already)
        for grade, second in zip(grades, at or [0.0] * len(grades), strict=True):
            seconds.append(second)
            progress(grade)
    return words.getvalue().splitlines()


def test_without_a_terminal_every_tenth_is_a_plain_line() -> None:
    lines = told([replace(FULL, student=f"s{number}") for number in range(40)])
    assert [line.split(";")[0] for line in lines] == [f"Grading: {count} of 40" for count in range(4, 41, 4)]
    assert "\x1b" not in "".join(lines)


def test_outcomes_are_tallied_and_the_slowest_named() -> None:
    slow = replace(FULL, student="slow\x1b[31m", seconds=61.2)
    last = told([FULL, FULL, slow, UNREADABLE])[-1]
    assert "3 graded, 1 unreadable" in last
    assert "slowest: slow\\x1b[31m 61 s" in last


def test_what_was_done_before_counts_but_not_for_the_rate() -> None:
    lines = told([FULL, FULL], already=8)
    assert lines[0] == "Grading: 8 of 10 are done already."
    assert lines[-1].startswith("Grading: 10 of 10")


def test_no_rate_is_told_of_what_was_made_ready_together() -> None:
    lines = told([FULL] * 10, at=[0.0] * 5 + [6.0, 12.0, 18.0, 24.0, 30.0])
    assert [line.split("; ")[1] for line in lines[:5]] == [f"{count} graded" for count in range(1, 6)]
    assert lines[5].split("; ")[1] == "50.0 a minute, 0:00:05 left"


def test_the_rate_is_that_of_the_last_half_minute_and_the_time_left_does_not_jump() -> None:
    quick, slow = [float(second) for second in range(61)], [60.0 + 10 * n for n in range(1, 40)]
    lines = told([FULL] * 100, at=[*quick, *slow])
    paces = {line.split("; ")[0]: line.split("; ")[1] for line in lines}
    assert paces["Grading: 60 of 100"] == "1.0 a second, 0:00:40 left"
    assert paces["Grading: 70 of 100"] == "6.0 a minute, 0:01:05 left"
    assert paces["Grading: 80 of 100"] == "6.0 a minute, 0:01:03 left"
    assert paces["Grading: 100 of 100"] == "6.0 a minute, 0:00:00 left"


@pytest.mark.sandbox
@pytest.mark.parametrize("engine", ["local", "dask"])
def test_ctrl_c_ends_cleanly_and_keeps_what_was_graded(tmp_path: Path, engine: str) -> None:
    tiny_class.course(tmp_path)
    tiny_class.hand_in(tmp_path / "in", 100)
    words = ["grade", "tiny", "in", "--out", "out", "--jobs", "1", "--engine", engine]
    with subprocess.Popen(
        [sys.executable, "-m", "autograder", *words],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    ) as grader:  # fmt: skip
        assert grader.stdout is not None
        said = next(line for line in grader.stdout if line.startswith("Grading: 10 of 100"))
        os.killpg(grader.pid, signal.SIGINT)  # as a terminal does it
        said += grader.stdout.read()
    assert grader.returncode == 130
    assert "Traceback" not in said
    assert "What was graded is kept" in said
    with Ledger.open(tmp_path / "out" / "ledger.db") as ledger:
        assert len(ledger.grades("tiny")) >= 10
