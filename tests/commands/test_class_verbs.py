"""The verbs `report` and `feedback` speak of what was graded into a folder, and hold back what is to be held back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from places import ROOT
from sample_grades import CLASS
from typer.testing import CliRunner

from autograder import cli
from autograder.core.course import Course
from autograder.core.errors import CourseError
from autograder.core.model import Submission
from autograder.grading.ledger import Ledger
from autograder.intake import record
from autograder.intake.record import HandIns

FINGERPRINT = Course(ROOT).assignment("digits").fingerprint


@pytest.fixture
def graded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of results with the rows of five students, and a file of nobody known."""
    monkeypatch.chdir(ROOT)
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        for grade in CLASS:
            ledger.add(replace(grade, fingerprint=FINGERPRINT))
    files = tuple(Submission(grade.student, f"in/{grade.student}.ipynb", grade.sha256) for grade in CLASS)
    stray = (Submission("x17", "in/x17.ipynb", "7" * 64), "in/x17.ipynb: nobody of the roster is called x17.")
    record.write(HandIns("digits", FINGERPRINT, files, (stray,)), tmp_path)
    return tmp_path


def run(*words: str) -> str:
    done = CliRunner().invoke(cli.app, list(words), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_an_anonymous_report_stands_beside_the_other_and_names_nobody(graded: Path) -> None:
    run("report", "digits", "--out", str(graded))
    run("report", "digits", "--out", str(graded), "--anonymous")
    named, nameless = ((graded / name).read_text("utf-8") for name in ("report.html", "report-anonymous.html"))
    names = [*(grade.student for grade in CLASS), "x17"]
    assert [name for name in names if f">{name}<" not in named] == []
    assert [name for name in names if f">{name}<" in nameless] == []
    assert "nobody of the roster is called" in nameless


def test_a_student_on_hold_has_no_page_until_the_next_time(graded: Path) -> None:
    told = run("feedback", "digits", "--out", str(graded), "--hold", "bela", "--hold", "carl")
    assert "bela is on hold" in told
    assert {path.stem for path in (graded / "feedback").iterdir()} == {"ada", "dora", "emil"}
    run("feedback", "digits", "--out", str(graded))
    assert {path.stem for path in (graded / "feedback").iterdir()} == {grade.student for grade in CLASS}


def test_holding_back_nobody_known_is_told(graded: Path) -> None:
    done = CliRunner().invoke(cli.app, ["feedback", "digits", "--out", str(graded), "--hold", "zoe"])
    assert "nobody here is called zoe" in str(done.exception)


def test_a_ledger_that_lies_elsewhere_is_named_to_every_verb(graded: Path) -> None:
    elsewhere = f"sqlite:///{graded / 'elsewhere.db'}"
    (graded / "ledger.db").rename(graded / "elsewhere.db")
    for verb in ("export", "report", "feedback"):
        run(verb, "digits", "--out", str(graded), "--ledger", elsewhere)
    assert len((graded / "grades.csv").read_text("utf-8").splitlines()) == 1 + len(CLASS)
    assert len(list((graded / "feedback").iterdir())) == len(CLASS)
    with pytest.raises(CourseError, match="the ledger holds no row of the 5 submissions"):
        run("export", "digits", "--out", str(graded))


def test_of_a_class_whose_grading_was_stopped_what_is_there_is_handed_on_and_the_rest_is_named(graded: Path) -> None:
    given = record.read(graded, "digits")
    more = tuple(Submission(name, f"in/{name}.ipynb", "8" * 64) for name in ("yve", "zoe"))
    record.write(replace(given, submissions=(*given.submissions, *more)), graded)
    told = " ".join(run("export", "digits", "--out", str(graded)).split())
    assert "Not graded yet: 2 of 7 students: yve, zoe. Grade on to have them." in told
    lines = (graded / "grades.csv").read_text("utf-8").splitlines()[1:]
    assert [line.partition(",")[0] for line in lines] == sorted(grade.student for grade in CLASS)


SECTIONS = "student id,section\nada,Monday\nbela,Friday\ncarl,Monday\ndora,Friday\nemil,\n"


def test_a_section_is_reported_and_handed_back_alone_and_the_tables_stay_whole(graded: Path) -> None:
    (graded / "people.csv").write_text(SECTIONS)
    words = ("--out", str(graded), "--roster", str(graded / "people.csv"), "--section", "Monday")
    run("report", "digits", *words)
    run("export", "digits", *words, "--checks", str(graded / "monday.csv"))
    [page] = [path.read_text("utf-8") for path in graded.glob("report-monday*.html")]
    assert [name for name in ("ada", "bela", "carl", "dora", "emil") if f">{name}<" in page] == ["ada", "carl"]
    rows = (graded / "monday.csv").read_text("utf-8").splitlines()[1:]
    assert {row.partition(",")[0] for row in rows} <= {"ada", "carl"}
    assert len((graded / "grades.csv").read_text("utf-8").splitlines()) == 1 + len(CLASS)
    open_ones = run("show", "digits", *words)
    assert "bela" not in open_ones
    with pytest.raises(CourseError, match="has no section 'Sunday'; it has Friday, Monday"):
        run("report", "digits", *words[:-1], "Sunday")


def test_sections_may_be_headed_as_brightspace_heads_them_and_a_roster_without_is_told(graded: Path) -> None:
    (graded / "people.csv").write_text("OrgDefinedId,Username,Sections\n#ada,#a1,Monday\n#bela,#b1,Friday\n")
    words = ("--out", str(graded), "--roster", str(graded / "people.csv"), "--section", "Monday")
    assert "bela" not in run("show", "digits", *words)
    (graded / "people.csv").write_text("OrgDefinedId,Username\n#ada,#a1\n#bela,#b1\n")
    with pytest.raises(
        CourseError, match=r"no section 'Monday'; give it a column \"section\", and name it by --roster"
    ):
        run("show", "digits", *words)


NAMED = "student id,name,login,section\nada,Ada Lovelace,a1,Monday\nzoe,Zoë Öztürk,z1,Monday\nyve,Yve Bell,y1,Friday\n"


def named(graded: Path) -> tuple[str, ...]:
    """The options of a class of which three have names, and two of these handed in nothing."""
    (graded / "people.csv").write_text(NAMED)
    return "--out", str(graded), "--roster", str(graded / "people.csv")


def test_names_of_the_roster_stand_beside_the_ids(graded: Path) -> None:
    words = named(graded)
    assert "ada (Ada Lovelace): 8 of 8 points" in run("show", "digits", "a1", *words)
    run("export", "digits", *words)
    header, ada, bela, *_ = (graded / "grades.csv").read_text("utf-8").splitlines()
    assert [line.rpartition(",")[2] for line in (header, ada, bela)] == ["name", "Ada Lovelace", ""]
    run("report", "digits", *words)
    assert "<bdi>ada</bdi> (<bdi>Ada Lovelace</bdi>)" in (graded / "report.html").read_text("utf-8")
    run("export", "digits", "--out", str(graded), "--forget")
    assert (graded / "grades.csv").read_text("utf-8").splitlines()[0].endswith(",hold")


def test_whoever_handed_in_nothing_is_listed_but_not_named_in_an_anonymous_report(graded: Path) -> None:
    words = named(graded)
    assert "Nothing handed in\nzoe (Zoë Öztürk)\nyve (Yve Bell)\n" in run("show", "digits", *words)
    monday = run("show", "digits", *words, "--section", "Monday")
    assert ("zoe" in monday, "yve" in monday) == (True, False)
    run("report", "digits", *words)
    assert "<li><bdi>zoe (Zoë Öztürk)</bdi></li><li><bdi>yve (Yve Bell)</bdi></li>" in (
        graded / "report.html"
    ).read_text("utf-8")
    run("report", "digits", *words, "--anonymous")
    nameless = (graded / "report-anonymous.html").read_text("utf-8")
    assert 'Nothing handed in <span class="earned">2</span>' in nameless
    assert [name for name in ("Zoë", "Yve", "Ada") if name in nameless] == []
    run("report", "digits", *words, "--section", "Monday")
    [page] = [path.read_text("utf-8") for path in graded.glob("report-monday*.html")]
    assert ("Zoë" in page, "Yve" in page) == (True, False)


def test_of_whoever_handed_in_nothing_a_note_is_kept_but_no_points_are_given(graded: Path) -> None:
    words = named(graded)
    assert "zoe (Zoë Öztürk): nothing handed in" in run("show", "digits", "z1", *words)
    why = ("--why", "Was ill, comes on Friday.")
    noted = run("mark", "digits", "z1", "--note", *why, *words)
    assert "zoe (Zoë Öztürk): the whole (noted by" in noted
    assert "Asks for another look\nzoe (Zoë Öztürk): the whole (noted by" in run("show", "digits", *words)
    assert "Was ill, comes on Friday." in run("show", "digits", "zoe", *words)
    with pytest.raises(
        CourseError, match=r"zoe \(Zoë Öztürk\) is on the roster, but nothing of theirs was graded here"
    ):
        run("mark", "digits", "zoe", "test_loss_falls", "1", *why, *words)
    with pytest.raises(CourseError, match="nothing of zoe was graded, so there is no check to look at"):
        run("mark", "digits", "zoe", "test_loss_falls", "--note", *why, *words)
    with pytest.raises(CourseError, match="zoe is not in the section 'Friday'"):
        run("mark", "digits", "zoe", "--note", *why, *words, "--section", "Friday")


def test_pages_of_a_section_are_written_again_and_those_of_others_stay(graded: Path) -> None:
    words = ("--out", str(graded), "--roster", str(graded / "people.csv"))
    (graded / "people.csv").write_text(SECTIONS)
    run("feedback", "digits", *words)
    pages = {path.stem: path for path in (graded / "feedback").iterdir()}
    for path in pages.values():
        path.write_text("of before")
    told = run("feedback", "digits", *words, "--section", "Monday", "--hold", "carl")
    assert "1 feedback pages" in told
    assert "<html" in pages["ada"].read_text("utf-8")
    assert not pages["carl"].exists()
    assert {name for name, path in pages.items() if path.exists() and path.read_text("utf-8") == "of before"} == {
        "bela", "dora", "emil",
    }  # fmt: skip
    assert len((graded / "grades.csv").read_text("utf-8").splitlines()) == 1 + len(CLASS)
    with pytest.raises(CourseError, match="nobody in the section 'Monday' is called bela"):
        run("feedback", "digits", *words, "--section", "Monday", "--hold", "bela")


def test_a_mark_for_a_student_of_another_section_is_refused(graded: Path) -> None:
    (graded / "people.csv").write_text(SECTIONS)
    words = ["--roster", str(graded / "people.csv"), "--section", "Monday", "--why", "x", "--note"]
    with pytest.raises(CourseError, match="bela is not in the section 'Monday'"):
        run("mark", "digits", "bela", *words, "--out", str(graded))
    assert "ada: the whole (noted by" in run("mark", "digits", "ada", *words, "--out", str(graded))


def test_a_student_is_called_by_any_name_that_the_roster_has(graded: Path) -> None:
    (graded / "people.csv").write_text(
        'student id,name,email,Canvas ID\nbela,"Bartók, Béla",bb@example.org,1042\nada,Ada,,\n'
    )
    words = ("--out", str(graded), "--roster", str(graded / "people.csv"))
    for name in ("bela", "bb@example.org", "1042", "Béla Bartók"):
        assert "bela (Bartók, Béla): the whole (noted by" in run("mark", "digits", name, "--note", "--why", "x", *words)
        assert "bela is on hold" in run("feedback", "digits", "--hold", name, *words)
    with pytest.raises(
        CourseError, match=r"Nobody here is called '1043'\. 5 students were graded here, as ada, bela, carl"
    ):
        run("show", "digits", "1043", *words)


def test_a_class_of_one_folder_is_not_regraded_by_sections(graded: Path) -> None:
    with pytest.raises(CourseError, match=r"the rest of the class would be judged by other checks. Add --dry-run"):
        run("regrade", "digits", "--out", str(graded), "--section", "Monday")


def test_a_column_of_the_courses_other_assignment_is_filled_only_if_one_is_sure(graded: Path) -> None:
    title = Course(ROOT).assignment("gradient_descent").settings.title
    table = f'Student,ID,SIS User ID,SIS Login ID,Section,"{title} (12)"\nAda,1,ada,ada,One,3\n'
    exported = graded / "canvas.csv"
    exported.write_text(table, encoding="utf-8")
    words = ["export", "digits", "--out", str(graded), "--canvas", str(exported), "--column", "12"]
    with pytest.raises(CourseError, match=r"canvas\.csv: would be lost: it is the file that the LMS gave you"):
        run(*words, "--sure")
    words += ["--to", str(graded / "filled.csv")]
    with pytest.raises(CourseError, match=r"belongs by its title to the assignment '.*Correct --column, or say --sure"):
        run(*words)
    assert "1 cells hold a grade. 1 of them held another before." in " ".join(run(*words, "--sure").split())
    assert exported.read_text("utf-8") == table
