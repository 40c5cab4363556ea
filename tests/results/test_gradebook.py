"""Marks reach nbgrader whole: its database, its folders, its own tools; what a person typed there stays."""

from __future__ import annotations

import csv
import json
import logging
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import html5lib
import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import markdown2html
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader import api
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins.export import CsvExportPlugin
from sample_grades import (
    CHECKS,
    CLASS,
    ERRED,
    FULL,
    HINTS,
    HOSTILE,
    PARTLY,
    SECRET,
    UNREADABLE,
    UNTOUCHED,
    failed,
    grade_for,
    hostile,
)
from traitlets import import_item
from traitlets.config import Config

from autograder.core.errors import CourseError
from autograder.core.model import Cell, Grade, Role, Submission
from autograder.intake import times
from autograder.results import gradebook

STUBS = {"model": 4.0, "train": 3.0, "whole": 1.0}


def nbgrader_cell(cell: Any, grade_id: str, points: float | None = None, **kind: bool) -> Any:
    facts = {"grade": False, "solution": False, "task": False, "locked": True, "schema_version": 3} | kind
    extra = {} if points is None else {"points": points}
    cell.metadata["nbgrader"] = facts | {"grade_id": grade_id, "cell_type": cell.cell_type} | extra
    return cell


def release_cells() -> Iterator[Any]:
    yield new_markdown_cell("# Digits")
    yield nbgrader_cell(new_code_cell("import torch"), "imports")
    for stub in ("model", "train"):
        yield nbgrader_cell(new_code_cell(f"# YOUR TURN: {stub}\n..."), stub, solution=True, locked=False)
        yield nbgrader_cell(new_code_cell(f'check("{stub}")'), f"{stub}_check", STUBS[stub], grade=True)
    yield nbgrader_cell(new_markdown_cell("*Your answer.*"), "essay", 2.0, grade=True, solution=True, locked=False)
    yield nbgrader_cell(new_code_cell('check("whole")'), "whole_check", STUBS["whole"], grade=True)


class Course:
    """A course folder of nbgrader with one small assignment."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.release = root / "release" / "digits" / "digits.ipynb"
        self.folders = gradebook.Folders(root / "submitted", root / "autograded", f"sqlite:///{root}/gradebook.db")
        (root / "assignments" / "digits").mkdir(parents=True)
        self.lay(list(release_cells()))

    def lay(self, cells: list[Any]) -> None:
        self.release.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(new_notebook(cells=cells), self.release)

    def entry(
        self, grade: Grade, *cells: Cell, received: datetime | None = None, essay: str | None = None
    ) -> gradebook.Entry:
        path = self.root / "inbox" / f"{gradebook.nbgrader_id(grade.student)}.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}")
        submission = Submission(grade.student, str(path), grade.sha256, received)
        return gradebook.Entry(submission, grade, cells, {} if essay is None else {"essay": essay})

    def write(self, *entries: gradebook.Entry) -> int:
        return gradebook.write(iter(entries), release=self.release, folders=self.folders, hints=HINTS)

    def enter(self, *grades: Grade) -> None:
        self.write(*(self.entry(grade) for grade in grades))

    def notebook(self, student: str) -> Any:
        path = self.folders.autograded / gradebook.nbgrader_id(student) / "digits" / "digits.ipynb"
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        return notebook

    def output(self, student: str, cell: str) -> str:
        (output,) = next(each for each in self.notebook(student).cells if grade_id(each) == cell).outputs
        return str(output.text)

    def submissions(self) -> dict[str, Any]:
        """What formgrader's pages list."""
        nbgrader = self.formgrader()
        return {
            student: nbgrader.get_submission("digits", student) for student in nbgrader.get_submitted_students("digits")
        }

    def formgrader(self) -> NbGraderAPI:
        """What formgrader asks for all that it shows."""
        config = Config({"CourseDirectory": {"root": str(self.root), "source_directory": "assignments"}})
        config.CourseDirectory.db_url = self.folders.database
        logging.getLogger("traitlets").setLevel(logging.CRITICAL)
        return NbGraderAPI(CourseDirectory(config=config), config=config)

    def exported(self) -> dict[str, dict[str, str]]:
        """What `nbgrader export` writes."""
        path = self.root / "export.csv"
        with api.Gradebook(self.folders.database) as book:
            CsvExportPlugin(to=str(path)).export(book)
        with path.open(newline="") as file:
            return {row["student_id"]: row for row in csv.DictReader(file)}


def grade_id(cell: Any) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


@pytest.fixture(scope="module")
def new_gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty gradebook, laid once: nbgrader needs seconds for it."""
    course = Course(tmp_path_factory.mktemp("new"))
    course.write()
    return course.root / "gradebook.db"


@pytest.fixture
def course(tmp_path: Path, new_gradebook: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    monkeypatch.setenv("HOME", str(tmp_path))
    shutil.copy(new_gradebook, tmp_path)
    return Course(tmp_path)


def test_nbgrader_shows_and_exports_our_points(course: Course) -> None:
    course.enter(*CLASS)
    shown = {student: entry["score"] for student, entry in course.submissions().items()}
    assert shown == {"ada": 8.0, "bela": 3.5, "carl": 0.0, "dora": 0.0, "emil": 0.0}
    assert {student: float(row["score"]) for student, row in course.exported().items()} == shown


def test_in_a_folder_of_results_nbgraders_table_is_empty_where_nothing_could_be_judged(course: Course) -> None:
    course.write(*map(course.entry, CLASS), course.entry(replace(FULL, student="zoe"), essay="Because."))
    config = Config()
    exec((course.root / "nbgrader_config.py").read_text(), {"get_config": lambda: config, "__file__": "x/y.py"})
    path = course.root / "own.csv"
    with api.Gradebook(course.folders.database) as book:
        import_item(config.ExportApp.plugin_class)(to=str(path)).export(book)
    with path.open(newline="") as file:
        told = {row["student_id"]: (row["raw_score"], row["score"]) for row in csv.DictReader(file)}
    assert told == {
        "ada": ("8.0", "8.0"), "bela": ("3.5", "3.5"), "carl": ("0.0", "0.0"),
        "dora": ("", ""), "emil": ("", ""), "zoe": ("8.0", "8.0"),
    }  # fmt: skip


def test_names_are_kept_and_none_is_a_formula(course: Course) -> None:
    course.write(replace(course.entry(FULL), name=("=1+1", "Ada")), course.entry(PARTLY))
    named, unnamed = (course.exported()[grade.student] for grade in (FULL, PARTLY))
    assert (named["last_name"], named["first_name"]) == ("'=1+1", "Ada")
    assert (unnamed["last_name"], unnamed["first_name"]) == ("", "")


def test_formgrader_lists_every_submission_as_autograded(course: Course) -> None:
    when = datetime(2030, 5, 4, 23, 59, 7, tzinfo=UTC)
    course.write(course.entry(FULL, received=when), course.entry(PARTLY))
    shown = course.submissions()
    assert {student: entry["autograded"] for student, entry in shown.items()} == {"ada": True, "bela": True}
    assert (shown["ada"]["timestamp"], shown["bela"]["timestamp"]) == ("2030-05-04T23:59:07", None)


def test_only_what_is_not_judged_waits_for_a_person(course: Course) -> None:
    course.enter(*CLASS)
    waits = {student for student, entry in course.submissions().items() if entry["needs_manual_grade"]}
    assert waits == {"dora", "emil"}


def test_points_beyond_a_cells_maximum_are_cut(course: Course) -> None:
    generous = tuple(replace(result, check=replace(result.check, points=5.0)) for result in FULL.checks)
    course.enter(replace(FULL, checks=generous))
    assert course.submissions()["ada"]["score"] == 8.0


def test_a_person_grades_written_answers_that_differ_from_the_release(course: Course) -> None:
    course.write(course.entry(FULL, essay="Because of **gradients**."), course.entry(PARTLY, essay="*Your answer.*\n"))
    shown = course.submissions()
    assert (shown["ada"]["needs_manual_grade"], shown["bela"]["needs_manual_grade"]) == (True, False)
    shown = next(cell.source for cell in course.notebook("ada").cells if grade_id(cell) == "essay")
    assert shown == "*Your answer.*\n\n```text\nBecause of **gradients**.\n```"


def type_in_formgrader(course: Course, student: str, score: float, comment: str) -> None:
    with api.Gradebook(course.folders.database) as book:
        grade = book.find_grade("model_check", "digits", "digits", student)
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = score, 0.25, False
        book.find_comment("model", "digits", "digits", student).manual_comment = comment
        book.db.commit()


def typed(course: Course, student: str) -> tuple[float, float, str, bool]:
    with api.Gradebook(course.folders.database) as book:
        grade = book.find_grade("model_check", "digits", "digits", student)
        comment = book.find_comment("model", "digits", "digits", student)
        return grade.manual_score, grade.extra_credit, comment.manual_comment, grade.needs_manual_grade


def test_what_a_person_typed_survives_writing_again(course: Course) -> None:
    course.enter(PARTLY, ERRED)
    type_in_formgrader(course, "bela", 3.0, "Well explained.")
    type_in_formgrader(course, "dora", 4.0, "Judged by hand.")
    course.enter(PARTLY, ERRED)
    assert typed(course, "bela") == (3.0, 0.25, "Well explained.", False)
    assert typed(course, "dora") == (4.0, 0.25, "Judged by hand.", False)
    assert course.submissions()["bela"]["score"] == 3.5 - 2.0 + 3.25


def test_a_typed_score_over_changed_points_asks_for_the_person_again(course: Course) -> None:
    course.enter(PARTLY)
    type_in_formgrader(course, "bela", 3.0, "Well explained.")
    course.enter(grade_for("bela"))
    assert typed(course, "bela") == (3.0, 0.25, "Well explained.", True)


def test_a_written_answer_keeps_its_typed_score_until_it_is_reworded(course: Course) -> None:
    def enter(essay: str) -> tuple[float, bool]:
        course.write(course.entry(FULL, essay=essay))
        with api.Gradebook(course.folders.database) as book:
            grade = book.find_grade("essay", "digits", "digits", "ada")
            return grade.manual_score, grade.needs_manual_grade

    course.write(course.entry(FULL, essay="Because of “gradients”."))
    with api.Gradebook(course.folders.database) as book:
        grade = book.find_grade("essay", "digits", "digits", "ada")
        grade.manual_score, grade.needs_manual_grade = 1.5, False
        book.db.commit()
    assert enter("Because of “gradients”.") == (1.5, False)
    assert enter("Because of slopes.") == (1.5, True)


def test_points_taken_off_for_being_late_stand_apart_from_those_earned(course: Course) -> None:
    late = replace(course.entry(PARTLY), penalty=0.5)
    course.write(late, course.entry(FULL))
    exported = course.exported()
    told = {
        student: (row["raw_score"], row["late_submission_penalty"], row["score"]) for student, row in exported.items()
    }
    assert told == {"bela": ("3.5", "0.5", "3.0"), "ada": ("8.0", "0.0", "8.0")}
    course.enter(PARTLY)
    assert course.exported()["bela"]["late_submission_penalty"] == "0.0"


def test_writing_again_changes_no_row(course: Course) -> None:
    def rows() -> list[Any]:
        with api.Gradebook(course.folders.database) as book:
            return sorted((grade.id, grade.auto_score, grade.notebook.id) for grade in book.db.query(api.Grade))

    course.enter(*CLASS)
    before = rows()
    course.enter(*CLASS)
    assert rows() == before
    assert len(before) == 4 * len(CLASS)


def test_the_autograded_notebook_holds_answers_extra_cells_and_messages_in_place(course: Course) -> None:
    cells = (
        Cell("cell 1 (model)", "class DigitClassifier: ...", Role.STUB, "model"),
        Cell("cell 2", "def helper(): ...", Role.EXTRA),
        Cell("cell 3 (train)", "def train(): ...", Role.STUB, "train"),
        Cell("cell 4", "print('done')", Role.EXTRA),
    )
    course.write(course.entry(PARTLY, *cells))
    notebook = course.notebook("bela")
    assert [cell.source for cell in notebook.cells if cell.cell_type == "code"] == [
        "import torch",
        "class DigitClassifier: ...",
        'check("model")',
        "def helper(): ...",
        "def train(): ...",
        'check("train")',
        'check("whole")',
        "print('done')",
    ]
    assert course.output("bela", "train_check").splitlines()[:2] == [
        "✗ The loss falls while training (0 of 2.5)",
        "    The loss on 32 digits went from 2.31 to 2.30; it should fall by 10 %.",
    ]


def test_the_autograded_notebook_tells_nothing_hidden(course: Course) -> None:
    course.enter(PARTLY, ERRED)
    assert SECRET not in json.dumps(course.notebook("bela")) + json.dumps(course.notebook("dora"))
    assert "CrossEntropyLoss applies softmax itself" in course.output("bela", "model_check")


def test_what_was_not_judged_says_why_in_the_notebook(course: Course) -> None:
    course.enter(UNREADABLE)
    assert course.output("emil", "model_check") == (
        "Not judged (unreadable). The file is no notebook: it starts with %PDF.\n"
    )


def auto_comment(course: Course, student: str, stub: str) -> str | None:
    with api.Gradebook(course.folders.database) as book:
        comment: str | None = book.find_comment(stub, "digits", "digits", student).auto_comment
        return comment


def test_an_untouched_stub_is_marked_as_nbgrader_does(course: Course) -> None:
    course.enter(UNTOUCHED, grade_for("bela"))
    assert (auto_comment(course, "carl", "model"), auto_comment(course, "bela", "model")) == ("No response.", None)


def test_a_stubs_comment_tells_what_the_student_may_read_of_its_failed_checks(course: Course) -> None:
    course.enter(PARTLY)
    assert auto_comment(course, "bela", "model") == (
        "```text\n✗ Scores are raw, not probabilities (0 of 2)\n"
        "    CrossEntropyLoss applies softmax itself: return the raw scores.\n```"
    )
    assert "Call optimizer.step()" in str(auto_comment(course, "bela", "train"))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_comment_with_hostile_text_renders_as_one_block_of_text(course: Course, text: str) -> None:
    course.enter(hostile(text))
    page = markdown2html(auto_comment(course, gradebook.nbgrader_id(text), "model") or "")
    tree = html5lib.parseFragment(page, namespaceHTMLElements=False)
    assert {each.tag for each in tree.iter()} <= {"DOCUMENT_FRAGMENT", "div", "pre", "span", "code", "br"}


def test_a_new_file_replaces_the_submitted_one_and_loses_nothing(course: Course) -> None:
    course.write(course.entry(FULL, received=datetime(2030, 5, 4, tzinfo=UTC)))
    entry = course.entry(FULL)
    Path(entry.submission.path).write_text('{"second": true}')
    course.write(entry)
    folder = course.folders.submitted / "ada" / "digits"
    assert sorted(path.read_text() for path in folder.iterdir()) == ['{"second": true}', "{}"]
    assert (folder / "digits.ipynb").read_text() == '{"second": true}'
    assert course.submissions()["ada"]["autograded"]


def test_a_file_in_nbgraders_own_tree_stays_where_it_is(course: Course) -> None:
    folder = course.folders.submitted / "ada" / "digits"
    folder.mkdir(parents=True)
    (folder / "digits.ipynb").write_text("{}")
    (folder / "timestamp.txt").write_text("2030-05-04 09:00:00 UTC")
    submission = Submission("ada", str(folder / "digits.ipynb"), "5" * 64)
    course.write(gradebook.Entry(submission, FULL))
    assert sorted(path.name for path in folder.iterdir()) == ["digits.ipynb", "timestamp.txt"]
    shown = course.submissions()["ada"]
    assert (shown["autograded"], shown["timestamp"]) == (True, "2030-05-04T09:00:00")


def test_more_students_than_one_batch_are_all_entered(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gradebook, "BATCH", 3)
    grades = [grade_for(f"student{number}") for number in range(7)]
    assert course.write(*(course.entry(grade) for grade in grades)) == 7
    assert len(course.submissions()) == 7


def test_checks_without_a_check_cell_are_the_instructors_to_correct(course: Course) -> None:
    stray = failed(replace(CHECKS[0], stub="accuracy"))
    with pytest.raises(CourseError, match="check cells for model, train, whole, but the checks judge accuracy, model"):
        course.enter(replace(FULL, checks=(*FULL.checks, stray)))


def test_a_release_with_other_cells_than_the_graded_one_is_the_instructors_to_correct(course: Course) -> None:
    course.enter(FULL)
    course.lay(list(release_cells())[:4])
    with pytest.raises(CourseError, match="put the cells back"):
        course.enter(FULL)


def test_hostile_students_have_one_row_and_one_folder_each(course: Course) -> None:
    course.enter(FULL, *map(hostile, HOSTILE))
    names = {gradebook.nbgrader_id(text) for text in HOSTILE}
    assert len(names) == len(HOSTILE)
    assert course.submissions().keys() == names | {"ada"}
    assert course.exported().keys() == names | {"ada"}
    assert {path.name for path in course.folders.autograded.iterdir()} == names | {"ada"}
    assert not [name for name in names if name.startswith(("=", "+", "-", "@"))]


def test_ordinary_and_sql_ids_reach_nbgrader_letter_for_letter() -> None:
    ids = ["ada", "Müller Zoë", "o'neill", "ada@example.org", "Robert'); DROP TABLE student; SELECT ('x"]
    assert [gradebook.nbgrader_id(student) for student in ids] == ids


def test_formgraders_page_holds_no_element_of_a_hostile_student(course: Course) -> None:
    def elements(word: str) -> list[str]:
        cells = (Cell("cell 1", word, Role.STUB, "model"), Cell("cell 2", word, Role.EXTRA))
        course.write(course.entry(hostile(word), *cells, essay=word))
        page, _ = HTMLExporter(template_name="classic").from_notebook_node(course.notebook(word))
        tree = html5lib.parse(page, namespaceHTMLElements=False)
        return [each.tag for each in tree.iter() if each.tag not in ("span", "br")]

    assert elements("\n".join(HOSTILE)) == elements("harmless")


def test_hidden_names_are_numbered_as_formgrader_numbers_them(course: Course) -> None:
    database = course.folders.database
    assert gradebook.numbers(f"sqlite:///{course.root / 'none.db'}", course.root, "digits") == {}
    course.enter(*CLASS)
    shown = {one["student"]: one["index"] for one in course.formgrader().get_notebook_submissions("digits", "digits")}
    assert len(shown) == len(CLASS)
    assert gradebook.numbers(database, course.root, "digits") == {
        student: f"Submission #{index + 1}" for student, index in shown.items()
    }
    assert gradebook.numbers(database, course.root, "loops") == {}


def test_who_has_left_is_no_longer_there_and_the_others_stay(course: Course) -> None:
    course.enter(*CLASS)
    before = course.exported()
    gradebook.copy(course.folders.database, course.root / "copy.db")
    gradebook.forget(["bela", "nobody"], "digits", course.folders.database)
    assert course.exported() == {student: row for student, row in before.items() if student != "bela"}
    course.folders = replace(course.folders, database=f"sqlite:///{course.root / 'copy.db'}")
    assert course.exported() == before


def test_of_a_file_that_is_no_longer_there_text_and_typed_points_stay(course: Course) -> None:
    course.write(course.entry(FULL, Cell("cell 3 (model)", "answer = 42", Role.STUB, "model"), essay="Because."))
    with api.Gradebook(course.folders.database) as book:
        book.find_grade("essay", "digits", "digits", "ada").manual_score = 1.5
        book.db.commit()
    before = course.notebook("ada")
    course.write(replace(course.entry(FULL), lost=True))
    assert course.notebook("ada") == before
    assert course.submissions()["ada"]["score"] == 9.5


@pytest.mark.parametrize("stamp", ["yesterday", "2026-13-45 99:00", "\udcff", "", "0000-00-00 00:00:00 UTC"])
def test_a_stamp_that_says_nothing_leaves_the_time_open(course: Course, stamp: str) -> None:
    home = course.folders.submitted / "ada" / "digits"
    home.mkdir(parents=True)
    (home / "digits.ipynb").write_text("{}")
    (home / "timestamp.txt").write_bytes(stamp.encode("utf-8", "surrogateescape"))
    entry = course.entry(FULL)
    course.write(replace(entry, submission=replace(entry.submission, path=str(home / "digits.ipynb"))))
    with api.Gradebook(course.folders.database) as book:
        kept = book.find_submission("digits", "ada")
        assert (kept.score, kept.timestamp) == (8.0, None)
    assert not (course.folders.autograded / "ada" / "digits" / "timestamp.txt").exists()


@pytest.mark.parametrize(
    "stamp", ["2026-11-23 01:02:03.123456 UTC", "2026-11-23 02:02:03 CET\n", "2026-11-23T01:02:03Z"]
)
def test_what_nbgrader_lays_beside_a_hand_in_is_carried_letter_for_letter(course: Course, stamp: str) -> None:
    home = course.root / "inbound" / "ada+digits+x"
    home.mkdir(parents=True)
    files = {"timestamp.txt": stamp, "submission_secret.txt": "5ec3e7\n"}
    for name, text in {**files, "digits.ipynb": "{}", "notes.txt": "mine"}.items():
        (home / name).write_text(text)
    entry = course.entry(FULL, received=times.time_of(stamp))
    course.write(replace(entry, submission=replace(entry.submission, path=str(home / "digits.ipynb"))))
    for folder in (course.folders.submitted, course.folders.autograded):
        there = folder / "ada" / "digits"
        assert {path.name: path.read_text() for path in there.glob("*.txt")} == files
    shown = course.submissions()["ada"]["timestamp"]
    assert shown.startswith("2026-11-23T01:02:03")


def test_a_stamp_that_is_not_the_hand_ins_is_not_carried(course: Course) -> None:
    entry = course.entry(FULL, received=datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC))
    (course.root / "inbox" / "timestamp.txt").write_text("2020-01-01 00:00:00 UTC")
    (course.root / "inbox" / "submission_secret.txt").write_text("another's")
    course.write(entry)
    there = course.folders.autograded / "ada" / "digits"
    assert (there / "timestamp.txt").read_text() == "2026-11-23 01:02:03 UTC"
    assert not (there / "submission_secret.txt").exists()
