"""The roster: who takes the course, under which names each system knows them, and what each one is allowed.

Any CSV file with a header: your own, or the gradebook or grading worksheet that Canvas or Moodle exported.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import cached_property
from pathlib import Path

from autograder.core.errors import CourseError
from autograder.intake import naming

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "student": ("studentid", "studentnumber", "matriculationnumber", "matrikelnummer", "id", "identifier", "student"),
    "sis": ("sisuserid", "sisid", "idnumber", "sid", "orgdefinedid"),
    "login": ("login", "loginid", "sisloginid", "username", "netid"),
    "email": ("email", "emailaddress", "mail", "emailadresse", "adressedecourriel", "direccióndecorreo"),
    "github": ("githubusername", "githublogin", "github"),
    "canvas": ("canvasid", "canvasuserid"),
    "moodle": ("moodleid", "participant", "participantnumber", "moodleparticipantnumber"),
    "name": ("name", "fullname", "studentname", "vollständigername", "nomcomplet", "nombrecompleto", "nomecompleto"),
    "first": ("firstname", "givenname", "vorname"),
    "last": ("lastname", "surname", "familyname", "nachname"),
    "section": ("section", "sections", "group"),
    "extension": ("extension",),
    "late days": ("latedays",),
    "hold": ("hold",),
    "received": ("received", "handedin", "submittedat"),
}
"""What a column is about, and the headers that say so: letters and digits only, in small letters."""

PER_ASSIGNMENT = ("extension", "late days", "hold", "received")
"""May have a column for one assignment, headed as in `extension digits`, which goes before the general one."""

PARTICIPANTS = frozenset({
    "participant", "teilnehmer/in", "participante", "partecipante", "deelnemer", "участник", "katılımcı", "uczestnik",
    "osallistuja", "deltager", "deltagare", "deltaker", "partaidea", "参加者", "参与者", "مشارك",
})  # fmt: skip
"""What Moodle puts before a participant's number, in several languages."""

IDS = ("student", "sis", "login", "github", "canvas", "moodle")
"""Columns whose cells may look like numbers but are none: not one of their digits may be lost."""
_SHORTENED = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)
_NOT_HELD = ("", "no", "0", "false", "nein", "non")


@dataclass(frozen=True)
class Allowance:
    """What one student is allowed: more time after the deadline, or a deadline of their own, and days of being late."""

    extension: timedelta = timedelta(0)
    until: datetime | None = None
    late_days: int = 0


NO_ALLOWANCE = Allowance()


@dataclass(frozen=True)
class Person:
    """One student: the id that every row is kept under, all other names, and what they are allowed.

    `hold` is a reason why nothing of theirs goes out yet, empty if it may. `received` is a time of handing in that the
    LMS's files do not tell.
    """

    student: str
    name: str = ""
    section: str = ""
    names: tuple[str, ...] = ()
    allowance: Allowance = NO_ALLOWANCE
    hold: str = ""
    received: datetime | None = None
    last_first: tuple[str, str] = ("", "")
    """Family name and given names, for programs that list by them."""

    @property
    def label(self) -> str:
        """The id, and the name where one is known: "4711 (Ada Lovelace)"."""
        return f"{self.student} ({self.name})" if self.name else self.student


@dataclass(frozen=True)
class Roster:
    """All students of a course, in the order of the file.

    Beside what the file allows them in this assignment, everybody may be late on `late_days` in all assignments
    together; `used` is how many of these each has used before.
    """

    people: tuple[Person, ...] = ()
    late_days: int = 0
    used: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path, *, assignment: str = "", zone: tzinfo = UTC) -> Roster:
        """The roster in a CSV file (UTF-8; comma, semicolon or tab).

        `assignment` picks the columns for one assignment; times without a zone are in `zone`. Raises CourseError that
        names line and column.
        """
        table = _Table.read(path)
        columns = _columns(table, assignment)
        people = tuple(_Line(path, number, row, columns, zone).person() for number, row in table.rows)
        _refuse_twins(path, people, [number for number, _ in table.rows])
        return cls(people)

    @cached_property
    def names(self) -> dict[str, str]:
        """Every name that belongs to one student alone → the student's id; what two share is nobody's."""
        letter_for_letter = _unshared((name, one.student) for one in self.people for name in _all_names(one))
        folded = _unshared((naming.folded(name), one.student) for one in self.people for name in _all_names(one))
        return folded | letter_for_letter

    @cached_property
    def _by_student(self) -> dict[str, Person]:
        return {one.student: one for one in self.people}

    @property
    def ids(self) -> Set[str]:
        """The students' ids."""
        return self._by_student.keys()

    def person(self, student: str) -> Person:
        """The student of this id; one whom the roster does not know is allowed what everybody is."""
        found = self._by_student.get(student) or Person(student)
        left = max(0, self.late_days - self.used.get(student, 0))
        allowance = replace(found.allowance, late_days=found.allowance.late_days + left)
        return replace(found, allowance=allowance) if left else found

    def label(self, student: str) -> str:
        """The id of a student, and the name where the roster knows one."""
        return self.person(student).label

    def without(self, there: Container[str]) -> list[Person]:
        """All who are not `there`, but for Canvas's own test student."""
        return [one for one in self.people if one.student not in there and one.name != naming.TEST_STUDENT]

    def called(self, name: str) -> str:
        """The id of the student to whom a name belongs alone in any system, a number of Canvas or Moodle among them.

        A name that is nobody's, or several students', is given back as it is.
        """
        forms = (name, naming.key(naming.CANVAS, name), naming.key(naming.MOODLE, name), naming.folded(name))
        return next((self.names[one] for one in forms if one in self.names), name)

    def own_late_days(self, student: str) -> int:
        """The days that the file allows a student in this assignment alone."""
        found = self._by_student.get(student)
        return found.allowance.late_days if found else 0

    def students_of(self, section: str) -> set[str]:
        """Who is in a section. Raises CourseError that names those there are."""
        theirs = {one.student for one in self.people if one.section == section}
        if not theirs:
            known = ", ".join(sorted({one.section for one in self.people if one.section}))
            advice = (
                f"it has {known}. Correct the name" if known else 'give it a column "section", and name it by --roster'
            )
            raise CourseError(f"--section: the roster has no section {section!r}; {advice}.")
        return theirs


NOBODY = Roster()
"""The roster of a course that has none: every LMS's own ids stand."""


@dataclass(frozen=True)
class _Table:
    """A CSV file: its header, and its rows (with their line numbers) that hold anything."""

    path: Path
    header: list[str]
    rows: list[tuple[int, list[str]]]

    @classmethod
    def read(cls, path: Path) -> _Table:
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except FileNotFoundError as error:
            raise CourseError(f"{path}: there is no such roster. Correct the path.") from error
        except (UnicodeDecodeError, OSError) as error:
            raise CourseError(f"{path}: this roster cannot be read ({error}). Save it as CSV in UTF-8.") from error
        first = text.partition("\n")[0]
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
        try:
            lines = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
        except csv.Error as error:
            raise CourseError(f"{path}, line {reader.line_num}: this is no CSV ({error}). Export it again.") from error
        filled = [(number, row) for number, row in lines if not _is_no_student(row)]
        if not filled:
            raise CourseError(f"{path}: this roster is empty. Give it a header line and a line for each student.")
        return cls(path, filled[0][1], filled[1:])

    def cells(self, index: int) -> list[str]:
        return [row[index] for _, row in self.rows if index < len(row) and row[index]]


@dataclass(frozen=True)
class _Line:
    """One line of a roster; a cell that cannot be read is refused by line and column."""

    path: Path
    number: int
    row: Sequence[str]
    columns: Mapping[str, tuple[int, str]]
    zone: tzinfo

    def person(self) -> Person:
        self._refuse_shortened()
        last, first = self._cell("last"), self._cell("first")
        name = self._cell("name") or f"{first} {last}".strip()
        canvas, moodle = self._cell("canvas"), _number(self._cell("moodle"))
        keys = [naming.key(naming.CANVAS, canvas)] * bool(canvas) + [naming.key(naming.MOODLE, moodle)] * bool(moodle)
        others = [self._cell(kind) for kind in ("sis", "login", "email", "github")]
        forms = [name, *_turned(name), naming.squeezed(f"{last}, {first}" if last and first else name)]
        return Person(
            student=self._student([*others, canvas, moodle]),
            name=name,
            section=self._cell("section"),
            names=tuple(dict.fromkeys(one for one in [*keys, *others, *forms] if one)),
            allowance=self._allowance(),
            hold="" if self._cell("hold").casefold() in _NOT_HELD else self._cell("hold"),
            received=self._received(),
            last_first=(last, first) if last and first else _last_first(name),
        )

    def _cell(self, kind: str) -> str:
        index = self.columns[kind][0] if kind in self.columns else len(self.row)
        text = self.row[index] if index < len(self.row) else ""
        return text.removeprefix("#") if kind in ("sis", "login") else text  # Brightspace writes it before every id

    def _refuse_shortened(self) -> None:
        for kind in IDS:
            if _SHORTENED.fullmatch(self._cell(kind)):
                wrong = "is a number that Excel shortened: the digits of the id are lost"
                raise self._refusal(kind, self._cell(kind), wrong, "Export the list again and do not save it in Excel")

    def _student(self, others: Iterable[str]) -> str:
        found = self._cell("student") if "student" in self.columns else next(filter(None, others), "")
        if not found:
            raise CourseError(f"{self.path}, line {self.number}: this line has no student id. Fill it in or remove it.")
        return found

    def _allowance(self) -> Allowance:
        extension, days = self._cell("extension"), self._cell("late days") or "0"
        if not days.isdecimal():
            raise self._refusal("late days", days, "is no whole number of days", "Write a number such as 2")
        hours = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(h|hours?|d|days?)?", extension, re.IGNORECASE)
        if not extension:
            return Allowance(late_days=int(days))
        if hours:
            length = float(hours[1].replace(",", ".")) * (24 if (hours[2] or "h")[0] in "dD" else 1)
            return Allowance(extension=timedelta(hours=length), late_days=int(days))
        until = self._moment("extension", extension, "neither hours nor a date", "Write 48, or 2026-12-01 18:00")
        return Allowance(until=until, late_days=int(days))

    def _received(self) -> datetime | None:
        text = self._cell("received")
        return self._moment("received", text, "no time", "Write it as 2026-12-01 18:00") if text else None

    def _moment(self, kind: str, text: str, wrong: str, advice: str) -> datetime:
        """A time; a date alone is its last second, a time without a zone is in the deadline's."""
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise self._refusal(kind, text, f"is {wrong}", advice) from None
        if re.fullmatch(r"[\d-]+", text):
            moment = datetime.combine(moment.date(), time(23, 59, 59))
        return moment if moment.tzinfo else moment.replace(tzinfo=self.zone)

    def _refusal(self, kind: str, text: str, wrong: str, advice: str) -> CourseError:
        column = self.columns[kind][1]
        return CourseError(f'{self.path}, line {self.number}, column "{column}": "{text}" {wrong}. {advice}.')


def _columns(table: _Table, assignment: str) -> dict[str, tuple[int, str]]:
    """What each column is about → its place and its header. Raises CourseError where none says who a student is."""
    plain = [_letters(title) for title in table.header]
    wanted = dict(COLUMNS)
    if "section" in plain and {"id", "sisloginid"} <= {*plain}:  # Canvas's own gradebook
        wanted |= {"student": (), "canvas": ("id",), "name": ("student",)}
    elif {*wanted["student"][:-1]} & {*plain}:  # then a column "Student" holds names
        wanted["name"] = (*wanted["name"], "student")
    for index, title in enumerate(plain):
        if title in ("id", "identifier", *COLUMNS["moodle"]) and _are_participants(table.cells(index)):
            wanted |= {"student": (), "moodle": (title,)}
    for kind in PER_ASSIGNMENT:
        own = tuple(_letters(f"{kind} {assignment}") for _ in [assignment] if assignment)
        wanted[kind] = (*own, *wanted[kind])
    found = {kind: next((plain.index(one) for one in titles if one in plain), -1) for kind, titles in wanted.items()}
    columns = {kind: (index, table.header[index]) for kind, index in found.items() if index >= 0}
    if not {*IDS, "email"} & columns.keys():
        titles = ", ".join(f'"{title}"' for title in table.header)
        raise CourseError(
            f'{table.path}, line 1: no column says who a student is; it has {titles}. Name one "student id" or "email".'
        )
    return columns


def _is_no_student(row: Sequence[str]) -> bool:
    """Blank lines, and what Canvas says of columns: how points are posted, and how many are possible."""
    return "Points Possible" in row[0] if any(row[:1]) else all(re.match(r"Manual Posting|Muted|$", one) for one in row)


def _are_participants(cells: Iterable[str]) -> bool:
    heads = {_word_and_number(cell)[0] for cell in cells}
    return len(heads) == 1 and heads <= PARTICIPANTS


def _word_and_number(cell: str) -> tuple[str, str]:
    """ "Participant 2101" in its parts, the word in small letters."""
    word = cell.rstrip("0123456789")
    return word.strip().casefold(), cell[len(word) :]


def _letters(title: str) -> str:
    return "".join(char for char in title.casefold() if char.isalnum())


def _number(participant: str) -> str:
    """Moodle's number of a student; what stands before it may be its word for participants, and nothing else."""
    word, number = _word_and_number(participant)
    return number if word in PARTICIPANTS | {""} else ""


def _last_first(name: str) -> tuple[str, str]:
    """ "Lovelace, Ada King" and "Ada King Lovelace" are both of Lovelace; a single name is a family name."""
    last, comma, first = (part.strip() for part in name.partition(","))
    if comma:
        return last, first
    first, _, last = name.rpartition(" ")
    return last, first


def _turned(name: str) -> Iterator[str]:
    """ "Lovelace, Ada" is "Ada Lovelace" too."""
    last, first = _last_first(name)
    if name.count(",") == 1 and last and first:
        yield f"{first} {last}"


def _all_names(person: Person) -> tuple[str, ...]:
    return (person.student, *person.names)


def _unshared(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    owners: dict[str, set[str]] = {}
    for name, student in pairs:
        owners.setdefault(name, set()).add(student)
    return {name: min(students) for name, students in owners.items() if len(students) == 1}


def _refuse_twins(path: Path, people: Iterable[Person], numbers: Iterable[int]) -> None:
    seen: dict[str, int] = {}
    for one, number in zip(people, numbers, strict=True):
        if one.student in seen:
            raise CourseError(
                f'{path}, line {number}: the student "{one.student}" stands in line {seen[one.student]} already. '
                "Keep one of the two."
            )
        seen[one.student] = number
