"""`autograder feedback`: a page for each student."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from autograder.commands.console import out, tick
from autograder.commands.options import Results, Section, alone, of_section
from autograder.core.course import Course
from autograder.core.errors import CourseError


@alone
def feedback(
    name: str,
    results: Results,
    hold: Annotated[list[str] | None, typer.Option(help="A student who gets no page yet; may be repeated.")] = None,
    section: Section = "",
) -> None:
    """Write the feedback pages again; the pages of students on hold are taken away.

    `--hold` holds for this time; the roster's column `hold` holds until it is emptied. With a section the pages of all
    others stay as they are.
    """
    from autograder.results import finals

    assignment, folder = Course.at(Path.cwd()).assignment(name), results.folder
    _, ends, people = results.reckoned(assignment)
    back = {people.called(name) for name in hold or ()}
    strangers = sorted(back - {one.grade.student for one in of_section(ends, people, section)})
    if strangers:
        here = f"in the section {section!r}" if section else "here"
        raise CourseError(f"{folder}: nobody {here} is called {', '.join(strangers)}. Correct --hold.")
    ends = [replace(one, hold="by hand") if one.grade.student in back else one for one in ends]
    theirs = of_section(ends, people, section)
    finals.write(assignment, folder, ends, pages_of={one.grade.student for one in theirs})
    held = [one.grade.student for one in theirs if one.hold]
    out.print(f"{len(theirs) - len(held)} feedback pages: {folder / 'feedback'}", soft_wrap=True)
    for student in held:
        tick(False, student, "is on hold and has no page.")
