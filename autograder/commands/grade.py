"""`autograder grade`: a class, from what was handed in to everything that leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.commands.console import ask_whose, out, tell_stuck, tick
from autograder.commands.engine import engine_for_class, use_data
from autograder.commands.options import HERE, Cluster, Machine, Pattern, Results, Section, Submissions
from autograder.commands.progress import Progress
from autograder.core.course import Assignment, Course
from autograder.core.model import Grade
from autograder.intake import remarks
from autograder.sandbox import Mode

if TYPE_CHECKING:
    from autograder.grading.engines.supervision import Engine
    from autograder.grading.group import Class, Plan
    from autograder.intake.record import HandIns
    from autograder.intake.roster import Roster
    from autograder.results.late import Final


@dataclass(frozen=True)
class Run:
    """A class to be graded: what was handed in for what, on which machine, and where its rows go."""

    assignment: Assignment
    submissions: Path | None
    results: Results
    machine: Machine
    cluster: Cluster = HERE
    seed: int | None = None
    pattern: str = ""
    section: str = ""
    exactly: bool = False
    """The class is to be what was handed in here, without what earlier runs collected."""


def grade(
    name: str,
    submissions: Submissions,
    results: Results,
    machine: Machine,
    cluster: Cluster,
    unconfined: Annotated[
        bool, typer.Option("--unconfined", help="Run student code without walls. Marks every row.")
    ] = False,
    seed: Annotated[int | None, typer.Option(help="Draw this class's secrets from a number, to repeat a run.")] = None,
    profile: Annotated[bool, typer.Option("--profile", help="Say where the time went.")] = False,
    pattern: Pattern = "",
    section: Section = "",
    replace_class: Annotated[
        bool, typer.Option("--replace", help="Make the class exactly what is given here; who is not in it goes.")
    ] = False,
) -> None:
    """Grade a class: what an LMS gave you, a folder or zip of notebooks, or nbgrader's submitted/ tree.

    A folder of results belongs to one assignment; what is graded into it later adds to the class. Stop and start it at
    any moment.
    """
    assignment = Course.at(Path.cwd()).assignment(name)
    use_data(machine, assignment)
    machine = replace(machine, mode=Mode.UNCONFINED) if unconfined else machine
    run = Run(assignment, submissions, results, machine, cluster, seed, pattern, section, replace_class)
    grade_and_tell(run, profile=profile)


def grade_and_tell(run: Run, *, profile: bool = False) -> list[Grade]:
    """Grades what was handed in, hands everything over and prints the class."""
    alone, engines = run.results.alone(run.assignment, new=True), engine_for_class(run.machine, run.cluster)
    with alone as before, engines as engine:
        from autograder.grading import timing
        from autograder.grading.group import Plan
        from autograder.results import handover

        handed_in = collected(run, before)
        handover.take_in(handed_in)
        rows = graded(handed_in, engine, Plan(run.machine.mode, run.results.ledger))
        engine.shutdown(wait=False)  # it ends while the class is handed over
        begin = monotonic()
        ends, stuck = handover.hand_over(handed_in, rows, run.results.gradebook)
    tell_class(ends)
    ask_whose(sentence for _, sentence in handed_in.unresolved)
    tell_stuck(stuck)
    if profile:
        out.print(timing.table(timing.total(rows, monotonic() - begin)))
    out.print(f"Results, feedback pages and gradebook: {run.results.folder}")
    out.print(f"Class report: {run.results.folder / 'report.html'}", soft_wrap=True)
    return rows


def tell_class(ends: Sequence[Final]) -> None:
    """A line for each student; where several files were handed in, it is told which of them it is of."""
    from autograder.results.pages import report

    out.print(report.class_table([one.grade for one in ends], {one.grade.student: one.name for one in ends}))
    for one in ends:
        if one.which:
            tick(True, f"{one.grade.student}:", one.which)
    tell_untimed(ends)


def tell_untimed(ends: Sequence[Final]) -> None:
    """Whose lateness cannot be reckoned, where there is a deadline."""
    from autograder.results import late

    known = {late.SAID_LATE: "Late, but not known when:", late.UNTIMED: "Not known when handed in:"}
    for sentence, title in known.items():
        theirs = [one.grade.student for one in ends if one.verdict.sentence == sentence]
        if theirs:
            few = ", ".join(theirs[: remarks.SHOWN]) + (", …" if len(theirs) > remarks.SHOWN else "")
            who = f"{len(theirs)} of {len(ends)} students ({few})"
            tick(False, title, f"{who}. Nothing is taken off, unless the roster's column received tells the time.")


def collected(run: Run, before: HandIns | None) -> Class:
    """What was handed in: here, and `before` by earlier runs into the same folder."""
    from autograder.grading.group import Class
    from autograder.intake import addition

    if run.machine.mode is Mode.UNCONFINED:
        out.print("[bold red]UNCONFINED:[/] student code runs with your own rights. Every row says so.")
    assignment, folder = run.assignment, run.results.folder
    people = run.results.people(assignment)
    after = addition.added(before, _given(run, people), exactly=run.exactly)
    theirs = people.students_of(run.section) if run.section else None
    for good, title, sentence in remarks.of_addition(after, before, people, theirs):
        tick(good, title, sentence)
    given = after.given
    lost = tuple(addition.lost(after.kept))
    for good, title, sentence in remarks.of_lost(lost):
        tick(good, title, sentence)
    there = tuple(one for one in given.submissions if one not in lost)
    return Class(
        assignment,
        there,
        folder,
        unresolved=given.unresolved,
        roster=people,
        lms=given.lms,
        seed=run.seed,
        left_out=given.left_out,
        lost=lost,
        leaving=after.leaving,
        renamed=after.renamed,
    )


def _given(run: Run, people: Roster) -> HandIns:
    """What this run was given; what should be known of it is told."""
    from autograder.grading import handed_in
    from autograder.intake.record import HandIns

    name, state = run.assignment.name, run.assignment.fingerprint
    if run.submissions is None:
        return HandIns(name, state, ())
    found = handed_in.of_class(run.assignment, run.submissions, people, run.pattern)
    for good, title, sentence in remarks.remarks(found, name):
        tick(good, title, sentence)
    unresolved = tuple((one.submission, one.sentence) for one in found.unresolved)
    given = HandIns(name, state, found.submissions, unresolved, found.lms, found.left_out)
    if not run.section:
        return given
    theirs = people.students_of(run.section)
    return replace(given, submissions=tuple(one for one in given.submissions if one.student in theirs))


def graded(handed_in: Class, engine: Engine, plan: Plan) -> list[Grade]:
    """The rows of a class; how grading goes on is told."""
    from autograder.grading.group import grade_class

    count = len(handed_in.submissions) + len(handed_in.lost)
    with Progress("Grading" if plan.keep else "Trying", count, out) as progress:
        return grade_class(handed_in, engine, plan, done=progress, already=progress.already)
