"""`autograder feedback`: a page for each student."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from autograder.commands.console import out, tick
from autograder.commands.options import Results, alone
from autograder.core.course import Course
from autograder.core.errors import CourseError


@alone
def feedback(
    name: str,
    results: Results,
    hold: Annotated[list[str] | None, typer.Option(help="A student who gets no page yet; may be repeated.")] = None,
) -> None:
    """Write the feedback pages again; the pages of students on hold are taken away.

    `--hold` holds for this time; the roster's column `hold` holds until it is emptied.
    """
    from autograder.results import finals

    assignment, folder = Course.at(Path.cwd()).assignment(name), results.folder
    _, ends, _ = results.reckoned(assignment)
    back = set(hold or ())
    strangers = sorted(back - {one.grade.student for one in ends})
    if strangers:
        raise CourseError(f"{folder}: nobody here is called {', '.join(strangers)}. Correct --hold.")
    ends = [replace(one, hold="by hand") if one.grade.student in back else one for one in ends]
    finals.write(assignment, folder, ends)
    held = [one.grade.student for one in ends if one.hold]
    out.print(f"{len(ends) - len(held)} feedback pages: {folder / 'feedback'}", soft_wrap=True)
    for student in held:
        tick(False, student, "is on hold and has no page.")
