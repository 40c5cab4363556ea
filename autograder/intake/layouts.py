"""How learning-management systems lay out what a class handed in: a row for each, a pattern of paths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import takewhile

from autograder.intake import times
from autograder.intake.files import File


@dataclass(frozen=True)
class Claim:
    """Whose a file seems to be: all names that the student has there, the LMS's id first; `doubt` if nobody's.

    `key` is what a roster knows that id by, if not by itself. Of several hand-ins of a student, `attempt` tells which;
    `called` is the file's own name, without what the LMS wrote before it. `stamp` is a time that the name tells,
    `unread` one that says nothing. `number` tells students of one name apart; no roster is asked for it, where it could
    be another student's. The file `is_note` if the system itself wrote it of a hand-in.
    """

    names: tuple[str, ...]
    received: datetime | None = None
    doubt: str = ""
    key: str = ""
    attempt: str = ""
    called: str = ""
    stamp: str = ""
    unread: str = ""
    number: str = ""
    is_note: bool = False

    @property
    def known_as(self) -> tuple[str, ...]:
        """What to look for in a roster, in this order."""
        return (self.key, *self.names[1:]) if self.key else self.names


@dataclass(frozen=True)
class Layout:
    """A system's way of naming files: `pattern` fits a file's whole path from below the folders that wrap all files.

    Its groups: `student`, the id there; and, where the system writes them, `name` (or `last` and `first`) and `number`
    of the student, `received`, `attempt`, `file`, the file's own name, and `note` in one that the system itself wrote.
    What all ids share up to the last `shared` is the assignment's.
    """

    system: str
    pattern: re.Pattern[str]
    shared: str = ""

    def fits(self, files: Iterable[File]) -> bool:
        """Whether more than half of the files are named so."""
        fitting = [bool(self._match(file)) for file in files]
        return sum(fitting) > len(fitting) / 2

    def claims(self, files: Sequence[File], zone: tzinfo) -> list[Claim | None]:
        """Whose each file is, None for one that is not named so; times without a zone are in `zone`."""
        matches = [self._match(file) for file in files]
        begin = _length_shared({match["student"] for match in matches if match}, self.shared)
        return [self._claim(file, match, begin, zone) for file, match in zip(files, matches, strict=True)]

    def _match(self, file: File) -> re.Match[str] | None:
        return self.pattern.fullmatch("/".join(file.parts))

    def _claim(self, file: File, match: re.Match[str] | None, begin: int, zone: tzinfo) -> Claim | None:
        if match is None:
            return None
        found = {name: text for name, text in match.groupdict().items() if text}
        stamp = found.get("received", "")
        received = times.time_of(stamp, zone)
        name = found.get("name") or f"{found.get('first', '')} {found.get('last', '')}"
        names = [match["student"][begin:], match["student"], name.strip()]
        names += [f"{first} {last}" for last, comma, first in (one.partition(", ") for one in names) if comma]
        return Claim(
            names=tuple(dict.fromkeys(one for one in names if one)),
            received=received,
            attempt=f"{stamp} {found.get('attempt', '')}".strip(),
            called=found.get("file", file.name).rpartition("/")[2],
            stamp=stamp,
            unread="" if received else stamp,
            number=found.get("number", ""),
            is_note="note" in found,
        )


def _row(system: str, pattern: str, shared: str = "") -> Layout:
    return Layout(system, re.compile(pattern, re.DOTALL), shared)


_DATE = r"(?:[^\W\d]+\.? \d{1,2}|\d{1,2} [^\W\d]+\.?),? \d{4},? \d{1,2}[:.]?\d\d(?: ?[AP]M)?"
_HAND_INS = r"(?:Abgaben|Submissions)/(?:Team[ _]\d+/)?|Team[ _]\d+/"
_ILIAS = r"(?P<last>[^/_]+)_(?P<first>[^/]+)_(?P<student>[^/_]+)_(?P<number>\d{2,})"
LAYOUTS = (
    _row(
        "Blackboard",
        r"(?P<student>[^/]+)_attempt_(?P<received>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<note>\.txt))",
        shared="_",
    ),
    _row(
        "Brightspace",
        rf"(?P<number>\d+-\d+) - (?P<student>[^/]+?) - (?P<received>{_DATE})(?:/| - )(?P<file>.+)",
    ),
    _row("Sakai", r"(?P<name>[^/(]*)\((?P<student>[^/()]+)\)[/_]Submission attachment\(s\)[/_](?P<file>.+)"),
    _row("Sakai", r"(?P<name>[^/(,]+, [^/(]+)\((?P<student>[^/()]+)\)/(?P<file>.+)"),
    _row("Teams", r"(?:Submitted files/)?(?P<student>[^/]+)/[^/]+/Version (?P<attempt>\d+)/(?P<file>.+)"),
    _row("Teams", r"Submitted files/(?P<student>[^/]+)/(?P<file>.+)"),
    _row("ILIAS", rf"(?:{_HAND_INS})?{_ILIAS}/(?P<received>\d{{14}})_(?P<file>.+)"),
    _row("ILIAS", rf"(?:{_HAND_INS}){_ILIAS}/(?P<file>.+)"),
)
"""Systems whose names cannot be mistaken. Where two rows fit, the first counts."""


OWN = {"Brightspace": "index.html", "ILIAS": "status.xlsx"}
"""What systems themselves lay beside all hand-ins, and `File.is_companion` does not know."""
IS_OWN = "added by the system itself, no student's"
"""Why such a file is left out."""


def classroom(files: Sequence[File], around: str, assignment: str) -> Layout | None:
    """GitHub Classroom's layout: a repository for each student, `assignment-login`; None where it is not that.

    The beginning is told by the folder `…-submissions` that its own tool makes `around` them, or by the assignment's
    name; where repositories show themselves by what they hold, by what all of them share.
    """
    tool = re.fullmatch(r"(.+)-submissions(?:-.*)?", around)
    are_repositories = any(part in ("README.md", ".github", ".gitignore") for file in files for part in file.parts[1:])
    tops = {file.parts[0].removesuffix(".zip") for file in files if file.is_zip or len(file.parts) > 1}
    starts = [f"{tool[1]}-"] if tool else []
    starts += [f"{assignment}-"] if assignment and (are_repositories or len(tops) > 1) else []
    starts += [beginning(tops)] if are_repositories and len(tops) > 2 else []
    for start in starts:
        start = start[: start.rfind("-") + 1]
        rests = [top.removeprefix(start) for top in tops if top.startswith(start)]
        if start and len(rests) == len(tops) and not {*rests} & {"", "submissions"}:
            repository = rf"(?P<name>{re.escape(start)}(?P<student>[^/]+?))(?:-(?:main|master|[0-9a-f]{{40}}))?"
            return _row("GitHub Classroom", rf"{repository}(?:/(?P<file>.+)|\.zip)")
    return None


def drive(files: Sequence[File], assignment: str) -> Layout | None:
    """Google Classroom's layout of copies that it made, `Ada Lovelace - digits.ipynb`; None where it is not that."""
    pattern = re.compile(r"(?P<student>.+) - (?P<title>.+?)(?: ?\(\d+\))?\.ipynb", re.DOTALL)
    matches = [pattern.fullmatch(file.name) for file in files if file.is_notebook]
    titles = {match["title"].casefold() if match else "" for match in matches}
    is_one = titles == {assignment.casefold()} or (len(titles) == 1 and len(matches) > 1)
    return _row("Google Classroom", r"(?P<student>[^/]+) - (?P<file>[^/]+)") if is_one and "" not in titles else None


def _length_shared(ids: set[str], mark: str) -> int:
    """How many letters at the beginning of all ids belong to the assignment."""
    return beginning(ids).rfind(mark) + 1 if mark else 0


def beginning(names: set[str]) -> str:
    """What all names begin with, letter for letter."""
    first, last = min(names, default=""), max(names, default="")
    return "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False)))
