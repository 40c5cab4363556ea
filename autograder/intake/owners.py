"""Whose a file is: read off the names that learning-management systems give to files and folders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from autograder.core.errors import CourseError, SubmissionError
from autograder.intake import naming
from autograder.intake.files import File, blocks
from autograder.intake.times import moment_of, time_in, time_of
from autograder.notebook import MIB


@dataclass(frozen=True)
class Claim:
    """Whose a file seems to be: all names that the student has there, the LMS's id first; `doubt` if nobody's.

    `key` is what a roster knows that id by, if not by itself.
    """

    names: tuple[str, ...]
    received: datetime | None = None
    doubt: str = ""
    key: str = ""

    @property
    def known_as(self) -> tuple[str, ...]:
        """What to look for in a roster, in this order."""
        return (self.key, *self.names[1:]) if self.key else self.names


Claims = list[tuple[File, Claim]]
_Owner = Callable[[File], Claim | None]

_WRAPPERS = ("submitted", "submissions", "inbound")
_EXCHANGED = re.compile(r"(?P<student>.+?)\+(?P<assignment>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d[^+]*)(?:\+.*)?", re.DOTALL)
"""A folder of nbgrader's exchange: student, assignment, time, and letters that nobody can guess."""


def claims_of(files: Sequence[File], stem: str, assignment: str | None) -> tuple[str, Claims]:
    """The LMS, and each file handed in and whose it is, by the first way of naming that fits."""
    metadata = next((file for file in files if file.name == "submission_metadata.yml" and len(file.parts) <= 2), None)
    if metadata and find_spec("yaml"):
        return "", _claimed(_own_files(files, len(metadata.parts) - 1), _gradescope(metadata))
    depth = _wrapping(files, stem)
    own = _own_files(files, depth)
    if any(_moodle(file) for file in own):
        return naming.MOODLE, _claimed(own, lambda file: _claim("Moodle", _moodle(file), file))
    if sum(bool(_canvas(file)) for file in own) > len(own) / 2:
        return naming.CANVAS, _claimed(own, lambda file: _claim("Canvas", _canvas(file), file))
    stamps = {file.parts[depth:-1]: file.path for file in files if file.name == "timestamp.txt"}
    return "", _claimed(own, lambda file: _by_folder(file, assignment, stamps))


def _wrapping(files: Sequence[File], stem: str) -> int:
    """1 where a single folder only wraps the submissions and is no student's, else 0."""
    own = [file for file in _own_files(files, 0) if not file.points_outside]
    tops = {file.parts[0] for file in own}
    if len(tops) != 1 or any(len(file.parts) == 1 for file in own) or any(map(_moodle, own)):
        return 0
    below = [replace(file, parts=file.parts[1:]) for file in own]
    side_by_side = sum(len(file.parts) == 1 and file.is_notebook for file in below)
    is_deep = any(len(file.parts) > 2 and file.is_notebook for file in below)
    return int(bool(tops & {*_WRAPPERS, stem}) or side_by_side > 1 or is_deep or any(map(_moodle, below)))


def _own_files(files: Iterable[File], depth: int) -> list[File]:
    """Files that students handed in, named from below the folders that only wrap them."""
    return [
        file if file.points_outside else replace(file, parts=file.parts[depth:])
        for file in files
        if len(file.parts) > depth and not file.is_companion
    ]


def _claimed(files: Iterable[File], owner: _Owner) -> Claims:
    outside = "its name points outside of the archive"
    claims = (
        (file, Claim(("/".join(file.parts),), doubt=outside) if file.points_outside else owner(file)) for file in files
    )
    return [(file, claim) for file, claim in claims if claim]


def _claim(lms: str, named: naming.Named | None, file: File) -> Claim:
    if named is None:
        return Claim(("/".join(file.parts),), doubt=f"its name is not as {lms} writes names")
    return Claim((named.ident, named.name) if named.name else (named.ident,), key=named.key)


def _moodle(file: File) -> naming.Named | None:
    return naming.moodle(file.parts[0])


def _canvas(file: File) -> naming.Named | None:
    return naming.canvas(file.name) if len(file.parts) == 1 else None


def _by_folder(file: File, assignment: str | None, stamps: Mapping[tuple[str, ...], str]) -> Claim | None:
    """nbgrader's tree, a folder for each student, or plain notebooks; None for another assignment's file."""
    if len(file.parts) == 1:
        return Claim((file.stem,))
    exchanged = _EXCHANGED.fullmatch(file.parts[0])
    if exchanged:
        is_ours = assignment in (None, exchanged["assignment"])
        return Claim((exchanged["student"],), received=time_of(exchanged["time"])) if is_ours else None
    if assignment and len(file.parts) > 2 and file.parts[1] != assignment:
        return None
    stamp = stamps.get(file.parts[:-1])
    return Claim((file.parts[0],), received=time_in(stamp) if stamp else None)


def _gradescope(metadata: File) -> _Owner:
    """Owners by Gradescope's own list: of each folder, the student's id there, e-mail address and name."""
    yaml: Any = import_module("yaml")
    try:
        table = yaml.safe_load(b"".join(blocks(metadata.path, 64 * MIB)))
    except (yaml.YAMLError, SubmissionError, RecursionError) as error:
        raise CourseError(
            f"{metadata.path}: this list cannot be read ({error}). Export from Gradescope again."
        ) from error
    table = table if isinstance(table, dict) else {}

    def owner(file: File) -> Claim:
        entry = table.get(file.parts[0])
        entry = entry if isinstance(entry, dict) else {}
        people = [person for person in entry.get(":submitters") or [] if isinstance(person, dict)]
        names = [str(person[key]) for person in people for key in _PERSON if person.get(key)]
        if len(people) != 1 or not names:
            many = "several students handed it in together" if names else "Gradescope's list does not say whose it is"
            return Claim(("/".join(file.parts),), doubt=many)
        return Claim(tuple(names), received=moment_of(entry.get(":created_at")))

    return owner


_PERSON = (":sid", ":email", ":name")
