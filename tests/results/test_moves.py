"""Grading again after a change: only what it reaches, with the same end as grading anew; and first one may look."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
import tiny_class
from rich.console import Console
from sample_grades import FULL

from autograder.core.course import Course
from autograder.core.errors import CourseError
from autograder.core.model import Grade, RunStatus
from autograder.grading.engines import supervision as engines
from autograder.grading.engines.local import LocalEngine
from autograder.grading.group import Class, Plan, grade_class
from autograder.grading.ledger import Ledger
from autograder.intake import hand_ins
from autograder.results.files.rows import to_row, write_results
from autograder.results.moves import handed_over, moves, table, unmoved

REGRADE = Plan(reuse=True)
TRY = Plan(reuse=True, keep=False)
STRICTER = ("got == wanted, looked_at", "got == wanted + 1, looked_at")
"""Now no predict passes: what both of its checks share looks for another digit."""


@pytest.fixture(scope="module")
def engine() -> Iterator[LocalEngine]:
    with LocalEngine(slots=1) as engine:
        yield engine


@pytest.fixture
def group(tmp_path: Path) -> Class:
    tiny_class.course(tmp_path).solution.unlink()  # changed checks fail it, too, and then nobody is graded
    submissions = hand_ins.collect(tiny_class.hand_in(tmp_path / "in", 7)).submissions
    return Class(Course(tmp_path).assignment("tiny"), submissions, tmp_path / "out", seed=3)


def after_change(group: Class, *changes: tuple[str, str]) -> Class:
    """The class after edits of the check file."""
    text = group.assignment.checks.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    group.assignment.checks.write_text(text, encoding="utf-8")
    return replace(group, assignment=Course(group.assignment.root).assignment("tiny"))


def graded(group: Class, engine: LocalEngine) -> list[Grade]:
    rows = grade_class(group, engine)
    write_results(group.out / "results.jsonl", rows)
    return rows


def timeless(rows: list[Grade]) -> list[dict[str, Any]]:
    return [{key: value for key, value in to_row(row).items() if "seconds" not in key} for row in rows]


def test_only_changed_checks_are_run_and_the_end_is_that_of_grading_anew(group: Class, engine: LocalEngine) -> None:
    before = graded(group, engine)
    group = after_change(group, STRICTER)
    again = grade_class(group, engine, REGRADE)
    anew = grade_class(replace(group, out=group.out / "anew"), engine)
    assert timeless(again) == timeless(anew)
    kept = [(one.checks[0].seconds, one.checks[3].seconds) for one in again if one.status == "graded"]
    assert kept == [(one.checks[0].seconds, one.checks[3].seconds) for one in before if one.status == "graded"]


def test_a_look_ahead_names_those_who_move_and_writes_nothing(group: Class, engine: LocalEngine) -> None:
    before = graded(group, engine)
    files = {path: path.read_bytes() for path in group.out.iterdir()}
    group = after_change(group, STRICTER)
    found = list(moves(handed_over(group.out), grade_class(group, engine, TRY)))
    lost = {row.student for row in before if row.checks and row.checks[4].points}
    assert {move.student for move in found} == lost
    assert found[0].points == "20 → 19"
    assert [line.split(" (")[0] for line in found[0].why] == [
        "test_digit: passed → failed",
        "test_other_digits: passed → failed",
    ]
    assert {path: path.read_bytes() for path in group.out.iterdir()} == files


def test_a_student_of_whom_one_of_two_hand_ins_moves_is_one_who_moved() -> None:
    rows = [replace(FULL, student=name, sha256=name + digit) for name in ("ada", "bela") for digit in "12"]
    before = [to_row(row) for row in rows]
    found = list(moves(before, [rows[0], replace(rows[1], points=1.0), *rows[2:]]))
    assert unmoved(rows, found) == {"bela"}
    assert table(found).title == "1 moved"
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(table(found, {"ada": "ada ([red]Ada[/red])"}.__getitem__))
    assert "ada ([red]Ada[/red])" in console.export_text()


def test_a_new_price_needs_no_run(group: Class, engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "AHEAD", 2)
    before = graded(group, engine)
    group = after_change(group, ('@points(0.5, stub="predict", seconds', '@points(1.5, stub="predict", seconds'))
    rows = grade_class(group, engine, REGRADE)
    assert [row.points for row in rows[:4]] == [21.0, 21.0, 17.0, 19.0]
    assert [row.max_points for row in rows] == [21.0] * len(rows)
    assert [one.seconds for one in rows[0].checks] == [one.seconds for one in before[0].checks]
    assert rows[0].times.student == 0.0


def test_going_back_to_earlier_checks_finds_the_earlier_grades(group: Class, engine: LocalEngine) -> None:
    before = graded(group, engine)
    there = after_change(group, STRICTER)
    write_results(group.out / "results.jsonl", grade_class(there, engine, REGRADE))
    back = after_change(there, STRICTER[::-1])
    rows = grade_class(back, engine, REGRADE)
    assert [asdict(row) for row in rows] == [asdict(row) for row in before]
    assert {move.points for move in moves(handed_over(group.out), rows)} == {"19 → 20", "15 → 16", "4 → 5"}


def test_what_waits_for_a_person_is_tried_again(group: Class, engine: LocalEngine) -> None:
    broken = after_change(group, ("expect.finite", "expect.infinite"))
    rows = grade_class(broken, engine)
    with Ledger.open(group.out / "ledger.db") as ledger:
        waiting = [row.student for row in rows if row.status == "needs-human"]
        done = {student for student, _ in ledger.done(broken.assignment.fingerprint)}
    assert waiting
    assert done.isdisjoint(waiting)


def test_a_class_that_was_never_graded_cannot_be_graded_again(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="Grade the class first"):
        handed_over(tmp_path)


def test_another_seed_for_the_same_class_is_refused(group: Class) -> None:
    list(group.tasks())
    with pytest.raises(CourseError, match="graded with another seed"):
        replace(group, seed=4).tasks()


@pytest.mark.parametrize(
    ("status", "points", "moved"),
    [
        ("graded-after-repair", 9.0, False),
        ("graded", 10.0, True),
        ("timed-out", 9.0, True),
        ("needs-human", None, True),
    ],
)
def test_who_is_only_said_to_have_been_mended_does_not_move(status: str, points: float | None, moved: bool) -> None:
    before = Grade("ada", "tiny", "f", "5", RunStatus.GRADED, 9.0, 10.0, 1)
    after = replace(before, status=RunStatus(status), points=points)
    assert bool(list(moves([to_row(before)], [after]))) is moved
    assert bool(list(moves([to_row(after)], [before]))) is moved
