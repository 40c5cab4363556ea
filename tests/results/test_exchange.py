"""nbgrader's exchange from end to end, with its own commands: what a student fetches at last is our feedback."""

from __future__ import annotations

import getpass
import json
import os
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
        return self.ran(folder, "nbgrader", *words, COURSE, f"--Exchange.root={self.root / 'exchange'}")


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
    hub.nbgrader(hub.course, "release_assignment", "tiny")
    hub.nbgrader(hub.student, "fetch_assignment", "tiny")
    book = hub.student / "tiny" / "tiny.ipynb"
    assert json.loads(book.read_text("utf-8"))["cells"][1]["source"] == tiny.STUBS["model"]
    book.write_text(json.dumps(tiny.notebook(tiny_class.HALF)), encoding="utf-8")
    hub.nbgrader(hub.student, "submit", "tiny")
    hub.nbgrader(hub.course, "collect", "tiny")
    submitted = hub.course / "submitted" / me / "tiny"
    secret, stamp = ((submitted / name).read_bytes() for name in ("submission_secret.txt", "timestamp.txt"))

    hub.ran(hub.course, "autograder", "grade", "tiny", "submitted", "--out", "graded")
    graded = hub.course / "graded"
    for folder in ("submitted", "autograded"):
        assert (graded / folder / me / "tiny" / "submission_secret.txt").read_bytes() == secret
        assert (graded / folder / me / "tiny" / "timestamp.txt").read_bytes() == stamp
    hub.nbgrader(graded, "generate_feedback", "tiny")
    hub.nbgrader(graded, "release_feedback", "tiny")
    hub.nbgrader(hub.student, "fetch_feedback", "tiny")
    [page] = (hub.student / "tiny" / "feedback").rglob("*.html")
    text = page.read_text("utf-8")
    assert page.parent.name == stamp.decode().strip()
    assert "Score: 16.0 / 20.0" in " ".join(text.split())
    assert "accuracy is the share of right answers (0 of 2)" in text
