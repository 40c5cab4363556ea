"""`autograder grade`: a class, from what was handed in to everything that leaves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.commands.console import ask_whose, out, tick
from autograder.commands.engine import engine_for_class, use_data
from autograder.commands.options import HERE, Cluster, Machine, Pattern, Results, Submissions, read_roster
from autograder.commands.progress import Progress
from autograder.core.course import Assignment, Course
from autograder.core.model import Grade
from autograder.sandbox import Mode

if TYPE_CHECKING:
    from autograder.grading.engines.supervision import Engine
    from autograder.grading.group import Class, Plan


@dataclass(frozen=True)
class Run:
    """A class to be graded: what was handed in for what, on which machine, and where its rows go."""

    assignment: Assignment
    submissions: Path
    results: Results
    machine: Machine
    cluster: Cluster = HERE
    seed: int | None = None
    pattern: str = ""


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
) -> None:
    """Grade a class: what an LMS gave you, a folder or zip of notebooks, or nbgrader's submitted/ tree.

    Stop and start it at any moment.
    """
    use_data(machine)
    assignment = Course.at(Path.cwd()).assignment(name)
    machine = replace(machine, mode=Mode.UNCONFINED) if unconfined else machine
    grade_and_tell(Run(assignment, submissions, results, machine, cluster, seed, pattern), profile=profile)


def grade_and_tell(run: Run, *, profile: bool = False) -> list[Grade]:
    """Grades what was handed in, hands everything over and prints the class."""
    with engine_for_class(run.machine, run.cluster) as engine:
        from autograder.grading import timing
        from autograder.grading.group import Plan
        from autograder.results import handover
        from autograder.results.pages import report

        handed_in = collected(run)
        rows = graded(handed_in, engine, Plan(run.machine.mode, run.results.ledger))
        engine.shutdown(wait=False)  # it ends while the class is handed over
        begin = monotonic()
        handover.hand_over(handed_in, rows, run.results.gradebook)
    out.print(report.class_table(rows))
    ask_whose(sentence for _, sentence in handed_in.unresolved)
    if profile:
        out.print(timing.table(timing.total(rows, monotonic() - begin)))
    out.print(f"Results, feedback pages and gradebook: {run.results.folder}")
    out.print(f"Class report: {run.results.folder / 'report.html'}", soft_wrap=True)
    return rows


def collected(run: Run) -> Class:
    """What was handed in."""
    from autograder.grading import handed_in
    from autograder.grading.group import Class
    from autograder.intake.remarks import remarks

    if run.machine.mode is Mode.UNCONFINED:
        out.print("[bold red]UNCONFINED:[/] student code runs with your own rights. Every row says so.")
    people = read_roster(run.results.roster, run.assignment)
    found = handed_in.of_class(run.assignment, run.submissions, people, run.pattern)
    for title, sentence in remarks(found, people, run.assignment.name):
        tick(False, title, sentence)
    unresolved = tuple((one.submission, one.sentence) for one in found.unresolved)
    return Class(run.assignment, found.submissions, run.results.folder, unresolved, people, found.lms, run.seed)


def graded(handed_in: Class, engine: Engine, plan: Plan) -> list[Grade]:
    """The rows of a class; how grading goes on is told."""
    from autograder.grading.group import grade_class

    with Progress("Grading" if plan.keep else "Trying", len(handed_in.submissions), out) as progress:
        return grade_class(handed_in, engine, plan, done=progress, already=progress.already)
