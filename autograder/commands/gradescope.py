"""`autograder export gradescope`: the assignment as Gradescope's autograder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.commands.console import out
from autograder.commands.options import SandboxMode
from autograder.core.course import Course


def gradescope(
    name: str,
    target: Annotated[Path, typer.Option("--to", help="Where the zip goes.")] = Path("autograder.zip"),
    run: Annotated[Path | None, typer.Option(help="Grade below this folder, as Gradescope lays it out.")] = None,
    mode: SandboxMode = None,
) -> None:
    """Make the zip that Gradescope takes as an autograder: setup, run script, the kit and this assignment."""
    from autograder.results.files import gradescope

    if run:
        gradescope.save_memory(mode)  # first of all: nothing has been read yet that students may not see
    assignment = Course.at(Path.cwd()).assignment(name)
    if run:
        gradescope.run(assignment, run.resolve(), mode)
        return
    gradescope.pack(assignment, target)
    out.print(f"{target}: in Gradescope, choose Configure Autograder and upload this zip.", soft_wrap=True)
