"""`autograder regrade`: a class again, after its checks have changed."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from autograder.commands.console import out, tell_stuck
from autograder.commands.engine import engine_for_class, use_data
from autograder.commands.grade import Run, collected, graded
from autograder.commands.options import Cluster, Machine, Pattern, Results, Section
from autograder.core.course import Course
from autograder.core.errors import CourseError


def regrade(
    name: str,
    results: Results,
    machine: Machine,
    cluster: Cluster,
    submissions: Annotated[
        Path | None, typer.Argument(resolve_path=True, help="What was handed in; default: all that was graded here.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show who would move and why; write nothing.")] = False,
    pattern: Pattern = "",
    section: Section = "",
) -> None:
    """Grade a class again after its checks have changed: only what the change can reach. Says who moves and why.

    With a section, --dry-run tries its students alone; the class of a folder is judged by one state of the checks.
    """
    from autograder.intake import record
    from autograder.results import moves

    if section and not dry_run:
        raise CourseError(
            "--section: the rest of the class would be judged by other checks. Add --dry-run to see what changes for "
            "this section, or leave out --section to grade all again."
        )
    assignment = Course.at(Path.cwd()).assignment(name)
    use_data(machine, assignment)
    run = Run(assignment, submissions, results, machine, cluster, pattern=pattern, section=section)
    there = nullcontext(record.read(results.folder, name)) if dry_run else results.alone(assignment)
    with there as given, engine_for_class(machine, cluster) as engine:
        from autograder.grading.group import Plan
        from autograder.results import handover

        before = moves.handed_over(results.folder)
        handed_in = collected(run, given)
        if section:
            handed_in = handed_in.only(handed_in.roster.students_of(section))
        rows = graded(handed_in, engine, Plan(machine.mode, results.ledger, reuse=True, keep=not dry_run))
        engine.shutdown(wait=False)  # it ends while the class is handed over
        found = list(moves.moves(before, rows))
        out.print(moves.table(found, handed_in.roster.label) if found else "Nobody moves.")
        same = moves.unmoved(rows, found)
        out.print(f"{len(same)} student{'s' * (len(same) != 1)} unchanged.")
        if dry_run:
            out.print("Nothing was written. Without --dry-run it will be.")
        else:
            _, stuck = handover.hand_over(handed_in, rows, results.gradebook)
            tell_stuck(stuck)
            out.print(f"Results, feedback pages and gradebook: {results.folder}")
