"""What was handed in: finds the submissions in a folder or a zip of any learning-management system, and reads them.

Everything is untrusted: names, links, sizes. Files are opened without following links, zip members are read one by one
and never extracted, nothing is written. Submission ids stay letter for letter what they were; `plain.file_name` makes
file names of our own from them.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_to_bytes
from zoneinfo import ZoneInfo

from autograder.core.errors import CourseError, SubmissionError
from autograder.core.model import Submission
from autograder.intake import naming
from autograder.notebook import DEFAULT_CAPS, HOW_TO_HAND_IN, MIB, too_large

MOST_FILES = 200_000
"""Files of a folder, or members of a zip, that are looked at."""
DEEPEST = 16
"""Folders within folders that are looked at."""
MOST_HASHED = 1024 * MIB
"""Bytes of one file that are hashed; beyond, the row's hash is that of the sentence that refuses the file."""
MOST_FOLD = 250
"""How many times smaller a zip may have made a file of more than 8 MiB."""
BLOCK = MIB


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
    files = _files_in(path)
    lms, claims = _claims(files, path.stem, assignment)
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
    return b"".join(_blocks(submission.path, DEFAULT_CAPS.file_bytes))


# ---------------------------------------------------------------------------------------------------------------------
# Files, wherever they lie


@dataclass(frozen=True)
class _File:
    """One file: `parts` of its name below the folder or zip (letter for letter), `path` as in Submission.path."""

    parts: tuple[str, ...]
    path: str

    @property
    def name(self) -> str:
        return self.parts[-1]

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return self.name.rpartition(".")[0] or self.name

    @property
    def is_notebook(self) -> bool:
        return self.name.casefold().endswith(".ipynb")

    @property
    def is_companion(self) -> bool:
        """Whether a program put it there, not the student."""
        return bool(_COMPANION.fullmatch(self.name) or {*self.parts} & {*_SKIPPED_FOLDERS})

    @property
    def points_outside(self) -> bool:
        return any(part in ("", ".", "..") for part in self.parts) or ":" in self.parts[0][1:2]


def _files_in(path: Path) -> list[_File]:
    if path.is_dir():
        return list(_files_below(path))
    if path.is_file():
        return list(_members_of(str(path)))
    raise CourseError(f"{path}: there is no such folder or zip. Correct the path.")


def _files_below(root: Path) -> Iterator[_File]:
    """All that is no folder below `root`, links and pipes too; links to folders are not entered."""
    waiting: list[tuple[str, tuple[str, ...]]] = [(str(root), ())]
    count = 0
    while waiting:
        folder, parts = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                count += 1
                if count > MOST_FILES:
                    raise CourseError(f"{root}: more than {MOST_FILES:,} files. Name the folder of submissions only.")
                below = (*parts, _as_text(entry.name))
                if not entry.is_dir(follow_symlinks=False):
                    yield _File(below, _as_path(entry.path))
                elif len(below) < DEEPEST and entry.name not in _SKIPPED_FOLDERS:
                    waiting.append((entry.path, below))


def _as_text(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _as_path(path: str) -> str:
    """A path that can be printed and stored, whatever bytes are in the file's name."""
    raw = os.fsencode(path)
    return path if raw.decode("utf-8", "replace") == path else "bytes:" + quote(raw)


def _members_of(path: str) -> Iterator[_File]:
    for label, member in _archive(path).items():
        parts = tuple(_member_name(member).split("/"))
        if not member.is_dir():
            yield _File(parts, f"{path}!/{label}")


def _member_name(member: zipfile.ZipInfo) -> str:
    """A member's name letter for letter: with what follows a NUL, and as UTF-8 where the zip does not say so."""
    name = member.orig_filename
    try:
        return name if member.flag_bits & 0x800 else name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _archive(path: str) -> dict[str, zipfile.ZipInfo]:
    """The members of a zip by a name that only one of them has."""
    return _opened(path, _stamp(path))[1]


def _stamp(path: str) -> tuple[int, int]:
    status = Path(path).stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=2)
def _opened(path: str, stamp: tuple[int, int]) -> tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise CourseError(f"{path}: this is no zip that can be read ({error}). Download it again.") from error
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise CourseError(f"{path}: the zip has {len(infos):,} members; at most {MOST_FILES:,} are read. Split it.")
    if sum(info.compress_size for info in infos) > stamp[1]:
        raise CourseError(f"{path}: the zip's members overlap, as in a zip bomb. Download it again from the LMS.")
    members: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        label, number = _member_name(info), 1
        while label in members:
            number += 1
            label = f"{_member_name(info)}#{number}"
        members[label] = info
    return archive, members


def _blocks(path: str, limit: int) -> Iterator[bytes]:
    """The bytes of a file or zip member in blocks. Raises SubmissionError for what is no regular file or too large."""
    archive, member = _inside_zip(path)
    try:
        yield from _blocks_of_member(archive, member, limit) if archive else _blocks_of_file(path, limit)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise SubmissionError(f"The file could not be opened here ({reason}): please tell your instructor.") from error


def _inside_zip(path: str) -> tuple[str, str]:
    """The zip and its member that a path such as `class.zip!/ada.ipynb` names; empty for a path without a zip."""
    for mark in re.finditer("!/", path):
        if Path(path[: mark.start()]).is_file():
            return path[: mark.start()], path[mark.end() :]
    return "", path


def _blocks_of_file(path: str, limit: int) -> Iterator[bytes]:
    place = unquote_to_bytes(path.removeprefix("bytes:")) if path.startswith("bytes:") else path
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
    try:
        descriptor = os.open(place, flags)
    except OSError as error:
        if Path(os.fsdecode(place)).is_symlink():
            raise SubmissionError(f"A link was handed in; links are not followed. {HOW_TO_HAND_IN}") from error
        raise
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise SubmissionError(f"What was handed in is no file that can be read. {HOW_TO_HAND_IN}")
        yield from _capped(file.read, status.st_size, limit)


def _blocks_of_member(path: str, label: str, limit: int) -> Iterator[bytes]:
    archive, members = _opened(path, _stamp(path))
    member = members.get(label)
    if member is None:
        raise SubmissionError("The file is no longer in the zip that it came in: please tell your instructor.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise SubmissionError(f"A link was handed in; links are not followed. {HOW_TO_HAND_IN}")
    if member.flag_bits & 0x1:
        raise SubmissionError(f"The file is locked by a password. {HOW_TO_HAND_IN}")
    if member.file_size > 8 * MIB and member.file_size > MOST_FOLD * member.compress_size:
        raise SubmissionError(
            f"The file shrinks more than {MOST_FOLD}-fold in a zip. Clear the outputs and save again."
        )
    try:
        with archive.open(member) as file:
            yield from _capped(file.read, member.file_size, limit)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise SubmissionError(f"The file is damaged inside the zip it came in. {HOW_TO_HAND_IN}") from error


def _capped(read_some: Callable[[int], bytes], size: int, limit: int) -> Iterator[bytes]:
    if size > limit:
        raise SubmissionError(too_large(size))
    left = limit
    while block := read_some(min(BLOCK, left + 1)):
        left -= len(block)
        if left < 0:
            raise SubmissionError(too_large(limit + 1))
        yield block


def _sha256(path: str) -> str:
    digest = hashlib.sha256()
    try:
        for block in _blocks(path, MOST_HASHED):
            digest.update(block)
    except SubmissionError as refusal:
        digest = hashlib.sha256(f"not read: {refusal}".encode())
    return digest.hexdigest()


# ---------------------------------------------------------------------------------------------------------------------
# Whose is it?


@dataclass(frozen=True)
class _Claim:
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


_Claims = list[tuple[_File, _Claim]]
_Owner = Callable[[_File], _Claim | None]

_SKIPPED_FOLDERS = ("__MACOSX", ".ipynb_checkpoints", ".git")
_COMPANION = re.compile(
    r"(timestamp\.txt|submission_metadata\.ya?ml|\.DS_Store|Thumbs\.db|desktop\.ini|\._.*|feedback.*\.html"
    r"|[^/]*(roster|grades|gradebook|students|participants|worksheet)[^/]*\.csv)",
    re.IGNORECASE,
)
_WRAPPERS = ("submitted", "submissions", "inbound")
_EXCHANGED = re.compile(r"(?P<student>.+?)\+(?P<assignment>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d[^+]*)(?:\+.*)?", re.DOTALL)
"""A folder of nbgrader's exchange: student, assignment, time, and letters that nobody can guess."""


def _claims(files: Sequence[_File], stem: str, assignment: str | None) -> tuple[str, _Claims]:
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


def _wrapping(files: Sequence[_File], stem: str) -> int:
    """1 where a single folder only wraps the submissions and is no student's, else 0."""
    own = [file for file in _own_files(files, 0) if not file.points_outside]
    tops = {file.parts[0] for file in own}
    if len(tops) != 1 or any(len(file.parts) == 1 for file in own) or any(map(_moodle, own)):
        return 0
    below = [replace(file, parts=file.parts[1:]) for file in own]
    side_by_side = sum(len(file.parts) == 1 and file.is_notebook for file in below)
    is_deep = any(len(file.parts) > 2 and file.is_notebook for file in below)
    return int(bool(tops & {*_WRAPPERS, stem}) or side_by_side > 1 or is_deep or any(map(_moodle, below)))


def _own_files(files: Iterable[_File], depth: int) -> list[_File]:
    """Files that students handed in, named from below the folders that only wrap them."""
    return [
        file if file.points_outside else replace(file, parts=file.parts[depth:])
        for file in files
        if len(file.parts) > depth and not file.is_companion
    ]


def _claimed(files: Iterable[_File], owner: _Owner) -> _Claims:
    outside = "its name points outside of the archive"
    claims = (
        (file, _Claim(("/".join(file.parts),), doubt=outside) if file.points_outside else owner(file)) for file in files
    )
    return [(file, claim) for file, claim in claims if claim]


def _claim(lms: str, named: naming.Named | None, file: _File) -> _Claim:
    if named is None:
        return _Claim(("/".join(file.parts),), doubt=f"its name is not as {lms} writes names")
    return _Claim((named.ident, named.name) if named.name else (named.ident,), key=named.key)


def _moodle(file: _File) -> naming.Named | None:
    return naming.moodle(file.parts[0])


def _canvas(file: _File) -> naming.Named | None:
    return naming.canvas(file.name) if len(file.parts) == 1 else None


def _by_folder(file: _File, assignment: str | None, stamps: Mapping[tuple[str, ...], str]) -> _Claim | None:
    """nbgrader's tree, a folder for each student, or plain notebooks; None for another assignment's file."""
    if len(file.parts) == 1:
        return _Claim((file.stem,))
    exchanged = _EXCHANGED.fullmatch(file.parts[0])
    if exchanged:
        is_ours = assignment in (None, exchanged["assignment"])
        return _Claim((exchanged["student"],), received=_time(exchanged["time"])) if is_ours else None
    if assignment and len(file.parts) > 2 and file.parts[1] != assignment:
        return None
    stamp = stamps.get(file.parts[:-1])
    return _Claim((file.parts[0],), received=_time_in(stamp) if stamp else None)


def _time_in(path: str) -> datetime | None:
    """The time that nbgrader's time stamp file tells, None where it tells none."""
    try:
        return _time(b"".join(_blocks(path, 1024)).decode())
    except (SubmissionError, UnicodeDecodeError):
        return None


_TIME = re.compile(r"\s*(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d{1,6})?)\s*(\S*)\s*")


def _time(text: str) -> datetime | None:
    """A time such as `2026-11-23 01:02:03.5 Europe/Berlin`; without a zone it is UTC, as nbgrader reads it."""
    match = _TIME.fullmatch(text)
    try:
        return datetime.fromisoformat(f"{match[1]} {match[2]}").replace(tzinfo=_zone(match[3])) if match else None
    except (ValueError, KeyError, OSError):
        return None


def _zone(name: str) -> tzinfo:
    if re.fullmatch(r"[+-]\d\d:?\d\d", name):
        return datetime.strptime(name, "%z").tzinfo or UTC
    return ZoneInfo(name) if name else UTC


def _gradescope(metadata: _File) -> _Owner:
    """Owners by Gradescope's own list: of each folder, the student's id there, e-mail address and name."""
    yaml: Any = import_module("yaml")
    try:
        table = yaml.safe_load(b"".join(_blocks(metadata.path, 64 * MIB)))
    except (yaml.YAMLError, SubmissionError, RecursionError) as error:
        raise CourseError(
            f"{metadata.path}: this list cannot be read ({error}). Export from Gradescope again."
        ) from error
    table = table if isinstance(table, dict) else {}

    def owner(file: _File) -> _Claim:
        entry = table.get(file.parts[0])
        entry = entry if isinstance(entry, dict) else {}
        people = [person for person in entry.get(":submitters") or [] if isinstance(person, dict)]
        names = [str(person[key]) for person in people for key in _PERSON if person.get(key)]
        if len(people) != 1 or not names:
            many = "several students handed it in together" if names else "Gradescope's list does not say whose it is"
            return _Claim(("/".join(file.parts),), doubt=many)
        return _Claim(tuple(names), received=_moment(entry.get(":created_at")))

    return owner


_PERSON = (":sid", ":email", ":name")


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return _time(value) if isinstance(value, str) else None


# ---------------------------------------------------------------------------------------------------------------------
# Rows


def _handed_in(claims: _Claims) -> Iterator[tuple[_File, _Claim]]:
    """A student's notebooks; of one without any, the files nearest to the top. What lies beside is not taken."""
    owned: dict[tuple[str, ...], _Claims] = {}
    for file, claim in claims:
        owned.setdefault(claim.names, []).append((file, claim))
    for theirs in owned.values():
        notebooks = [pair for pair in theirs if pair[0].is_notebook]
        top = min(len(file.parts) for file, _ in theirs)
        yield from notebooks or [pair for pair in theirs if len(pair[0].parts) == top]


def _row(file: _File, claim: _Claim, roster: Mapping[str, str] | None) -> Unresolved:
    """The row of one file; without a sentence it is known whose it is."""
    known = dict.fromkeys(claim.known_as[:1], claim.names[0]) if roster is None else roster
    wanted = [form for name in claim.known_as for form in (name, naming.folded(name))]
    student = next((known[name] for name in wanted if name in known), None)
    doubt = claim.doubt or ("" if student is not None else "the roster has no such student")
    name = claim.names[0] if doubt or student is None else student
    submission = Submission(name, file.path, _sha256(file.path), claim.received)
    return Unresolved(submission, f"{file.path}: {doubt}. A person must say whose it is." if doubt else "")
