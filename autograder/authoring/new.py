"""A new assignment: a small example that works, in a folder of its own, to be rewritten step by step."""

from __future__ import annotations

import keyword
import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from autograder.core.course import Assignment, Course
from autograder.core.errors import CourseError

_NAME = re.compile(r"[a-z][a-z0-9_]*")


def create(course: Course, name: str) -> Assignment:
    """Writes `assignments/<name>/` with an example that builds, verifies and audits at once.

    Raises CourseError for a name that cannot be a Python module's, and where something of this name is there already.
    """
    assignment = place(course, name)
    _write(files("autograder.authoring") / "template", assignment.folder, name)
    return assignment


def place(course: Course, name: str) -> Assignment:
    """The assignment that may be written under this name, of which nothing is there yet.

    Raises CourseError for a name that cannot be a Python module's, where something of this name is there already, and
    where the course's own settings cannot be read.
    """
    _ = course.settings
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        raise CourseError(
            f"{name!r} cannot be an assignment's name. Take a word of small letters, digits and underscores, first a "
            "letter, such as gradient_descent."
        )
    assignment = Assignment(course.root, name)
    for path in (assignment.folder, assignment.release.parent, assignment.solution.parent):
        if path.exists():
            raise CourseError(f"{path}: this is there already. Choose another name, or move it away first.")
    return assignment


def _write(source: Traversable, folder: Path, name: str) -> None:
    """Copies a folder; in names of files and in texts, NAME and TITLE become those of the assignment."""
    folder.mkdir(parents=True)
    title = name.replace("_", " ").capitalize()
    for entry in source.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            _write(entry, folder / entry.name, name)
        elif entry.is_file():
            text = entry.read_text("utf-8").replace("TITLE", title)
            (folder / entry.name.replace("NAME", name)).write_text(text, encoding="utf-8")
