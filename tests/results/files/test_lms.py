"""Grades go back into the LMS's own file: exactly the cells that should change do, and no other byte."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import made_class
import pytest
from made_class import CLASS, HELD, LATE, NEEDS_HUMAN, QUIET, TWICE, UNREADABLE, told

from autograder.core.course import Assignment
from autograder.core.errors import CourseError
from autograder.intake.roster import Roster
from autograder.results import finals
from autograder.results.files import lms
from autograder.results.files.lms import Mark
from autograder.results.finals import HandedBack, Order

EXCUSED = 2
ALL = {one.student: points for one in CLASS if (points := told(one)) is not None}
BUT_EXCUSED = {student: points for student, points in ALL.items() if student != CLASS[EXCUSED].student}


def handed_back(
    root: Path, zipped: Path, data: bytes, system: str, settings: str = "", **order: str
) -> tuple[HandedBack, bytes]:
    """The whole way: a zip and the LMS's file go in, made-up grades, the filled file comes out."""
    assignment: Assignment = made_class.course(root / "course", settings)
    people = Roster.read(made_class.roster(root), assignment="digits")
    made_class.graded(assignment, zipped, root / "out", people)
    given, ends = finals.again(assignment, root / "out", people)
    finals.write(assignment, root / "out", ends)
    (root / "exported.csv").write_bytes(data)
    asked = Order(system, root / "exported.csv", order.get("column", ""), False, root / "filled.csv")
    handed = finals.hand_back(assignment, root / "out", asked, given, ends, people)
    assert (root / "exported.csv").read_bytes() == data
    return handed, (root / "filled.csv").read_bytes()


def left(handed: HandedBack) -> dict[str, str]:
    return {one.student: one.reason for one in handed.left}


CANVAS_FILES = {"plain": (",", "\n", False), "excel": (",", "\r\n", True), "european": (";", "\n", True)}


@pytest.mark.parametrize("kind", CANVAS_FILES)
def test_canvas_gets_its_own_gradebook_back_with_the_points_and_nothing_else(kind: str, tmp_path: Path) -> None:
    separator, ends, bom = CANVAS_FILES[kind]
    archive = made_class.canvas_zip(tmp_path / "submissions.zip")
    empty = made_class.canvas_gradebook({}, separator, ends, bom)
    handed, filled = handed_back(tmp_path, archive, empty, "canvas")
    assert filled == made_class.canvas_gradebook(BUT_EXCUSED, separator, ends, bom)
    assert len(handed.filled) == len(BUT_EXCUSED) >= 25


def test_whoever_gets_no_points_is_listed_with_the_reason(tmp_path: Path) -> None:
    archive = made_class.canvas_zip(tmp_path / "submissions.zip")
    handed, _ = handed_back(tmp_path, archive, made_class.canvas_gradebook({}), "canvas")
    reasons = left(handed)
    assert reasons[CLASS[HELD].student] == "on hold (being looked into)"
    assert reasons[CLASS[NEEDS_HUMAN].student].startswith("needs-human")
    assert reasons[CLASS[EXCUSED].student] == "the cell says EX"
    assert [reasons[CLASS[number].sortable] for number in made_class.MISSING] == ["no grade for this student"] * 3


def test_canvas_takes_the_pages_back_by_the_numbers_in_the_names_it_gave(tmp_path: Path) -> None:
    archive = made_class.canvas_zip(tmp_path / "submissions.zip")
    handed, _ = handed_back(tmp_path, archive, made_class.canvas_gradebook({}), "canvas")
    given = {name.rpartition(".")[0] for name in zipfile.ZipFile(archive).namelist()}
    assert handed.pages
    with zipfile.ZipFile(handed.pages) as pages:
        names = pages.namelist()
        assert "lovelaceada_1000_9990_digits.html" in names
        assert "hoppergracebrewster_LATE_1001_9991_digits.html" in names
        assert {name.rpartition(".")[0] for name in names} <= given
        assert len(names) == len(CLASS) - len(made_class.MISSING) - 2
        assert "Lovelace" not in pages.read(names[0]).decode() and b"Feedback for" in pages.read(names[0])


def test_brightspace_gets_its_own_grades_back_by_the_ids_behind_the_hash(tmp_path: Path) -> None:
    archive = made_class.canvas_zip(tmp_path / "submissions.zip")
    handed, filled = handed_back(tmp_path, archive, made_class.brightspace_grades({}), "brightspace")
    assert filled == made_class.brightspace_grades(ALL)
    assert len(handed.filled) == len(ALL) and handed.pages is None
    missing = {CLASS[number].student for number in made_class.MISSING}
    assert {student for student, reason in left(handed).items() if reason == "no grade for this student"} == missing


@pytest.mark.parametrize(
    ("data", "column", "said"),
    [
        (made_class.canvas_gradebook({}), "", "no column is .OrgDefinedId. or .Username."),
        (made_class.brightspace_grades({}, "Lab 3"), "", 'no grade item is called .*; the file has "Essay", "Lab 3"'),
        (made_class.brightspace_grades({}), "Essay", "belongs by its title to something else"),
        (made_class.brightspace_grades({}, "Essay"), "Essay", "several grade items are called 'Essay'.*whole header"),
        (made_class.brightspace_grades({}, most=" MaxPoints:22"), "", "worth 22 points, the assignment 20"),
    ],
)
def test_grades_of_brightspace_in_which_the_item_is_not_certain_are_refused(
    data: bytes, column: str, said: str
) -> None:
    asked = lms.Column(made_class.TITLE, column)
    with pytest.raises(CourseError, match=said):
        lms.fill_brightspace(data, [Mark("s000", 3.0)], column=asked, max_points=20.0)


def test_an_item_of_brightspace_may_be_named_by_its_title_and_tell_no_maximum() -> None:
    data = made_class.brightspace_grades({}, "Lab 3", most="")
    column = lms.Column(made_class.TITLE, "lab 3")
    filled = lms.fill_brightspace(data, [Mark("s000", 3.0)], column=column, max_points=20.0)
    assert filled.data == made_class.brightspace_grades({"s000": 3.0}, "Lab 3", most="")


@pytest.mark.parametrize("language", made_class.LANGUAGES)
@pytest.mark.parametrize("comma", [False, True], ids=["point", "comma"])
@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["commas", "semicolons", "tabs"])
def test_moodle_gets_its_own_worksheet_back_in_any_language(
    language: str, comma: bool, separator: str, tmp_path: Path
) -> None:
    archive = made_class.moodle_zip(tmp_path / "submissions.zip")
    empty = made_class.moodle_worksheet({}, language, separator=separator, comma=comma)
    handed, filled = handed_back(tmp_path, archive, empty, "moodle")
    assert filled == made_class.moodle_worksheet(ALL, language, separator=separator, comma=comma)
    assert len(handed.filled) == len(ALL) == len(CLASS) - len(QUIET)


@pytest.mark.parametrize("folders", [True, False])
def test_blind_marking_needs_no_names(folders: bool, tmp_path: Path) -> None:
    archive = made_class.moodle_zip(tmp_path / "submissions.zip", blind=True, folders=folders)
    handed, filled = handed_back(tmp_path, archive, made_class.moodle_worksheet({}, blind=True), "moodle")
    assert filled == made_class.moodle_worksheet(ALL, blind=True)
    assert handed.pages
    with zipfile.ZipFile(handed.pages) as pages:
        assert f"Participant_{CLASS[0].moodle}_assignsubmission_file_/feedback.html" in pages.namelist()


def test_moodle_takes_the_pages_back_by_the_participants_folder(tmp_path: Path) -> None:
    archive = made_class.moodle_zip(tmp_path / "submissions.zip")
    handed, _ = handed_back(tmp_path, archive, made_class.moodle_worksheet({}), "moodle")
    assert handed.pages
    with zipfile.ZipFile(handed.pages) as pages:
        parts = [name.split("/")[0].split("_", 4) for name in pages.namelist()]
    assert {part[1] for part in parts} == {one.moodle for one in CLASS if one.number not in (*made_class.MISSING, HELD)}
    assert {(part[2], part[3], part[4]) for part in parts} == {("assignsubmission", "file", "")}


def test_what_gradescope_exported_goes_into_canvas_by_the_roster(tmp_path: Path) -> None:
    archive = made_class.gradescope_zip(tmp_path / "assignment_77_export.zip")
    handed, filled = handed_back(tmp_path, archive, made_class.canvas_gradebook({}), "canvas")
    assert filled == made_class.canvas_gradebook(BUT_EXCUSED)
    assert handed.pages is None
    assert left(handed)[CLASS[UNREADABLE].student].startswith("unreadable")


def test_what_is_late_costs_and_says_so(tmp_path: Path) -> None:
    settings = "deadline = 2026-11-22T12:00:00Z\n[late]\nper_day = 0.1\n"
    archive = made_class.gradescope_zip(tmp_path / "assignment_77_export.zip")
    _, filled = handed_back(tmp_path, archive, made_class.moodle_worksheet({}), "moodle", settings)
    assert filled == made_class.moodle_worksheet({student: max(0.0, points - 2) for student, points in ALL.items()})
    page = (tmp_path / "out" / "feedback" / f"{CLASS[1].student}.html").read_text()
    assert "10 % of the points are taken off" in page
    assert "That leaves 1.5 of 20 points." in page
    lines = (tmp_path / "out" / "grades.csv").read_text().splitlines()
    assert lines[0].endswith("late,penalty,final,note,hold,name")
    assert next(line for line in lines if line.startswith(CLASS[1].student)).count("2.0,1.5,Handed in 22 h") == 1


def test_of_several_files_the_row_and_the_page_say_which_counts(tmp_path: Path) -> None:
    archive = made_class.canvas_zip(tmp_path / "submissions.zip")
    handed_back(tmp_path, archive, made_class.canvas_gradebook({}), "canvas")
    student = CLASS[TWICE[0]].student
    lines = (tmp_path / "out" / "grades.csv").read_text().splitlines()
    assert [line.count("Of 2 files handed in") for line in lines if line.startswith(student)] == [1]
    assert "Of 2 files handed in" in (tmp_path / "out" / "feedback" / f"{student}.html").read_text()
    assert not (tmp_path / "out" / "feedback" / f"{CLASS[HELD].student}.html").exists()


def test_canvas_late_without_a_time_is_told_and_costs_nothing(tmp_path: Path) -> None:
    settings = "deadline = 2026-11-22T12:00:00Z\n[late]\nper_day = 0.1\n"
    archive = made_class.canvas_zip(tmp_path / "submissions.zip")
    _, filled = handed_back(tmp_path, archive, made_class.canvas_gradebook({}), "canvas", settings)
    assert filled == made_class.canvas_gradebook(BUT_EXCUSED)
    lines = (tmp_path / "out" / "grades.csv").read_text().splitlines()
    notes = {line.split(",")[0]: line for line in lines}
    assert ["not when" in notes[CLASS[number].student] for number in (*LATE, 0)] == [True, True, False]


def test_the_same_points_again_change_no_byte(tmp_path: Path) -> None:
    full = made_class.canvas_gradebook(BUT_EXCUSED).replace(b",20,", b",20.00,")
    _, filled = handed_back(tmp_path, made_class.canvas_zip(tmp_path / "s.zip"), full, "canvas")
    assert filled == full


def marks(**points: float) -> list[Mark]:
    return [Mark(student, value) for student, value in points.items()]


HEADER = b"Student,ID,SIS Login ID,Section,"


DIGITS = lms.Column("Digits", others=("Loops", "loops"))


def canvas(data: bytes, told: list[Mark], *, column: str = "", sure: bool = False, scale: bool = False) -> lms.Filled:
    wanted = replace(DIGITS, named=column, sure=sure)
    return lms.fill_canvas(data, told, column=wanted, max_points=20.0, scale=scale)


@pytest.mark.parametrize(
    ("titles", "column", "words"),
    [
        (b"Digits (1),Digits (2)", "", 'several columns are called .Digits.; it has "Digits .1.", "Digits .2."'),
        (b"Loops (1),Trees (2)", "", 'no column is .Digits.; it has "Loops .1.", "Trees .2."'),
        (b"Loops (1)", "99", "no column is .99."),
        (b"Current Score", "", "no assignment at all"),
    ],
)
def test_an_uncertain_column_is_asked_for(titles: bytes, column: str, words: str) -> None:
    with pytest.raises(CourseError, match=words):
        canvas(HEADER + titles + b"\n", [], column=column)


@pytest.mark.parametrize("column", ["2", "Digits (2)"])
def test_a_column_is_chosen_by_its_id_or_header(column: str) -> None:
    data = HEADER + b"Digits (1),Digits (2)\n    Points Possible,,,,20,20\nAda,7,ada,A,,\n"
    assert canvas(data, marks(ada=5.0), column=column).data.endswith(b"Ada,7,ada,A,,5\n")


def test_other_points_are_converted_only_if_asked_for() -> None:
    data = HEADER + b"Digits (1)\n    Points Possible,,,,10.00\nAda,7,ada,A,\n"
    with pytest.raises(CourseError, match="worth 10 points, the assignment 20"):
        canvas(data, marks(ada=5.0))
    assert canvas(data, marks(ada=5.5), scale=True).data.endswith(b",A,2.75\n")
    sheet = b"Identifier,Grade,Maximum Grade\nParticipant 1,,10\nParticipant 2,,10\n"
    with pytest.raises(CourseError, match="worth 10 points"):
        lms.fill_moodle(sheet, [], column=DIGITS, max_points=20.0)


def test_a_read_only_column_is_refused() -> None:
    data = HEADER + b"Digits (1)\n    Points Possible,,,,(read only)\n"
    with pytest.raises(CourseError, match="read only"):
        canvas(data, [])


def test_a_row_of_two_students_is_left() -> None:
    data = HEADER + b"Digits (1)\nAda,7,grace,A,\n"
    told = [Mark("ada", 5.0, ("canvas 7",)), Mark("grace", 6.0)]
    filled = canvas(data, told)
    assert filled.data == data
    assert filled.left == (lms.Left("ada", "the row's names belong to ada and grace"),)


def test_a_name_that_two_students_have_is_nobodys() -> None:
    data = HEADER + b"Digits (1)\nDoe,7,doe,A,\n"
    told = [Mark("1", 5.0, ("doe",)), Mark("2", 6.0, ("doe",))]
    assert canvas(data, told).data == data


def test_bytes_that_are_no_text_and_broken_quotes_go_through() -> None:
    data = HEADER + b'Digits (1)\r\n"\xff\xfe ""x"", y",7,ada,A "quoted" \x00,"1"\r\n"open,8,grace,\xe9,\r'
    filled = canvas(data, marks(ada=12.5)).data
    assert filled == data.replace(b',"1"\r\n', b',"12.5"\r\n')


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        ("Student,ID".encode("utf-16"), "UTF-16"),
        (b"Name,Points\nAda,1\n", "no gradebook of Canvas"),
    ],
)
def test_another_file_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(CourseError, match=words):
        canvas(data, [])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Name,Points\nAda,1\nGrace,1\n", "no column identifies each participant"),
        (b"Identifier,Grade,Scale\nParticipant 1,,Good\nParticipant 2,,Good\n", "not certain; it has"),
        (b"Identifier,A,B,C\nParticipant 1,,20,20\nParticipant 2,,20,20\n", "not certain; it has"),
    ],
)
def test_an_uncertain_worksheet_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(CourseError, match=words):
        lms.fill_moodle(data, [], column=DIGITS, max_points=20.0)


def test_the_worksheets_column_can_be_named() -> None:
    data = b"Identifier,A,B,C\nParticipant 1,,20,20\nParticipant 2,,20,20\n"
    filled = lms.fill_moodle(
        data, [Mark("ada", 3.0, ("moodle 2",))], max_points=20.0, column=replace(DIGITS, named="a")
    )
    assert filled.data == data.replace(b"Participant 2,,", b"Participant 2,3,")


@pytest.mark.parametrize(
    ("titles", "column", "doubt"),
    [
        (b"Digits (1),Loops (2)", "2", "belongs by its title to the assignment 'Loops'"),
        (b"Homework (1),LOOPS (2)", "LOOPS (2)", "belongs by its title to the assignment 'Loops'"),
        (b"Digits (1),Homework (2)", "2", 'to something else: "Digits" has a column of its own'),
        (b"Homework (1),Quiz (2)", "2", ""),
        (b"Digits (1),digits (2)", "2", ""),
    ],
)
def test_a_column_that_is_anothers_by_its_title_is_filled_only_if_one_is_sure(
    titles: bytes, column: str, doubt: str
) -> None:
    data = HEADER + titles + b"\nAda,7,ada,A,,\n"
    if doubt:
        with pytest.raises(CourseError, match=doubt):
            canvas(data, marks(ada=5.0), column=column)
    filled = canvas(data, marks(ada=5.0), column=column, sure=bool(doubt))
    assert filled.data.endswith(b"Ada,7,ada,A,,5\n")


def test_points_that_replace_others_are_counted() -> None:
    data = HEADER + b"Digits (1)\nA,7,ada,A,4\nB,8,bela,A,\nC,9,carl,A,6.0\nD,10,dora,A,EX\n"
    filled = canvas(data, marks(ada=5.0, bela=2.0, carl=6.0, dora=1.0))
    assert filled.filled == ("ada", "bela", "carl")
    assert filled.replaced == ("ada",)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Identifier,Full name,Status,Grade,Maximum Grade,Grade can be changed,Last modified", ("Yes", "No")),
        ("ID,Name,Status,Bewertung,Maximum,Bewertung kann geändert werden,Zuletzt", ("Ja", "Nein")),
        ("ID,Nom,Statut,Note,Note maximale,État du flux,La note peut être modifiée,Date", ("Oui", "Non")),
        ("ID,名,状態,評点,最大評点,評定を変更できます,日時", ("はい", "いいえ")),
    ],
)
def test_rows_that_moodle_locks_are_left_and_named(header: str, words: tuple[str, str]) -> None:
    extra = "Released," if header.count(",") == 7 else ""
    lines = [f"Participant {at},S{at},Submitted,,20.00,{extra}{words[at % 2]},-" for at in (1, 2, 3)]
    data = "\r\n".join([header, *lines, ""]).encode()
    told = [Mark(f"s{at}", 7.5, (f"moodle {at}",)) for at in (1, 2, 3)]
    filled = lms.fill_moodle(data, told, column=DIGITS, max_points=20.0)
    assert filled.data == data.replace(b"S2,Submitted,,", b"S2,Submitted,7.5,")
    assert filled.filled == ("s2",)
    reason = "Moodle has locked this grade, and would not take another"
    assert filled.left == (lms.Left("s1", reason), lms.Left("s3", reason))
