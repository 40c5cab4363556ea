"""What makes a folder an assignment of ours, and what lies in it that reaches nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.utils import is_solution

from autograder.checks.points import checks_of
from autograder.core.course import Assignment
from autograder.core.errors import CourseError

_FOREIGN = {
    "Otter": ("# ASSIGNMENT CONFIG", "# BEGIN QUESTION", "# BEGIN SOLUTION", "# BEGIN TESTS", "# SOLUTION"),
    "nbgrader": ("### BEGIN HIDDEN TESTS", "### AUTOTEST", "### HASHED AUTOTEST"),
}
"""Words in cells by the tool whose masters have them."""

_PLACES = ("right", "wrong", "class", "pictures", "files", "private")


def refuse_foreign(assignment: Assignment, book: Any, checks: Any) -> None:
    """Raises CourseError that names the first thing which a master of ours has and this one has not.

    `book` is the master, `checks()` gives the check file's namespace.
    """
    missing = next(_missing(assignment, book, checks), "")
    if missing:
        tool = next((name for name, words in _FOREIGN.items() if _mentions(book, words)), "")
        kind = f" It looks like a master of {tool}." if tool else ""
        raise CourseError(
            f"{assignment.master}: this is no master of ours: {missing}.{kind} Add it as docs/assignment.md says, or "
            f"move the notebook elsewhere and let `autograder adopt OLD.ipynb {assignment.name}` make an assignment."
        )


def _missing(assignment: Assignment, book: Any, checks: Any) -> Iterator[str]:
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    if not any(cell.metadata.get("autograder", {}).get("role") == "setup" for cell in code):
        yield "no code cell is the set-up cell (metadata autograder, role setup)"
    if not any(is_solution(cell) and "### BEGIN SOLUTION" in cell.source for cell in code):
        yield "no cell is an autograded answer with ### BEGIN SOLUTION in it"
    if not assignment.checks.exists():
        yield f"there is no {assignment.checks.name} beside it, which holds the checks"
    elif not checks_of(checks()):
        yield f"{assignment.checks.name} has no check, a function with @points(…) above it"


def _mentions(book: Any, words: tuple[str, ...]) -> bool:
    return any(line.strip().startswith(words) for cell in book.cells for line in cell.source.split("\n"))


def lost(assignment: Assignment) -> list[str]:
    """A sentence for each file and folder beside the master that neither students nor checks can find."""
    known = {assignment.master.name, assignment.checks.name, "assignment.toml", "hints.toml", "stand_ins.py"}
    known |= {"pictures.py", *_PLACES, *(f"{name}.py" for name in assignment.helpers)}
    return [
        f"{path}: neither students nor checks find this here. Move it to files/, which students get, or to private/."
        for path in sorted(assignment.folder.iterdir())
        if path.name not in known and not _is_note(path)
    ]


def _is_note(path: Path) -> bool:
    return path.name.startswith((".", "__")) or path.suffix == ".md"
