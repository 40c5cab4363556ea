"""What a graded class leaves behind for people and other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder import notebook
from autograder.checks.hints import Catalogue
from autograder.core.course import Assignment
from autograder.core.errors import SubmissionError
from autograder.core.model import Grade
from autograder.grading.group import Class
from autograder.grading.submission import release_of
from autograder.intake import hand_ins, record
from autograder.intake.record import HandIns
from autograder.intake.roster import Roster
from autograder.results import finals
from autograder.results.files.rows import write_results
from autograder.results.late import Final
from autograder.results.pages import report

if TYPE_CHECKING:
    from autograder.results.gradebook import Entry


def hand_over(group: Class, rows: Sequence[Grade], database: str | None = None) -> None:
    """Writes what people and other programs read: results.jsonl, CSV files, feedback pages, report, gradebook.

    `database`: nbgrader's, as a SQLAlchemy URL; None: gradebook.db in the class's folder.
    """
    from autograder.results import gradebook  # brings nbgrader: seconds that grading processes need not spend

    assignment, out = group.assignment, group.out
    given = HandIns(assignment.name, assignment.fingerprint, group.submissions, group.unresolved, group.lms)
    ends = finals.finals(assignment, rows, given, group.roster)
    write_results(out / "results.jsonl", rows)
    record.write(given, out)
    report_on(assignment, ends, out / "report.html")
    database = database or f"sqlite:///{out / 'gradebook.db'}"
    folders = gradebook.Folders(out / "submitted", out / "autograded", database)
    entries = _entries(ends, release_of(assignment), group.roster)
    hints = Catalogue.parse(assignment.hints)
    gradebook.write(entries, release=assignment.release, folders=folders, hints=hints)
    finals.write(assignment, out, finals.with_totals(ends, assignment, database))


def report_on(
    assignment: Assignment, ends: Sequence[Final], path: Path, waiting: Sequence[Grade] = (), anonymous: bool = False
) -> None:
    """Writes the class report of what leaves for each student, and of files `waiting` to be somebody's."""
    report.write(
        [*(one.grade for one in ends), *waiting],
        path,
        title=assignment.settings.title,
        hints=Catalogue.parse(assignment.hints),
        late={one.grade.student: one.verdict.sentence for one in ends},
        held={one.grade.student for one in ends if one.hold},
        anonymous=anonymous,
    )


def _entries(ends: Sequence[Final], release: Mapping[str, Any], roster: Roster) -> Iterator[Entry]:
    """The gradebook's lines, one at a time: what each student wrote is read again rather than kept for all."""
    from autograder.results.gradebook import Entry

    for one in ends:
        name = roster.person(one.grade.student).last_first
        try:
            book = notebook.parse(hand_ins.read(one.submission))
        except SubmissionError:
            yield Entry(one.submission, one.grade, name=name)
        else:
            cells, written = notebook.restore(book, release).cells, notebook.written_answers(book, release)
            yield Entry(one.submission, one.grade, cells, written, one.verdict.share * one.grade.max_points, name)
