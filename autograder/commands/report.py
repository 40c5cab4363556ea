"""`autograder report`: the class at a glance."""

from __future__ import annotations

from pathlib import Path

from autograder.commands.console import out
from autograder.commands.options import Anonymous, Results, alone
from autograder.core.course import Course


@alone
def report(name: str, results: Results, anonymous: Anonymous = False) -> None:
    """Write the class report again, by the deadline, late policy and roster of now."""
    from autograder.grading.group import unresolved_rows
    from autograder.results import handover

    assignment = Course.at(Path.cwd()).assignment(name)
    given, ends, _ = results.reckoned(assignment)
    path = results.folder / ("report-anonymous.html" if anonymous else "report.html")
    handover.report_on(assignment, ends, path, unresolved_rows(assignment, given.strays), anonymous)
    out.print(f"Class report: {path}", soft_wrap=True)
