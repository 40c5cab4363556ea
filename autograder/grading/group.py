"""Grading: the path of one submission, and of a class of them."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from autograder import notebook
from autograder.checks import expect
from autograder.checks.hints import Catalogue
from autograder.checks.runner import CheckRunner
from autograder.core.course import Assignment
from autograder.core.errors import CourseError, SandboxError, SubmissionError
from autograder.core.model import Check, CheckResult, Grade, Outcome, Repair, RunStatus, Script, Submission
from autograder.grading import scoring
from autograder.grading.dependencies import State
from autograder.grading.engines.dask import DaskEngine, Parcel, folder_of
from autograder.grading.engines.local import ended
from autograder.grading.ledger import Ledger, write_results
from autograder.grading.timing import TimedRoom
from autograder.intake import hand_ins, record
from autograder.intake.record import HandIns
from autograder.intake.roster import NOBODY, Roster
from autograder.results import finals
from autograder.results.late import Final
from autograder.results.pages import report
from autograder.sandbox import Limits, Mode, Room, Template, selftest
from autograder.torchlab import mnist

if TYPE_CHECKING:
    from autograder.results.gradebook import Entry


@dataclass(frozen=True)
class Task:
    """One submission to grade, with all that a process elsewhere needs to do it.

    `root` is the course's folder, or the name of a parcel of it. `data` is the notebook's bytes where they do not lie
    in a file here (variants, tests, other machines), `unread` says in a sentence why there are none. Of an earlier
    grade `before`, results of checks that are not among `changed` are taken over where the same cells are run. Of an
    assignment that may change while a grading process lives, `fingerprint` says which state is meant.
    """

    root: str
    assignment: str
    submission: Submission
    seed: int
    mode: Mode | None = None
    data: bytes | None = None
    unread: str = ""
    before: Grade | None = None
    changed: frozenset[str] = frozenset()
    fingerprint: str = ""

    def bytes(self) -> bytes:
        """What was handed in. Raises SubmissionError if it cannot be read."""
        if self.unread:
            raise SubmissionError(self.unread)
        return hand_ins.read(self.submission) if self.data is None else self.data


def grade(task: Task) -> Grade:
    """Grades one submission; always returns a row. Raises SandboxError only if nothing can be graded here."""
    desk = _desk(task.root, task.assignment, task.mode, task.fingerprint)
    begin = monotonic()
    try:
        script = notebook.restore(notebook.parse(task.bytes()), desk.release)
    except SubmissionError as error:
        return desk.refuse(task, RunStatus.UNREADABLE, str(error), begin)
    if script.unsure:
        return desk.refuse(task, RunStatus.NEEDS_HUMAN, script.unsure, begin, script.repairs)
    return desk.judge(task, script, begin)


def prepare(task: Task) -> None:
    """Makes ready in this process what all tasks of the class share. Raises SandboxError if nothing can be graded."""
    _desk(task.root, task.assignment, task.mode, task.fingerprint)


def prove_walls(task: Task) -> None:
    """Tries each wall of the sandbox that `task` would be run in. Raises SandboxError naming one that does not hold."""
    selftest.probe_or_refuse(_desk(task.root, task.assignment, task.mode, task.fingerprint).template)


class Desk:
    """What one grading process keeps for an assignment: the checks, the release and a warm template."""

    def __init__(self, assignment: Assignment, mode: Mode | None) -> None:
        self.assignment = assignment
        self.release = _release(assignment)
        self.runner = CheckRunner(assignment.checks, Catalogue.parse(assignment.hints))
        self.limits = Limits(**assignment.settings.limits.model_dump())
        self.template = Template.start(self.limits, mode)

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
        stand_ins, offered, digest = self.assignment.stand_ins, self.assignment.offered, _digest(script)
        before = task.before if task.before and stands(task.before, task.seed, digest) else None
        kept = taken_over(before, task.changed, self.runner.checks) if before else []
        wanted = {check.name for check in self.runner.checks} - {result.check.name for result in kept}
        judged_from = monotonic()
        with closing(TimedRoom(self.template, script.cells, stand_ins, self.limits, offered)) as room:
            with expect.weighing() as numbers:
                results = [*kept, *self.runner.run(room, task.seed, script, wanted)]
            weighed = {number.looked_at: number for number in [*(before.weighed if before else ()), *numbers]}
            repairs = list(dict.fromkeys([*script.repairs, *_noted(script, room), *(before.repairs if before else ())]))
            printed = room.printed or (before.printed if before else "")
            grade = self._row(task, begin, repairs, results=results, endings=room.endings, printed=printed)
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
def _desk(root: str, name: str, mode: Mode | None, fingerprint: str) -> Desk:
    """The desk for one state of an assignment; of an earlier state nothing is kept."""
    return Desk(Assignment(folder_of(root), name), mode)


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


@dataclass(frozen=True)
class Class:
    """What was handed in for one assignment, and the private folder `out` that its grades go to.

    Of `unresolved` files a person must say whose they are: (submission, sentence). `lms` named the files, if any did.
    """

    assignment: Assignment
    submissions: tuple[Submission, ...]
    out: Path
    unresolved: tuple[tuple[Submission, str], ...] = ()
    roster: Roster = NOBODY
    lms: str = ""
    seed: int | None = None
    """Draws the class's key; None: by chance."""

    def tasks(self, mode: Mode | None = None) -> Iterator[Task]:
        """One task per submission, each with a seed that follows from the class's key and its content alone."""
        key = _key(self.out, self.seed)
        root, name, state = str(self.assignment.root), self.assignment.name, self.assignment.fingerprint
        return (
            Task(root, name, one, seed_of(key, name, one.sha256), mode, fingerprint=state) for one in self.submissions
        )


@dataclass(frozen=True)
class Plan:
    """How a class is graded. `ledger`: a path or database URL; None: in the class's folder.

    `reuse` takes over what an earlier state of the assignment left true; without `keep` nothing is written.
    """

    mode: Mode | None = None
    ledger: str | None = None
    reuse: bool = False
    keep: bool = True


PLAIN = Plan()
PROOFS = 3
"""How often the judge may try to prove itself."""


def grade_class(
    group: Class,
    engine: Executor,
    plan: Plan = PLAIN,
    done: Callable[[Grade], None] = lambda grade: None,
    already: Callable[[int], None] = lambda count: None,
) -> list[Grade]:
    """Grades what the ledger does not hold yet; returns the rows of all, in the order of student id.

    Each row is in the ledger before `done` hears of it, so that a run that was stopped goes on where it ended.
    `already` hears how many were there before. What waits for a person is tried again each time.
    """
    state = State.of(group.assignment)
    handed_in = {one.key for one in group.submissions}
    with Ledger.open(plan.ledger or group.out / "ledger.db") as ledger:
        if plan.keep:
            ledger.note(state.fingerprint, asdict(state))
        finished = ledger.done(state.fingerprint) & handed_in
        already(len(finished))
        tasks = (task for task in group.tasks(plan.mode) if task.submission.key not in finished)
        work = _reusing(tasks, ledger, state, group.assignment) if plan.reuse else tasks
        send, found = _sender(engine, group.assignment), []
        proof = _Proof(group.assignment, engine, send, plan.mode)
        sent = (send(one) if isinstance(one, Task) else one for one in proof.begun(work))
        drained = ended(partial(_begun, engine), sent)
        rows = (one if isinstance(one, Grade) else _settled(future, one, group.assignment) for one, future in drained)
        for row in proof.passed(rows):
            if plan.keep:
                ledger.add(row)
            else:
                found.append(row)
            done(row)
        kept = ledger.grades(group.assignment.name, state.fingerprint)
    ours = {row.key: row for row in [*kept, *found] if row.key in handed_in}
    return sorted([*ours.values(), *unresolved_rows(group.assignment, group.unresolved)], key=lambda row: row.key)


def task_of(assignment: Assignment, student: str, data: bytes, seed: int, mode: Mode | None = None) -> Task:
    """The task of grading a notebook that no class handed in: a variant, or one of the assignment's own."""
    submission = Submission(student, "", hashlib.sha256(data).hexdigest())
    return Task(str(assignment.root), assignment.name, submission, seed, mode, data, fingerprint=assignment.fingerprint)


class _Proof:
    """The proof that nobody is judged wrongly on this machine: the sandbox holds, the solution earns all points.

    The walls are tried before the first submission is run. The solution is run beside the first ones, so that it takes
    one slot's time and not everybody's, and waited for before anybody hears of a row.
    """

    def __init__(
        self, assignment: Assignment, engine: Executor, send: Callable[[Task], Task], mode: Mode | None
    ) -> None:
        self._assignment, self._engine, self._send, self._mode = assignment, engine, send, mode
        self._solution: tuple[Task, Future[Grade]] | None = None

    def begun(self, work: Iterable[Task | Grade]) -> Iterator[Task | Grade]:
        """The same work. Raises SandboxError if a wall does not hold."""
        begun = False
        for one in work:
            if isinstance(one, Task) and not begun:
                self._begin(self._send(one))
                begun = True
            yield one

    def passed(self, rows: Iterable[Grade]) -> Iterator[Grade]:
        """The same rows. Raises SandboxError if the solution fails: then nobody may be marked here."""
        for row in rows:
            if self._solution:
                self._look(*self._solution)
                self._solution = None
            yield row

    def _begin(self, first: Task) -> None:
        if self._mode is not Mode.UNCONFINED:
            self._engine.submit(prove_walls, first).result()
        if self._assignment.solution.exists():
            data = self._assignment.solution.read_bytes()
            task = self._send(task_of(self._assignment, "solution", data, secrets.randbits(62), self._mode))
            self._solution = task, self._engine.submit(grade, task)

    def _look(self, task: Task, running: Future[Grade]) -> None:
        """A process may be killed by chance, so the solution has more than one try."""
        for tries_left in reversed(range(PROOFS)):
            problem = scoring.lost(_settled(running, task, self._assignment))
            if not problem:
                return
            if tries_left:
                running = self._engine.submit(grade, task)
        raise SandboxError(
            f"We could not judge: on this machine the solution of {self._assignment.name} fails its own checks; "
            f"{problem} Nobody was graded. `autograder doctor` and `autograder verify {self._assignment.name}` may "
            "tell why."
        )


def _begun(engine: Executor, one: Task | Grade) -> Future[Grade]:
    """The row that will come; what is a row already has ended."""
    if isinstance(one, Task):
        return engine.submit(grade, one)
    row: Future[Grade] = Future()
    row.set_result(one)
    return row


def _settled(future: Future[Grade], task: Task, assignment: Assignment) -> Grade:
    """The row that a task gave; what the grader itself failed at waits for a person, and for the next try."""
    try:
        return future.result()
    except SandboxError as error:
        return refused(assignment, task.submission, str(error), task.seed)


def _reusing(tasks: Iterable[Task], ledger: Ledger, state: State, assignment: Assignment) -> Iterator[Task | Grade]:
    """Each task with its earlier grade; a row instead where nothing that decides it has changed."""
    states = {fingerprint: State(**parts) for fingerprint, parts in ledger.noted().items()}
    checks = CheckRunner(assignment.checks, Catalogue.parse(assignment.hints)).checks
    for task in tasks:
        before = ledger.earlier(state.fingerprint, *task.submission.key)
        then = states.get(before.fingerprint) if before else None
        if before is None or then is None:
            yield task
        elif state.changed_since(then) or then.release != state.release or not stands(before, task.seed, before.script):
            yield replace(task, before=before, changed=state.changed_since(then))
        else:
            yield _repriced(before, task, checks, state)


def _repriced(before: Grade, task: Task, checks: Sequence[Check], state: State) -> Grade:
    """The row of a submission of which nothing needs to be run: the results are those of before."""
    row = scoring.grade_of(
        task.submission,
        assignment=task.assignment,
        fingerprint=state.fingerprint,
        seed=task.seed,
        promised=checks,
        results=taken_over(before, frozenset(), checks),
        repairs=before.repairs,
        sandbox=before.sandbox,
        printed=before.printed,
    )
    return replace(row, weighed=before.weighed, script=before.script)


def _sender(engine: Executor, assignment: Assignment) -> Callable[[Task], Task]:
    """What makes a task fit to leave this machine, where the engine's workers may be elsewhere."""
    if not isinstance(engine, DaskEngine):
        return lambda one: one
    files = [one for one in assignment.folder.iterdir() if one != assignment.master]
    parcel = Parcel.of(assignment.root, [*files, assignment.release])
    engine.prepare_with(prepare)
    root = engine.deliver(parcel, {name: os.environ[name] for name in (mnist.VARIABLE,) if name in os.environ})
    return lambda task: _packed(task, root)


def _packed(task: Task, root: str) -> Task:
    """The task with the notebook's bytes in it, and the course's files by the name of their parcel."""
    try:
        return replace(task, root=root, data=task.bytes())
    except SubmissionError as error:
        return replace(task, root=root, unread=str(error))


def refused(
    assignment: Assignment,
    submission: Submission,
    reason: str,
    seed: int = 0,
    status: RunStatus = RunStatus.NEEDS_HUMAN,
) -> Grade:
    """The row of a submission that could not be judged: by default it waits for a person."""
    return scoring.grade_of(
        submission,
        assignment=assignment.name,
        fingerprint=assignment.fingerprint,
        seed=seed,
        promised=(),
        refused=(status, reason),
    )


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
    entries = _entries(ends, _release(assignment), group.roster)
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


def unresolved_rows(assignment: Assignment, unresolved: Iterable[tuple[Submission, str]]) -> list[Grade]:
    """The rows of files of which a person must say whose they are."""
    return [refused(assignment, one, sentence) for one, sentence in unresolved]


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


def _release(assignment: Assignment) -> dict[str, Any]:
    release: dict[str, Any] = json.loads(assignment.release.read_text(encoding="utf-8"))
    return release


def seed_of(key: bytes, assignment: str, sha256: str) -> int:
    """A seed that nobody without the key can foresee: 63 bits of HMAC-SHA256 over the assignment and the submission."""
    digest = hmac.digest(key, f"{assignment}/{sha256}".encode(), "sha256")
    return int.from_bytes(digest[:8], "big") >> 1


def _key(out: Path, seed: int | None = None) -> bytes:
    """The class's secret key: drawn once, by chance or from `seed`; readable by its owner only.

    Raises CourseError where the folder has another key than `seed` would give.
    """
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = out / "seed.key"
    drawn = secrets.token_bytes(32) if seed is None else hashlib.sha256(f"autograder {seed}".encode()).digest()
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(drawn)
    key = path.read_bytes()
    if seed is not None and key != drawn:
        raise CourseError(
            f"{path}: this class was graded with another seed. Leave --seed out, or grade to a new folder."
        )
    return key
