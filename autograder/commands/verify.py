"""`autograder verify`: does an assignment keep its own promises?"""

from __future__ import annotations

from pathlib import Path

import typer

from autograder.commands.console import out, tick
from autograder.commands.options import AssignmentOrAll, SandboxMode
from autograder.core.course import Course


def verify(name: AssignmentOrAll = None, mode: SandboxMode = None) -> None:
    """Look whether each assignment keeps its own promises; exit 1 where one does not."""
    from autograder.authoring import verify

    course, broken = Course.at(Path.cwd()), 0
    for one in [name] if name else course.assignments:
        out.print(f"[bold]{one}[/]")
        for promise in verify.verify(course.assignment(one), mode):
            broken += bool(promise.problem)
            tick(not promise.problem, promise.title, promise.problem)
    if broken:
        raise typer.Exit(1)
