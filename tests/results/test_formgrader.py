"""nbgrader's own tools on our marks: formgrader in a browser, feedback pages and export, by their real commands."""

from __future__ import annotations

import csv
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from places import ROOT
from sample_grades import HINTS, SECRET

from autograder.core.course import Course
from autograder.core.model import Cell, Check, CheckResult, Grade, Outcome, Role, RunStatus, Submission
from autograder.results import gradebook

RELEASE = Course(ROOT).assignment("digits").release
CHROMIUM = Path("/usr/bin/chromium")
WORTH = {"dataset": 4.0, "model": 4.0, "train": 5.0, "accuracy": 4.0, "predict": 1.0, "whole": 2.0}
ESSAY = "All three are **slanted**; I would turn the training digits a little."
SOFTMAX = "softmax-before-cross-entropy"


def result(stub: str, student: str) -> CheckResult:
    """Bela's model fails a hidden check, and the training a visible one."""
    check = Check(f"test_{stub}", stub, WORTH[stub], f"The part {stub} works", hidden=stub == "model")
    if student == "bela" and stub in ("model", "train"):
        message = SECRET if check.hidden else "The loss went from 2.31 to 2.30."
        return CheckResult(check, Outcome.FAILED, SOFTMAX if check.hidden else None, message)
    return CheckResult(check, Outcome.PASSED)


def grade_of(student: str) -> Grade:
    results = tuple(result(stub, student) for stub in WORTH)
    points = sum(one.points for one in results)
    return Grade(student, "digits", "f" * 64, "5" * 64, RunStatus.GRADED, points, 20.0, 1, results)


NAMES = {"ada": ("Lovelace", "Ada"), "bela": ("Bartók", "Bela")}


@dataclass(frozen=True)
class Room:
    """A folder of results, as `autograder grade` leaves it, with nbgrader's commands run inside."""

    folder: Path

    @property
    def surroundings(self) -> dict[str, str]:
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        return {**os.environ, "PATH": path, "HOME": str(self.folder), "JUPYTER_PREFER_ENV_PATH": "1"}

    def hand_over(self) -> None:
        folders = gradebook.Folders(
            self.folder / "submitted", self.folder / "autograded", f"sqlite:///{self.folder}/gradebook.db"
        )
        gradebook.write(map(self.entry, ("ada", "bela")), release=RELEASE, folders=folders, hints=HINTS)

    def entry(self, student: str) -> gradebook.Entry:
        path = self.folder / "inbox" / f"{student}.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}")
        cells = (Cell("cell 1 (model)", f"class DigitClassifier: ...  # {student}", Role.STUB, "model"),)
        late = 1.5 if student == "bela" else 0.0
        return gradebook.Entry(
            Submission(student, str(path), "5" * 64), grade_of(student), cells, {"misread": ESSAY}, late, NAMES[student]
        )

    def nbgrader(self, *words: str) -> None:
        command = [sys.executable, "-m", "nbgrader", *words]
        done = subprocess.run(command, cwd=self.folder, env=self.surroundings, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def exported(self) -> dict[str, dict[str, str]]:
        self.nbgrader("export", "--to", "export.csv")
        with (self.folder / "export.csv").open(newline="") as file:
            return {row["student_id"]: row for row in csv.DictReader(file)}


@pytest.fixture
def room(tmp_path: Path) -> Room:
    made = Room(tmp_path)
    made.hand_over()
    return made


def test_nbgraders_feedback_tells_our_messages_and_nothing_hidden(room: Room) -> None:
    room.nbgrader("generate_feedback", "digits", "--student", "bela")
    page = (room.folder / "feedback-nbgrader" / "bela" / "digits" / "digits.html").read_text("utf-8")
    assert "The loss went from 2.31 to 2.30." in page
    assert HINTS[SOFTMAX].text in page
    assert ESSAY in page
    solution = Course(ROOT).assignment("digits").solution.read_text("utf-8")
    answer = next(cell for cell in json.loads(solution)["cells"] if cell["id"] == "model")["source"][-2].strip()
    assert [text for text in (SECRET, answer) if text in page] == []


@pytest.fixture
def server(room: Room) -> Iterator[str]:
    """JupyterLab in the folder of results; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    options = [f"--ServerApp.port={port}", "--IdentityProvider.token=", "--no-browser", "--allow-root"]
    with (room.folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=room.folder,
            env=room.surroundings,
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(f"{address}/api", room.folder / "server.log")
        yield address
    finally:
        process.terminate()
        process.wait(20)


def wait_for(address: str, log: Path) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text())


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not installed")
def test_what_is_typed_in_formgrader_outlives_a_regrade(room: Room, server: str) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1200, "height": 900})
        tab.goto(f"{server}/formgrader/manage_submissions/digits")
        tab.get_by_text("Bartók, Bela").first.wait_for()
        tab.screenshot(path=room.folder / "submissions.png")
        open_submission(tab, server, room)
        assert "The loss went from" in str(tab.locator("#train-comment").get_attribute("placeholder"))
        type_into(tab, "#misread", "1.5", "api/grade/")
        type_into(tab, "#misread-comment", "Try turning them by 10 degrees.", "api/comment/")
        type_into(tab, "#train_check", "2", "api/grade/")
        tab.screenshot(path=room.folder / "typed.png")
        room.hand_over()
        open_submission(tab, server, room)
        shown = [tab.locator(name).input_value() for name in ("#misread", "#misread-comment", "#train_check")]
        tab.locator("#misread").scroll_into_view_if_needed()
        tab.screenshot(path=room.folder / "again.png")
        browser.close()
    assert shown == ["1.5", "Try turning them by 10 degrees.", "2"]
    told = {
        student: (row["raw_score"], row["late_submission_penalty"], row["score"], row["max_score"])
        for student, row in room.exported().items()
    }
    assert told == {"ada": ("20.0", "0.0", "20.0", "22.0"), "bela": ("14.5", "1.5", "13.0", "22.0")}


def open_submission(tab: Any, server: str, room: Room) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{room.folder}/gradebook.db") as book:
        ident = book.find_submission_notebook("digits", "digits", "bela").id
    tab.goto(f"{server}/formgrader/submissions/{ident}/")
    tab.locator("#misread").wait_for()
    tab.wait_for_function("document.querySelector('#train-comment').placeholder !== ''")


def type_into(tab: Any, name: str, text: str, address: str) -> None:
    """Types as a person does, and waits until the server has it."""
    with tab.expect_response(lambda response: address in response.url and response.request.method == "PUT"):
        tab.locator(name).fill(text)
        tab.locator(name).press("Tab")
