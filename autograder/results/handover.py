"""What a graded class leaves behind for people and other programs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder import notebook
from autograder.checks.hints import Catalogue
from autograder.core.course import Assignment
from autograder.core.errors import SubmissionError
from autograder.core.model import Grade
from autograder.grading.group import Class, unresolved_rows
from autograder.grading.submission import release_of
from autograder.intake import addition, hand_ins, record
from autograder.intake.record import HandIns
from autograder.intake.roster import Person, Roster
from autograder.results import departures, finals
from autograder.results.files import tables
from autograder.results.files.rows import write_results
from autograder.results.late import Final
from autograder.results.pages import report

if TYPE_CHECKING:
    from autograder.results.gradebook import Entry


@dataclass(frozen=True)
class Handover:
    """What is handed over of an assignment and where to; `database` is nbgrader's URL, None: in the folder."""

    assignment: Assignment
    folder: Path
    given: HandIns
    roster: Roster
    database: str | None = None

    @property
    def url(self) -> str:
        """nbgrader's database."""
        return self.database or f"sqlite:///{self.folder / 'gradebook.db'}"


def hand_over(group: Class, rows: Sequence[Grade], database: str | None = None) -> tuple[list[Final], list[str]]:
    """Writes what people and other programs read: results.jsonl, CSV files, feedback pages, report, gradebook.

    `database`: nbgrader's, as a SQLAlchemy URL; None: gradebook.db in the class's folder. Returns what leaves for each
    student, and a sentence for each whose points, typed by a person, could not go along to another id.
    """
    what = Handover(group.assignment, group.out, group.given, group.roster, database)
    home = departures.Home(group.assignment, group.out, what.url)
    stuck = departures.remove(group.leaving, group.renamed, home, group.given)
    record.write(group.given, group.out)
    return _write(what, rows), stuck


def take_in(group: Class) -> None:
    """Notes whose grades are to come, so that those that are there can be handed on if the run is stopped.

    Nothing is noted while the folder holds what another state of the assignment gave, or somebody is to leave it.
    """
    before = record.of_folder(group.out, group.assignment.name)
    if before is None or (before.fingerprint == group.given.fingerprint and not group.leaving):
        record.write(group.given, group.out)


def hand_over_again(what: Handover, rows: Sequence[Grade], students: Collection[str]) -> list[Final]:
    """Writes anew what people read for rows that count otherwise now; returns what leaves for each student.

    What concerns one student alone, pages, notebooks and lines of the gradebook, is written for these `students`.
    """
    return _write(what, [*rows, *unresolved_rows(what.assignment, what.given.unresolved)], students)


def behind(what: Handover, ends: Sequence[Final]) -> set[str]:
    """The students of whom table, page or gradebook do not tell what leaves for them now, by points, note and hold."""
    untold = tables.changed(ends, what.folder / "grades.csv")
    return untold | {
        one.grade.student
        for one in ends
        if one.total is None or finals.page(what.folder, one).exists() is bool(one.hold)
    }


def _write(what: Handover, rows: Sequence[Grade], students: Collection[str] | None = None) -> list[Final]:
    from autograder.results import gradebook  # brings nbgrader: seconds that grading processes need not spend

    assignment, folder = what.assignment, what.folder
    ends = finals.finals(assignment, rows, what.given, what.roster)
    write_results(folder / "results.jsonl", rows)
    report_on(assignment, ends, folder / "report.html", absent=what.roster.without(what.given.students))
    folders = gradebook.Folders(folder / "submitted", folder / "autograded", what.url)
    theirs = [one for one in ends if students is None or one.grade.student in students]
    entries = _entries(theirs, release_of(assignment), what.roster)
    hints = Catalogue.parse(assignment.hints)
    gradebook.write(entries, release=assignment.release, folders=folders, hints=hints)
    ends = finals.with_totals(ends, assignment, what.url)
    finals.write(assignment, folder, ends, pages_of=students)
    return ends


def report_on(
    assignment: Assignment,
    ends: Sequence[Final],
    path: Path,
    waiting: Sequence[Grade] = (),
    names: Mapping[str, str] | None = None,
    absent: Sequence[Person] = (),
) -> None:
    """Writes the class report of what leaves for each student, and of files `waiting` to be somebody's.

    `absent` are those of whom nothing was collected. With other `names` for students the report is anonymous.
    """
    report.write(
        [*(one.grade for one in ends), *waiting],
        path,
        title=assignment.settings.title,
        hints=Catalogue.parse(assignment.hints),
        late={one.grade.student: one.verdict.sentence for one in ends},
        held={one.grade.student for one in ends if one.hold},
        names=names,
        people={one.grade.student: one.name for one in ends},
        absent=[one.label for one in absent],
    )


def _entries(ends: Sequence[Final], release: Mapping[str, Any], roster: Roster) -> Iterator[Entry]:
    """The gradebook's lines, one at a time: what each student wrote is read again rather than kept for all."""
    from autograder.results.gradebook import Entry

    for one in ends:
        name = roster.person(one.grade.student).last_first
        if any(addition.lost([one.submission])):
            yield Entry(one.submission, one.grade, penalty=_penalty(one), name=name, lost=True)
            continue
        try:
            book = notebook.parse(hand_ins.read(one.submission))
        except SubmissionError:
            yield Entry(one.submission, one.grade, name=name)
        else:
            cells, written = notebook.restore(book, release).cells, notebook.written_answers(book, release)
            yield Entry(one.submission, one.grade, cells, written, _penalty(one), name)


def _penalty(final: Final) -> float:
    return final.verdict.share * final.grade.max_points
