"""`handins.json`: what was handed in for one assignment, kept beside its results for handing grades back later."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from autograder.core import whole_file
from autograder.core.errors import CourseError
from autograder.core.model import Submission

NAME = "handins.json"


@dataclass(frozen=True)
class HandIns:
    """All files of a class: the state of the checks they were graded under, and the LMS that named them (or "").

    Of `unresolved` files a person must say whose they are: (submission, sentence). `left_out` are files that nobody
    reads, each with its reason.
    """

    assignment: str
    fingerprint: str
    submissions: tuple[Submission, ...]
    unresolved: tuple[tuple[Submission, str], ...] = ()
    lms: str = ""
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def students(self) -> set[str]:
        """All of whom it is known that they handed something in."""
        return {one.student for one in self.submissions}

    @property
    def everybody(self) -> set[str]:
        """The ids that anything stands under: of students, and of files that may stand for themselves."""
        return self.students | {one.student for one, _ in self.strays}

    @property
    def strays(self) -> tuple[tuple[Submission, str], ...]:
        """Of `unresolved`, what may stand for itself: no student is called as the file is."""
        owners = self.students
        return tuple(pair for pair in self.unresolved if pair[0].student not in owners)


def write(handins: HandIns, folder: Path) -> None:
    """Write `handins.json` into `folder`; the file is whole or not there."""
    table = {
        "assignment": handins.assignment,
        "fingerprint": handins.fingerprint,
        "lms": handins.lms,
        "submissions": [_row(one) for one in handins.submissions],
        "unresolved": [_row(one) | {"sentence": sentence} for one, sentence in handins.unresolved],
        "left_out": [{"path": path, "reason": reason} for path, reason in handins.left_out],
    }
    whole_file.write(folder / NAME, json.dumps(table, indent=1) + "\n", durable=True)


def read(folder: Path, assignment: str) -> HandIns:
    """What `write` wrote for an assignment.

    Raises CourseError where nothing was graded into `folder` yet, or it is another assignment's.
    """
    return of_folder(folder, assignment) or of_any(folder)


def of_any(folder: Path) -> HandIns:
    """What was graded into a folder, whatever the assignment. Raises CourseError where nothing was."""
    refuse_missing(folder)
    return _read(folder / NAME)


def refuse_missing(folder: Path) -> None:
    """Raises CourseError where nothing was graded into a folder."""
    if not (folder / NAME).exists():
        raise CourseError(f"{folder / NAME}: nothing was graded here yet. Name the --out folder of a grading.")


def of_folder(folder: Path, assignment: str) -> HandIns | None:
    """The same; None where nothing was graded into `folder` yet."""
    path = folder / NAME
    found = _read(path) if path.exists() else None
    if found and found.assignment != assignment:
        raise CourseError(
            f"{folder}: holds the class of the assignment {found.assignment}, not of {assignment}. A folder belongs "
            f"to one assignment: name another with --out."
        )
    return found


def _read(path: Path) -> HandIns:
    try:
        table = json.loads(path.read_text(encoding="ascii"))
        return HandIns(
            assignment=table["assignment"],
            fingerprint=table["fingerprint"],
            submissions=tuple(_submission(row) for row in table["submissions"]),
            unresolved=tuple((_submission(row), row["sentence"]) for row in table["unresolved"]),
            lms=table["lms"],
            left_out=tuple((row["path"], row["reason"]) for row in table.get("left_out", ())),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise CourseError(f"{path}: this file is damaged ({error!r}). Grade into the folder again.") from error


def _row(one: Submission) -> dict[str, Any]:
    received = one.received.isoformat() if one.received else None
    return {
        "student": one.student,
        "path": one.path,
        "sha256": one.sha256,
        "received": received,
        "added": one.added,
        "stamp": one.stamp,
    }


def _submission(row: dict[str, Any]) -> Submission:
    received = datetime.fromisoformat(row["received"]) if row["received"] else None
    return Submission(row["student"], row["path"], row["sha256"], received, row.get("added", 0), row.get("stamp", ""))
