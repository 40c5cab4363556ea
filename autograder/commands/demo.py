"""`autograder demo`: the whole path, from a master to a graded class, with nothing at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.commands.console import out, tick
from autograder.commands.grade import Run, grade_and_tell
from autograder.commands.options import CORES, Jobs, Machine, Results, SandboxMode
from autograder.core import kit
from autograder.core.course import Course


def demo(
    folder: Annotated[Path, typer.Argument(resolve_path=True)] = Path("demo-course"),
    jobs: Jobs = CORES,
    mode: SandboxMode = None,
) -> None:
    """Make a course from nothing, grade its sample class and say where the report lies."""
    from autograder.authoring import release, sample_class

    source = Course(kit.checkout())
    name = next(name for name in source.assignments if (source.assignment(name).folder / "class").is_dir())
    course = sample_class.prepare(source, name, folder)
    out.print(f"Building the assignment {name!r} in {folder} …")
    release.build(course.root, name)
    assignment = course.assignment(name)
    submissions, promises = sample_class.invent_class(assignment)
    run = Run(assignment, submissions, Results(folder / "graded"), Machine(jobs, mode), seed=sample_class.SEED)
    found = sample_class.surprises(promises, grade_and_tell(run))
    for surprise in found:
        tick(False, surprise.student, surprise.sentence)
    if found:
        raise typer.Exit(1)
    out.print("Every sample got the points that it must get.")
