"""`autograder adopt`: an assignment made of another tool's master."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.commands.console import out, say, title
from autograder.commands.options import SandboxMode
from autograder.core.course import Course


def adopt(
    old: Annotated[Path, typer.Argument(help="The master notebook of nbgrader or otter-grader.", metavar="OLD.ipynb")],
    name: str,
    mode: SandboxMode = None,
) -> None:
    """Make an assignment of an nbgrader or otter master, and say what could not be mapped."""
    from autograder.authoring.adopting import adoption

    adopted = adoption.adopt(Course.at(Path.cwd()), old, name, mode)
    parts = ", ".join(f"{stub} {points:g}" for stub, points in adopted.points.items())
    say(f"{adopted.assignment.folder}: {len(adopted.points)} parts with their points: {parts}.")
    if adopted.notes:
        title("To know:")
    for note in adopted.notes:
        say(f"  {note}")
    if adopted.looks:
        title(f"To look at ({len(adopted.looks)}), each marked with LOOK HERE; until then `verify` fails:")
    for look in adopted.looks:
        say(f"  {look}")
    say("\nThen:")
    for verb in ("build", "verify", "audit"):
        out.print(f"  autograder {verb} {name}")
