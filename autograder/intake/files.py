"""The files in a folder or a zip, found and read safely.

Everything is untrusted: names, links, sizes. Files are opened without following links, zip members are read one by one
and never extracted, nothing is written.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from autograder.core.errors import CourseError, SubmissionError
from autograder.core.handing_in import HOW_TO_HAND_IN, MIB, MOST_BYTES, too_large
from autograder.intake.naming import STUDENTS_ZIP

MOST_FILES = 200_000
"""Files of a folder, or members of a zip, that are looked at."""
DEEPEST = 16
"""Folders within folders that are looked at."""
MOST_HASHED = 1024 * MIB
"""Bytes of one file that are hashed; beyond, the row's hash is that of the sentence that refuses the file."""
MOST_FOLD = 250
"""How many times smaller a zip may have made a file of more than 8 MiB."""
LARGEST_ZIP = MOST_BYTES
"""Bytes of a zip that a student handed in."""
LARGEST_DIRECTORY = MIB
"""Bytes of the list of members in such a zip: some 10,000 files."""
_LONGEST_END = 66_000
"""Where in a file's last bytes a zip's list of members is said to be."""
BLOCK = MIB
_SKIPPED_FOLDERS = ("__MACOSX", ".ipynb_checkpoints", ".git", "Feedback Attachment(s)")
_COMPANION = re.compile(
    r"(timestamp\.txt|submission_metadata\.ya?ml|\.DS_Store|Thumbs\.db|desktop\.ini|\._.*|feedback.*\.html|comments\.txt"
    r"|[^/]*(roster|grades|gradebook|students|participants|worksheet)[^/]*\.csv)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class File:
    """One file: `parts` of its name below the folder or zip (letter for letter), `path` as in Submission.path.

    One that `is_closed` is a folder too deep to be looked into.
    """

    parts: tuple[str, ...]
    path: str
    is_closed: bool = False

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
    def is_zip(self) -> bool:
        return self.name.casefold().endswith(".zip")

    @property
    def is_companion(self) -> bool:
        """Whether a program put it there, not the student."""
        return bool(_COMPANION.fullmatch(self.name) or {*self.parts} & {*_SKIPPED_FOLDERS})

    @property
    def points_outside(self) -> bool:
        return any(part in ("", ".", "..") for part in self.parts) or ":" in self.parts[0][1:2]


def files_in(path: Path) -> list[File]:
    """All files below a folder, or in a zip, that the instructor named. Raises CourseError where there is neither."""
    if path.is_dir():
        return list(_files_below(path))
    if path.is_file():
        return list(_members_of(str(path.resolve() if path.is_symlink() else path)))
    raise CourseError(f"{path}: there is no such folder or zip. Correct the path.")


def files_within(zipped: File) -> list[File]:
    """The files in a zip that a student handed in, itself perhaps in a zip; zips within it stay closed.

    Raises SubmissionError for what is no zip, or more than a student's notebook needs.
    """
    data = b"".join(blocks(zipped.path, LARGEST_ZIP))
    if _directory_bytes(data) > LARGEST_DIRECTORY:
        raise SubmissionError("The zip holds far too many files: hand in the notebook alone.")
    try:
        members = list(_members_of(zipped.path, STUDENTS_ZIP))
    except CourseError as error:
        raise SubmissionError(f"The zip cannot be read. {HOW_TO_HAND_IN}") from error
    return [File((*zipped.parts, *member.parts), member.path) for member in members]


def _directory_bytes(data: bytes) -> int:
    """How long a zip says that its list of members is, or might be said to: the reader builds an object of each entry.

    A list in the format for more than 65,535 members, or 4 GiB, counts as endless.
    """
    tail = data[-_LONGEST_END:]
    if b"PK\x06\x07" in tail:
        return sys.maxsize
    marks = (mark.end() for mark in re.finditer(rb"PK\x05\x06", tail))
    return max((int.from_bytes(tail[at + 8 : at + 12], "little") for at in marks), default=0)


def _files_below(root: Path) -> Iterator[File]:
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
                    yield File(below, _as_path(entry.path))
                elif entry.name not in _SKIPPED_FOLDERS:
                    if len(below) >= DEEPEST:
                        yield File(below, _as_path(entry.path), is_closed=True)
                    else:
                        waiting.append((entry.path, below))


def _as_text(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _as_path(path: str) -> str:
    """A path that can be printed and stored, whatever bytes are in the file's name."""
    raw = os.fsencode(path)
    return path if raw.decode("utf-8", "replace") == path else "bytes:" + quote(raw)


def _members_of(path: str, mark: str = "!/") -> Iterator[File]:
    for label, member in _archive(path).items():
        parts = tuple(_member_name(member).split("/"))
        if not member.is_dir():
            yield File(parts, f"{path}{mark}{label}")


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
    status = Path(os.fsdecode(_place(_outermost(path)))).stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=4)
def _opened(path: str, stamp: tuple[int, int]) -> tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]:
    """A zip and its members; of a zip within another, all bytes are held. `stamp` tells when to open it anew."""
    place = Path(os.fsdecode(_place(path)))
    try:
        inner = io.BytesIO(b"".join(blocks(path, LARGEST_ZIP))) if _outermost(path) != path else None
        if place.is_symlink():
            raise SubmissionError(f"A link was handed in; links are not followed. {HOW_TO_HAND_IN}")
        archive = zipfile.ZipFile(inner or place)
    except (zipfile.BadZipFile, OSError, NotImplementedError, SubmissionError) as error:
        raise CourseError(f"{path}: this is no zip that can be read ({error}). Download it again.") from error
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise CourseError(f"{path}: the zip has {len(infos):,} members; at most {MOST_FILES:,} are read. Split it.")
    if sum(info.compress_size for info in infos) > (len(inner.getbuffer()) if inner else stamp[1]):
        raise CourseError(f"{path}: the zip's members overlap, as in a zip bomb. Download it again from the LMS.")
    members: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        label, number = _member_name(info), 1
        while label in members:
            number += 1
            label = f"{_member_name(info)}#{number}"
        members[label] = info
    return archive, members


def blocks(path: str, limit: int) -> Iterator[bytes]:
    """The bytes of a file or zip member in blocks. Raises SubmissionError for what is no regular file or too large."""
    archive, member = _inside_zip(path)
    try:
        yield from _blocks_of_member(archive, member, limit) if archive else _blocks_of_file(path, limit)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise SubmissionError(f"The file could not be opened here ({reason}): please tell your instructor.") from error


def _outermost(path: str) -> str:
    """The file on the disk that a path such as `class.zip!/ada/work.zip!!/digits.ipynb` begins with."""
    ends = (path[: mark.start()] for mark in _MARKS.finditer(path))
    return next((end for end in ends if Path(os.fsdecode(_place(end))).is_file()), path)


def _inside_zip(path: str) -> tuple[str, str]:
    """The innermost zip that a path names, and its member there; no zip for a path without any."""
    archive = _outermost(path)
    if archive == path:
        return "", path
    label = _behind(path, archive)
    if label not in (members := _archive(archive)):
        ends = (label[: mark.start()] for mark in re.finditer(re.escape(STUDENTS_ZIP), label))
        zipped = next((end for end in ends if end in members), "")
        if zipped:
            return f"{archive}!/{zipped}", _behind(label, zipped)
    return archive, label


_MARKS = re.compile("!!?/")


def _behind(path: str, zipped: str) -> str:
    """What a path names in a zip that it begins with."""
    return _MARKS.sub("", path[len(zipped) :], count=1)


def _place(path: str) -> bytes:
    """A path as the disk knows it."""
    return unquote_to_bytes(path.removeprefix("bytes:")) if path.startswith("bytes:") else os.fsencode(path)


def _blocks_of_file(path: str, limit: int) -> Iterator[bytes]:
    place = _place(path)
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


def sha256_of(path: str) -> str:
    digest = hashlib.sha256()
    try:
        for block in blocks(path, MOST_HASHED):
            digest.update(block)
    except SubmissionError as refusal:
        digest = hashlib.sha256(f"not read: {refusal}".encode())
    return digest.hexdigest()
