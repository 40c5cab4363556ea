"""A mark by hand: the same on page, tables, gradebook and LMS file, through regrades; and who gave it, when and why."""

from __future__ import annotations

import csv
import json
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import tiny_class
from nbgrader import api
from typer.testing import CliRunner

from autograder import cli
from autograder.core.decision import Act
from autograder.core.errors import CourseError
from autograder.grading.ledger import Ledger
from autograder.results import gradebook
from autograder.results.pages import feedback

pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")  # nbgrader's own
HALF, OPEN = "s00002", "s00003"
"""One whose accuracy fails both its checks, one who left predict as it was."""
WHY = "Divided by <seen + 1>: half of it."
CANVAS = "Student,ID,SIS User ID,SIS Login ID,Section,Tiny (7)\n    Points Possible,,,,,20\n"


def ran(*words: str | Path) -> str:
    """A verb in a process of its own, in the course's folder."""
    done = subprocess.run([sys.executable, "-m", "autograder", *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return " ".join(done.stdout.split())


def said(*words: str) -> str:
    done = CliRunner().invoke(cli.app, [*words, "--out", "out"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny course with six of its students graded."""
    root = tmp_path_factory.mktemp("course")
    tiny_class.course(root)
    tiny_class.hand_in(root / "in", 6)
    ran_in(root, "grade", "tiny", "in", "--out", "out")
    return root


def ran_in(root: Path, *words: str) -> str:
    before = Path.cwd()
    os.chdir(root)
    try:
        return ran(*words)
    finally:
        os.chdir(before)


@pytest.fixture
def graded(course: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(course)
    return course / "out"


def told(out: Path, student: str) -> dict[str, Any]:
    """Points of one student wherever they leave."""
    with (out / "grades.csv").open(newline="", encoding="utf-8") as file:
        row = next(row for row in csv.DictReader(file) if row["student"] == student)
    page = (out / "feedback" / f"{student}.html").read_text("utf-8")
    lines = [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]
    with api.Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        in_gradebook = book.find_submission("tiny", student).score
    (out / "canvas.csv").write_text(f"{CANVAS}Somebody,1,{student},x,One,\n")
    said("export", "tiny", "--canvas", str(out / "canvas.csv"), "--to", str(out / "filled.csv"))
    return {
        "page": float(page.partition('<p class="sum"><strong>')[2].partition("<")[0]),
        "points": float(row["points"]),
        "final": float(row["final"]),
        "results": next(line["points"] for line in lines if line["student"] == student),
        "gradebook": in_gradebook,
        "canvas": float((out / "filled.csv").read_text().splitlines()[-1].rpartition(",")[2]),
    }


def test_a_mark_is_the_same_everywhere_and_outlives_a_regrade(graded: Path) -> None:
    assert set(told(graded, HALF).values()) == {16.0}
    assert "0 → 1.25 points" in said("mark", "tiny", HALF, "test_share", "1.25", "--why", WHY)
    assert set(told(graded, HALF).values()) == {17.25}
    page = (graded / "feedback" / f"{HALF}.html").read_text("utf-8")
    assert "A person looked at this and gave 1.25 of 2 points: Divided by &lt;seen + 1&gt;: half of it." in page
    checks = graded.parent / "assignments" / "tiny" / "test_tiny.py"
    text = checks.read_text("utf-8")
    try:
        checks.write_text(text.replace("@points(2, stub", "@points(4, stub", 1), encoding="utf-8")
        moved = ran("regrade", "tiny", "in", "--out", "out").partition(" moved ")[2]
        assert f"{OPEN} 19 → 21" in " ".join(word for word in moved.split() if word != "│")
        assert HALF not in moved
        with (graded / "grades.csv").open(newline="", encoding="utf-8") as file:
            assert {row["student"]: row["points"] for row in csv.DictReader(file)}[HALF] == "17.25"
    finally:
        checks.write_text(text, encoding="utf-8")
    ran("regrade", "tiny", "in", "--out", "out")
    assert set(told(graded, HALF).values()) == {17.25}
    said("mark", "tiny", HALF, "test_share", "--withdraw", "--why", "It was a slip.")
    assert set(told(graded, HALF).values()) == {16.0}


def everything(out: Path) -> dict[str, Any]:
    """All that lies in a folder of results, of the gradebook its points."""
    beside = {".lock", "ledger.db", "gradebook.db"}
    files = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    found: dict[str, Any] = {name: data for name, data in files.items() if name not in beside}
    found["gradebook"] = gradebook.totals(f"sqlite:///{out / 'gradebook.db'}", "tiny")
    return found


def test_a_mark_writes_what_changed_and_that_is_all_that_a_full_writing_would_change(
    graded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran("regrade", "tiny", "--out", "out")
    written: list[str] = []
    page = feedback.page
    monkeypatch.setattr(feedback, "page", lambda row, **rest: written.append(row.student) or page(row, **rest))
    said("mark", "tiny", "s00005", "test_rows", "2.5", "--why", "A bracket.")
    assert written == ["s00005"]
    after = everything(graded)
    ran("regrade", "tiny", "--out", "out")
    assert everything(graded) == after
    said("mark", "tiny", "s00005", "test_rows", "--withdraw", "--why", "It was a slip.")


def test_whoever_was_told_something_old_is_told_anew_by_a_mark_for_another(
    graded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said("export", "tiny")
    with api.Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as book:
        book.find_grade("model_check", "tiny", "tiny", "s00000").manual_score = 1.5
        book.db.commit()
    (graded / "feedback" / "s00001.html").unlink()
    Path("people.csv").write_text("student id,hold\ns00003,being looked into\n")
    said("mark", "tiny", "s00005", "test_rows", "5", "--why", "Half.", "--roster", "people.csv")
    pages = {path.stem: path.read_text("utf-8") for path in (graded / "feedback").iterdir()}
    assert pages.keys() == {"s00000", "s00001", "s00002", "s00004", "s00005"}
    assert "A person gave the points of this part" in pages["s00000"]
    with api.Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as book:
        book.find_grade("model_check", "tiny", "tiny", "s00000").manual_score = None
        book.db.commit()
    said("mark", "tiny", "s00005", "test_rows", "--withdraw", "--why", "It was a slip.", "--forget")


def test_a_mark_goes_along_when_the_students_id_is_corrected(course: Path, tmp_path: Path) -> None:
    root = tmp_path / "course"
    shutil.copytree(course, root)
    ran_in(root, "mark", "tiny", HALF, "test_share", "1.25", "--why", "Half.", "--out", "out")
    others = "".join(f"s0000{number},\n" for number in (0, 1, 3, 4, 5))
    (root / "people.csv").write_text(f"student id,login\nhelena,{HALF}\n{others}")
    ran_in(root, "grade", "tiny", str(course / "in"), "--out", "out", "--roster", "people.csv")
    shown = ran_in(root, "show", "tiny", "helena", "--out", "out")
    assert shown.partition("helena: ")[2].startswith("17.25 of 20 points")
    assert "test_share, 0 → 1.25 points (marked by" in shown
    assert "Mark without a place" not in ran_in(root, "show", "tiny", "--out", "out")


def test_a_look_ahead_at_one_section_tries_and_tells_of_its_students_alone(course: Path, tmp_path: Path) -> None:
    root = tmp_path / "course"
    shutil.copytree(course, root)
    (root / "people.csv").write_text("student id,section\ns00000,A\ns00001,B\ns00002,A\ns00003,B\ns00004,\ns00005,A\n")
    checks = root / "assignments" / "tiny" / "test_tiny.py"
    checks.write_text(checks.read_text("utf-8").replace("@points(2, stub", "@points(4, stub", 1), encoding="utf-8")
    before = everything(root / "out")
    told = ran_in(root, "regrade", "tiny", "--out", "out", "--dry-run", "--roster", "people.csv", "--section", "A")
    assert {f"s0000{number}" for number in range(6) if f"s0000{number}" in told.partition(" moved ")[2]} == {
        "s00000", "s00005",
    }  # fmt: skip
    assert "1 student unchanged." in told
    assert everything(root / "out") == before


def test_the_trail_says_who_when_why_before_and_after(graded: Path) -> None:
    said("mark", "tiny", OPEN, "test_digit", "0.25", "--why", "Shown in the lab.")
    said("mark", "tiny", OPEN, "test_digit", "0.5", "--why", "All of it.")
    with Ledger.open(graded / "ledger.db") as ledger:
        trail = [one for one in ledger.decisions("tiny") if one.student == OPEN]
    assert [(one.act, one.before, one.after, one.why) for one in trail] == [
        (Act.MARKED, 0.0, 0.25, "Shown in the lab."),
        (Act.MARKED, 0.25, 0.5, "All of it."),
    ]
    me = pwd.getpwuid(os.getuid()).pw_name
    assert {one.who for one in trail} == {me}
    shown = said("show", "tiny", OPEN)
    assert f"test_digit, 0.25 → 0.5 points (marked by {me}, {trail[1].when:%Y-%m-%d %H:%M} UTC): All of it." in shown
    assert "test_digit (0.5 of 0.5 points)" in shown


def test_a_student_is_shown_with_messages_changes_and_places(graded: Path) -> None:
    shown = said("show", "tiny", "s00005")
    assert shown.startswith("s00005: 5 of 20 points graded.")
    assert "✗ test_rows (0 of 10 points)" in shown
    assert "Changed: model --- release +++ handed in" in shown
    assert "+ return self.scores(images.flatten(1)" in shown
    assert f"handed in: {graded.parent / 'in' / 's00005.ipynb'}" in shown
    assert f"feedback page: {graded / 'feedback' / 's00005.html'}" in shown
    assert (graded / "autograded" / "s00005" / "tiny" / "tiny.ipynb").exists()


def test_run_again_the_marks_are_the_same_and_nothing_is_written(graded: Path) -> None:
    before = {path: path.read_bytes() for path in graded.rglob("*") if path.is_file()}
    shown = ran("show", "tiny", "s00005", "--again", "--out", "out")
    again = shown.partition("Run again with seed")[2]
    assert "5 of 20 points, graded." in again
    assert "✗ test_rows (0 of 10 points)" in again
    assert "Nothing was written." in again
    assert {path: path.read_bytes() for path in graded.rglob("*") if path.is_file()} == before


def test_an_appeal_is_open_until_a_mark_answers_it(graded: Path) -> None:
    said("mark", "tiny", "s00005", "test_rows", "--note", "--why", "Says a bracket was lost.")
    opened = said("show", "tiny")
    assert "Asks for another look s00005: test_rows (noted by" in opened
    assert "Says a bracket was lost." in opened
    assert set(told(graded, "s00005").values()) == {5.0}
    said("mark", "tiny", "s00005", "test_rows", "0", "--why", "The bracket was lost before the deadline.")
    opened = said("show", "tiny")
    assert "Asks for another look" not in opened
    assert "Marked by hand" in opened
    assert set(told(graded, "s00005").values()) == {5.0}


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["s0003", "test_digit", "0.5", "--why", "x"], r"Nobody here is called 's0003'\. Did you mean .*s00003"),
        (["s00003", "test_digits", "0.5", "--why", "x"], "no such check. There are: .*test_digit"),
        (["s00003", "test_digit", "0.6", "--why", "x"], r"worth 0 to 0\.5 points, not 0\.6"),
        (["s00003", "test_digit", "--why", "x"], "Say one thing"),
        (["s00003", "test_digit", "0.5", "--note", "--why", "x"], "Say one thing"),
        (["s00001", "test_digit", "--withdraw", "--why", "x"], "nothing to withdraw"),
        (["s00003", "test_digit", "0.5", "--why", " "], "--why is empty"),
    ],
)
def test_what_cannot_be_decided_is_answered_and_leaves_no_trace(graded: Path, words: list[str], answer: str) -> None:
    with Ledger.open(graded / "ledger.db") as ledger:
        before = ledger.decisions("tiny")
    with pytest.raises(CourseError, match=answer):
        said("mark", "tiny", *words)
    with Ledger.open(graded / "ledger.db") as ledger:
        assert ledger.decisions("tiny") == before
