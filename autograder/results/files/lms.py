"""Grades back into the file that the LMS itself exported, and feedback pages under the names it takes back.

Single cells are replaced, and every other byte of the file stays: byte order mark, line ends, quotes, order, blank
rows. Only numbers are ever written. Where anything is doubtful a cell is left as it is, and listed.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.core.errors import CourseError
from autograder.core.model import Submission
from autograder.intake import naming

GRADE_TITLES = frozenset({
    "grade", "bewertung", "note", "calificación", "nota", "avaliação", "valutazione", "beoordeling", "cijfer", "оценка",
    "оцінка", "ocena", "karakter", "betyg", "arvosana", "hodnocení", "známka", "qualificació", "cualificación",
    "kalifikazioa", "osztályzat", "βαθμός", "成绩", "成績", "評点", "성적", "الدرجة",
})  # fmt: skip
"""What Moodle heads the column of grades with, in several languages; others show by what stands in the columns."""

YES = frozenset({
    "yes", "ja", "oui", "sí", "sim", "sì", "si", "да", "так", "tak", "jah", "kyllä", "ano", "áno", "bai", "igen", "ναι",
    "evet", "是", "はい", "예", "نعم",
})  # fmt: skip
NO = frozenset({
    "no", "nein", "non", "não", "nee", "нет", "ні", "nie", "nej", "nei", "ei", "ne", "ez", "nem", "όχι", "hayır", "否",
    "いいえ", "아니요", "아니오", "لا",
})  # fmt: skip
"""What Moodle writes, in several languages, where it says whether a grade can be changed."""

_BOM = "\ufeff"
_NUMBER = re.compile(r"\s*-?\d+(?:[.,]\d+)?\s*")
_TITLE_WITH_ID = re.compile(r"(?P<title>.*) \((?P<id>\d+)\)", re.DOTALL)
_POINTS_GRADE = re.compile(
    r"(?P<title>.*) Points Grade(?: <Numeric(?: MaxPoints:(?P<most>[\d.,]+))?[^>]*>)?", re.DOTALL
)
_BRIGHTSPACE_IDS = ("OrgDefinedId", "Username", "Email")
_CANVAS_IDS = ("SIS User ID", "SIS Login ID", "Integration ID")
_POSTING = re.compile(r"\s*(Muted|Manual Posting.*)?\s*", re.IGNORECASE)
_EXCUSED = ("EX", "N/A")
_EARLY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Mark:
    """What the LMS is to be told of one student: points, or None with a reason; `names` are all they may have there.

    An LMS's own ids stand among the names as `naming.key` writes them.
    """

    student: str
    points: float | None
    names: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Left:
    """A student whose cell stays as it is, and why."""

    student: str
    reason: str


@dataclass(frozen=True)
class Filled:
    """The LMS's file with grades: its bytes, whose cells hold their points now, and whose were left.

    Of those filled, cells of `replaced` students held other points before.
    """

    data: bytes
    filled: tuple[str, ...]
    left: tuple[Left, ...]
    replaced: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """Which column of the LMS's file is meant: `named` so by a person, else the one of this `title`.

    A person's choice is doubted where the column has the title of one of the `other` assignments, unless it is `sure`.
    """

    title: str
    named: str = ""
    others: tuple[str, ...] = ()
    sure: bool = False


def fill_canvas(
    data: bytes, marks: Sequence[Mark], *, column: Column, max_points: float, scale: bool = False
) -> Filled:
    """A gradebook that Canvas exported, with the points of one assignment.

    A column may be named by the assignment's id in Canvas, or its header. Rows of points possible, posting, and
    Canvas's own test student stay. Raises CourseError if the column is not certain, is another assignment's, may not be
    written, or is of other points than `max_points` and `scale` does not say to convert.
    """
    sheet = _Sheet.read(data)
    header = [cell.value.strip() for cell in sheet.rows[0]]
    if "ID" not in header or not {"Student", "LastName"} & {header[0]}:
        raise CourseError(
            'This is no gradebook of Canvas: its first line does not start with "Student" and "ID". In Canvas, choose '
            "Grades → Export, and name that file."
        )
    index = _canvas_column(header, column.named or column.title, asked=bool(column.named))
    _refuse_others(header[index], header, column)
    possible = next((row for row in sheet.rows[1:] if "Points Possible" in row[0].value), None)
    most = possible[index].value if possible and index < len(possible) else ""
    if "read only" in most:
        raise CourseError(f'The column "{header[index]}" is read only in Canvas. Choose another with --column.')
    places = [header.index(name) for name in _CANVAS_IDS if name in header]
    id_place = header.index("ID")

    def names(row: Sequence[_Cell]) -> list[str]:
        ident = _value(row, id_place)
        others = [_value(row, place) for place in places]
        return [naming.key(naming.CANVAS, ident)] * bool(ident) + [one for one in others if one]

    rows = [row for row in sheet.rows[1:] if row is not possible and not _is_canvas_own(row)]
    factor = _factor(most, max_points, header[index], scale)
    return _filled(sheet, rows, _Place(index, factor, lambda row: row[0].value), marks, names)


def fill_moodle(
    data: bytes, marks: Sequence[Mark], *, column: Column, max_points: float, scale: bool = False
) -> Filled:
    """A grading worksheet that Moodle exported, in any language, with the points of its assignment.

    A column is named by its header, where that of grades does not show by itself. Participants are found by their
    number, else by an e-mail address; rows that Moodle locks are left. Raises CourseError as `fill_canvas` does.
    """
    sheet = _Sheet.read(data)
    rows = [row for row in sheet.rows[1:] if any(cell.value for cell in row)]
    header = [cell.value.strip() for cell in sheet.rows[0]]
    ident = _moodle_ident(header, rows)
    index = _moodle_column(header, rows, column.named)
    _refuse_others(header[index], header, column)
    lock = _moodle_lock(rows, index)
    most = {_value(row, index + 1) for row in rows}
    factor = _factor(most.pop() if len(most) == 1 else "", max_points, header[index], scale)

    def names(row: Sequence[_Cell]) -> list[str]:
        number = re.search(r"\d+$", _value(row, ident))
        addresses = [cell.value.strip() for cell in row if re.fullmatch(r"\s*\S+@\S+\s*", cell.value)]
        return [naming.key(naming.MOODLE, number[0])] * bool(number) + addresses if number else addresses

    def locked(row: Sequence[_Cell]) -> str:
        closed = lock is not None and _value(row, lock).casefold() in NO
        return "Moodle has locked this grade, and would not take another" if closed else ""

    return _filled(sheet, rows, _Place(index, factor, lambda row: _value(row, ident), locked), marks, names)


def fill_brightspace(
    data: bytes, marks: Sequence[Mark], *, column: Column, max_points: float, scale: bool = False
) -> Filled:
    """The grades that Brightspace exported, with the points of one grade item.

    A column is named by the item's title or its whole header. Students are found by OrgDefinedId, Username or Email.
    Raises CourseError as `fill_canvas` does.
    """
    sheet = _Sheet.read(data)
    header = [cell.value.strip() for cell in sheet.rows[0]]
    places = [header.index(name) for name in _BRIGHTSPACE_IDS if name in header]
    if not places:
        raise CourseError(
            'These are no grades of Brightspace: no column is "OrgDefinedId" or "Username". In Brightspace, choose '
            "Grades → Enter Grades → Export, with both key fields and the points grade, and name that file."
        )
    items = {at: match for at, name in enumerate(header) if (match := _POINTS_GRADE.fullmatch(name))}
    index = _brightspace_column(items, column.named or column.title)
    _refuse_others(header[index], header, column)
    factor = _factor(items[index]["most"] or "", max_points, header[index], scale)

    def names(row: Sequence[_Cell]) -> list[str]:
        return [name for place in places if (name := _value(row, place).removeprefix("#"))]

    rows = [row for row in sheet.rows[1:] if names(row)]
    return _filled(sheet, rows, _Place(index, factor, lambda row: names(row)[0]), marks, names)


def feedback_name(lms: str, submission: Submission) -> str:
    """Under which name the LMS takes a feedback page back for a submission; empty where its file does not tell.

    Moodle reads the folder. Canvas reads the two numbers in the name, and shows the page under the name of the file
    that it answers.
    """
    named = naming.named(lms, submission.path)
    if named is None or not named.start:
        return ""
    if lms == naming.MOODLE:
        return f"{named.start}/feedback.html"
    file = submission.path.replace("!/", "/").rpartition("/")[2].removeprefix(named.start)
    return f"{named.start}{file.rpartition('.')[0] or file}.html"


def write_feedback(pages: Mapping[str, Path], path: Path) -> None:
    """Write a zip of feedback pages, member name → page; the same pages give the same bytes."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, page in sorted(pages.items()):
            member = zipfile.ZipInfo(name, _EARLY)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, page.read_bytes())


# ---------------------------------------------------------------------------------------------------------------------
# The file, cell by cell


@dataclass(frozen=True)
class _Cell:
    """One cell: where it stands in the text, as it is written, and what it means."""

    begin: int
    end: int
    raw: str

    @property
    def value(self) -> str:
        match = re.fullmatch(r'"([^"]*(?:""[^"]*)*)"(.*)', self.raw, re.DOTALL)
        return match[1].replace('""', '"') + match[2] if match else self.raw


@dataclass
class _Sheet:
    """A CSV file that can be given back byte for byte; bytes that are no UTF-8 go through unharmed."""

    text: str
    separator: str
    rows: list[list[_Cell]]
    changes: dict[_Cell, str] = field(default_factory=dict)

    @classmethod
    def read(cls, data: bytes) -> _Sheet:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise CourseError("The file is in UTF-16. Give the file as the LMS exported it, not one that Excel saved.")
        text = data.decode("utf-8", "surrogateescape")
        first = re.match(r"[^\r\n]*", text.removeprefix(_BOM))
        bare = re.sub(r'"[^"]*"', "", first[0]) if first else ""
        sheet = cls(text, max(",;\t", key=bare.count), [])
        sheet.rows = list(sheet._parse())
        if not sheet.rows:
            raise CourseError("The file is empty. Export it from the LMS again.")
        return sheet

    def _parse(self) -> Iterator[list[_Cell]]:
        cell = re.compile(rf'(?:"[^"]*(?:""[^"]*)*")?[^{self.separator}\r\n]*')
        mark = re.compile(rf"{self.separator}|\r\n|\n|\r|\Z")
        place, row = len(self.text) - len(self.text.removeprefix(_BOM)), list[_Cell]()
        while place < len(self.text) or row:
            found = cell.match(self.text, place)
            assert found, "an empty cell matches anywhere"
            row.append(_Cell(*found.span(), found[0]))
            ended = mark.match(self.text, found.end())
            assert ended, "a cell ends at a separator or a line end"
            place = ended.end()
            if ended[0] != self.separator:
                yield row
                row = []

    def set_number(self, cell: _Cell, number: float, comma: bool) -> None:
        """Writes a number, in quotes where the cell has them or needs them; the same number leaves the cell alone."""
        if _number(cell.value) == number:
            return
        text = f"{number:.2f}".rstrip("0").rstrip(".")
        text = text.replace(".", ",") if comma else text
        self.changes[cell] = f'"{text}"' if cell.raw.startswith('"') or self.separator in text else text

    def data(self) -> bytes:
        """The file with all changes."""
        pieces, place = [], 0
        for cell in sorted(self.changes, key=lambda one: one.begin):
            pieces += [self.text[place : cell.begin], self.changes[cell]]
            place = cell.end
        return "".join([*pieces, self.text[place:]]).encode("utf-8", "surrogateescape")


@dataclass(frozen=True)
class _Place:
    """Where points go: the column, by what they are multiplied, what a row is called, and why one stays shut."""

    index: int
    factor: float
    label: Callable[[Sequence[_Cell]], str]
    shut: Callable[[Sequence[_Cell]], str] = lambda row: ""


def _filled(
    sheet: _Sheet,
    rows: Sequence[Sequence[_Cell]],
    place: _Place,
    marks: Sequence[Mark],
    names: Callable[[Sequence[_Cell]], list[str]],
) -> Filled:
    """Each row's cell at the place set to the points of the one student whom the row's names mean."""
    owners, index = _owners(marks), place.index
    comma = any(re.search(r"\d,\d", _value(row, at)) for row in sheet.rows[1:] for at in (index, index + 1))
    filled, replaced, left, met = [], [], list[Left](), set()
    for row in rows:
        found = [owners[naming.folded(name)] for name in names(row) if naming.folded(name) in owners]
        met |= {mark.student for mark in found}
        reason = _why_left(row, index, found) or place.shut(row)
        if reason:
            left.append(Left(found[0].student if found else place.label(row).strip(), reason))
            continue
        sheet.set_number(row[index], round((found[0].points or 0.0) * place.factor, 2), comma)
        filled.append(found[0].student)
        if row[index].value.strip() and row[index] in sheet.changes:
            replaced.append(found[0].student)
    absent = [Left(mark.student, "the file has no row for this student") for mark in marks if mark.student not in met]
    return Filled(sheet.data(), tuple(filled), (*left, *absent), tuple(replaced))


def _owners(marks: Iterable[Mark]) -> dict[str, Mark]:
    """Name → the mark of the one student who has it."""
    owners: dict[str, list[Mark]] = {}
    for mark in marks:
        for name in {naming.folded(one) for one in (mark.student, *mark.names)}:
            owners.setdefault(name, []).append(mark)
    return {name: found[0] for name, found in owners.items() if len(found) == 1}


def _why_left(row: Sequence[_Cell], index: int, found: Sequence[Mark]) -> str:
    if not found:
        return "no grade for this student"
    if len({mark.student for mark in found}) > 1:
        return f"the row's names belong to {' and '.join(sorted({mark.student for mark in found}))}"
    if found[0].points is None:
        return found[0].reason or "there are no points yet"
    if index >= len(row):
        return "the row is too short"
    said = row[index].value.strip()
    return f"the cell says {said}" if said.upper() in _EXCUSED else ""


def _refuse_others(header: str, headers: Iterable[str], column: Column) -> None:
    """Raises CourseError where a person named a column that looks like another assignment's, and is not sure."""
    if not column.named or column.sure:
        return
    titles = {_title(one) for one in headers}
    doubt = next((f"the assignment {other!r}" for other in column.others if _title(header) == _title(other)), "")
    if not doubt and _title(header) != _title(column.title) and _title(column.title) in titles:
        doubt = f'something else: "{column.title}" has a column of its own'
    if doubt:
        raise CourseError(
            f'The column "{header}" belongs by its title to {doubt}. Correct --column, or say --sure if you mean it.'
        )


def _title(header: str) -> str:
    match = _TITLE_WITH_ID.fullmatch(header) or _POINTS_GRADE.fullmatch(header)
    return (match["title"] if match else header).strip().casefold()


def _value(row: Sequence[_Cell], index: int) -> str:
    return row[index].value.strip() if index < len(row) else ""


def _number(text: str) -> float | None:
    return float(text.strip().replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _factor(most: str, max_points: float, title: str, scale: bool) -> float:
    """By what points are multiplied: 1, unless the column's own maximum is another and `scale` says to convert."""
    theirs = _number(most)
    if theirs is None and not scale:
        return 1.0
    if not theirs or not max_points:
        raise CourseError(f'The column "{title}" tells no maximum to convert points to. Leave out --scale.')
    if theirs != max_points and not scale:
        raise CourseError(
            f'The column "{title}" is worth {theirs:g} points, the assignment {max_points:g}. Make them equal in the '
            "LMS, or convert with --scale."
        )
    return theirs / max_points


# ---------------------------------------------------------------------------------------------------------------------
# Canvas


def _canvas_column(header: Sequence[str], wanted: str, asked: bool) -> int:
    titles = {index: match for index, name in enumerate(header) if (match := _TITLE_WITH_ID.fullmatch(name))}
    exact = [index for index, match in titles.items() if wanted in (match["id"], match[0])]
    alike = [index for index, match in titles.items() if match["title"].strip().casefold() == wanted.strip().casefold()]
    found = exact or alike
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f'"{match[0]}"' for match in titles.values()) or "no assignment at all"
    problem = f"several columns are called {wanted!r}" if found else f"no column is {wanted!r}"
    advice = "Correct --column" if asked else "Choose one by its number, as in --column 12345"
    raise CourseError(f"In the gradebook {problem}; it has {listed}. {advice}.")


def _is_canvas_own(row: Sequence[_Cell]) -> bool:
    """Rows that are no student's: blank ones, how grades are posted, and the test student."""
    return row[0].value.strip() == naming.TEST_STUDENT or all(_POSTING.fullmatch(cell.value) for cell in row)


# ---------------------------------------------------------------------------------------------------------------------
# Brightspace


def _brightspace_column(items: Mapping[int, re.Match[str]], wanted: str) -> int:
    exact = [index for index, match in items.items() if match[0] == wanted.strip()]
    alike = [index for index, match in items.items() if _title(match[0]) == _title(wanted)]
    found = exact or alike
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f'"{match["title"]}"' for match in items.values()) or "none that holds points"
    problem = f"several grade items are called {wanted!r}" if found else f"no grade item is called {wanted!r}"
    advice = "Name the whole header" if found else "Name one by its title"
    raise CourseError(f"In the grades of Brightspace {problem}; the file has {listed}. {advice} with --column.")


# ---------------------------------------------------------------------------------------------------------------------
# Moodle


def _moodle_ident(header: Sequence[str], rows: Sequence[Sequence[_Cell]]) -> int:
    """The column in which each row has one word, in whatever language, and a number of its own."""
    for index in range(len(header)):
        values = [_value(row, index) for row in rows]
        heads = {re.sub(r"\d+$", "", value) for value in values}
        alone = len(set(values)) == len(values)
        if rows and alone and len(heads) == 1 and heads != {""} and all(value[-1:].isdecimal() for value in values):
            return index
    raise CourseError(
        "This is no grading worksheet of Moodle: no column identifies each participant by a number, as in "
        '"Participant 123". In the assignment, choose Download grading worksheet, and name that file.'
    )


def _moodle_column(header: Sequence[str], rows: Sequence[Sequence[_Cell]], wanted: str) -> int:
    """The column of grades: of that header, else the one before the column that says the same maximum in each row."""
    if wanted:
        found = [index for index, title in enumerate(header) if title.casefold() == wanted.strip().casefold()]
    else:
        known = [index for index, title in enumerate(header) if title.casefold() in GRADE_TITLES]
        shaped = [index for index in range(len(header) - 1) if _looks_like_grades(rows, index)]
        found = [index for index in shaped if index in known] or shaped
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f'"{title}"' for title in header)
    raise CourseError(
        f"Which column of the worksheet holds the grades is not certain; it has {listed}. Choose one by its header, as "
        "in --column Grade. A worksheet that grades by words, not points, cannot be filled."
    )


def _moodle_lock(rows: Sequence[Sequence[_Cell]], grades: int) -> int | None:
    """The column that says whether a grade can be changed: soon after the maximum, with a yes or no in each row."""
    for index in (grades + 2, grades + 3):
        values = {_value(row, index).casefold() for row in rows}
        if values and values <= YES | NO:
            return index
    return None


def _looks_like_grades(rows: Sequence[Sequence[_Cell]], index: int) -> bool:
    values = [_value(row, index) for row in rows]
    most = {_number(_value(row, index + 1)) for row in rows}
    maximum = most.pop() if len(most) == 1 else None
    return maximum is not None and maximum > 0 and all(not value or _number(value) is not None for value in values)
