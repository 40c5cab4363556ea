"""How Canvas and Moodle name the files of a submission zip, and how they want names back.

Canvas: `name_1042_55001_file.ipynb` (user, attachment), with `LATE_` before the user's number; anonymous
`anon_a1B2c_55001_file.ipynb`, late `LATE_anon_…`. Moodle: a folder (or the start of the file's name)
`Full Name_2101_assignsubmission_file_`; with blind marking `Participant_2101_…`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

STUDENTS_ZIP = "!!/"
"""What stands in a path behind a zip that a student handed in: from there on names are the student's own."""
CANVAS = "canvas"
MOODLE = "moodle"
BRIGHTSPACE = "brightspace"

_CANVAS = re.compile(
    r"(?:(?P<late_anon>LATE_)?anon_(?:LATE_)?(?P<code>[A-Za-z0-9]{5})"
    r"|(?P<name>.+?)_(?P<late>LATE_)?(?P<user>\d+))"
    r"_(?:(?P<attachment>\d+)_(?P<file>.+)|(?:text|link)\.html)",
    re.DOTALL,
)
_MOODLE = re.compile(r"(?P<name>.*)_(?P<user>\d+)_assignsubmission_[a-z]+_?.*", re.DOTALL)


@dataclass(frozen=True)
class Named:
    """Whose a file is by its name: the LMS's own id of the student there, and their name where it tells one.

    `late` is what Canvas says; `start` is what comes before the file's own name (Canvas) or the folder (Moodle), and is
    empty where the LMS takes nothing back for it.
    """

    lms: str
    ident: str
    name: str = ""
    late: bool = False
    start: str = ""

    @property
    def key(self) -> str:
        """The id with its LMS, so that one system's numbers are never taken for another's."""
        return key(self.lms, self.ident)


def key(lms: str, ident: str) -> str:
    """Under which a roster knows an LMS's own id of a student, as "canvas 1042"."""
    return f"{lms} {ident}"


def canvas(file_name: str) -> Named | None:
    """What Canvas tells by a file's name, None where it is not as Canvas writes names."""
    match = _CANVAS.fullmatch(file_name)
    if match is None:
        return None
    start = file_name[: match.start("file")] if match["attachment"] else ""
    if match["code"]:
        return Named(CANVAS, match["code"], late="LATE_" in file_name[: match.end("code")], start=start)
    return Named(CANVAS, match["user"], match["name"], late=bool(match["late"]), start=start)


def moodle(folder: str) -> Named | None:
    """What Moodle tells by the name of a student's folder or file, None where it is not as Moodle writes names."""
    match = _MOODLE.fullmatch(folder)
    if match is None:
        return None
    return Named(MOODLE, match["user"], match["name"], start=moodle_folder(match["user"], match["name"]))


def moodle_folder(number: str, name: str = "Participant") -> str:
    """The folder under which Moodle takes a file back for a participant; of it, Moodle reads the number."""
    return f"{name.replace('_', ' ')}_{number}_assignsubmission_file_"


def named(lms: str, path: str) -> Named | None:
    """What the path of a submission tells, be it in a zip or below a folder, if it came from `lms`.

    Names within a student's own zip tell nothing: they could be another student's.
    """
    parts = path.partition(STUDENTS_ZIP)[0].replace("!/", "/").split("/")
    if lms == CANVAS:
        return canvas(parts[-1])
    return _first(moodle(part) for part in parts) if lms == MOODLE else None


TEST_STUDENT = "Student, Test"
"""Whom Canvas puts last into its gradebook, though it is nobody."""


def is_called(file_name: str, assignment: str) -> bool:
    """Whether a notebook has the assignment's name, be it one of several copies as browsers and systems number them."""
    wanted, name, bare = _SPACES.sub("-", assignment.casefold()), "", file_name.rpartition(".")[0].casefold()
    while assignment and bare != name:
        if _SPACES.sub("-", bare) == wanted:
            return True
        name, bare = bare, _COPY.sub("", bare).strip()
    return False


_SPACES = re.compile(r"[\s_-]+")
_COPY = re.compile(
    r"^(copy of|kopie von|copie de|copia de|copia di|cópia de|kopia)\s+| ?\(\d+\)$|[-_ ](copy|kopie)?\d*$"
)


def squeezed(name: str) -> str:
    """A name as Canvas writes it into file names: "Lovelace, Ada" is "lovelaceada"."""
    return re.sub(r"\W", "", re.sub(r"_(\d+)_", r"\1", name).lower())


def folded(name: str) -> str:
    """A name without what file names lose: case, ways of writing one letter, quotes and the like, double spaces."""
    kept = re.sub(r"[&<>\"`|':\\/]", "", unicodedata.normalize("NFC", name).replace("_", " "))
    return " ".join(kept.casefold().split())


def _first(found: Iterable[Named | None]) -> Named | None:
    return next((one for one in found if one), None)
