"""Marks in nbgrader's own database and folders, so that formgrader, manual grading and export go on working.

What a person types in formgrader (scores, extra credit, comments) is never touched. Of nbgrader's steps this replaces
`nbgrader autograde`: it fills the gradebook and `autograded/`, and `submitted/` where a file came from elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import nbformat
import sqlalchemy as sql
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from nbgrader import api, dbutil, utils
from nbgrader.preprocessors.savecells import SaveCells

from autograder.checks.hints import Hint
from autograder.core import untrusted, whole_file
from autograder.core.decision import Decided
from autograder.core.errors import CourseError, SubmissionError
from autograder.core.model import Cell, CheckResult, Grade, Outcome, Role, Submission
from autograder.grading import scoring
from autograder.intake import times
from autograder.intake.files import blocks
from autograder.results import telling
from autograder.results.late import Part, Total

CHECK_ENDING = "_check"
"""The check cell of a stub has the stub's grade_id with this ending."""

STAMP = "timestamp.txt"
SIDE_FILES = (STAMP, "submission_secret.txt")
"""What nbgrader lays beside a hand-in, and looks for again when it gives feedback back."""
MOST_BESIDE = 4096
"""Bytes of such a file that are carried."""

BATCH = 200
"""Students per transaction."""

EXPORT = "autograder.results.nbgrader_export.Export"
"""What writes the table of `nbgrader export`."""

MARKS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.NOT_ATTEMPTED: "–", Outcome.ERROR: "?"}

Notebook = dict[str, Any]
Row = dict[str, Any]


@dataclass(frozen=True)
class Folders:
    """nbgrader's folders of a course, and its database as a SQLAlchemy URL."""

    submitted: Path
    autograded: Path
    database: str
    course_id: str = "default_course"


@dataclass(frozen=True)
class Entry:
    """One line of the gradebook: a grade, the file it is for, and what the student wrote there.

    `cells` are the student's in notebook order: answers to stubs are put among the release's cells, extra cells before
    the stub that follows them. `written` are answers in Markdown cells by grade_id, which a person grades. `penalty`
    are points taken off for being late; nbgrader keeps them apart from what was earned. `name`: family name and given
    names, as far as known. `lost`: the file is no longer there, so what nbgrader has of the student's text stays.
    """

    submission: Submission
    grade: Grade
    cells: tuple[Cell, ...] = ()
    written: Mapping[str, str] = field(default_factory=dict)
    penalty: float = 0.0
    name: tuple[str, str] = ("", "")
    lost: bool = False


def write(entries: Iterable[Entry], *, release: Path, folders: Folders, hints: Mapping[str, Hint]) -> int:
    """Enter every grade into nbgrader's database and folders; returns how many there were.

    `release` is the assignment's release notebook; its folder is named after the assignment. Scores and comments that
    a person typed stay; where the automatic points below such a score or the answer in words have changed, formgrader
    asks for the person again. Entries may come from a generator: no more than `BATCH` are held at a time. Raises
    CourseError if the release does not fit the checks or the gradebook.
    """
    count = 0
    _settle(folders)
    with _told(folders.database), _opened(folders) as book:
        desk = _Desk(book, release, folders, hints)
        for batch in _batches(entries):
            desk.enter(batch)
            count += len(batch)
    return count


def nbgrader_id(student: str) -> str:
    """The name under which nbgrader knows a student: the id itself if it may be a folder's name, a CSV cell and text
    in nbgrader's pages, which escape nothing; else its safe letters and a digest."""
    sound = (
        0 < len(student) <= 128
        and not student.startswith((".", "~"))
        and not re.search(r"[<>&\"/\\,]", student)
        and untrusted.csv_cell(student) == student
        and len(student.encode()) <= 255
    )
    return student if sound else untrusted.file_name(student)


def totals(database: str, assignment: str) -> dict[str, Total]:
    """By nbgrader's student id the points of each submission, by checks and by hand, before any penalty.

    `database` is a SQLAlchemy URL; where there is no gradebook, nobody has any. Each part bears what a person typed.
    """
    url = sql.make_url(database)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return {}
    engine = sql.create_engine(url)
    try:
        with engine.connect() as connection:
            return totals_in(connection, assignment)
    finally:
        engine.dispose()


def totals_in(connection: Any, assignment: str) -> dict[str, Total]:
    """The same of a database that is open."""
    names = ("score", "max_score", "needs_manual_grade", "manual_score", "extra_credit")
    points = [getattr(api.Grade, name).label(name) for name in names]
    scored = connection.execute(_of_cells(api.Grade, assignment, *points)).all()
    written = connection.execute(_of_cells(api.Comment, assignment, api.Comment.manual_comment)).all()
    said = {(student, cell): comment for student, cell, comment in written if comment}
    theirs: dict[str, list[Any]] = {}
    for row in scored:
        theirs.setdefault(row.student_id, []).append(row)
    return {student: _total(rows, said) for student, rows in theirs.items()}


def numbers(database: str, folder: Path, assignment: str) -> dict[str, str]:
    """By nbgrader's student id what formgrader calls a submission whose student it does not name, "Submission #7".

    `folder` is that of results. Empty where there is no gradebook. A number may change when somebody joins or leaves.
    """
    url = sql.make_url(database)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return {}
    engine = sql.create_engine(url)
    query = (
        sql.select(api.SubmittedAssignment.student_id, api.Notebook.name)
        .select_from(api.SubmittedNotebook)
        .join(api.Notebook, api.Notebook.id == api.SubmittedNotebook.notebook_id)
        .join(api.SubmittedAssignment, api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id)
        .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
        .where(api.Assignment.name == assignment)
        .order_by(api.SubmittedNotebook.id)
    )
    try:
        with _told(database), engine.connect() as connection:
            rows = connection.execute(query).all()
    finally:
        engine.dispose()
    shown = [one for one, name in rows if (folder / "autograded" / one / assignment / f"{name}.ipynb").exists()]
    return {student: f"Submission #{number}" for number, student in enumerate(shown, 1)}


def copy(database: str, target: Path) -> None:
    """Copy a gradebook that is a file of SQLite's; of any other, or where there is none, nothing is copied."""
    url = sql.make_url(database)
    if url.get_backend_name() == "sqlite" and Path(url.database or "").is_file():
        shutil.copy2(str(url.database), target)


def rename(names: Mapping[str, str], assignment: str, database: str) -> dict[str, tuple[str, ...]]:
    """Give what nbgrader has of students for an assignment to other ids (old → new), with all that a person typed.

    Nothing of an old id moves where the new one has something already; returned is what a person typed there.
    """
    typed = {student: tuple(_typed(total)) for student, total in totals(database, assignment).items()}
    if not typed or not names:
        return {}
    kind, stuck = api.SubmittedAssignment, {}
    with _told(database), api.Gradebook(database) as book:
        ident = book.find_assignment(assignment).id
        for old, new in names.items():
            before, after = nbgrader_id(old), nbgrader_id(new)
            if after not in typed:
                book.update_or_create_student(after)
                theirs = sql.update(kind).where(kind.assignment_id == ident, kind.student_id == before)
                book.db.execute(theirs.values(student_id=after))
                book.db.commit()
                typed[after] = typed.get(before, ())
            elif typed.get(before):
                stuck[old] = typed[before]
    return stuck


def _typed(total: Total) -> Iterator[str]:
    for one in total.parts:
        if one.by_hand or one.comment:
            points = f"{scoring.number(one.points)} of {scoring.number(one.max_points)} points" if one.by_hand else ""
            yield f"{one.name}: {' '.join(filter(None, [points, one.comment]))}"


def forget(students: Iterable[str], assignment: str, database: str) -> None:
    """Take the rows that students have for an assignment out of nbgrader's database, and who then has none at all."""
    url = sql.make_url(database)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return
    with _told(database), api.Gradebook(database) as book:
        for student in map(nbgrader_id, students):
            with suppress(api.MissingEntry):
                book.remove_submission(assignment, student)
            with suppress(api.MissingEntry):
                if not book.find_student(student).submissions:
                    book.remove_student(student)


def _of_cells(kind: Any, assignment: str, *columns: Any) -> Any:
    """A query of student, cell and `columns` for every grade or comment of an assignment, in the order of cells."""
    return (
        sql.select(api.SubmittedAssignment.student_id, api.BaseCell.name, *columns)
        .select_from(kind)
        .join(api.BaseCell, api.BaseCell.id == kind.cell_id)
        .join(api.SubmittedNotebook, api.SubmittedNotebook.id == kind.notebook_id)
        .join(api.SubmittedAssignment, api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id)
        .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
        .where(api.Assignment.name == assignment)
        .order_by(api.BaseCell.name)
    )


def _total(rows: Sequence[Any], said: Mapping[tuple[str, str], str]) -> Total:
    parts = tuple(_part(row, said) for row in rows)
    points, most = scoring.total(row.score for row in rows), scoring.total(row.max_score for row in rows)
    return Total(points, most, any(row.needs_manual_grade for row in rows), parts)


def _part(row: Any, said: Mapping[tuple[str, str], str]) -> Part:
    name = row.name.removesuffix(CHECK_ENDING)
    by_hand = row.manual_score is not None or bool(row.extra_credit)
    points = None if row.needs_manual_grade else float(row.score)
    return Part(name, points, float(row.max_score), by_hand, said.get((row.student_id, name), ""))


class _Desk:
    """An assignment as nbgrader's database knows it, and the release that its notebooks are made from."""

    def __init__(self, book: api.Gradebook, release: Path, folders: Folders, hints: Mapping[str, Hint]) -> None:
        self.book = book
        self.folders = folders
        self.hints = hints
        self.name = release.stem
        self.assignment_name = release.parent.name
        self.release: Notebook = json.loads(release.read_text(encoding="utf-8"))
        _register(book, self.release, self.assignment_name, self.name, folders.database)
        assignment = book.find_assignment(self.assignment_name)
        notebook = book.find_notebook(self.name, self.assignment_name)
        self.assignment_id: str = assignment.id
        self.notebook_id: str = notebook.id
        self.graded = {cell.name: cell for cell in [*notebook.grade_cells, *notebook.task_cells]}
        self.commented = {cell.name: cell for cell in [*notebook.solution_cells, *notebook.task_cells]}

    def enter(self, batch: Sequence[Entry]) -> None:
        """Write files first, then all rows of the batch in one transaction."""
        reworded = {entry.submission.student: self._reworded(entry) for entry in batch}
        times = {nbgrader_id(entry.submission.student): self._write_files(entry) for entry in batch}
        self._add_missing(times)
        self._name({nbgrader_id(entry.submission.student): entry.name for entry in batch if any(entry.name)})
        homes = self._homes(times)
        grades = self._existing(api.Grade, homes)
        comments = self._existing(api.Comment, homes)
        scored, remarks, penalties = [], [], []
        for entry in batch:
            home = homes[nbgrader_id(entry.submission.student)]
            penalties.append({"id": home, "late_submission_penalty": entry.penalty})
            points = self._points(entry)
            new = reworded[entry.submission.student]
            scored += [
                _scored(grades[home, cell.id], points[name], name in new)
                for name, cell in self.graded.items()
                if name.endswith(CHECK_ENDING) or not entry.lost
            ]
            remarks += [
                {"id": comments[home, cell.id].id, "auto_comment": _comment(entry.grade, name, self.hints)}
                for name, cell in self.commented.items()
            ]
        self._execute(sql.update(api.Grade), scored)
        self._execute(sql.update(api.Comment), remarks)
        self._execute(sql.update(api.SubmittedNotebook), penalties)
        self.book.db.commit()

    def _add_missing(self, times: Mapping[str, datetime | None]) -> None:
        """Rows of students, submissions, notebooks, grades and comments, as nbgrader's `add_submission` lays them."""
        known = set(self.book.db.scalars(sql.select(api.Student.id).where(api.Student.id.in_(times))))
        self._execute(sql.insert(api.Student), [{"id": student} for student in times if student not in known])
        submitted = self._submissions(times)
        changed = [{"id": one, "timestamp": times[student]} for student, one in submitted.items()]
        self._execute(sql.update(api.SubmittedAssignment), changed)
        new = [
            {"assignment_id": self.assignment_id, "student_id": student, "timestamp": times[student]}
            for student in times.keys() - submitted.keys()
        ]
        self._execute(sql.insert(api.SubmittedAssignment), new)
        self._add_notebooks(times)

    def _name(self, names: Mapping[str, tuple[str, str]]) -> None:
        """Names for formgrader's lists, which say "None, None" without; no formula gets into nbgrader's CSV files."""
        rows = [
            {"id": student, "last_name": untrusted.csv_cell(last), "first_name": untrusted.csv_cell(first)}
            for student, (last, first) in names.items()
        ]
        self._execute(sql.update(api.Student), rows)

    def _add_notebooks(self, students: Iterable[str]) -> None:
        submitted, homes = self._submissions(students), self._homes(students)
        new = {api.new_uuid(): submitted[student] for student in submitted.keys() - homes.keys()}
        self._execute(
            sql.insert(api.SubmittedNotebook),
            [{"id": home, "assignment_id": one, "notebook_id": self.notebook_id} for home, one in new.items()],
        )
        for kind, cells in ((api.Grade, self.graded), (api.Comment, self.commented)):
            rows = [{"notebook_id": home, "cell_id": cell.id} for home in new for cell in cells.values()]
            self._execute(sql.insert(kind), rows)

    def _submissions(self, students: Iterable[str]) -> dict[str, str]:
        """The id of each student's submission."""
        kind = api.SubmittedAssignment
        query = sql.select(kind.student_id, kind.id).where(
            kind.assignment_id == self.assignment_id, kind.student_id.in_(list(students))
        )
        return dict(self.book.db.execute(query).all())

    def _homes(self, students: Iterable[str]) -> dict[str, str]:
        """The id of each student's submitted notebook."""
        query = (
            sql.select(api.SubmittedAssignment.student_id, api.SubmittedNotebook.id)
            .join(api.SubmittedNotebook, api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id)
            .where(
                api.SubmittedNotebook.notebook_id == self.notebook_id,
                api.SubmittedAssignment.student_id.in_(list(students)),
            )
        )
        return dict(self.book.db.execute(query).all())

    def _existing(self, kind: Any, homes: Mapping[str, str]) -> dict[tuple[str, str], Any]:
        """Grade or comment rows by submitted notebook and cell."""
        query = sql.select(*kind.__table__.c).where(kind.notebook_id.in_(list(homes.values())))
        return {(row.notebook_id, row.cell_id): row for row in self.book.db.execute(query)}

    def _execute(self, statement: Any, rows: list[Row]) -> None:
        if rows:
            self.book.db.execute(statement, rows)

    def _points(self, entry: Entry) -> dict[str, float | None]:
        """Automatic points of every graded cell; None where a person must decide."""
        results = scoring.by_stub(entry.grade.checks)
        stubs = {name.removesuffix(CHECK_ENDING) for name in self.graded if name.endswith(CHECK_ENDING)}
        if entry.grade.points is not None and stubs != set(results):
            raise CourseError(
                f"The release of {self.assignment_name} has check cells for {', '.join(sorted(stubs))}, but the checks "
                f"judge {', '.join(sorted(results))}: give every judged stub one check cell, and build again."
            )
        return {name: self._cell_points(name, cell, entry, results) for name, cell in self.graded.items()}

    def _cell_points(
        self, name: str, cell: Any, entry: Entry, results: Mapping[str, tuple[CheckResult, ...]]
    ) -> float | None:
        if entry.grade.points is None:
            return None
        if name.endswith(CHECK_ENDING):
            stub = results[name.removesuffix(CHECK_ENDING)]
            return min(float(cell.max_score), scoring.total(result.points for result in stub))
        return None if self._is_answered(name, entry) else 0.0

    def _is_answered(self, name: str, entry: Entry) -> bool:
        asked = next(_source(cell) for cell in self.release["cells"] if _grade_id(cell) == name)
        return entry.written.get(name, "").strip() not in ("", asked.strip())

    def _reworded(self, entry: Entry) -> set[str]:
        """The written answers that are not in the notebook a person has seen."""
        seen = _text(self._autograded(entry) / f"{self.name}.ipynb")
        return {name for name, text in entry.written.items() if _quoted(_fenced(text)) not in seen}

    def _autograded(self, entry: Entry) -> Path:
        return self.folders.autograded / nbgrader_id(entry.submission.student) / self.assignment_name

    def _write_files(self, entry: Entry) -> datetime | None:
        """Write `autograded/`, and `submitted/` if the file is from elsewhere; returns the time of handing in (UTC)."""
        submitted = self.folders.submitted / nbgrader_id(entry.submission.student) / self.assignment_name
        autograded = self._autograded(entry)
        autograded.mkdir(parents=True, exist_ok=True)
        if entry.lost and (autograded / f"{self.name}.ipynb").exists():
            return _time_of(_text(autograded / STAMP))
        _copy_submission(entry.submission, submitted / f"{self.name}.ipynb")
        for name in SIDE_FILES:
            _copy_or_remove(submitted / name, autograded / name)
        stamp = _text(submitted / STAMP)
        if _time_of(stamp) is None:
            (autograded / STAMP).unlink(missing_ok=True)  # nbgrader's commands end where they cannot read one
        page = json.dumps(_filled(self.release, entry, self.hints), indent=1, ensure_ascii=False)
        whole_file.write(autograded / f"{self.name}.ipynb", page + "\n")
        return _time_of(stamp)


def _settle(folders: Folders) -> None:
    """A configuration beside the folders, unless there is one, so that nbgrader's own tools work there as they are."""
    root = folders.submitted.parent
    root.mkdir(parents=True, exist_ok=True)
    lines = [
        "from importlib.util import find_spec",
        "c = get_config()",
        'if find_spec("autograder"):  # what could not be judged is empty in the table of `nbgrader export`',
        f"    c.ExportApp.plugin_class = {EXPORT!r}",
        'c.CourseDirectory.root = __file__.rpartition("/")[0]',
        'c.CourseDirectory.feedback_directory = "feedback-nbgrader"  # in feedback/ lie our own pages',
    ]
    if folders.database != f"sqlite:///{root / 'gradebook.db'}":
        lines.append(f"c.CourseDirectory.db_url = {folders.database!r}")
    with suppress(FileExistsError), (root / "nbgrader_config.py").open("x", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)  # a database's URL may hold a password
        file.write("\n".join([*lines, ""]))


@contextmanager
def _opened(folders: Folders) -> Iterator[api.Gradebook]:
    """nbgrader's gradebook, laid out if it is new."""
    _lay(folders.database)
    with api.Gradebook(folders.database, folders.course_id) as book:
        yield book


@contextmanager
def _told(database: str) -> Iterator[None]:
    """What a database refuses becomes a CourseError."""
    try:
        yield
    except sql.exc.DBAPIError as error:
        raise CourseError(
            f"nbgrader's gradebook {sql.make_url(database)!r} cannot be used ({error.orig}). What was graded is kept: "
            "see to the disk or the database server, then start again."
        ) from error


def _lay(database: str) -> None:
    """nbgrader's tables in a database that has none, with the mark of their version.

    As `api.Gradebook` lays them, but for the program `alembic`, which it starts to learn the version: seconds, and a
    failure where the program is not on PATH.
    """
    engine = sql.create_engine(database)
    try:
        if not sql.inspect(engine).get_table_names():
            with engine.begin() as connection:
                api.Base.metadata.create_all(connection)
                MigrationContext.configure(connection).stamp(ScriptDirectory(dbutil.ALEMBIC_DIR), "head")
    finally:
        engine.dispose()


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The entries in groups; of several for one student the last counts."""
    rest = iter(entries)
    while batch := list(islice(rest, BATCH)):
        yield list({entry.submission.student: entry for entry in batch}.values())


def _register(book: api.Gradebook, release: Notebook, assignment: str, name: str, database: str) -> None:
    """Tell nbgrader of the assignment and its cells, unless it knows them already."""
    notebook = nbformat.reads(json.dumps(release), as_version=4)  # type: ignore[no-untyped-call]
    book.update_or_create_assignment(assignment)
    if _known_cells(book, assignment, name) == _cells_of(notebook):
        return
    facts = {"notebook": name, "assignment": assignment, "db_url": database}
    try:
        SaveCells().preprocess(notebook, {"nbgrader": facts})
    except RuntimeError as error:
        raise CourseError(
            f"nbgrader's gradebook knows {assignment} with other cells than its release, and holds grades for them: "
            "put the cells back, or move the gradebook aside and grade again."
        ) from error
    book.db.expire_all()


def _known_cells(book: api.Gradebook, assignment: str, name: str) -> dict[str, float | None] | None:
    try:
        notebook = book.find_notebook(name, assignment)
    except api.MissingEntry:
        return None
    graded = {cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]}
    return {cell.name: None for cell in notebook.solution_cells} | graded


def _cells_of(notebook: nbformat.NotebookNode) -> dict[str, float | None]:
    """grade_id → points of all cells that nbgrader grades or takes answers from."""
    cells = [cell for cell in notebook.cells if utils.is_solution(cell) or utils.is_grade(cell) or utils.is_task(cell)]
    return {_grade_id(cell): cell.metadata.nbgrader.get("points") for cell in cells}


def _scored(old: Any, points: float | None, reworded: bool) -> Row:
    """The new automatic points of a grade; a person is needed where there are none, or where a typed score is stale."""
    if old.manual_score is None:
        return {"id": old.id, "auto_score": points, "needs_manual_grade": points is None}
    stale = old.needs_manual_grade or points != old.auto_score or reworded
    return {"id": old.id, "auto_score": points, "needs_manual_grade": stale}


def _comment(grade: Grade, stub: str, hints: Mapping[str, Hint]) -> str | None:
    """What the student may read of a stub's failed checks. A fenced block: nbgrader renders comments as Markdown."""
    results = scoring.by_stub(grade.checks).get(stub, ())
    if results and all(result.outcome is Outcome.NOT_ATTEMPTED for result in results):
        return "No response."
    lines = [line for result in results if _costs_or_decided(result) for line in _lines(result, hints)]
    lines += _advice(results, hints)
    return _fenced("\n".join(lines)) if lines else None


def _costs_or_decided(result: CheckResult) -> bool:
    return result.outcome is Outcome.FAILED or isinstance(result, Decided)


def _copy_submission(submission: Submission, target: Path) -> None:
    """Put a file that came from elsewhere where nbgrader looks for it; what lay there before is kept beside it."""
    source = Path(submission.path)
    if not source.is_file() or source.resolve().is_relative_to(target.parent.resolve()):
        return
    data = source.read_bytes()
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and target.read_bytes() != data:
        digest = hashlib.sha256(target.read_bytes()).hexdigest()
        target.rename(target.with_name(f"{target.name}.{digest[:12]}"))
    whole_file.write(target, data)
    if submission.received and times.time_of(times.stamp(str(source.with_name(STAMP)))) == submission.received:
        for name in SIDE_FILES:
            _copy_or_remove(source.with_name(name), target.with_name(name))
        return
    for name in SIDE_FILES:
        target.with_name(name).unlink(missing_ok=True)
    if submission.received:
        whole_file.write(target.with_name(STAMP), f"{utils.parse_utc(submission.received)} UTC")


def _copy_or_remove(source: Path, target: Path) -> None:
    """A side file letter for letter as it lies beside what was handed in; none where none lies there, or a link."""
    try:
        whole_file.write(target, b"".join(blocks(str(source), MOST_BESIDE)))
    except SubmissionError:
        target.unlink(missing_ok=True)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="backslashreplace").strip() if path.exists() else ""


def _time_of(stamp: str) -> datetime | None:
    """What nbgrader's database holds of a time stamp: UTC without a zone; None for one that says nothing."""
    moment = times.time_of(stamp)
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else None


def _quoted(text: str) -> str:
    """How a text stands inside a JSON string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _grade_id(cell: Any) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _source(cell: Any) -> str:
    return "".join(cell["source"])


def _filled(release: Notebook, entry: Entry, hints: Mapping[str, Hint]) -> Notebook:
    """The release with the student's answers in it and our messages under its check cells: nothing there is rendered.

    nbgrader's pages and JupyterLab run HTML of Markdown cells and of rich outputs. So what students wrote appears only
    as code, as plain text output, and, for written answers, as a fenced block. Of the set-up cell, thousands of lines
    in formgrader, the first is left.
    """
    answers: dict[str | None, str] = {}
    for cell in entry.cells:
        if cell.role is Role.STUB:
            answers[cell.stub] = "\n\n".join(filter(None, [answers.get(cell.stub), cell.source]))
    extras = _extras(entry.cells)
    results = scoring.by_stub(entry.grade.checks)
    cells: list[Notebook] = []
    for cell in release["cells"]:
        name = _grade_id(cell)
        cells += extras.pop(name, []) if name else []
        if name in answers:
            cell = cell | {"source": untrusted.visible(answers[name])}
        elif name in entry.written:
            cell = cell | {"source": f"{_source(cell)}\n\n{_fenced(entry.written[name])}"}
        elif cell["metadata"].get("autograder", {}).get("role") == "setup":
            cell = cell | {"source": f"{_source(cell).partition(chr(10))[0]}\n# … as it was handed out"}
        elif name.endswith(CHECK_ENDING):
            cell = cell | {"outputs": [_output(entry.grade, results.get(name.removesuffix(CHECK_ENDING), ()), hints)]}
        cells.append(cell)
    return release | {"cells": cells + [cell for rest in extras.values() for cell in rest]}


def _extras(cells: Iterable[Cell]) -> dict[str, list[Notebook]]:
    """The student's own cells by the stub that follows them; those after the last stub under an empty name."""
    extras: dict[str, list[Notebook]] = {}
    waiting: list[Notebook] = []
    for number, cell in enumerate(cells):
        if cell.role is Role.EXTRA:
            waiting.append(_code_cell(f"extra-{number}", cell.source))
        elif cell.role is Role.STUB and cell.stub:
            extras[cell.stub] = waiting
            waiting = []
    return extras | {"": waiting}


def _code_cell(ident: str, source: str) -> Notebook:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": ident,
        "metadata": {},
        "outputs": [],
        "source": untrusted.visible(source),
    }


def _fenced(answer: str) -> str:
    text = untrusted.visible(answer)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}text\n{text}\n{fence}"


def _output(grade: Grade, results: Sequence[CheckResult], hints: Mapping[str, Hint]) -> Notebook:
    lines = [line for result in results for line in _lines(result, hints)]
    lines += _advice(results, hints)
    if not results:
        lines = [f"Not judged ({grade.status.value}). {telling.reason_told(grade)}"]
    return {"name": "stdout", "output_type": "stream", "text": untrusted.visible("\n".join(lines)) + "\n"}


def _advice(results: Sequence[CheckResult], hints: Mapping[str, Hint]) -> list[str]:
    return [f"Advice: {text}" for _, text in telling.advised(results, hints)]


def _lines(result: CheckResult, hints: Mapping[str, Hint]) -> Iterator[str]:
    points = None if result.outcome is Outcome.ERROR else result.points
    worth = f"{scoring.number(points)} of {scoring.number(result.check.points)}"
    yield f"{MARKS[result.outcome]} {result.check.title} ({worth})"
    yield from (f"    {line}" for line in telling.told(result, hints).splitlines())
