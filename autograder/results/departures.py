"""Students who are no longer in a class: pages and gradebook rows of theirs go, and what went is kept apart.

Who has another id now takes along what a person typed.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Mapping
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


def remove(students: Collection[str], renamed: Mapping[str, str], home: Home, given: HandIns) -> list[str]:
    """Takes page, notebooks and gradebook rows of students away, into a folder below `gone/`.

    A copy of a gradebook that is a file lies there, too, so that no point that a person typed is lost. Those who are
    `renamed` (old id → new) take theirs along; where that cannot be a sentence is returned. Files that others in the
    class `given` handed in stay where they are.
    """
    if not students:
        return []
    from autograder.results import gradebook  # brings nbgrader, which takes seconds

    apart = home.folder / GONE / f"{datetime.now(UTC):%Y-%m-%d_%H-%M-%S}"
    apart.mkdir(mode=0o700, parents=True)
    gradebook.copy(home.database, apart / "gradebook.db")
    stuck = gradebook.rename(renamed, home.assignment.name, home.database)
    for old, new in renamed.items():
        if old not in stuck:
            _take_along(old, new, home)
    handed_in = {Path(one.path) for one in given.submissions}
    for student in students:
        for place in _places(student, home):
            if place.exists() and not any(path.is_relative_to(place) for path in handed_in):
                target = apart / place.relative_to(home.folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(place, target)
    gradebook.forget(students, home.assignment.name, home.database)
    return [
        f"{renamed[old]} has work of their own in the gradebook, so what was typed for {old} is kept in "
        f"{apart / 'gradebook.db'} alone. Type it again for {renamed[old]}: {'; '.join(typed)}."
        for old, typed in stuck.items()
    ]


def _take_along(old: str, new: str, home: Home) -> None:
    """The notebook that a person has seen: by it formgrader knows whether the answers are still the same."""
    from autograder.results import gradebook

    autograded, name = home.folder / "autograded", home.assignment.name
    before, after = (autograded / gradebook.nbgrader_id(one) / name for one in (old, new))
    if before.exists() and not after.exists():
        shutil.copytree(before, after)


def _places(student: str, home: Home) -> Iterator[Path]:
    from autograder.results import gradebook

    yield home.folder / "feedback" / f"{untrusted.file_name(student)}.html"
    for folder in ("autograded", "submitted"):
        yield home.folder / folder / gradebook.nbgrader_id(student) / home.assignment.name
