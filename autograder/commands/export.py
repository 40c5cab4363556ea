"""`autograder export`: grades back to the LMS, and to other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.commands.console import ask_whose, out, tick
from autograder.commands.grade import tell_untimed
from autograder.commands.options import Results, Section, alone, of_section
from autograder.core.course import Course

if TYPE_CHECKING:
    from autograder.results.finals import HandedBack


@alone
def export(
    name: str,
    results: Results,
    canvas: Annotated[Path | None, typer.Option(help="The gradebook that Canvas exported (CSV).")] = None,
    moodle: Annotated[Path | None, typer.Option(help="The grading worksheet that Moodle exported (CSV).")] = None,
    brightspace: Annotated[Path | None, typer.Option(help="The grades that Brightspace exported (CSV).")] = None,
    column: Annotated[str, typer.Option(help="Which column, if it is not certain: an id of Canvas, or a header.")] = "",
    sure: Annotated[bool, typer.Option("--sure", help="The column is meant, though its title is another's.")] = False,
    scale: Annotated[bool, typer.Option("--scale", help="Convert points to the maximum of the LMS.")] = False,
    submissions: Annotated[Path | None, typer.Option(help="The LMS's zip, if another was graded.")] = None,
    target: Annotated[Path | None, typer.Option("--to", help="Where the filled file goes.")] = None,
    junit: Annotated[Path | None, typer.Option(help="Write JUnit XML here.")] = None,
    checks: Annotated[Path | None, typer.Option(help="Write one CSV line per student and check here.")] = None,
    section: Section = "",
    provisional: Annotated[bool, typer.Option("--provisional", help="Though answers wait for a person.")] = False,
) -> None:
    """Hand grades back: fill the LMS's own file, zip the feedback pages for it, write CSV and JUnit XML.

    `export gradescope NAME --to FILE` makes Gradescope's zip instead: see `gradescope --help`.
    """
    from autograder.checks.hints import Catalogue
    from autograder.results import finals
    from autograder.results.files import tables

    assignment, folder = Course.at(Path.cwd()).assignment(name), results.folder
    given, ends, people = results.reckoned(assignment)
    ends = finals.provisional(ends) if provisional else ends
    if submissions:
        given, ends = finals.renamed(given, ends, submissions.resolve(), people)
    finals.write(assignment, folder, ends)
    ungraded = sorted(given.students - {one.grade.student for one in ends})
    if ungraded:
        sentence = f"{len(ungraded)} of {len(given.students)} students: {', '.join(ungraded)}. Grade on to have them."
        tick(False, "Not graded yet:", sentence)
    ends = of_section(ends, people, section)
    tell_untimed(ends)
    out.print(f"Grades and feedback pages are current: {folder / 'grades.csv'}", soft_wrap=True)
    for system, file in (("canvas", canvas), ("moodle", moodle), ("brightspace", brightspace)):
        if file:
            order = finals.Order(system, file, column, scale, target or folder / f"{system}.csv", sure)
            handed = finals.hand_back(assignment, folder, order, given, ends, people)
            _tell(handed, takes_pages=system != "brightspace")
    if junit:
        tables.write_junit([one.grade for one in ends], junit, Catalogue.parse(assignment.hints))
    if checks:
        tables.write_checks([one.grade for one in ends], checks)
    ask_whose(sentence for _, sentence in given.unresolved)


def _tell(handed: HandedBack, takes_pages: bool) -> None:
    """What was written for an LMS, and every student of whom it was not."""
    before = f" {len(handed.replaced)} of them held another before." if handed.replaced else ""
    out.print(f"{handed.target}: {len(handed.filled)} cells hold a grade.{before}", soft_wrap=True)
    if handed.pages:
        out.print(f"{handed.pages}: {handed.paged} feedback pages.", soft_wrap=True)
    elif takes_pages:
        out.print("No zip of feedback pages: the files graded are not this LMS's. Name its zip with --submissions.")
    for one in handed.left:
        tick(False, one.student, f"left as it is: {one.reason.removesuffix('.')}.")
