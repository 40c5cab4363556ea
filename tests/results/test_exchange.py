"""nbgrader's exchange from end to end, by the commands of the guide: what a student fetches at last is our feedback."""

from __future__ import annotations

import getpass
import json
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import tiny_class
from attacks import tiny
from places import ROOT

COURSE = "--course=reading-101"
GUIDE = (ROOT / "docs" / "instructor.md").read_text("utf-8").partition("**With nbgrader's exchange**")[2]
TYPED = [shlex.split(line, comments=True) for line in GUIDE.split("```")[1].strip().splitlines()]
"""What the guide lets an instructor type, line by line."""


@dataclass(frozen=True)
class Hub:
    """A machine with an exchange, a course's folder and a student's."""

    root: Path

    @property
    def course(self) -> Path:
        return self.root / "course"

    @property
    def student(self) -> Path:
        return self.root / "student"

    def ran(self, folder: Path, *words: str) -> str:
        """A command in a folder, by a user whose home is the machine's root."""
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        surroundings = {**os.environ, "PATH": path, "HOME": str(self.root), "JUPYTER_PREFER_ENV_PATH": "1"}
        command = [sys.executable, "-m", *words]
        done = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def nbgrader(self, folder: Path, *words: str) -> str:
        return self.ran(folder, "nbgrader", *words, f"--Exchange.root={self.root / 'exchange'}")

    def typed(self, folder: Path, line: list[str]) -> None:
        """A line of the guide, for the small course's assignment."""
        program, *words = ["tiny" if word == "digits" else word for word in line]
        if program == "nbgrader":
            self.nbgrader(folder, *words)
        else:
            self.ran(folder, program, *words)


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    hub = Hub(tmp_path)
    for folder in (hub.course, hub.student, tmp_path / "exchange"):
        folder.mkdir()
    (tmp_path / "exchange").chmod(0o777)
    tiny_class.course(hub.course)
    shutil.copy(ROOT / "nbgrader_config.py", hub.course)
    return hub


def test_from_release_assignment_to_a_fetched_page(hub: Hub) -> None:
    me = getpass.getuser()
    release, collect, grade, into, generate, give_back = TYPED
    hub.typed(hub.course, release)
    hub.nbgrader(hub.student, "fetch_assignment", "tiny", COURSE)
    book = hub.student / "tiny" / "tiny.ipynb"
    assert json.loads(book.read_text("utf-8"))["cells"][1]["source"] == tiny.STUBS["model"]
    book.write_text(json.dumps(tiny.notebook(tiny_class.HALF)), encoding="utf-8")
    hub.nbgrader(hub.student, "submit", "tiny", COURSE)
    hub.typed(hub.course, collect)
    submitted = hub.course / "submitted" / me / "tiny"
    secret, stamp = ((submitted / name).read_bytes() for name in ("submission_secret.txt", "timestamp.txt"))

    hub.typed(hub.course, grade)
    assert into == ["cd", "graded"]
    graded = hub.course / into[1]
    for folder in ("submitted", "autograded"):
        assert (graded / folder / me / "tiny" / "submission_secret.txt").read_bytes() == secret
        assert (graded / folder / me / "tiny" / "timestamp.txt").read_bytes() == stamp
    hub.typed(graded, generate)
    hub.typed(graded, give_back)
    hub.nbgrader(hub.student, "fetch_feedback", "tiny", COURSE)
    [page] = (hub.student / "tiny" / "feedback").rglob("*.html")
    text = page.read_text("utf-8")
    assert page.parent.name == stamp.decode().strip()
    assert "Score: 16.0 / 20.0" in " ".join(text.split())
    assert "accuracy is the share of right answers (0 of 2)" in text
