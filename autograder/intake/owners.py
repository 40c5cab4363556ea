"""Whose a file is: read off the names that learning-management systems give to files and folders."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from importlib import import_module
from importlib.util import find_spec
from itertools import takewhile
from typing import Any

from autograder.core.errors import CourseError, SubmissionError
from autograder.core.handing_in import MOST_BYTES
from autograder.intake import layouts, naming, times
from autograder.intake.files import File, blocks
from autograder.intake.layouts import LAYOUTS, Claim, Layout

Roster = Mapping[str, str]
"""Every name that a student may have → the student's id."""
Claims = list[tuple[File, Claim]]
LeftOut = tuple[str, str]
"""The path of a file that nobody will read, and why."""
_Owner = Callable[[File], Claim | str]
"""Whose a file is, or why it is left out."""


@dataclass(frozen=True)
class Asked:
    """What is known before anything is looked at: the name of the folder or zip, what for, and how to read names."""

    stem: str
    assignment: str = ""
    roster: Roster | None = None
    zone: tzinfo = UTC
    pattern: str = ""


@dataclass(frozen=True)
class Owned:
    """Whose each file is, what is left out and why, and which system named the files (empty: none that is known)."""

    claims: Claims
    left_out: tuple[LeftOut, ...]
    system: str = ""


def owned(files: Sequence[File], asked: Asked) -> Owned:
    """Each file handed in and whose it is, by the first way of naming that fits.

    Raises CourseError for a pattern that cannot be used, or a list of Gradescope's that cannot be read.
    """
    if asked.pattern:
        return _by_pattern(files, asked)
    drafts = [file for file in files if _DRAFTS in file.parts]
    if drafts and any("Submitted files" in file.parts for file in files):
        rest = owned([file for file in files if _DRAFTS not in file.parts], asked)
        told = tuple((file.path, "it lies in Teams' folder of what was not handed in") for file in drafts)
        return replace(rest, left_out=(*rest.left_out, *told))
    works = _works(_own_files(files, 0))
    lists = (file for file in files if file.name == "submission_metadata.yml" and len(file.parts) <= 2)
    metadata = next(
        (one for one in lists if all(work.parts[: len(one.parts) - 1] == one.parts[:-1] for work in works)), None
    )
    if metadata and find_spec("yaml"):
        return _owned(_own_files(files, len(metadata.parts) - 1), _gradescope(metadata), "Gradescope")
    depth = _wrapping(files, asked)
    own = _own_files(files, depth)
    if any(_moodle(file) for file in own):
        return _owned(own, lambda file: _claim("Moodle", _moodle(file), file), naming.MOODLE)
    if sum(bool(_canvas(file)) for file in own) > len(own) / 2:
        return _owned(own, lambda file: _claim("Canvas", _canvas(file), file), naming.CANVAS)
    for around in range(_common(works) + 1):
        below = _own_files(files, around)
        name = works[0].parts[around - 1] if around else asked.stem
        found = layouts.classroom(below, name, asked.assignment), layouts.drive(below, asked.assignment)
        for layout in (*LAYOUTS, *found):
            if layout and layout.fits(_works(below)):
                return _by_layouts(below, layout, around, files, asked.zone)
    return _by_folders(own, depth, files, asked)


def _common(files: Iterable[File]) -> int:
    """How many folders wrap all files."""
    folders = [file.parts[:-1] for file in files]
    shared = takewhile(lambda names: len({*names}) == 1, zip(*folders, strict=False))
    return sum(1 for _ in shared)


_DRAFTS = "Working files"


def _works(files: Iterable[File]) -> list[File]:
    """Notebooks, and what may hold one."""
    return [file for file in files if file.is_notebook or file.is_zip]


def _wrapping(files: Sequence[File], asked: Asked) -> int:
    """1 where a single folder only wraps the submissions and is no student's, else 0."""
    own = [file for file in _own_files(files, 0) if not file.points_outside]
    tops = {file.parts[0] for file in own}
    if len(tops) != 1 or any(len(file.parts) == 1 for file in own) or any(map(_moodle, own)):
        return 0
    below = [replace(file, parts=file.parts[1:]) for file in own]
    notebooks = [file.name for file in below if len(file.parts) == 1 and file.is_notebook]
    side_by_side = len(notebooks) > 1 and not any(naming.is_called(name, asked.assignment) for name in notebooks)
    is_deep = any(len(file.parts) > 2 and file.is_notebook for file in below)
    return int(bool(tops & {*_WRAPPERS, asked.stem}) or side_by_side or is_deep or any(map(_moodle, below)))


_WRAPPERS = ("submitted", "submissions", "inbound")


def _own_files(files: Iterable[File], depth: int) -> list[File]:
    """Files that students handed in, named from below the folders that only wrap them."""
    return [
        file if file.points_outside else replace(file, parts=file.parts[depth:])
        for file in files
        if len(file.parts) > depth and not file.is_companion
    ]


def _owned(files: Iterable[File], owner: _Owner, system: str = "") -> Owned:
    claims: Claims = []
    left_out: list[LeftOut] = []
    for file in files:
        found = _beside(file) or owner(file)
        if isinstance(found, str):
            left_out.append((file.path, found))
        else:
            claims.append((file, found))
    return Owned(claims, tuple(left_out), system)


def _beside(file: File) -> Claim | str:
    if file.is_closed:
        return "a folder too deep to be looked into"
    return _nobodys(file, "its name points outside of the archive") if file.points_outside else ""


def _nobodys(file: File, doubt: str) -> Claim:
    return Claim(("/".join(file.parts),), doubt=doubt)


def _claim(lms: str, named: naming.Named | None, file: File) -> Claim | str:
    if named is None:
        return _stranger(lms, file)
    group, _, member = named.name.partition("-")  # Moodle writes a group's name before its member's
    names = [named.ident, named.name, member if _GROUP.search(group) else ""]
    called = file.name[len(named.start) :] if len(file.parts) == 1 and file.name.startswith(named.start) else file.name
    return Claim(tuple(name for name in names if name), key=named.key, called=called)


_GROUP = re.compile(r"\d|group|grupp|grupo|team|section", re.IGNORECASE)


def _stranger(system: str, file: File) -> Claim | str:
    """A file that is not named as all others are: a notebook waits for a person, of anything else it is told."""
    reason = f"its name is not as {system} writes names"
    return _nobodys(file, reason) if _works([file]) else f"{reason}, and it is no notebook"


def _moodle(file: File) -> naming.Named | None:
    return naming.moodle(file.parts[0])


def _canvas(file: File) -> naming.Named | None:
    return naming.canvas(file.name) if len(file.parts) == 1 else None


# ---------------------------------------------------------------------------------------------------------------------
# By a pattern of paths


def _by_pattern(files: Sequence[File], asked: Asked) -> Owned:
    try:
        pattern = re.compile(asked.pattern)
    except re.error as error:
        raise CourseError(f"--pattern: {asked.pattern!r} is no regular expression ({error}). Correct it.") from error
    if "student" not in pattern.groupindex:
        raise CourseError(
            f"--pattern: {asked.pattern!r} does not say where the student's name stands. Put it into a group: "
            "(?P<student>[^/]+)"
        )
    anywhere = re.compile(rf"(?s:.*?)(?:{asked.pattern})(?s:.*)", pattern.flags)
    own = _own_files(files, 0)
    layout = Layout("--pattern", anywhere)
    if not any(layout.claims(own, asked.zone)):
        raise CourseError(f"--pattern: no file fits {asked.pattern!r}; one is {own[0].path if own else 'not there'}.")
    return _by_layouts(own, layout, 0, files, asked.zone)


def _by_layouts(own: Sequence[File], layout: Layout, around: int, files: Iterable[File], zone: tzinfo) -> Owned:
    """Owners by all rows of one system: the folders of one of them may hold what another has beside."""
    rows = [layout, *(row for row in LAYOUTS if row.system == layout.system and row is not layout)]
    stamps = _stamps(files, around)
    found: dict[str, Claim] = {}
    for row in rows:
        claims = zip(own, row.claims(own, zone), strict=True)
        found = {file.path: claim for file, claim in claims if claim} | found
    numbers = {(claim.names[0], claim.number) for claim in found.values()}
    often = Counter(name for name, _ in numbers)

    def owner(file: File) -> Claim | str:
        claim = found.get(file.path)
        if claim is None:
            is_own = file.parts == (layouts.OWN.get(layout.system),)
            return layouts.IS_OWN if is_own else _stranger(layout.system, file)
        if often[claim.names[0]] > 1:
            return replace(claim, doubt=f"several students are called {claim.names[0]}")
        return _stamped(claim, file, stamps)

    return _owned(own, owner, layout.system)


def _stamps(files: Iterable[File], around: int) -> dict[tuple[str, ...], str]:
    """The time stamps that systems lay beside hand-ins, by their folder."""
    return {file.parts[around:-1]: file.path for file in files if file.name == "timestamp.txt"}


def _stamped(claim: Claim, file: File, stamps: Mapping[tuple[str, ...], str]) -> Claim:
    """The claim with what the outermost time stamp above the file tells; deeper ones may be the student's own."""
    folders = (file.parts[:depth] for depth in range(1, len(file.parts)))
    path = next((stamps[folder] for folder in folders if folder in stamps), "")
    if claim.received or not path:
        return claim
    text = times.stamp(path)
    received = times.time_of(text)
    return replace(claim, received=received, stamp="", unread="" if received else text or "nothing")


# ---------------------------------------------------------------------------------------------------------------------
# By folders: nbgrader's tree, its exchange, a folder for each student, plain notebooks

_EXCHANGED = re.compile(r"(?P<student>.+?)\+(?P<assignment>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d[^+]*)(?:\+.*)?", re.DOTALL)
"""A folder of nbgrader's exchange: student, assignment, time, and letters that nobody can guess."""


def _by_folders(own: Sequence[File], wrapped: int, files: Iterable[File], asked: Asked) -> Owned:
    stamps = _stamps(files, wrapped)
    depth = _students_depth(own, asked.roster)
    wanted = asked.assignment.casefold()
    homes = {file.parts[depth] for file in own if wanted in _folders(file, depth)}

    def owner(file: File) -> Claim | str:
        if len(file.parts) == 1:
            return Claim((file.stem,))
        exchanged = _EXCHANGED.fullmatch(file.parts[0])
        if exchanged:
            if asked.assignment and exchanged["assignment"] != asked.assignment:
                return f"handed in for {exchanged['assignment']}"
            received = times.time_of(exchanged["time"])
            claim = Claim((exchanged["student"],), received, attempt=file.parts[0], called=file.name)
            return replace(claim, unread="" if received else exchanged["time"])
        student = file.parts[min(depth, len(file.parts) - 2)]
        folders = _folders(file, depth)
        if wanted and student in homes and wanted not in folders:
            return f"it lies outside of the folder {asked.assignment}, which this student has"
        if homes and folders and folders[-1] == file.stem.casefold() != wanted and file.is_notebook:
            return f"it lies in the folder of another assignment, {file.parts[-2]}"
        return _stamped(Claim((student,)), file, stamps)

    return _owned(own, owner)


def _folders(file: File, depth: int) -> list[str]:
    """The folders within a student's own that a file lies in."""
    return [part.casefold() for part in file.parts[depth + 1 : -1]]


def _students_depth(files: Sequence[File], roster: Roster | None) -> int:
    """How deep the students' own folders lie: below folders of groups, where a roster knows the names there only.

    Without a roster: where most outer folders have several folders in them with a notebook of the same name.
    """
    inside = [file for file in _works(files) if len(file.parts) > 1 and not file.points_outside]
    if roster is not None:
        known = [
            sum(
                len(file.parts) > depth + 1
                and {file.parts[depth], naming.folded(file.parts[depth])} & roster.keys() != set()
                for file in inside
            )
            for depth in range(3)
        ]
        return known.index(max(known))
    tops = {file.parts[0] for file in inside}
    alike = Counter({(file.parts[0], file.parts[1], file.name) for file in inside if len(file.parts) == 3})
    often = Counter((top, name) for top, _, name in alike)
    groups = {top for (top, _), count in often.items() if count > 1}
    return int(len(tops) > 1 and len(groups) > len(tops) / 2)


# ---------------------------------------------------------------------------------------------------------------------
# By Gradescope's own list


def _gradescope(metadata: File) -> _Owner:
    """Owners by Gradescope's own list: of each folder, the student's id there, e-mail address and name."""
    yaml: Any = import_module("yaml")
    try:
        table = yaml.safe_load(b"".join(blocks(metadata.path, MOST_BYTES)))
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
            return _nobodys(
                file,
                "several students handed it in together" if names else "Gradescope's list does not say whose it is",
            )
        stamp = entry.get(":created_at")
        received = times.moment_of(stamp)
        return Claim(tuple(names), received, attempt=file.parts[0], unread=str(stamp) if stamp and not received else "")

    return owner


_PERSON = (":sid", ":email", ":name")
