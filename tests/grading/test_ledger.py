"""What the ledger took it keeps: once, exactly, through kills; results.jsonl tells it all."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_grades import CLASS, ERRED, FULL, HOSTILE, PARTLY, UNREADABLE, hostile
from writers import after_a_kill

from autograder.core.errors import CourseError
from autograder.core.model import Grade
from autograder.grading import ledger
from autograder.grading.ledger import Ledger

KEYS = (
    "student assignment sha256 status repairs points max_points seconds student_cpu_seconds checks sandbox reason seed"
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "out" / "ledger.db"


@pytest.mark.parametrize("grade", CLASS, ids=lambda grade: grade.student)
def test_a_grade_comes_back_as_it_was(place: Path, grade: Grade) -> None:
    with Ledger.open(place) as book:
        assert book.add(grade)
        assert book.grades("digits") == [grade]


def test_hostile_texts_come_back_letter_for_letter(place: Path) -> None:
    grades = [hostile(text) for text in HOSTILE]
    with Ledger.open(place) as book:
        assert all(map(book.add, grades))
        assert book.grades("digits") == grades
        assert book.done("f" * 64) == {(text, "5" * 64) for text in HOSTILE}
        assert [book.earlier("e" * 64, text, "5" * 64) for text in HOSTILE] == grades


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=())), unique=True, max_size=5))
def test_students_are_told_apart_whatever_their_ids(students: list[str]) -> None:
    with Ledger.open("sqlite://") as book:
        assert all(book.add(replace(FULL, student=student)) for student in students)
        assert {student for student, _ in book.done(FULL.fingerprint)} == set(students)


def test_the_first_grade_of_a_submission_stays(place: Path) -> None:
    with Ledger.open(place) as book:
        assert book.add(FULL)
        assert not book.add(replace(FULL, points=0.0))
        assert book.grades("digits") == [FULL]


def test_another_file_or_another_state_of_the_checks_is_another_grade(place: Path) -> None:
    others = [replace(FULL, sha256="6" * 64), replace(FULL, fingerprint="e" * 64), replace(FULL, student="eve")]
    with Ledger.open(place) as book:
        assert all(map(book.add, [FULL, *others]))
        assert book.grades("digits", "e" * 64) == [others[1]]
        assert book.done("e" * 64) == {("ada", "5" * 64)}
        assert book.grades("letters") == []
        assert book.earlier("d" * 64, "ada", "7" * 64) is None


def test_a_ledger_opened_again_goes_on(place: Path) -> None:
    with Ledger.open(place) as book:
        book.add(FULL)
    with Ledger.open(f"sqlite:///{place}") as book:
        book.add(PARTLY)
        assert book.grades("digits") == [FULL, PARTLY]


def test_only_the_owner_can_read_a_ledger(place: Path) -> None:
    Ledger.open(place).close()
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.sandbox
def test_a_killed_writer_loses_nothing_it_was_told_is_kept(place: Path) -> None:
    told, kept = after_a_kill(str(place))
    assert kept[: len(told)] == told
    assert len(kept) in (len(told), len(told) + 1)


def test_a_full_disk_is_told_and_loses_nothing(place: Path) -> None:
    with Ledger.open(place) as book:
        book.add(FULL)
        with book._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(CourseError, match=r"database or disk is full.*Nothing that was written is lost"):
            book.add(replace(PARTLY, printed="x" * 100_000))
    with Ledger.open(place) as book:
        assert book.grades("digits") == [FULL]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CourseError, match=r"file/ledger.db cannot be opened"):
        Ledger.open(tmp_path / "file" / "ledger.db")


def test_a_result_has_the_promised_keys_in_order() -> None:
    row = ledger.to_row(PARTLY)
    assert list(row) == KEYS.split()
    assert list(row["checks"][0]) == ["name", "stub", "points", "max_points", "outcome", "hint", "message"]
    assert (row["status"], row["points"], row["student_cpu_seconds"]) == ("graded-after-repair", 3.5, 3.5)
    assert row["repairs"] == ["Cell 7 had lost its nbgrader metadata; it was found by its text marker."]


def test_advice_stands_in_a_passed_checks_hint_and_message() -> None:
    check = ledger.to_row(FULL)["checks"][0]
    assert (check["outcome"], check["points"], check["hint"]) == ("passed", 2.0, "uses-convolution")
    assert check["message"] == "Two Conv2d layers. A linear model is enough."


def test_what_was_not_judged_has_no_points() -> None:
    assert ledger.to_row(UNREADABLE)["points"] is None
    assert [check["points"] for check in ledger.to_row(ERRED)["checks"]] == [2.0, None, 2.5, 0.5, 1.0]


def test_results_stand_in_the_order_of_student_id_and_can_be_read_back(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    ledger.write_results(path, reversed(CLASS))
    assert ledger.read_results(path) == [ledger.to_row(grade) for grade in CLASS]
    assert list(tmp_path.iterdir()) == [path]


def test_hostile_results_keep_one_line_each(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    ledger.write_results(path, [hostile(text) for text in HOSTILE])
    lines = path.read_bytes().decode().splitlines()
    assert len(lines) == len(HOSTILE)
    assert {json.loads(line)["student"] for line in lines} == set(HOSTILE)
