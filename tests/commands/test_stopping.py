"""Grading that is stopped by Ctrl-C has kept what was graded: export hands it on, and the next run does the rest."""

from __future__ import annotations

import csv
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import tiny_class

COUNT = 40


def ran(root: Path, *words: str) -> str:
    command = [sys.executable, "-m", "autograder", *words, "--out", "out"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return " ".join(done.stdout.split())


def rows_in(ledger: Path) -> int:
    if not ledger.exists():
        return 0
    with sqlite3.connect(f"file:{ledger}?mode=ro", uri=True, timeout=30) as book:
        try:
            return int(book.execute("select count(*) from grades").fetchone()[0])
        except sqlite3.OperationalError:  # the tables are still to come
            return 0


def students(root: Path) -> set[str]:
    with (root / "out" / "grades.csv").open(newline="", encoding="utf-8") as file:
        return {row["student"] for row in csv.DictReader(file)}


def test_what_is_there_is_handed_on_and_the_rest_is_graded_later(tmp_path: Path) -> None:
    tiny_class.course(tmp_path)
    everybody = {path.stem for path in tiny_class.hand_in(tmp_path / "in", COUNT).iterdir()}
    command = [sys.executable, "-m", "autograder", "grade", "tiny", "in", "--out", "out", "--jobs", "1"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as grading:
        while grading.poll() is None and rows_in(tmp_path / "out" / "ledger.db") < 2:
            time.sleep(0.2)
        grading.send_signal(signal.SIGINT)
        said, complained = grading.communicate()
    assert (grading.returncode, complained) == (130, "")
    assert "Stopped. What was graded is kept" in said
    told = ran(tmp_path, "export", "tiny")
    there = students(tmp_path)
    assert 2 <= len(there) < COUNT
    assert f"Not graded yet: {COUNT - len(there)} of {COUNT} students: " in told
    assert all(name in told for name in everybody - there)
    assert {path.stem for path in (tmp_path / "out" / "feedback").iterdir()} == there
    told = ran(tmp_path, "grade", "tiny", "in")
    assert "are done already" in told
    assert students(tmp_path) == everybody
