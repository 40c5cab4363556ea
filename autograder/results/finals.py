"""Handing grades back: which hand-in counts, what being late costs, and what students and their LMS are told.

Nothing is graded here. Deadline, late policy and roster are read anew each time, so that a change of any of them shows
the next time grades leave.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from autograder.checks.hints import Catalogue
from autograder.core import kit, untrusted, whole_file
from autograder.core.course import Assignment, AssignmentSettings, Course
from autograder.core.errors import CourseError
from autograder.core.model import Grade, Repair, Submission
from autograder.intake import hand_ins, naming, times
from autograder.intake.record import HandIns
from autograder.intake.roster import Roster
from autograder.results import kept, late, telling
from autograder.results.files import lms, tables
from autograder.results.late import Final
from autograder.results.pages import feedback

WITH_KIT = (kit.NAME, "torch", "torchvision", "numpy", "nbgrader")
"""Distributions whose versions stand on every feedback page."""


def finals(assignment: Assignment, rows: Sequence[Grade], given: HandIns, roster: Roster) -> list[Final]:
    """What leaves for each student, in the order of `rows`: one for each student of whom anything was handed in.

    A file of nobody known stands for itself, unless a student of that id handed in too.
    """
    policy = late.policy_of(assignment.settings)
    counted = counting(assignment.settings, given, roster)
    found = []
    for row in rows:
        chosen = counted.get(row.student)
        if chosen and chosen.submission.sha256 == row.sha256:
            found.append(_final(row, chosen, policy, roster, given.lms))
            del counted[row.student]
    return found


def counting(settings: AssignmentSettings, given: HandIns, roster: Roster) -> dict[str, late.Counted]:
    """By student the hand-in that counts, with its time by the assignment's clock of now."""
    policy, zone = late.policy_of(settings), settings.local_zone
    theirs: dict[str, list[Submission]] = {}
    for one in [*given.submissions, *(stray for stray, _ in given.strays)]:
        told = times.time_of(one.stamp, zone) if one.stamp else one.received
        received = told or roster.person(one.student).received
        here = received.astimezone(zone) if received else None
        theirs.setdefault(one.student, []).append(replace(one, received=here))
    return {
        student: late.counting(files, policy, roster.person(student).allowance) for student, files in theirs.items()
    }


def _final(row: Grade, chosen: late.Counted, policy: late.Policy, roster: Roster, system: str) -> Final:
    person, named = roster.person(row.student), naming.named(system, chosen.submission.path)
    said_late = bool(named and named.late)
    verdict = late.judge(policy, chosen.submission.received, person.allowance, said_late=said_late)
    return Final(row, chosen.submission, verdict, chosen.sentence, person.hold, name=person.name)


def write(assignment: Assignment, folder: Path, ends: Sequence[Final], pages_of: Collection[str] | None = None) -> None:
    """Write grades.csv, checks.csv and the feedback pages; a page of a result on hold is taken away.

    `pages_of`: the students whose pages are written or taken away; None: all.
    """
    rows = [one.grade for one in ends]
    tables.write_grades(rows, folder / "grades.csv", ends)
    tables.write_checks(rows, folder / "checks.csv")
    theirs = [one for one in ends if pages_of is None or one.grade.student in pages_of]
    for one in theirs:
        if one.hold:
            page(folder, one).unlink(missing_ok=True)
    feedback.write(
        [feedback.Sheet(_noted(one), one.submission.received, one.total) for one in theirs if not one.hold],
        folder / "feedback",
        title=assignment.settings.title,
        hints=Catalogue.parse(assignment.hints),
        versions={name: version(name) for name in WITH_KIT},
    )


def page(folder: Path, final: Final) -> Path:
    """Where a student's feedback page lies below the folder of results."""
    return folder / "feedback" / f"{untrusted.file_name(final.grade.student)}.html"


def _noted(final: Final) -> Grade:
    """The grade with what its page should say of hand-ins and lateness."""
    return replace(final.grade, repairs=(*final.grade.repairs, *map(Repair, final.sentences)))


def again(
    assignment: Assignment, folder: Path, roster: Roster, ledger: str | None = None, database: str | None = None
) -> tuple[HandIns, list[Final]]:
    """What was graded into `folder`, reckoned by the deadline, late policy, roster and gradebook of now.

    `ledger` and nbgrader's `database` are URLs; None: in the folder. Raises CourseError where nothing was graded into
    the folder, or its rows lie in another ledger.
    """
    found = kept.read(assignment, folder, ledger)
    ends = finals(assignment, found.rows, found.given, roster)
    return found.given, with_totals(ends, assignment, database or f"sqlite:///{folder / 'gradebook.db'}")


def with_totals(ends: Sequence[Final], assignment: Assignment, database: str) -> list[Final]:
    """The same with what persons typed in formgrader, read from nbgrader's `database` (a SQLAlchemy URL)."""
    from autograder.results import gradebook  # brings nbgrader, which takes seconds

    totals = gradebook.totals(database, assignment.name)
    return [replace(one, total=totals.get(gradebook.nbgrader_id(one.grade.student))) for one in ends]


def numbers(assignment: Assignment, folder: Path, ends: Sequence[Final], database: str | None = None) -> dict[str, str]:
    """What formgrader calls each student's submission while it hides names, as "Submission #7"."""
    from autograder.results import gradebook

    url = database or f"sqlite:///{folder / 'gradebook.db'}"
    found = gradebook.numbers(url, folder, assignment.name)
    ids = {one.grade.student: gradebook.nbgrader_id(one.grade.student) for one in ends}
    return {student: found[ident] for student, ident in ids.items() if ident in found}


def provisional(ends: Sequence[Final]) -> list[Final]:
    """The same as if no answer waited for a person any more."""
    return [
        replace(one, total=replace(one.total, waits=False)) if one.total and one.grade.points is not None else one
        for one in ends
    ]


def pages(folder: Path, ends: Sequence[Final], system: str) -> dict[str, Path]:
    """The feedback pages of all who may have theirs, by the name under which the LMS takes each back.

    A page of one whose file does not tell such a name (as text typed into Canvas) is not among them.
    """
    names = {lms.feedback_name(system, one.submission): page(folder, one) for one in ends if not one.hold}
    return {name: path for name, path in names.items() if name and path.exists()}


def marks(ends: Sequence[Final], roster: Roster, given: HandIns, system: str) -> list[lms.Mark]:
    """What the LMS is to be told of each student: final points, or why there are none."""
    return [_mark(one, roster, given, system) for one in ends]


def _mark(final: Final, roster: Roster, given: HandIns, system: str) -> lms.Mark:
    student = final.grade.student
    named = naming.named(given.lms, final.submission.path)
    keys = [named.key] if named else [] if roster.people else [naming.key(system, student)]
    reason = _held(final) if final.hold else "" if final.points is not None else _unjudged(final)
    points = None if reason else final.points
    return lms.Mark(student, points, (*keys, *roster.person(student).names), reason)


def _held(final: Final) -> str:
    return f"on hold ({final.hold})"


def _unjudged(final: Final) -> str:
    if final.grade.points is not None:
        return "an answer waits for a person in formgrader"
    return f"{final.grade.status.value}: {telling.reason_told(final.grade) or 'a person must look'}"


@dataclass(frozen=True)
class Order:
    """What to hand back: the file that the LMS `system` exported, which column of it, and where the filled one goes.

    `sure`: the column is meant, whatever its title.
    """

    system: str
    file: Path
    column: str
    scale: bool
    target: Path
    sure: bool = False


@dataclass(frozen=True)
class HandedBack:
    """What was written for an LMS: its file and whose cells hold a grade or were left; the zip of pages, how many.

    Cells of `replaced` held another grade before. There is no zip where the files graded did not come from this LMS.
    """

    target: Path
    filled: tuple[str, ...]
    left: tuple[lms.Left, ...]
    replaced: tuple[str, ...] = ()
    pages: Path | None = None
    paged: int = 0


_FILLERS = {
    naming.CANVAS: lms.fill_canvas,
    naming.MOODLE: lms.fill_moodle,
    naming.BRIGHTSPACE: lms.fill_brightspace,
}


def hand_back(
    assignment: Assignment, folder: Path, order: Order, given: HandIns, ends: Sequence[Final], roster: Roster
) -> HandedBack:
    """Fill the LMS's own file and zip the feedback pages for it. Raises CourseError where either is not certain."""
    told = marks(ends, roster, given, order.system)
    column = lms.Column(assignment.settings.title, order.column, tuple(_other_titles(assignment)), order.sure)
    most = max((one.max_points for one in ends), default=0.0)
    if order.target.resolve() == order.file.resolve():
        raise CourseError(
            f"{order.target}: would be lost: it is the file that the LMS gave you. Name another with --to."
        )
    data = _bytes(order.file)
    result = _FILLERS[order.system](data, told, column=column, max_points=most, scale=order.scale)
    whole_file.write(order.target, result.data)
    if given.lms != order.system:
        return HandedBack(order.target, result.filled, result.left, result.replaced)
    found, archive = pages(folder, ends, order.system), folder / f"feedback-{order.system}.zip"
    lms.write_feedback(found, archive)
    return HandedBack(order.target, result.filled, result.left, result.replaced, archive, len(found))


def _other_titles(assignment: Assignment) -> Iterator[str]:
    """What the course's other assignments are called: their titles, and the names of their folders."""
    course = Course(assignment.root)
    for name in course.assignments:
        if name != assignment.name:
            yield from (course.assignment(name).settings.title, name)


def renamed(given: HandIns, ends: Sequence[Final], path: Path, roster: Roster) -> tuple[HandIns, list[Final]]:
    """The same results for the files of another zip of the LMS, where what was graded did not come from it."""
    names = roster.names if roster.people else None
    collected = hand_ins.collect(path, roster=names, assignment=given.assignment)
    places = {one.student: one.path for one in collected.submissions}
    same = {one.key: one.path for one in collected.submissions}
    moved = [_at(one, same.get(one.grade.key, places.get(one.grade.student, ""))) for one in ends]
    return replace(given, lms=collected.lms), moved


def _at(final: Final, path: str) -> Final:
    return replace(final, submission=replace(final.submission, path=path))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CourseError(f"{path}: this file cannot be read ({error.strerror}). Correct the path.") from error
