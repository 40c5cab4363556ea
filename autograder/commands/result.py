"""`autograder result`: one student's repository, graded where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.commands.console import out, tick
from autograder.commands.options import SandboxMode
from autograder.core.course import Course
from autograder.core.model import Outcome
from autograder.grading import scoring


def result(
    name: str,
    folder: Annotated[
        Path, typer.Argument(resolve_path=True, help="A student's repository: the notebook may lie anywhere in it.")
    ],
    target: Annotated[Path, typer.Option("--to", help="Where the row goes (JSON).")] = Path("result.json"),
    mode: SandboxMode = None,
) -> None:
    """Grade a repository's own notebook, as its student may read it; exit 1 unless it earns all points."""
    from autograder.results.files import repository

    row = repository.judge(Course.at(Path.cwd()).assignment(name), folder, mode)
    repository.write(row, target)
    for one in row.checks:
        tick(one.outcome is Outcome.PASSED, f"{one.check.stub}: {one.check.title}", one.message)
    out.print(f"{row.status}: {scoring.number(row.points)} of {row.max_points:g} points. {row.reason}", markup=False)
    if not repository.complete(row):
        raise typer.Exit(1)
