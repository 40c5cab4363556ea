"""`autograder report`: the class at a glance."""

from __future__ import annotations

from pathlib import Path

from autograder.commands.console import out
from autograder.commands.options import Anonymous, Results, Section, alone, of_section
from autograder.core import untrusted
from autograder.core.course import Course


@alone
def report(name: str, results: Results, anonymous: Anonymous = False, section: Section = "") -> None:
    """Write the class report again, by the deadline, late policy and roster of now.

    In an anonymous report students are called as formgrader calls them while it hides their names.
    """
    from autograder.grading.group import unresolved_rows
    from autograder.results import finals, handover

    assignment = Course.at(Path.cwd()).assignment(name)
    given, ends, people = results.reckoned(assignment)
    ends = of_section(ends, people, section)
    parts = ["report", untrusted.file_name(section) if section else "", "anonymous" if anonymous else ""]
    path = results.folder / f"{'-'.join(filter(None, parts))}.html"
    names = finals.numbers(assignment, results.folder, ends, results.gradebook) if anonymous else None
    theirs = people.students_of(section) if section else people.ids
    absent = [one for one in people.without(given.students) if one.student in theirs]
    handover.report_on(assignment, ends, path, unresolved_rows(assignment, given.strays), names, absent)
    out.print(f"Class report: {path}", soft_wrap=True)
