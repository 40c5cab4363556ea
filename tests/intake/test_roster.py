"""The roster says whose a file is and what each student is allowed; it refuses by line and column."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import made_class
import pytest
from made_class import CLASS

from autograder.core.errors import CourseError
from autograder.intake import hand_ins
from autograder.intake.roster import Allowance, Person, Roster

BERLIN = timezone(timedelta(hours=1))


def read(folder: Path, text: str, assignment: str = "digits") -> Roster:
    path = folder / "roster.csv"
    path.write_text(text, encoding="utf-8")
    return Roster.read(path, assignment=assignment, zone=BERLIN)


def one(folder: Path, header: str, row: str) -> Person:
    return read(folder, f"Student ID,{header}\nada,{row}\n").people[0]


@pytest.mark.parametrize(
    "text",
    [
        "Student ID,E-Mail,Canvas ID\nada,ada@x.org,1042\n",
        "\ufeffstudent_id;email;canvas_id\r\nada;ada@x.org;1042\r\n\r\n",
        "Canvas-ID\tEMAIL ADDRESS\tid\n1042\tada@x.org\tada\n",
        '"canvas id","Student ID","Email"\n"1042","ada","ada@x.org"\n,,\n',
    ],
)
def test_columns_are_recognised_in_any_order_and_spelling(text: str, tmp_path: Path) -> None:
    names = read(tmp_path, text).names
    assert {names["canvas 1042"], names["ada@x.org"], names["ada"]} == {"ada"}


@pytest.mark.parametrize(
    ("header", "row", "allowed"),
    [
        ("extension", "48", Allowance(extension=timedelta(hours=48))),
        ("Extension", "1.5 h", Allowance(extension=timedelta(hours=1.5))),
        ("extension", "2 days", Allowance(extension=timedelta(days=2))),
        ("extension", "2026-12-01 18:00", Allowance(until=datetime(2026, 12, 1, 18, tzinfo=BERLIN))),
        ("extension", "2026-12-01", Allowance(until=datetime(2026, 12, 1, 23, 59, 59, tzinfo=BERLIN))),
        ("extension", "2026-12-01T18:00:00Z", Allowance(until=datetime(2026, 12, 1, 18, tzinfo=UTC))),
        ("extension", "", Allowance()),
        ("Late days", "3", Allowance(late_days=3)),
        ("extension,extension digits", "24,48", Allowance(extension=timedelta(hours=48))),
        ("extension,extension loops", "24,48", Allowance(extension=timedelta(hours=24))),
    ],
)
def test_extensions_are_hours_days_or_a_date(header: str, row: str, allowed: Allowance, tmp_path: Path) -> None:
    assert one(tmp_path, header, row).allowance == allowed


@pytest.mark.parametrize(
    ("header", "row", "last_first"),
    [
        ("name", "Ada King Lovelace", ("Lovelace", "Ada King")),
        ("name", '"Lovelace, Ada King"', ("Lovelace", "Ada King")),
        ("name", "Plato", ("Plato", "")),
        ("first name,last name,name", "Ludwig,van Beethoven,Ludwig van Beethoven", ("van Beethoven", "Ludwig")),
        ("email", "ada@x.org", ("", "")),
    ],
)
def test_names_are_told_apart(header: str, row: str, last_first: tuple[str, str], tmp_path: Path) -> None:
    assert one(tmp_path, header, row).last_first == last_first


def test_holds_and_times_are_read(tmp_path: Path) -> None:
    assert one(tmp_path, "hold", "no").hold == ""
    assert one(tmp_path, "hold", "being looked into").hold == "being looked into"
    assert one(tmp_path, "received", "2026-11-23 10:00").received == datetime(2026, 11, 23, 10, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Student ID,extension\nada,\nbob,next week\n", 'line 3, column "extension": "next week" is neither hours nor'),
        ("Student ID,Late Days\nada,-1\n", 'line 2, column "Late Days": "-1" is no whole number'),
        ("Student ID,received\nada,noon\n", 'line 2, column "received": "noon" is no time'),
        ("Student ID,name\nada,A\n,B\n", "line 3: this line has no student id"),
        ("Student ID,name\nada,A\n\nada,B\n", 'line 4: the student "ada" stands in line 2 already'),
        ("Colour,Size\nred,1\n", 'line 1: no column says who a student is; it has "Colour", "Size"'),
        ("\n\n", "is empty"),
    ],
)
def test_what_cannot_be_read_is_refused_by_line_and_column(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"roster\.csv") as refused:
        read(tmp_path, text)
    assert words in str(refused.value)


def test_a_roster_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="no such roster"):
        Roster.read(tmp_path / "missing.csv")
    (tmp_path / "latin.csv").write_bytes("Student ID,Name\n1,J\xfcrgen\n".encode("latin-1"))
    with pytest.raises(CourseError, match="CSV in UTF-8"):
        Roster.read(tmp_path / "latin.csv")


def test_a_name_that_two_students_share_is_nobodys(tmp_path: Path) -> None:
    names = read(tmp_path, "id,name,canvas id\n1,Jane Doe,7\n2,Jane Doe,8\n3,Ada,1\n").names
    assert "Jane Doe" not in names
    assert (names["canvas 7"], names["canvas 8"], names["Ada"]) == ("1", "2", "3")
    assert (names["1"], names["canvas 1"]) == ("1", "3")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Identifier,Full name\nParticipant 2101,Ada\nParticipant 2102,Grace\n",
            {"moodle 2101": "2101", "moodle 2102": "2102"},
        ),
        ("ID,Vollständiger Name\nTeilnehmer/in2101,Ada\n", {"moodle 2101": "2101"}),
        ("identifier,name\na1,Ada\na2,Grace\n", {"a1": "a1", "Grace": "a2"}),
        ("identifier,name\n20261,Ada\n20262,Grace\n", {"20261": "20261", "Ada": "20261"}),
        ("identifier,email\nParticipant 2101,ada@x.org\ngrace,grace@x.org\n", {"grace@x.org": "grace"}),
        ('"identifier","github_username","github_id","name"\n"ada@x.org","ada-l","17",""\n', {"ada-l": "ada@x.org"}),
        ("OrgDefinedId,Username,Last Name,First Name\n#77,#ada,Lovelace,Ada\n", {"ada": "77", "Ada Lovelace": "77"}),
        ("student id,participant\na1,s2101\na2,Participant 2102\n", {"moodle 2102": "a2"}),
    ],
)
def test_cells_decide_what_a_column_is_about(text: str, names: dict[str, str], tmp_path: Path) -> None:
    found = read(tmp_path, text).names
    assert {name: found.get(name) for name in names} == names
    assert {name for name in found if name.startswith("moodle ")} == {name for name in names if "moodle" in name}


@pytest.mark.parametrize("header", ["Student ID", "SIS User ID", "identifier", "Canvas ID", "username"])
@pytest.mark.parametrize("shortened", ["1.23E+11", "1,23457E+15", "4e+07"])
def test_ids_that_excel_shortened_are_no_ids(header: str, shortened: str, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=rf'line 3, column "{header}": ".*" is a number that Excel shortened'):
        read(tmp_path, f'{header},Full name\n123,Ada\n"{shortened}",Grace\n')


def test_numbers_of_one_system_are_not_taken_for_anothers(tmp_path: Path) -> None:
    people = read(tmp_path, "student id,name\n1042,Ada\n1043,Grace\n")
    files = {"lovelaceada_1042_55001_digits.ipynb": b"1", "hoppergrace_1043_55002_digits.ipynb": b"2"}
    collected = hand_ins.collect(made_class.zipped(tmp_path / "canvas.zip", files), roster=people.names)
    assert collected.submissions == ()
    assert len(collected.unresolved) == 2


def test_every_canvas_file_finds_its_student_or_waits_for_a_person(tmp_path: Path) -> None:
    people = Roster.read(made_class.roster(tmp_path))
    collected = hand_ins.collect(made_class.canvas_zip(tmp_path / "canvas.zip"), roster=people.names)
    handed_in = {one.student for one in CLASS if one.number not in made_class.MISSING}
    assert {one.student for one in collected.submissions} == handed_in
    assert [one.submission.student for one in collected.unresolved] == ["7777"]


@pytest.mark.parametrize("blind", [False, True])
def test_every_moodle_folder_finds_its_student(blind: bool, tmp_path: Path) -> None:
    people = Roster.read(made_class.roster(tmp_path))
    collected = hand_ins.collect(made_class.moodle_zip(tmp_path / "moodle.zip", blind=blind), roster=people.names)
    assert len({one.student for one in collected.submissions}) == len(CLASS) - len(made_class.MISSING)
    assert collected.unresolved == ()


def test_moodles_folders_are_found_by_name_alone_unless_two_share_it(tmp_path: Path) -> None:
    rows = "".join(f'{one.student},"{one.name.replace(chr(34), chr(34) * 2)}"\n' for one in CLASS)
    people = read(tmp_path, f"student id,full name\n{rows}")
    collected = hand_ins.collect(made_class.moodle_zip(tmp_path / "moodle.zip"), roster=people.names)
    waiting = {Path(one.submission.path.partition("!/")[2]).parts[0].split("_")[0] for one in collected.unresolved}
    assert waiting == {"Jane Doe"}


def test_gradescopes_export_is_resolved_and_groups_wait(tmp_path: Path) -> None:
    people = Roster.read(made_class.roster(tmp_path))
    collected = hand_ins.collect(made_class.gradescope_zip(tmp_path / "assignment_77_export.zip"), roster=people.names)
    assert len(collected.submissions) == len(CLASS) - len(made_class.MISSING) - 1
    assert ["several students" in one.sentence for one in collected.unresolved] == [True]
    assert {one.received for one in collected.submissions} == {datetime(2026, 11, 23, 10, 0, 0, 500000, UTC)}


def test_canvas_own_gradebook_is_a_roster(tmp_path: Path) -> None:
    (tmp_path / "gradebook.csv").write_bytes(made_class.canvas_gradebook({}, bom=True))
    people = Roster.read(tmp_path / "gradebook.csv")
    assert [one.student for one in people.people] == [*(one.student for one in CLASS), "f00dcafe"]
    assert people.names[f"canvas {CLASS[5].canvas}"] == CLASS[5].student
    assert people.names["Ada Lovelace"] == CLASS[0].student
    names = (CLASS[5].canvas, CLASS[5].email, CLASS[0].name, CLASS[0].name.upper(), CLASS[0].student)
    assert [people.called(name) for name in names] == [CLASS[5].student] * 2 + [CLASS[0].student] * 3
    assert [people.called(name) for name in ("Jane Doe", "nobody")] == ["Jane Doe", "nobody"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_moodles_own_worksheet_is_a_roster(language: str, tmp_path: Path) -> None:
    (tmp_path / "worksheet.csv").write_bytes(made_class.moodle_worksheet({}, language))
    people = Roster.read(tmp_path / "worksheet.csv")
    assert [one.student for one in people.people] == [one.email for one in CLASS]
    assert people.names[f"moodle {CLASS[5].moodle}"] == CLASS[5].email
    (tmp_path / "blind.csv").write_bytes(made_class.moodle_worksheet({}, language, blind=True))
    assert Roster.read(tmp_path / "blind.csv").people[5].student == CLASS[5].moodle
