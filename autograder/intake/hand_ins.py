"""What was handed in: finds the submissions in a folder or a zip of any learning-management system, and reads them.

Submission ids stay letter for letter what they were; `untrusted.file_name` makes file names of our own from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path

from autograder.core.errors import CourseError, SubmissionError
from autograder.core.handing_in import MOST_BYTES
from autograder.core.model import Submission
from autograder.intake import naming, owners
from autograder.intake.files import File, blocks, files_in, files_within, sha256_of
from autograder.intake.layouts import IS_OWN, Claim
from autograder.intake.owners import Asked, Claims, LeftOut

MOST_LOOKED_INTO = 100
"""Notebooks of one hand-in that are told apart by what they hold; of more only the names are looked at."""
MOST_TOGETHER = 10
"""Notebooks of one hand-in, as good as each other, that are kept; the last by its name counts."""
Holds = Callable[[bytes], int]
"""How much of the assignment a file holds: 0 nothing, 1 its cells as they were handed out, 2 work in them."""


@dataclass(frozen=True)
class Unresolved:
    """A file handed in of which a person must say whose it is; `sentence` says why."""

    submission: Submission
    sentence: str


@dataclass(frozen=True)
class Collected:
    """All that was handed in, each file once, in the order of student id, then of path.

    `lms` is the system that the files are named as, "canvas" or "moodle" among them; empty for none that is known.
    `left_out` are files that nobody reads, each with its reason; `untimed` those whose time stamp says nothing, each
    with its text.
    """

    submissions: tuple[Submission, ...]
    unresolved: tuple[Unresolved, ...] = ()
    lms: str = ""
    left_out: tuple[LeftOut, ...] = ()
    untimed: tuple[tuple[str, str], ...] = ()


def collect(
    path: Path,
    *,
    roster: Mapping[str, str] | None = None,
    assignment: str | None = None,
    holds: Holds | None = None,
    zone: tzinfo = UTC,
    pattern: str = "",
) -> Collected:
    """The submissions in a folder or zip from an LMS, from nbgrader, or of plain notebooks.

    Which it is shows by itself, or `pattern` says: a regular expression for a part of each file's path, with a group
    `student`, and `received` if the time is told. `roster` maps every name that a student may have there ("canvas
    1042", "moodle 2101", a full name, an e-mail address) to the student id; without it the LMS's own id is taken.
    `assignment` picks one from nbgrader's tree of several; with `holds` it says which of several notebooks of one
    hand-in counts. Times without a zone are in `zone`. What is no notebook is handed in all the same where nothing
    better was; `read` or `notebook.parse` refuses it. Raises CourseError where nothing was handed in, or the zip is
    broken.
    """
    files = files_in(path)
    owned = owners.owned(files, Asked(path.stem, assignment or "", roster, zone, pattern))
    left_out = list(owned.left_out)
    chosen = [
        pair for theirs in _hand_ins(owned.claims) for pair in _counting(theirs, assignment or "", holds, left_out)
    ]
    rows = sorted(
        (_row(file, claim, roster) for file, claim in chosen),
        key=lambda row: (row.submission.student, row.submission.path),
    )
    if not rows:
        raise CourseError(
            f"{path}: nothing handed in was found there. Name the folder of notebooks, nbgrader's submitted/ folder, "
            "or the zip that your LMS gave you."
        )
    return Collected(
        submissions=tuple(row.submission for row in rows if not row.sentence),
        unresolved=tuple(row for row in rows if row.sentence),
        lms=owned.system,
        left_out=tuple(sorted(left_out)),
        untimed=tuple(sorted((file.path, claim.unread) for file, claim in chosen if claim.unread)),
    )


def only_notebook(folder: Path, name: str, holds: Holds | None = None) -> Submission | str:
    """The one notebook below a folder that is one student's, or a sentence for the student where there is not one.

    Of several notebooks that counts which `collect` would take from one hand-in.
    """
    files = [file for file in files_in(folder) if not file.is_companion and not file.is_closed]
    theirs = [(file, Claim((name,))) for file in files]
    chosen = [file for file, _ in _counting(theirs, name, holds, [])] if theirs else []
    exact = [file for file in chosen if file.name == f"{name}.ipynb"]
    chosen = exact if len(exact) == 1 else chosen
    if not chosen:
        return f"No file was handed in. Hand in your notebook {name}.ipynb."
    if len(chosen) > 1:
        listed = ", ".join(sorted(file.name for file in chosen))
        return f"Several files were handed in: {listed}. Hand in your notebook {name}.ipynb alone."
    return Submission(name, chosen[0].path, sha256_of(chosen[0].path))


def read(submission: Submission) -> bytes:
    """The bytes handed in, at most 64 MiB. Raises SubmissionError, with a sentence for the student, if it cannot be."""
    return b"".join(blocks(submission.path, MOST_BYTES))


def _hand_ins(claims: Claims) -> Iterator[Claims]:
    """The files of each hand-in: what a student handed in at one time."""
    found: dict[tuple[tuple[str, ...], str, str], Claims] = {}
    for file, claim in claims:
        found.setdefault((claim.names, claim.number, claim.attempt), []).append((file, claim))
    yield from found.values()


def _counting(theirs: Claims, assignment: str, holds: Holds | None, left_out: list[LeftOut]) -> Claims:
    """Of one hand-in's files those that count; of all others it is told why they do not.

    Notebooks count, in a zip where none lies beside it; without any the files nearest to the top. Of several those with
    most of the assignment in them count, then those that have its name.
    """
    notebooks = [pair for pair in theirs if pair[0].is_notebook] or _unpacked(theirs)
    top = min(len(file.parts) for file, _ in theirs)
    meant = notebooks or [pair for pair in theirs if len(pair[0].parts) == top]
    looked_into = holds if 1 < len(meant) <= MOST_LOOKED_INTO else None
    ranked = [(_rank(file, claim, assignment, looked_into), (file, claim)) for file, claim in meant]
    best = max(rank for rank, _ in ranked)
    counting = sorted((pair for rank, pair in ranked if rank == best), key=lambda pair: pair[0].path)
    left_out += [
        (pair[0].path, f"{counting[0][0].name} of the same hand-in counts") for rank, pair in ranked if rank < best
    ]
    left_out += [
        (file.path, f"one of {len(counting)} notebooks handed in together") for file, _ in counting[MOST_TOGETHER:]
    ]
    read = {file.path.partition(naming.STUDENTS_ZIP)[0] for file, _ in meant}
    beside = [(file.path, claim.is_note) for file, claim in theirs if file.path not in read]
    reason = "it is no notebook, and one was handed in beside it" if notebooks else "it lies below what was handed in"
    left_out += [(path, IS_OWN if is_note else reason) for path, is_note in beside]
    return counting[:MOST_TOGETHER]


def _unpacked(theirs: Claims) -> Claims:
    """The notebooks in the zips of a hand-in."""
    found: Claims = []
    for file, claim in theirs:
        if file.is_zip and not file.points_outside:
            try:
                inside = [one for one in files_within(file) if one.is_notebook and not one.is_companion]
            except SubmissionError:
                continue  # the zip itself stands for what was handed in, and is refused with its reason
            found += [(one, claim) for one in inside]
    return found


def _rank(file: File, claim: Claim, assignment: str, holds: Holds | None) -> tuple[int, bool]:
    """How likely a notebook is the one meant, the likeliest being the greatest."""
    try:
        held = holds(b"".join(blocks(file.path, MOST_BYTES))) if holds else 0
    except SubmissionError:
        held = 0
    own_name = claim.called if claim.called.casefold().endswith(".ipynb") else file.name
    return held, naming.is_called(own_name, assignment)


def _row(file: File, claim: Claim, roster: Mapping[str, str] | None) -> Unresolved:
    """The row of one file; without a sentence it is known whose it is."""
    known = dict.fromkeys(claim.known_as[:1], claim.names[0]) if roster is None else roster
    wanted = [form for name in claim.known_as for form in (name, naming.folded(name))]
    student = next((known[name] for name in wanted if name in known), None)
    doubt = claim.doubt or ("" if student is not None else "the roster has no such student")
    name = claim.names[0] if doubt or student is None else student
    submission = Submission(name, file.path, sha256_of(file.path), claim.received, stamp=claim.stamp)
    return Unresolved(submission, f"{file.path}: {doubt}. A person must say whose it is." if doubt else "")
