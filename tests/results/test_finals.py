"""Handing back: by the deadline, roster and gradebook of now, without grading anything again."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import made_class
import pytest
from made_class import CLASS
from nbgrader import api
from places import ROOT
from sample_grades import FULL

from autograder.core.course import Assignment, Course
from autograder.core.errors import CourseError
from autograder.core.model import Submission
from autograder.intake import record, times
from autograder.intake.record import HandIns
from autograder.intake.roster import NOBODY, Roster
from autograder.results import finals, gradebook, late

DIGITS = Course(ROOT).assignment("digits")
MODEL = late.Part("model", 5.0, 8.0)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """nbgrader's gradebook: 5 automatic points of 8; of a written answer's 2 one is typed for ada, none for bela."""
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    with api.Gradebook(url) as book:
        book.add_assignment("digits")
        book.add_notebook("digits", "digits")
        book.add_grade_cell("model_check", "digits", "digits", max_score=8, cell_type="code")
        book.add_grade_cell("why", "digits", "digits", max_score=2, cell_type="markdown")
        for student, points in (("ada", 1.0), ("bela", None)):
            book.add_student(student)
            book.add_submission("digits", student)
            code = book.find_grade("model_check", "digits", "digits", student)
            code.auto_score, code.needs_manual_grade = 5.0, False
            written = book.find_grade("why", "digits", "digits", student)
            written.manual_score, written.needs_manual_grade = points, points is None
        book.db.commit()
    return url


@pytest.mark.sandbox
@pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")  # nbgrader's own
def test_typed_points_count_and_an_answer_that_waits_holds_the_total_back(database: str) -> None:
    assert gradebook.totals(database, "digits") == {
        "ada": late.Total(6.0, 10.0, False, (MODEL, late.Part("why", 1.0, 2.0, by_hand=True))),
        "bela": late.Total(5.0, 10.0, True, (MODEL, late.Part("why", None, 2.0))),
    }
    assert gradebook.totals(database, "loops") == {}
    ends = [late.Final(replace(FULL, student=name), Submission(name, "", "")) for name in ("ada", "bela", "carl")]
    ends = finals.with_totals(ends, DIGITS, database)
    assert [one.points for one in ends] == [6.0, None, 8.0]
    assert [one.points for one in finals.provisional(ends)] == [6.0, 5.0, 8.0]


def test_without_a_gradebook_nothing_is_typed_and_none_is_made(tmp_path: Path) -> None:
    assert gradebook.totals(f"sqlite:///{tmp_path / 'gradebook.db'}", "digits") == {}
    assert list(tmp_path.iterdir()) == []


def points(root: Path, settings: str, roster: str) -> float | None:
    """What s001 ends with: graded once, reckoned anew."""
    (root / "course" / "assignments" / "digits" / "assignment.toml").write_text(f'title = "T"\n{settings}')
    (root / "people.csv").write_text(f"student id,email,extension,late days,hold\ns001,s001@example.org,{roster}\n")
    people = Roster.read(root / "people.csv", assignment="digits")
    _, ends = finals.again(Assignment(root / "course", "digits"), root / "out", people)
    return next(end.points for end in ends if end.grade.student == "s001")


def test_a_changed_deadline_policy_or_extension_is_reckoned_without_grading(tmp_path: Path) -> None:
    assignment = made_class.course(tmp_path / "course")
    archive = made_class.gradescope_zip(tmp_path / "assignment_77_export.zip")
    made_class.graded(assignment, archive, tmp_path / "out", Roster.read(made_class.roster(tmp_path)))
    raw = made_class.points_of(CLASS[1])
    late_by_a_day = "deadline = 2026-11-22T12:00:00Z\n[late]\nper_day = 0.05\n"
    assert points(tmp_path, "", ",,") == raw
    assert points(tmp_path, late_by_a_day, ",,") == raw - 1.0
    assert points(tmp_path, late_by_a_day.replace("0.05", "0.10"), ",,") == raw - 2.0
    assert points(tmp_path, late_by_a_day, "48,,") == raw
    assert points(tmp_path, late_by_a_day, ",1,") == raw


NO_ZONE = "deadline = 2026-11-23T23:59:59Z\n[late]\nper_day = 0.1\n"


@pytest.mark.parametrize(
    ("settings", "shares", "clock"),
    [
        (NO_ZONE, [0.0, 0.1], "UTC"),
        (f'zone = "Europe/Berlin"\n{NO_ZONE.replace("59Z", "59")}', [0.0, 0.1], "CET"),
        (f'zone = "America/New_York"\n{NO_ZONE.replace("59Z", "59")}', [0.0, 0.1], "EST"),
        (f'zone = "America/New_York"\n{NO_ZONE}', [0.1, 0.1], "EST"),
    ],
)
def test_a_time_in_a_name_is_read_in_the_zone_of_now_though_another_was_assumed_when_it_came(
    settings: str, shares: list[float], clock: str, tmp_path: Path
) -> None:
    in_time, late_one = "Nov 23, 2026 1159 PM", "Nov 24, 2026 1200 AM"
    names = [f"70{one.number}-9 - {one.name} - {time}" for one, time in zip(CLASS, (in_time, late_one), strict=False)]
    archive = made_class.zipped(tmp_path / "class.zip", {f"{name}/digits.ipynb": name.encode() for name in names})
    people = Roster.read(made_class.roster(tmp_path))
    made_class.graded(made_class.course(tmp_path / "before"), archive, tmp_path / "out", people)
    _, ends = finals.again(made_class.course(tmp_path / "now", settings), tmp_path / "out", people)
    assert [end.verdict.share for end in ends] == shares
    assert [f"{end.submission.received:%H:%M %Z}" for end in ends] == [f"23:59 {clock}", f"00:00 {clock}"]


def test_which_hand_in_counts_is_told_in_the_same_words_after_the_record_was_read_again(tmp_path: Path) -> None:
    settings = made_class.course(tmp_path / "course", 'zone = "Europe/Berlin"\n').settings
    files = [
        Submission("ada", f"{day}.ipynb", str(day), times.time_of(f"2026-11-{day} 10:00 CET", settings.local_zone))
        for day in (21, 22)
    ]
    given = HandIns("digits", FULL.fingerprint, tuple(files))
    record.write(given, tmp_path)
    told = [finals.counting(settings, one, NOBODY)["ada"].sentence for one in (given, record.read(tmp_path, "digits"))]
    assert told == ["Of 2 files handed in, the last one counts, that of 2026-11-22 10:00 CET."] * 2


def test_settings_of_lateness_are_no_part_of_the_fingerprint(tmp_path: Path) -> None:
    plain = made_class.course(tmp_path / "a").fingerprint
    late_one = made_class.course(tmp_path / "b", "deadline = 2026-11-22T12:00:00Z\n[late]\nper_hour = 0.1\n")
    limited = made_class.course(tmp_path / "c", "[limits]\nmemory_mib = 100\n")
    assert late_one.fingerprint == plain != limited.fingerprint


def called(*words: str | Path) -> str:
    ran = subprocess.run([sys.executable, "-m", "autograder", *words], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return " ".join(ran.stdout.split())


@pytest.mark.sandbox
def test_the_command_fills_the_file_and_tells_whom_it_left(tmp_path: Path) -> None:
    people = made_class.roster(tmp_path)
    archive = made_class.canvas_zip(tmp_path / "submissions.zip")
    made_class.graded(DIGITS, archive, tmp_path / "out", Roster.read(people))
    (tmp_path / "gradebook.csv").write_bytes(made_class.canvas_gradebook({}))
    said = called(
        "export", "digits", "--out", tmp_path / "out", "--canvas", tmp_path / "gradebook.csv", "--roster", people,
        "--to", tmp_path / "filled.csv", "--junit", tmp_path / "junit.xml", "--checks", tmp_path / "checks.csv",
    )  # fmt: skip
    told = {one.student: value for one in CLASS if (value := made_class.told(one)) is not None and one.number != 2}
    assert (tmp_path / "filled.csv").read_bytes() == made_class.canvas_gradebook(told)
    assert f"{len(told)} cells hold a grade" in said
    assert f"{CLASS[made_class.HELD].student} left as it is: on hold (being looked into)." in said
    assert "A person must say whose this is" in said
    assert (tmp_path / "out" / "feedback-canvas.zip").exists()
    assert "<testsuites" in (tmp_path / "junit.xml").read_text()
    assert (tmp_path / "checks.csv").read_text().startswith("student,check,")


def test_files_of_another_zip_tell_where_pages_go(tmp_path: Path) -> None:
    people = Roster.read(made_class.roster(tmp_path))
    assignment = made_class.course(tmp_path / "course")
    made_class.graded(assignment, made_class.gradescope_zip(tmp_path / "a_export.zip"), tmp_path / "out", people)
    given, ends = finals.again(assignment, tmp_path / "out", people)
    finals.write(assignment, tmp_path / "out", ends)
    given, ends = finals.renamed(given, ends, made_class.moodle_zip(tmp_path / "moodle.zip"), people)
    names = finals.pages(tmp_path / "out", ends, given.lms)
    assert f"{CLASS[0].name}_{CLASS[0].moodle}_assignsubmission_file_/feedback.html" in names


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="nothing was graded here yet"):
        finals.again(DIGITS, tmp_path, NOBODY)
