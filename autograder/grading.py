"""Grading: the path of one submission, and of a class of them."""

from __future__ import annotations

import hmac
import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from autograder import export, feedback, intake, lesson, notebook, report, scoring
from autograder.checking import CheckRunner
from autograder.course import Assignment, Course
from autograder.errors import SandboxError, SubmissionError
from autograder.hints import Catalogue
from autograder.ledger import Ledger, write_results
from autograder.model import Grade, Repair, RunStatus, Script, Submission
from autograder.sandbox import Limits, Mode, Room, Template

if TYPE_CHECKING:
    from autograder.gradebook import Entry


@dataclass(frozen=True)
class Task:
    """One submission to grade, with all that a process elsewhere needs to do it.

    `data` is the notebook's bytes where they do not lie in a file (variants, tests).
    """

    root: str
    assignment: str
    submission: Submission
    seed: int
    mode: Mode | None = None
    data: bytes | None = None


def grade(task: Task) -> Grade:
    """Grades one submission; always returns a row. Raises SandboxError only if nothing can be graded here."""
    desk = _desk(task.root, task.assignment, task.mode)
    begin = monotonic()
    try:
        data = intake.read(task.submission) if task.data is None else task.data
        script = notebook.restore(notebook.parse(data), desk.release)
    except SubmissionError as error:
        return desk.refuse(task, RunStatus.UNREADABLE, str(error), begin)
    if script.unsure:
        return desk.refuse(task, RunStatus.NEEDS_HUMAN, script.unsure, begin, script.repairs)
    return desk.judge(task, script, begin)


class Desk:
    """What one grading process keeps for an assignment: the checks, the release and a warm template."""

    def __init__(self, assignment: Assignment, mode: Mode | None) -> None:
        self.assignment = assignment
        self.release = _release(assignment)
        self.runner = CheckRunner(assignment.checks, Catalogue.parse(assignment.hints))
        self.limits = Limits(**assignment.settings.limits.model_dump())
        self.template = Template.start(self.limits, mode)

    def judge(self, task: Task, script: Script, begin: float) -> Grade:
        """The row of a submission whose cells and checks were run; it began at `begin` (monotonic seconds)."""
        with closing(Room(self.template, script.cells, self.assignment.stand_ins, self.limits, lesson.NAMES)) as room:
            results = tuple(self.runner.run(room, task.seed, script))
            repairs = [*script.repairs, *_noted(script, room)]
            grade = self._row(task, begin, repairs, results=results, endings=room.endings, printed=room.printed)
            return replace(grade, cpu_seconds=round(room.cpu_seconds(), 3))

    def refuse(self, task: Task, status: RunStatus, reason: str, begin: float, repairs: Sequence[Repair] = ()) -> Grade:
        """The row of a submission of which nothing was run."""
        return self._row(task, begin, repairs, refused=(status, reason))

    def _row(self, task: Task, begin: float, repairs: Sequence[Repair], **facts: Any) -> Grade:
        return scoring.grade_of(
            task.submission,
            assignment=self.assignment.name,
            fingerprint=self.assignment.fingerprint,
            seed=task.seed,
            promised=self.runner.checks,
            repairs=repairs,
            seconds=round(monotonic() - begin, 3),
            sandbox=self.template.layers,
            **facts,
        )


def _noted(script: Script, room: Room) -> Iterator[Repair]:
    """What running the cells showed, beyond any check: nothing of it costs points by itself."""
    for name in room.dropped:
        yield Repair(f"{name.capitalize()} took too long and was left out.", "heavy-extra-cells")
    for cell in script.cells:
        failure = room.cell_failures.get(cell.name)
        if failure is not None and failure.kind == "EOFError":
            yield Repair(f"{cell.name.capitalize()} waits for somebody to answer.", "interactive-cell", notice=True)
    if room.unkept:
        yield Repair("The notebook printed more than is kept; the rest was cut off.", "huge-outputs", notice=True)


@lru_cache(maxsize=1)
def _desk(root: str, name: str, mode: Mode | None) -> Desk:
    return Desk(Course(Path(root)).assignment(name), mode)


@dataclass(frozen=True)
class Class:
    """What was handed in for one assignment, and the private folder `out` that its grades go to.

    Of `unresolved` files a person must say whose they are: (submission, sentence).
    """

    assignment: Assignment
    submissions: tuple[Submission, ...]
    out: Path
    unresolved: tuple[tuple[Submission, str], ...] = ()

    def tasks(self, mode: Mode | None = None) -> list[Task]:
        """One task per submission, each with a seed that follows from the class's key and its content alone."""
        key = _key(self.out)
        root, name = str(self.assignment.root), self.assignment.name
        return [Task(root, name, one, seed_of(key, name, one.sha256), mode) for one in self.submissions]


def grade_class(
    group: Class, engine: Executor, mode: Mode | None = None, done: Callable[[Grade], None] = lambda grade: None
) -> list[Grade]:
    """Grades what the ledger in `group.out` does not hold yet; returns the rows of all, in the order of student id.

    Each row is in the ledger before `done` hears of it, so that a run that was stopped goes on where it ended.
    """
    fingerprint = group.assignment.fingerprint
    with Ledger.open(group.out / "ledger.db") as ledger:
        finished = ledger.done(fingerprint)
        waiting = {
            engine.submit(grade, task): task
            for task in group.tasks(mode)
            if (task.submission.student, task.submission.sha256) not in finished
        }
        unfinished = [_refused(group.assignment, one, sentence) for one, sentence in group.unresolved]
        for future in as_completed(waiting):
            row, judged = _settled(future, waiting[future], group.assignment)
            if judged:
                ledger.add(row)
            else:
                unfinished.append(row)
            done(row)
        handed_in = {(one.student, one.sha256) for one in group.submissions}
        kept = ledger.grades(group.assignment.name, fingerprint)
    rows = [row for row in kept if (row.student, row.sha256) in handed_in]
    return sorted([*rows, *unfinished], key=lambda row: (row.student, row.sha256))


def _settled(future: Future[Grade], task: Task, assignment: Assignment) -> tuple[Grade, bool]:
    """The row that a task gave, and whether it is final: what the grader itself failed at is tried again next time."""
    try:
        return future.result(), True
    except SandboxError as error:
        return _refused(assignment, task.submission, str(error), task.seed), False


def _refused(assignment: Assignment, submission: Submission, reason: str, seed: int = 0) -> Grade:
    """The row of a submission that waits for a person."""
    return scoring.grade_of(
        submission,
        assignment=assignment.name,
        fingerprint=assignment.fingerprint,
        seed=seed,
        promised=(),
        refused=(RunStatus.NEEDS_HUMAN, reason),
    )


def hand_over(group: Class, rows: Sequence[Grade]) -> None:
    """Writes what people and other programs read: results.jsonl, CSV files, feedback pages, report, gradebook."""
    from autograder import gradebook  # brings nbgrader: seconds that grading processes need not spend

    assignment, out = group.assignment, group.out
    hints, title = Catalogue.parse(assignment.hints), assignment.settings.title
    newest = _newest([*group.submissions, *(one for one, _ in group.unresolved)])
    counting = [row for row in rows if newest[row.student].sha256 == row.sha256]
    received = {student: one.received for student, one in newest.items() if one.received is not None}
    write_results(out / "results.jsonl", rows)
    export.write_grades(counting, out / "grades.csv")
    export.write_checks(counting, out / "checks.csv")
    feedback.write(counting, out / "feedback", title=title, hints=hints, received=received, versions=_versions())
    report.write(counting, out / "report.html", title=title, hints=hints)
    folders = gradebook.Folders(out / "submitted", out / "autograded", f"sqlite:///{out / 'gradebook.db'}")
    entries = _entries(counting, newest, _release(assignment))
    gradebook.write(entries, release=assignment.release, folders=folders, hints=hints)


def _entries(
    rows: Sequence[Grade], submissions: Mapping[str, Submission], release: Mapping[str, Any]
) -> Iterator[Entry]:
    """The gradebook's lines, one at a time: what each student wrote is read again rather than kept for all."""
    from autograder.gradebook import Entry

    for row in rows:
        submission = submissions[row.student]
        try:
            script = notebook.restore(notebook.parse(intake.read(submission)), release)
        except SubmissionError:
            script = Script(())
        yield Entry(submission, row, script.cells)


def _release(assignment: Assignment) -> dict[str, Any]:
    release: dict[str, Any] = json.loads(assignment.release.read_text(encoding="utf-8"))
    return release


def _newest(submissions: Sequence[Submission]) -> dict[str, Submission]:
    """Of each student the submission that counts: the one received last, the last by path where no time is known."""
    ordered = sorted(submissions, key=lambda one: (one.received.timestamp() if one.received else 0.0, one.path))
    return {one.student: one for one in ordered}


def _versions() -> dict[str, str]:
    return {name: version(name) for name in ("autograder", "torch", "torchvision", "numpy", "nbgrader")}


def seed_of(key: bytes, assignment: str, sha256: str) -> int:
    """A seed that nobody without the key can foresee: 63 bits of HMAC-SHA256 over the assignment and the submission."""
    digest = hmac.digest(key, f"{assignment}/{sha256}".encode(), "sha256")
    return int.from_bytes(digest[:8], "big") >> 1


def _key(out: Path) -> bytes:
    """The class's secret key: drawn once, readable by its owner only."""
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = out / "seed.key"
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
    return path.read_bytes()
