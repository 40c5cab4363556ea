"""`autograder similarity`: who wrote alike."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.commands.console import out
from autograder.commands.options import Anonymous, Pattern, Results, RosterFile, Submissions
from autograder.core.course import Course


def similarity(
    name: str,
    submissions: Submissions,
    folder: Annotated[Path, typer.Option("--out", resolve_path=True, help="Where similarity.html goes.")],
    anonymous: Anonymous = False,
    roster: RosterFile = None,
    pattern: Pattern = "",
) -> None:
    """Look for copies within a class, side by side. Likeness is a reason to look, never a penalty."""
    from autograder.results import similarity

    assignment = Course.at(Path.cwd()).assignment(name)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path, people = folder / "similarity.html", Results(folder, roster).people(assignment)
    pairs, works = similarity.compare(assignment, submissions, people, path, anonymous=anonymous, pattern=pattern)
    out.print(f"{pairs} pairs among {works} students: {path}", soft_wrap=True)
