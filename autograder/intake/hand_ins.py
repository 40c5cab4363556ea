"""What was handed in: finds the submissions in a folder or a zip of any learning-management system, and reads them.

Submission ids stay letter for letter what they were; `untrusted.file_name` makes file names of our own from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.core.errors import CourseError
from autograder.core.model import Submission
from autograder.intake import naming
from autograder.intake.files import File, blocks, files_in, sha256_of
from autograder.intake.owners import Claim, Claims, claims_of
from autograder.notebook import DEFAULT_CAPS


@dataclass(frozen=True)
class Unresolved:
    """A file handed in of which a person must say whose it is; `sentence` says why."""

    submission: Submission
    sentence: str


@dataclass(frozen=True)
class Collected:
    """All that was handed in, each file once, in the order of student id, then of path.

    `lms` is "canvas" or "moodle" where the files are named as these name them, else empty.
    """

    submissions: tuple[Submission, ...]
    unresolved: tuple[Unresolved, ...] = ()
    lms: str = ""


def collect(path: Path, *, roster: Mapping[str, str] | None = None, assignment: str | None = None) -> Collected:
    """The submissions in a folder or zip from Canvas, Moodle, Gradescope, nbgrader or of plain notebooks.

    Which it is shows by itself. `roster` maps every name that a student may have there ("canvas 1042", "moodle 2101",
    a full name, an e-mail address) to the student id; without it the LMS's own id is taken. `assignment` picks one from
    nbgrader's tree of several. What is no notebook is handed in all the same; `read` or `notebook.parse` refuses it.
    Raises CourseError where nothing was handed in, or the zip is broken.
    """
    files = files_in(path)
    lms, claims = claims_of(files, path.stem, assignment)
    rows = sorted(
        (_row(file, claim, roster) for file, claim in _handed_in(claims)),
        key=lambda row: (row.submission.student, row.submission.path),
    )
    if not rows:
        raise CourseError(
            f"{path}: nothing handed in was found there. Name the folder of notebooks, nbgrader's submitted/ folder, "
            "or the zip that Canvas, Moodle or Gradescope gave you."
        )
    return Collected(
        submissions=tuple(row.submission for row in rows if not row.sentence),
        unresolved=tuple(row for row in rows if row.sentence),
        lms=lms,
    )


def only_notebook(folder: Path, name: str) -> Submission | str:
    """The one notebook below a folder that is one student's, or a sentence for the student where there is not one.

    Of several notebooks the one called `name`.ipynb counts.
    """
    try:
        collected = collect(folder)
    except CourseError:
        return f"No file was handed in. Hand in your notebook {name}.ipynb."
    files = [*collected.submissions, *(one.submission for one in collected.unresolved)]
    notebooks = [one for one in files if one.path.casefold().endswith(".ipynb")]
    named = [one for one in notebooks if Path(one.path).name == f"{name}.ipynb"]
    chosen = named or notebooks or files
    if len(chosen) > 1:
        listed = ", ".join(sorted(Path(one.path).name for one in chosen))
        return f"Several files were handed in: {listed}. Hand in your notebook {name}.ipynb alone."
    return chosen[0]


def read(submission: Submission) -> bytes:
    """The bytes handed in, at most 64 MiB. Raises SubmissionError, with a sentence for the student, if it cannot be."""
    return b"".join(blocks(submission.path, DEFAULT_CAPS.file_bytes))


def _handed_in(claims: Claims) -> Iterator[tuple[File, Claim]]:
    """A student's notebooks; of one without any, the files nearest to the top. What lies beside is not taken."""
    owned: dict[tuple[str, ...], Claims] = {}
    for file, claim in claims:
        owned.setdefault(claim.names, []).append((file, claim))
    for theirs in owned.values():
        notebooks = [pair for pair in theirs if pair[0].is_notebook]
        top = min(len(file.parts) for file, _ in theirs)
        yield from notebooks or [pair for pair in theirs if len(pair[0].parts) == top]


def _row(file: File, claim: Claim, roster: Mapping[str, str] | None) -> Unresolved:
    """The row of one file; without a sentence it is known whose it is."""
    known = dict.fromkeys(claim.known_as[:1], claim.names[0]) if roster is None else roster
    wanted = [form for name in claim.known_as for form in (name, naming.folded(name))]
    student = next((known[name] for name in wanted if name in known), None)
    doubt = claim.doubt or ("" if student is not None else "the roster has no such student")
    name = claim.names[0] if doubt or student is None else student
    submission = Submission(name, file.path, sha256_of(file.path), claim.received)
    return Unresolved(submission, f"{file.path}: {doubt}. A person must say whose it is." if doubt else "")
