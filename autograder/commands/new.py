"""`autograder new`: an assignment to begin with."""

from __future__ import annotations

from pathlib import Path

from autograder.commands.console import out
from autograder.core.course import Course


def new(name: str) -> None:
    """Begin an assignment: a folder with a small example in it that works, to be rewritten."""
    from autograder.authoring import new

    assignment = new.create(Course.at(Path.cwd()), name)
    out.print(f"{assignment.folder}: here is a small example that works. Try it, then make it yours:", soft_wrap=True)
    for verb in ("build", "verify", "audit"):
        out.print(f"  autograder {verb} {name}")
