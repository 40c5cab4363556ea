"""A class of submissions: which still have to be graded, what of earlier grades stays true, and the rows of all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import Future
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from autograder import notebook
from autograder.checks.hints import Catalogue
from autograder.checks.runner import CheckRunner
from autograder.core.course import DATA_VARIABLE, Assignment
from autograder.core.errors import ClusterError, CourseError, SubmissionError
from autograder.core.model import Check, Grade, Submission
from autograder.grading import scoring
from autograder.grading.decisions import counted
from autograder.grading.dependencies import State
from autograder.grading.engines.supervision import Engine, ended_in_turn
from autograder.grading.ledger import Ledger
from autograder.grading.proof import Proof
from autograder.grading.scoring import Evidence, Terms
from autograder.grading.secrets import class_key, seed_of
from autograder.grading.submission import Task, grade, prepare, refused, release_of, settled, stands, taken_over
from autograder.intake.record import HandIns
from autograder.intake.roster import NOBODY, Roster
from autograder.sandbox import Mode
from autograder.sandbox.walls.readable import exposed


@dataclass(frozen=True)
class Class:
    """What was handed in for one assignment, and the private folder `out` that its grades go to.

    Of `unresolved` files a person must say whose they are: (submission, sentence); `left_out` are read by nobody.
    `lms` named the files, if any did. `lost` are hand-ins of earlier runs whose files are no longer where they lay:
    their rows stay. `leaving` were in the class and are no more; `renamed` of these have another id (old → new).
    """

    assignment: Assignment
    submissions: tuple[Submission, ...]
    out: Path
    unresolved: tuple[tuple[Submission, str], ...] = ()
    roster: Roster = NOBODY
    lms: str = ""
    seed: int | None = None
    """Draws the class's key; None: by chance."""
    left_out: tuple[tuple[str, str], ...] = ()
    lost: tuple[Submission, ...] = ()
    leaving: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)

    @property
    def given(self) -> HandIns:
        """All that was handed in, as it is kept beside the results."""
        name, state = self.assignment.name, self.assignment.fingerprint
        return HandIns(name, state, (*self.lost, *self.submissions), self.unresolved, self.lms, self.left_out)

    def only(self, students: Set[str]) -> Class:
        """The same without what others handed in; what is nobody's is not in it either."""
        theirs = tuple(one for one in self.submissions if one.student in students)
        lost = tuple(one for one in self.lost if one.student in students)
        return replace(self, submissions=theirs, lost=lost, unresolved=())

    def tasks(self, mode: Mode | None = None, ledger: str | None = None) -> Iterator[Task]:
        """One task per submission, each with a seed that follows from the class's key and its content alone."""
        key, private = class_key(self.out, self.seed), self._private(ledger)
        root, name, state = str(self.assignment.root), self.assignment.name, self.assignment.fingerprint
        return (
            Task(root, name, one, seed_of(key, name, one.sha256), mode, fingerprint=state, private=private)
            for one in self.submissions
        )

    def _private(self, ledger: str | None) -> tuple[str, ...]:
        """The class's folder, its ledger, and of the folders with hand-ins those that student code could read."""
        handed_in = dict.fromkeys(str(Path(one.path).parent) for one in self.submissions if one.path)
        file = [ledger.removeprefix("sqlite:///")] if ledger and not ledger.startswith("postgresql") else []
        return (str(self.out.resolve()), *file, *exposed(handed_in))


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


def grade_class(
    group: Class,
    engine: Engine,
    plan: Plan = PLAIN,
    done: Callable[[Grade], None] = lambda grade: None,
    already: Callable[[int], None] = lambda count: None,
) -> list[Grade]:
    """Grades what the ledger does not hold yet; returns the rows of all, in the order of student id.

    What persons decided counts in these rows; the ledger keeps each as it was judged.

    Each row is in the ledger before `done` hears of it, so that a run that was stopped goes on where it ended.
    `already` hears how many were there before. What waits for a person is tried again each time.
    """
    state = State.of(group.assignment)
    handed_in = {one.key for one in (*group.submissions, *group.lost)}
    with Ledger.open(plan.ledger or group.out / "ledger.db") as ledger:
        _refuse_lost(group, ledger.done(state.fingerprint, waiting_too=True))
        if plan.keep:
            ledger.note(state.fingerprint, asdict(state))
        finished = ledger.done(state.fingerprint) & handed_in | {one.key for one in group.lost}
        already(len(finished))
        tasks = (task for task in group.tasks(plan.mode, plan.ledger) if task.submission.key not in finished)
        work = _reusing(tasks, ledger, state, group.assignment) if plan.reuse else tasks
        send, found = _sender(engine, group.assignment), []
        proof = Proof(group.assignment, engine, send, plan.mode)
        sent = (send(one) if isinstance(one, Task) else one for one in proof.begun(work))
        drained = ended_in_turn(partial(_begun, engine), sent)
        new = (one if isinstance(one, Grade) else settled(future, one, group.assignment) for one, future in drained)
        for row in proof.passed(new):
            if plan.keep:
                ledger.add(row)
            else:
                found.append(row)
            done(row)
        if plan.keep:
            ledger.rename(group.assignment.name, group.renamed)
        kept = ledger.grades(group.assignment.name, state.fingerprint)
        said = ledger.decisions(group.assignment.name)
    ours = {row.key: row for row in [*kept, *found] if row.key in handed_in}
    if missing := len(handed_in - ours.keys()):
        raise ClusterError(f"{missing} of {len(handed_in)} hand-ins have no row. Nothing was handed over; start again.")
    rows = [*counted(ours.values(), said), *unresolved_rows(group.assignment, group.unresolved)]
    return sorted(rows, key=lambda row: row.key)


def _refuse_lost(group: Class, graded: Set[tuple[str, str]]) -> None:
    """Rows of files that are gone can stay, but not be made anew. Raises CourseError where they would have to."""
    ungraded = [one.path for one in group.lost if one.key not in graded]
    if ungraded:
        raise CourseError(
            f"{group.out}: the assignment has changed since {len(ungraded)} files of this class were graded, and they "
            f"are no longer where they lay: {', '.join(ungraded[:3])}{' …' if len(ungraded) > 3 else ''}. Put them "
            "back, or grade exactly what there is with --replace."
        )


def _begun(engine: Engine, one: Task | Grade) -> Future[Grade]:
    """The row that will come; what is a row already has ended."""
    if isinstance(one, Task):
        return engine.submit(grade, one)
    row: Future[Grade] = Future()
    row.set_result(one)
    return row


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
    terms = Terms(task.assignment, state.fingerprint, task.seed, checks)
    results = taken_over(before, frozenset(), checks)
    evidence = Evidence(results, repairs=before.repairs, printed=before.printed, sandbox=before.sandbox)
    row = scoring.grade_of(task.submission, terms, evidence)
    return replace(row, weighed=before.weighed, script=before.script)


def _sender(engine: Engine, assignment: Assignment) -> Callable[[Task], Task]:
    """What makes a task fit to leave this machine, where the engine's workers may be elsewhere."""
    if not engine.elsewhere:
        return lambda one: one
    variables = {name: os.environ[name] for name in (DATA_VARIABLE,) if name in os.environ}
    root = engine.deliver(assignment.root, assignment.needed, variables)
    engine.prepare_with(prepare)
    release = release_of(assignment)
    return lambda task: _packed(task, root, release)


def _packed(task: Task, root: str, release: Mapping[str, Any]) -> Task:
    """The task with the notebook in it as it was read, and the course's files by the name of their parcel."""
    try:
        return replace(task, root=root, book=notebook.thinned(task.read(release), release))
    except SubmissionError as error:
        return replace(task, root=root, unread=str(error))


def unresolved_rows(assignment: Assignment, unresolved: Iterable[tuple[Submission, str]]) -> list[Grade]:
    """The rows of files of which a person must say whose they are."""
    return [refused(assignment, one, sentence) for one, sentence in unresolved]
