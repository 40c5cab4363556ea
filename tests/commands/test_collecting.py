"""Before anything is graded an instructor reads what of the files will not be graded, and why."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from places import ROOT
from sample_grades import FULL, PARTLY

from autograder.commands.grade import Run, collected, tell_class, tell_untimed
from autograder.commands.options import Machine, Results
from autograder.core.course import Assignment
from autograder.core.model import Submission
from autograder.grading.group import Class
from autograder.results import late
from autograder.results.late import Final

DIGITS = Assignment(ROOT, "digits")
WORKED, UNTOUCHED = DIGITS.solution.read_bytes(), DIGITS.release.read_bytes()


def handed_in(folder: Path, files: dict[str, bytes], pattern: str = "") -> Class:
    with zipfile.ZipFile(folder / "class.zip", "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    (folder / "roster.csv").write_text("student id\nada\ngrace\nalan\n", encoding="utf-8")
    results = Results(folder / "out", folder / "roster.csv")
    return collected(Run(DIGITS, folder / "class.zip", results, Machine(), pattern=pattern), None)


def test_what_is_not_graded_is_told_before_grading(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {
        "Week 3_ada_attempt_2026-12-01-18-00-00_digits.ipynb": WORKED,
        "Week 3_ada_attempt_2026-12-01-18-00-00_scratch.ipynb": UNTOUCHED,
        "Week 3_grace_attempt_2026-13-01-18-00-00_digits.ipynb": WORKED,
        "Week 3_eve_attempt_2026-12-01-18-00-00_digits.ipynb": WORKED,
    }
    group = handed_in(tmp_path, files)
    said = capsys.readouterr().out
    assert [one.student for one in group.submissions] == ["ada", "grace"]
    assert "Handed in nothing: 1 of 3 students: alan." in said
    assert "1 file (Week 3_ada_attempt_2026-12-01-18-00-00_digits.ipynb of the same hand-in counts)" in said
    assert 'its time stamp "2026-13-01-18-00-00" cannot be read' in said
    assert [one.student for one, _ in group.unresolved] == ["eve"]


def test_a_pattern_reaches_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {"hw#ada#1.ipynb": WORKED, "hw#grace#1.ipynb": WORKED, "hw#alan#2.ipynb": WORKED}
    assert [one.student for one in handed_in(tmp_path, files).submissions] == []
    assert "Handed in nothing: 3 of 3 students: ada, grace, alan." in capsys.readouterr().out
    group = handed_in(tmp_path, files, pattern="#(?P<student>[a-z]+)#")
    assert [one.student for one in group.submissions] == ["ada", "alan", "grace"]
    assert capsys.readouterr().out == ""


def test_a_grader_of_one_section_gets_its_students_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        for name in ("ada", "grace", "alan", "eve"):
            archive.writestr(f"{name}.ipynb", WORKED)
    (tmp_path / "roster.csv").write_text("student id,section\nada,A\ngrace,B\nalan,A\nemmy,A\nkurt,B\n")
    results = Results(tmp_path / "out", tmp_path / "roster.csv")
    group = collected(Run(DIGITS, tmp_path / "class.zip", results, Machine(), section="A"), None)
    assert [one.student for one in group.submissions] == ["ada", "alan"]
    assert "Handed in nothing: 1 of 3 students: emmy." in capsys.readouterr().out


def test_the_class_has_a_line_for_each_student_and_says_which_of_several_files_it_is_of(
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = {name: Submission(name, f"in/{name}.ipynb", FULL.sha256) for name in ("ada", "bela")}
    tell_class(
        [Final(FULL, files["ada"], which="Of 2 files handed in, the last counts."), Final(PARTLY, files["bela"])]
    )
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [line[0] for line in lines] == ["student", "ada", "bela", "✓"]
    assert " ".join(lines[-1]) == "✓ ada: Of 2 files handed in, the last counts."
    tell_class([Final(FULL, files["ada"], name="Ada " * 9), Final(PARTLY, files["bela"])])
    header, ada, bela, *_ = capsys.readouterr().out.splitlines()
    assert header.split()[:3] == ["student", "name", "status"]
    assert ada.split()[:8] == ["ada", *["Ada"] * 5, "Ada…", FULL.status.value]
    assert bela.split()[:2] == ["bela", PARTLY.status.value]


def test_whose_lateness_cannot_be_reckoned_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    due = late.Policy(datetime(2026, 12, 1, tzinfo=UTC), share=0.1)
    came = {"ada": None, "bela": None, "carl": datetime(2026, 11, 30, tzinfo=UTC), "dora": None}
    said = {name: late.judge(due, when, said_late=name == "dora") for name, when in came.items()}
    tell_untimed([Final(replace(FULL, student=name), Submission(name, "", ""), one) for name, one in said.items()])
    told = " ".join(capsys.readouterr().out.split())
    assert "✗ Late, but not known when: 1 of 4 students (dora). Nothing is taken off" in told
    assert "✗ Not known when handed in: 2 of 4 students (ada, bela). Nothing is taken off" in told
    tell_untimed([Final(FULL, Submission("ada", "", ""), late.judge(late.Policy(), None))])
    assert capsys.readouterr().out == ""


def test_files_that_are_no_longer_there_are_named_and_stay_in_the_class(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("ada", "ben"):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{name}.ipynb").write_bytes(WORKED)
    run = Run(DIGITS, tmp_path / "in", Results(tmp_path / "out"), Machine())
    before = collected(run, None).given
    assert capsys.readouterr().out == ""
    (tmp_path / "in" / "ben.ipynb").unlink()
    group = collected(run, before)
    assert [one.student for one in group.submissions] == ["ada"]
    assert [one.student for one in group.lost] == ["ben"]
    said = capsys.readouterr().out
    assert f"No longer where they lay: 1 file of earlier runs ({tmp_path / 'in' / 'ben.ipynb'})." in said
    assert [one.student for one in collected(replace(run, exactly=True), before).given.submissions] == ["ada"]
    assert "No longer in the class: 1 student (ben)." in capsys.readouterr().out
