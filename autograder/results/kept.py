"""What a folder of results and its ledger hold, and which of it still asks for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.core.course import Assignment
from autograder.core.decision import Decision
from autograder.core.errors import CourseError
from autograder.core.model import Grade, RunStatus
from autograder.grading import decisions, scoring
from autograder.grading.ledger import Ledger
from autograder.intake import record
from autograder.intake.record import HandIns
from autograder.results.late import Final


@dataclass(frozen=True)
class Kept:
    """What was handed in, the rows as they count, in the order of student id, and all that persons decided."""

    given: HandIns
    rows: tuple[Grade, ...]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True)
class Question:
    """Something about one student that a person should know or settle; `topic` is the heading it stands under.

    The sentence is empty where the topic says all.
    """

    topic: str
    student: str
    sentence: str = ""


def read(assignment: Assignment, folder: Path, ledger: str | None = None) -> Kept:
    """What was graded into `folder`. `ledger` is a URL; None: in the folder.

    Raises CourseError where nothing was graded into the folder, or its rows lie in another ledger.
    """
    given = record.read(folder, assignment.name)
    handed_in = {one.key for one in given.submissions}
    with Ledger.open(ledger or folder / "ledger.db") as book:
        judged = [row for row in book.grades(assignment.name, given.fingerprint) if row.key in handed_in]
        said = book.decisions(assignment.name)
    if handed_in and not judged:
        raise CourseError(
            f"{folder}: the ledger holds no row of the {len(handed_in)} submissions graded into this folder. Name the "
            "ledger that they were graded with, by --ledger."
        )
    return Kept(given, tuple(sorted(decisions.counted(judged, said), key=lambda row: row.student)), tuple(said))


def questions(found: Kept, ends: Sequence[Final], absent: Iterable[str] = ()) -> Iterator[Question]:
    """What is open in a class, topic by topic; marks given by hand are among it, since someone may ask.

    Of those `absent` nothing was collected.
    """
    for one in ends:
        if one.grade.status is RunStatus.NEEDS_HUMAN:
            yield Question("Needs a person", one.grade.student, one.grade.reason)
    for one in ends:
        waiting = [part.name for part in one.total.parts if part.points is None] if one.total else []
        if waiting and one.grade.points is not None:
            yield Question("Waits in formgrader", one.grade.student, ", ".join(waiting))
    for student in absent:
        yield Question("Nothing handed in", student)
    for note in decisions.open_notes(found.decisions):
        yield Question("Asks for another look", note.student, told(note))
    for lost in decisions.unseated(found.rows, found.decisions):
        sentence = f"{told(lost)} It counts no longer: other work was handed in, or the check is gone. Look again."
        yield Question("Mark without a place", lost.student, sentence)
    gone = {one.subject for one in decisions.unseated(found.rows, found.decisions)}
    for subject, mark in decisions.standing(found.decisions).items():
        if subject not in gone:
            yield Question("Marked by hand", mark.student, told(mark))
    for one in ends:
        typed = [part for part in one.total.parts if part.by_hand] if one.total else []
        for part in typed:
            sentence = f"{part.name}: {scoring.number(part.points)} of {scoring.number(part.max_points)} points"
            yield Question("Typed in formgrader", one.grade.student, f"{sentence}. {part.comment}".strip())


def told(one: Decision) -> str:
    """One line of the trail: what, who, when and why."""
    change = f"{scoring.number(one.before)} → {scoring.number(one.after)} points" if one.before != one.after else ""
    what = ", ".join(filter(None, [one.check, change]))
    return f"{what or 'the whole'} ({one.act} by {one.who}, {one.when:%Y-%m-%d %H:%M %Z}): {one.why}"
