"""results.jsonl tells all of every submission, one line each."""

from __future__ import annotations

import json
from pathlib import Path

from sample_grades import CLASS, ERRED, FULL, HOSTILE, PARTLY, UNREADABLE, hostile

from autograder.results.files import rows

KEYS = (
    "student assignment sha256 status repairs points max_points seconds student_cpu_seconds checks sandbox reason seed"
)


def test_a_result_has_the_promised_keys_in_order() -> None:
    row = rows.to_row(PARTLY)
    assert list(row) == KEYS.split()
    assert list(row["checks"][0]) == ["name", "stub", "points", "max_points", "outcome", "hint", "message"]
    assert (row["status"], row["points"], row["student_cpu_seconds"]) == ("graded-after-repair", 3.5, 3.5)
    assert row["repairs"] == ["Cell 7 had lost its nbgrader metadata; it was found by its text marker."]


def test_advice_stands_in_a_passed_checks_hint_and_message() -> None:
    check = rows.to_row(FULL)["checks"][0]
    assert (check["outcome"], check["points"], check["hint"]) == ("passed", 2.0, "uses-convolution")
    assert check["message"] == "Two Conv2d layers. A linear model is enough."


def test_what_was_not_judged_has_no_points() -> None:
    assert rows.to_row(UNREADABLE)["points"] is None
    assert [check["points"] for check in rows.to_row(ERRED)["checks"]] == [2.0, None, 2.5, 0.5, 1.0]


def test_results_stand_in_the_order_of_student_id_and_can_be_read_back(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    rows.write_results(path, reversed(CLASS))
    assert rows.read_results(path) == [rows.to_row(grade) for grade in CLASS]
    assert list(tmp_path.iterdir()) == [path]


def test_hostile_results_keep_one_line_each(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    rows.write_results(path, [hostile(text) for text in HOSTILE])
    lines = path.read_bytes().decode().splitlines()
    assert len(lines) == len(HOSTILE)
    assert {json.loads(line)["student"] for line in lines} == set(HOSTILE)
