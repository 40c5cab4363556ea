"""The path of one submission through a grading process: read, restored, run, checked, scored."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Container, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from time import monotonic
from typing import Any

from autograder import notebook
from autograder.checks import expect
from autograder.checks.hints import Catalogue
from autograder.checks.python_first import signatures
from autograder.checks.runner import CheckRunner
from autograder.core import kit
from autograder.core.course import Assignment
from autograder.core.errors import CheckTimeout, ClusterError, SandboxEnded, SandboxError, SubmissionError
from autograder.core.model import (
    Check,
    CheckResult,
    Failure,
    Grade,
    Outcome,
    Repair,
    Role,
    RunStatus,
    Script,
    Submission,
)
from autograder.grading import scoring
from autograder.grading.engines.parcel import folder_of
from autograder.grading.scoring import Evidence, Terms
from autograder.grading.timing import TimedRoom
from autograder.in_notebook import setup_cell
from autograder.intake import hand_ins
from autograder.sandbox import Limits, Mode, Room, Template, selftest
from autograder.sandbox.walls.limits import MIB
from autograder.torchlab import mnist


@dataclass(frozen=True)
class Task:
    """One submission to grade, with all that a process elsewhere needs to do it.

    `root` is the course's folder, or the name of a parcel of it. `data` is the notebook's bytes where they do not lie
    in a file here (variants, tests); for another machine `book` is the notebook as it was read and thinned, and
    `unread` says in a sentence why it could not be. Of an earlier
    grade `before`, results of checks that are not among `changed` are taken over where the same cells are run. Of an
    assignment that may change while a grading process lives, `fingerprint` says which state is meant. `private` are
    files and folders beside the course that student code must not find.
    """

    root: str
    assignment: str
    submission: Submission
    seed: int
    mode: Mode | None = None
    data: bytes | None = None
    book: dict[str, Any] | None = None
    unread: str = ""
    before: Grade | None = None
    changed: frozenset[str] = frozenset()
    fingerprint: str = ""
    private: tuple[str, ...] = ()

    def read(self, release: Mapping[str, Any]) -> dict[str, Any]:
        """The notebook that was handed in, whole. Raises SubmissionError if it cannot be read."""
        if self.unread:
            raise SubmissionError(self.unread)
        if self.book is not None:
            return notebook.filled(self.book, release)
        return notebook.parse(hand_ins.read(self.submission) if self.data is None else self.data)


def task_of(assignment: Assignment, student: str, data: bytes, seed: int, mode: Mode | None = None) -> Task:
    """The task of grading a notebook that no class handed in: a variant, or one of the assignment's own."""
    submission = Submission(student, "", hashlib.sha256(data).hexdigest())
    return Task(str(assignment.root), assignment.name, submission, seed, mode, data, fingerprint=assignment.fingerprint)


def grade(task: Task) -> Grade:
    """Grades one submission; always returns a row. Raises SandboxError only if nothing can be graded here."""
    grader = _grader_for(task)
    begin = monotonic()
    try:
        script = notebook.restore(task.read(grader.release), grader.release)
    except SubmissionError as error:
        return grader.refuse(task, RunStatus.UNREADABLE, str(error), begin)
    if script.unsure:
        return grader.refuse(task, RunStatus.NEEDS_HUMAN, script.unsure, begin, script.repairs)
    return grader.judge(task, script, begin)


def prepare(task: Task) -> None:
    """Makes ready in this process what all tasks of the class share. Raises SandboxError if nothing can be graded."""
    _grader_for(task)


def prove_walls(task: Task) -> None:
    """Tries each wall of the sandbox that `task` would be run in. Raises SandboxError naming one that does not hold."""
    selftest.probe_or_refuse(_grader_for(task).template)


class Grader:
    """What one grading process keeps for an assignment: the checks, the release and a warm template."""

    def __init__(self, assignment: Assignment, mode: Mode | None, private: tuple[str, ...] = ()) -> None:
        self.assignment = assignment
        self.release = release_of(assignment)
        self.runner = CheckRunner(
            assignment.checks, Catalogue.parse(assignment.hints), signatures(_code_of(self.release))
        )
        self.offered = setup_cell.offered(assignment.pictures)
        self.limits, files = limits_of(assignment), files_of(assignment)
        hidden = (str(assignment.root), *kit.carried(), *mnist.places(), *private)
        self.template = Template.start(self.limits, mode, hidden=hidden, files=files)

    def judge(self, task: Task, script: Script, begin: float) -> Grade:
        """The row of a submission whose cells and checks were run; it began at `begin` (monotonic seconds).

        What fails by our own fault is tried once more: the warm process may have been killed.
        """
        with suppress(SandboxError):
            row = self._judged(task, script, begin)
            if not any(result.outcome is Outcome.ERROR for result in row.checks):
                return row
        return self._judged(task, script, begin)

    def _judged(self, task: Task, script: Script, begin: float) -> Grade:
        stand_ins, digest = self.assignment.stand_ins, _digest(script)
        before = task.before if task.before and stands(task.before, task.seed, digest) else None
        kept = taken_over(before, task.changed, self.runner.checks) if before else []
        wanted = {check.name for check in self.runner.checks} - {result.check.name for result in kept}
        judged_from = monotonic()
        with closing(TimedRoom(self.template, script.cells, stand_ins, self.limits, self.offered)) as room:
            with expect.weighing() as numbers:
                results = [*kept, *self.runner.run(room, task.seed, script, wanted)]
            weighed = {number.looked_at: number for number in [*(before.weighed if before else ()), *numbers]}
            repairs = list(dict.fromkeys([*script.repairs, *_noted(script, room), *(before.repairs if before else ())]))
            printed = room.printed or (before.printed if before else "")
            evidence = Evidence(
                results, [*room.endings, *_stops(script, room)], repairs, printed=printed, sandbox=self.template.layers
            )
            grade = self._row(task, begin, evidence)
            times = room.times(begin, judged_from)
        return replace(
            grade,
            cpu_seconds=round(times.student, 3),
            weighed=tuple(weighed.values()),
            times=times,
            script=digest,
        )

    def refuse(self, task: Task, status: RunStatus, reason: str, begin: float, repairs: Sequence[Repair] = ()) -> Grade:
        """The row of a submission of which nothing was run."""
        evidence = Evidence(repairs=repairs, refused=(status, reason), sandbox=self.template.layers)
        return self._row(task, begin, evidence)

    def _row(self, task: Task, begin: float, evidence: Evidence) -> Grade:
        terms = Terms(self.assignment.name, self.assignment.fingerprint, task.seed, self.runner.checks)
        row = scoring.grade_of(task.submission, terms, evidence)
        return replace(row, seconds=round(monotonic() - begin, 3))


def _stops(script: Script, room: Room) -> list[SandboxEnded]:
    """What a row says of answers and of the instructor's cells that were stopped: they decide its status."""
    told = [
        room.stopped[cell.name] for cell in script.cells if cell.role is not Role.EXTRA and cell.name in room.stopped
    ]
    return [CheckTimeout(Failure("TimeoutError", f"{sentence} What it defines was judged.")) for sentence in told]


def _noted(script: Script, room: Room) -> Iterator[Repair]:
    """What running the cells showed, beyond any check: nothing of it costs points by itself."""
    for cell in script.cells:
        if cell.role is Role.EXTRA and cell.name in room.stopped:
            yield Repair(f"{room.stopped[cell.name]} What it defines was kept.", "heavy-extra-cells")
        failure = room.cell_failures.get(cell.name)
        if failure is not None and failure.kind == "EOFError":
            yield Repair(f"{cell.name.capitalize()} waits for somebody to answer.", "interactive-cell", notice=True)
    if room.unkept:
        yield Repair("The notebook printed more than is kept; the rest was cut off.", "huge-outputs", notice=True)


def _grader_for(task: Task) -> Grader:
    return _grader(task.root, task.assignment, task.mode, task.private, task.fingerprint)


@lru_cache(maxsize=1)
def _grader(root: str, name: str, mode: Mode | None, private: tuple[str, ...], fingerprint: str) -> Grader:
    """The grader for one state of an assignment; of an earlier state nothing is kept."""
    return Grader(Assignment(folder_of(root), name), mode, private)


def _digest(script: Script) -> str:
    """SHA-256 (hex) of all that decides what is run for a submission."""
    return hashlib.sha256(
        repr((script.cells, sorted(script.not_attempted))).encode("utf-8", "backslashreplace")
    ).hexdigest()


def stands(before: Grade, seed: int, script: str) -> bool:
    """Whether results of an earlier grade may be taken over: same cells, same seed, and no process ended too early."""
    sound = before.status in (RunStatus.GRADED, RunStatus.REPAIRED)
    return sound and (before.seed, before.script) == (seed, script)


def taken_over(before: Grade, changed: Container[str], checks: Sequence[Check]) -> list[CheckResult]:
    """Results of an earlier grade for those of `checks` that have not changed, at the prices of today."""
    known = {result.check.name: result for result in before.checks}
    same = [check for check in checks if check.name in known and check.name not in changed]
    return [replace(known[check.name], check=check) for check in same]


def settled(future: Future[Grade], task: Task, assignment: Assignment) -> Grade:
    """The row that a task gave; what the grader itself failed at waits for a person, and for the next try.

    Raises ClusterError for a row that judges another state of the assignment than this one.
    """
    try:
        row = future.result()
    except SandboxError as error:
        return refused(assignment, task.submission, str(error), task.seed)
    if row.fingerprint != assignment.fingerprint:
        raise ClusterError(
            f"A worker judged {row.student} by another state of {assignment.name} than the one here. Its row was not "
            "kept. Install the same kit on every machine, start the workers again, then start grading again."
        )
    return row


def refused(
    assignment: Assignment,
    submission: Submission,
    reason: str,
    seed: int = 0,
    status: RunStatus = RunStatus.NEEDS_HUMAN,
) -> Grade:
    """The row of a submission that could not be judged: by default it waits for a person."""
    terms = Terms(assignment.name, assignment.fingerprint, seed)
    return scoring.grade_of(submission, terms, Evidence(refused=(status, reason)))


def _code_of(book: dict[str, Any]) -> Iterator[str]:
    """The texts of those code cells in which students write."""
    for cell in book["cells"]:
        if cell["cell_type"] == "code" and cell["metadata"].get("nbgrader", {}).get("solution"):
            yield "".join(cell["source"])


def files_of(assignment: Assignment) -> dict[str, bytes]:
    """What lies in the working folder of each submission."""
    return {name: path.read_bytes() for name, path in assignment.files.items()}


def limits_of(assignment: Assignment) -> Limits:
    """What one submission may use; what the assignment gives takes no room from its own files."""
    given = sum(path.stat().st_size for path in assignment.files.values())
    limits = Limits(**assignment.settings.limits.model_dump())
    return replace(
        limits, files_mib=limits.files_mib + math.ceil(given / MIB), files=limits.files + len(assignment.files)
    )


def release_of(assignment: Assignment) -> dict[str, Any]:
    """The release notebook, as JSON tells it."""
    release: dict[str, Any] = json.loads(assignment.release.read_text(encoding="utf-8"))
    return release
