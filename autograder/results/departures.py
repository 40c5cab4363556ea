"""Students who are no longer in a class: pages and gradebook rows of theirs go, and what went is kept apart."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.core import untrusted
from autograder.core.course import Assignment
from autograder.intake.record import HandIns

GONE = "gone"


@dataclass(frozen=True)
class Home:
    """Where a class's results lie: the folder, and nbgrader's `database` (a SQLAlchemy URL)."""

    assignment: Assignment
    folder: Path
    database: str


def remove(students: Collection[str], home: Home, given: HandIns) -> Path | None:
    """Takes page, notebooks and gradebook rows of students away; returns the folder, below `gone/`, where they lie now.

    A copy of a gradebook that is a file lies there, too, so that no point that a person typed is lost. Files that
    others in the class `given` handed in stay where they are.
    """
    if not students:
        return None
    from autograder.results import gradebook  # brings nbgrader, which takes seconds

    apart = home.folder / GONE / f"{datetime.now(UTC):%Y-%m-%d_%H-%M-%S}"
    apart.mkdir(mode=0o700, parents=True)
    gradebook.copy(home.database, apart / "gradebook.db")
    handed_in = {Path(one.path) for one in given.submissions}
    for student in students:
        for place in _places(student, home):
            if place.exists() and not any(path.is_relative_to(place) for path in handed_in):
                target = apart / place.relative_to(home.folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(place, target)
    gradebook.forget(students, home.assignment.name, home.database)
    return apart


def _places(student: str, home: Home) -> Iterator[Path]:
    from autograder.results import gradebook

    yield home.folder / "feedback" / f"{untrusted.file_name(student)}.html"
    for folder in ("autograded", "submitted"):
        yield home.folder / folder / gradebook.nbgrader_id(student) / home.assignment.name
