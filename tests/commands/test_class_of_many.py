"""A class through a term's trouble: late ones added, some withdrawn, a check corrected, marks by hand, all exported.

Who moved and why is told, and each number is the same on page, tables, gradebook and LMS file.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import tiny_class
from nbgrader import api

from autograder.results import gradebook

pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")  # nbgrader's own
SIZE = int(os.environ.get("AUTOGRADER_CLASS_SIZE", "9"))
LATE, WITHDRAWN, MARKED = max(2, SIZE // 15), 2, max(1, SIZE // 30)
STEP = 7
"""Every 7th of the made class has the same mistakes; the third of these fails the checks of accuracy."""


@dataclass(frozen=True)
class Class:
    """A course's folder with a class, and the kit's verbs run there."""

    root: Path

    @property
    def out(self) -> Path:
        return self.root / "out"

    def ran(self, *words: str | Path) -> str:
        command = [sys.executable, "-m", "autograder", *words, "--out", "out"]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return " ".join(done.stdout.split())

    def corrected(self, old: str, new: str) -> None:
        checks = self.root / "assignments" / "tiny" / "test_tiny.py"
        text = checks.read_text("utf-8")
        assert text.count(old) == 1
        checks.write_text(text.replace(old, new), encoding="utf-8")

    @property
    def grades(self) -> dict[str, dict[str, str]]:
        with (self.out / "grades.csv").open(newline="", encoding="utf-8") as file:
            return {row["student"]: row for row in csv.DictReader(file)}

    def told(self) -> dict[str, set[float | None]]:
        """What page, tables, gradebook and Canvas's file say of each student: one number where they agree."""
        lines = map(json.loads, (self.out / "results.jsonl").read_text().splitlines())
        judged = {line["student"]: line["points"] for line in lines}
        typed = gradebook.totals(f"sqlite:///{self.out / 'gradebook.db'}", "tiny")
        with (self.root / "filled.csv").open(newline="", encoding="utf-8") as file:
            canvas = {row["SIS Login ID"]: row["Tiny (7)"] for row in csv.DictReader(file)}
        finals = {student: number(row["final"]) for student, row in self.grades.items()}
        assert judged.keys() == finals.keys() == typed.keys()
        return {
            one: {judged[one], finals[one], number(canvas[one]), self._on_page(one), self._in_book(one)}
            for one in finals
        }

    def _on_page(self, student: str) -> float | None:
        page = (self.out / "feedback" / f"{student}.html").read_text("utf-8")
        told = page.partition('<p class="sum"><strong>')[2].partition("<")[0]
        return None if told == "No points yet" else number(told)

    def _in_book(self, student: str) -> float | None:
        with api.Gradebook(f"sqlite:///{self.out / 'gradebook.db'}") as book:
            found = book.find_submission("tiny", student)
            return None if found.needs_manual_grade else found.score


def number(text: str) -> float | None:
    return float(text) if text.strip() else None


def canvas_of(students: list[str]) -> str:
    lines = [f"Student {at},{1000 + at},{student},{student},One," for at, student in enumerate(students)]
    head = ["Student,ID,SIS User ID,SIS Login ID,Section,Tiny (7)", "    Points Possible,,,,,20"]
    return "\n".join([*head, *lines, ""])


@pytest.fixture
def group(tmp_path: Path) -> Class:
    tiny_class.course(tmp_path)
    tiny_class.hand_in(tmp_path / "in", SIZE)
    tiny_class.hand_in(tmp_path / "late", SIZE + LATE)
    for path in (tmp_path / "in").iterdir():
        (tmp_path / "late" / path.name).unlink()
    return Class(tmp_path)


def test_every_number_is_the_same_everywhere_at_the_end(group: Class) -> None:
    everybody = [f"s{at:05}" for at in range(SIZE + LATE)]
    group.ran("grade", "tiny", "in")
    assert sorted(group.grades) == everybody[:SIZE]

    said, late_ones = group.ran("grade", "tiny", "late"), ", ".join(everybody[SIZE:])
    assert f"✓ Added to the class: {LATE} students ({late_ones}); {SIZE + LATE} students in all." in said
    assert f"{SIZE} of {SIZE + LATE} are done already" in said
    assert sorted(group.grades) == everybody

    gone = everybody[:WITHDRAWN]
    shutil.copytree(group.root / "in", group.root / "all")
    shutil.copytree(group.root / "late", group.root / "all", dirs_exist_ok=True)
    for student in gone:
        (group.root / "all" / f"{student}.ipynb").unlink()
    said = group.ran("grade", "tiny", "all", "--replace")
    assert f"✗ No longer in the class: {WITHDRAWN} students ({', '.join(gone)})" in said
    assert sorted(group.grades) == everybody[WITHDRAWN:]
    assert not [path for path in (group.out / "feedback").iterdir() if path.stem in gone]
    assert not [path for path in group.out.glob("*ed/*/tiny") if path.parent.name in gone]
    assert {path.stem for path in group.out.glob("gone/*/feedback/*")} == set(gone)

    rows = group.grades
    halves = [one for one in everybody[WITHDRAWN:] if int(one[1:]) % STEP == 2 and rows[one]["points"]]
    marked, others = halves[:MARKED], halves[MARKED:]
    for student in marked:
        group.ran("mark", "tiny", student, "test_share", "1.25", "--why", "Half of it is right.")
    before = group.grades
    group.corrected('expect.close("accuracy", got, wanted)', 'expect.close("accuracy", got, wanted, 0.5)')
    said = group.ran("regrade", "tiny", "--dry-run")
    assert f"{len(halves)} moved" in said
    assert group.grades == before

    said = group.ran("regrade", "tiny")
    assert f"{len(halves)} moved" in said
    assert f"{len(before) - len(halves)} students unchanged." in said
    told = " ".join(word for word in said.split() if word not in ("│", "┃"))
    arrows = {**dict.fromkeys(marked, "17.25 → 19.25"), **dict.fromkeys(others, "16 → 20")}
    assert [student for student, arrow in arrows.items() if f"{student} {arrow} test_" not in told] == []
    assert {student for student, row in group.grades.items() if row != before[student]} == set(halves)

    (group.root / "canvas.csv").write_text(canvas_of(everybody), encoding="utf-8")
    said = group.ran("export", "tiny", "--canvas", "canvas.csv", "--to", "filled.csv")
    numbers = group.told()
    assert sorted(numbers) == everybody[WITHDRAWN:]
    assert {student: several for student, several in numbers.items() if len(several) > 1} == {}
    left = [f"✗ Student {int(student[1:])} left as it is: no grade for this student." for student in gone]
    assert [sentence for sentence in left if sentence not in said] == []
