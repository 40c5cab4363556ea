"""The ledger and nbgrader's gradebook keep their promises on a real PostgreSQL server too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import nbformat
import postgres
import pytest
import sqlalchemy as sql
from nbformat.v4 import new_notebook
from nbgrader import api
from sample_grades import CLASS, FULL, HINTS, HOSTILE, PARTLY, hostile
from test_gradebook import release_cells
from writers import after_a_kill, begun_at_once

from autograder.core.decision import Hand
from autograder.core.errors import CourseError
from autograder.core.model import Cell, Grade, Role, RunStatus, Submission
from autograder.grading import decisions
from autograder.grading.ledger import Ledger
from autograder.results import gradebook

PROGRAMS = postgres.programs()
pytestmark = pytest.mark.skipif(
    PROGRAMS is None, reason="PostgreSQL is not installed (Debian: apt install postgresql)."
)
_NUMBERS = count()


@pytest.fixture(scope="module")
def server() -> Iterator[sql.URL]:
    assert PROGRAMS is not None
    with postgres.server(PROGRAMS) as url:
        yield url


@pytest.fixture
def database(server: sql.URL) -> str:
    return postgres.new_database(server, f"course{next(_NUMBERS)}")


@pytest.mark.parametrize("grade", CLASS, ids=lambda grade: grade.student)
def test_a_grade_comes_back_as_it_was(database: str, grade: Grade) -> None:
    with Ledger.open(database) as book:
        assert book.add(grade)
        assert book.grades(grade.assignment) == [grade]


@pytest.mark.parametrize("text", ["Half of it is there.", *HOSTILE])
def test_what_persons_decided_comes_back_as_it_was(database: str, text: str) -> None:
    hand = Hand(text, datetime(2026, 11, 30, 12, 5, tzinfo=UTC), text)
    row = replace(PARTLY, student=text)
    said = [decisions.note(row, "", hand), decisions.mark(row, "test_loss_falls", 1.25, hand)]
    with Ledger.open(database) as book:
        for one in said:
            book.decide("digits", one)
        assert book.decisions("digits") == said


def test_hostile_texts_come_back_letter_for_letter(database: str) -> None:
    grades = [hostile(text) for text in HOSTILE]
    with Ledger.open(database) as book:
        assert all(map(book.add, grades))
        assert book.grades("digits") == grades
        assert book.done("f" * 64) == {(text, "5" * 64) for text in HOSTILE}


def test_the_first_grade_stays_and_a_waiting_one_is_replaced(database: str) -> None:
    waiting = replace(PARTLY, status=RunStatus.NEEDS_HUMAN, points=None)
    with Ledger.open(database) as book:
        assert [book.add(FULL), book.add(replace(FULL, points=0.0))] == [True, False]
        assert [book.add(waiting), book.add(PARTLY), book.add(waiting)] == [True, True, False]
        assert book.grades("digits") == [FULL, PARTLY]


def test_what_was_noted_first_stays(database: str) -> None:
    with Ledger.open(database) as book:
        book.note("f" * 64, {"release": "a"})
        book.note("f" * 64, {"release": "b"})
        assert book.noted() == {"f" * 64: {"release": "a"}}


def test_a_killed_writer_loses_nothing_it_was_told_is_kept(database: str) -> None:
    told, kept = after_a_kill(database)
    assert kept[: len(told)] == told
    assert len(kept) in (len(told), len(told) + 1)


def test_several_coordinators_may_begin_a_ledger_at_once(server: sql.URL) -> None:
    for _ in range(5):
        begun_at_once(postgres.new_database(server, f"course{next(_NUMBERS)}"))


def test_a_server_that_does_not_answer_is_named(database: str) -> None:
    with pytest.raises(CourseError, match="cannot be used"):
        Ledger.open(sql.make_url(database).set(database="nowhere").render_as_string(hide_password=False))


# --- nbgrader's gradebook


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "release" / "digits" / "digits.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(new_notebook(cells=list(release_cells())), path)
    return path


def enter(release: Path, database: str, *grades: Grade) -> int:
    root = release.parents[2]
    folders = gradebook.Folders(root / "submitted", root / "autograded", database)
    cells = (Cell("cell 3 (model)", "model = None", Role.STUB, "model"),)
    entries = [gradebook.Entry(Submission(one.student, "", one.sha256), one, cells) for one in grades]
    return gradebook.write(entries, release=release, folders=folders, hints=HINTS)


def scores(database: str) -> dict[str, float]:
    with api.Gradebook(database) as book:
        return {one.student.id: one.score for one in book.assignment_submissions("digits")}


def test_points_stand_in_nbgraders_database_on_postgresql(release: Path, database: str) -> None:
    assert enter(release, database, *CLASS) == len(CLASS)
    assert scores(database) == {"ada": 8.0, "bela": 3.5, "carl": 0.0, "dora": 0.0, "emil": 0.0}


def test_what_a_person_typed_survives_writing_again(release: Path, database: str) -> None:
    enter(release, database, PARTLY)
    with api.Gradebook(database) as book:
        grade = book.find_grade("model_check", "digits", "digits", "bela")
        grade.manual_score, grade.needs_manual_grade = 3.0, False
        book.db.commit()
    enter(release, database, PARTLY)
    assert scores(database) == {"bela": 3.5 - 2.0 + 3.0}
