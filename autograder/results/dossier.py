"""All there is to know about one student's work: for a person who has to decide or to answer."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder import notebook
from autograder.core.course import Assignment
from autograder.core.decision import Decision
from autograder.core.errors import CourseError, SubmissionError
from autograder.core.model import Cell, Role
from autograder.grading.submission import release_of
from autograder.intake import hand_ins
from autograder.intake.roster import NOBODY, Roster
from autograder.results import finals, gradebook
from autograder.results.late import Final


@dataclass(frozen=True)
class Dossier:
    """What leaves for one student, what persons decided, what was written, and where the files lie.

    `differences` hold a unified diff from the release for every stub and answer in words, empty where nothing changed;
    the student's own cells stand under "own cells". There are none where the file cannot be read any more.
    """

    final: Final
    trail: tuple[Decision, ...]
    differences: Mapping[str, str]
    places: Mapping[str, Path]


def without_work(student: str, ends: Iterable[Final], people: Roster) -> str:
    """The id of a student on the roster of whom nothing was graded, called by it or by another name; else nothing."""
    graded = {one.grade.student for one in ends}
    known_as = student if student in graded else people.called(student)
    return known_as if known_as in people.ids - graded else ""


def final_of(student: str, ends: Sequence[Final], people: Roster = NOBODY) -> Final:
    """What leaves for one student, called by the id or by another name in the roster.

    Raises CourseError that names those who are called much like it.
    """
    known = {one.grade.student: one for one in ends}
    if absent := without_work(student, ends, people):
        raise CourseError(
            f"{people.label(absent)} is on the roster, but nothing of theirs was graded here. If they handed something "
            "in, grade it."
        )
    student = student if student in known else people.called(student)
    if student not in known:
        near = difflib.get_close_matches(student, known, n=3, cutoff=0.5)
        few = f"{len(known)} students were graded here, as {', '.join([*known][:3])}."
        hint = f"Did you mean {' or '.join(near)}?" if near else few
        raise CourseError(f"Nobody here is called {student!r}. {hint}")
    return known[student]


def dossier(assignment: Assignment, folder: Path, final: Final, decisions: Iterable[Decision]) -> Dossier:
    """All about one student of those graded into `folder`."""
    student = final.grade.student
    trail = tuple(one for one in decisions if one.student == student)
    autograded = folder / "autograded" / gradebook.nbgrader_id(student) / assignment.name
    places = {
        "handed in": Path(final.submission.path),
        "feedback page": finals.page(folder, final),
        "in formgrader": autograded / f"{assignment.name}.ipynb",
    }
    return Dossier(final, trail, dict(_differences(assignment, final)), places)


def _differences(assignment: Assignment, final: Final) -> Iterator[tuple[str, str]]:
    release = release_of(assignment)
    try:
        book = notebook.parse(hand_ins.read(final.submission))
        cells = notebook.restore(book, release).cells
    except SubmissionError:
        return
    written = {**_answers(cells), **notebook.written_answers(book, release)}
    for name, source in _asked(release):
        yield name, _difference(source, written.get(name, source))
    own = "\n\n".join(cell.source for cell in cells if cell.role is Role.EXTRA)
    yield "own cells", _difference("", own)


def _answers(cells: Iterable[Cell]) -> dict[str, str]:
    """What the student wrote for each stub, however many cells it stands in."""
    answers: dict[str, list[str]] = {}
    for cell in cells:
        if cell.role is Role.STUB and cell.stub:
            answers.setdefault(cell.stub, []).append(cell.source)
    return {stub: "\n\n".join(sources) for stub, sources in answers.items()}


def _asked(release: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name and text of every cell of the release that asks for an answer."""
    for cell in release["cells"]:
        facts = cell["metadata"].get("nbgrader", {})
        if facts.get("solution"):
            yield facts["grade_id"], "".join(cell["source"])


def _difference(before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), "release", "handed in", lineterm="")
    return "\n".join(lines)
