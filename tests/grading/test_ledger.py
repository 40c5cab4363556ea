"""What the ledger took it keeps: once, exactly, through kills."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_grades import CLASS, FULL, HOSTILE, PARTLY, hostile
from writers import after_a_kill, begun_at_once

from autograder.core.errors import CourseError
from autograder.core.model import Grade
from autograder.grading.ledger import Ledger


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


def test_several_coordinators_may_begin_a_ledger_at_once(tmp_path: Path) -> None:
    for number in range(5):
        begun_at_once(str(tmp_path / f"{number}.db"))
