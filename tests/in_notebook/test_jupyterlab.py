"""The lesson in JupyterLab as a student meets it: a real server, a real browser, Colab's IPython without the kit."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from places import ROOT
from plain_kernel import ColabKernel, make_colab

from autograder.core.course import Course

CHROMIUM = Path("/usr/bin/chromium")
DIGITS = Course(ROOT).assignment("digits")
PATIENCE = 180
"""Seconds that a slow machine may take for one step."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not installed"),
]

WRONG = '''# YOUR TURN: model
class DigitClassifier(nn.Module):
    """Gives ten scores, one for each digit, to every image: (B, 1, 28, 28) → (B, 10)."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28 * 28, 128)
        self.scores = nn.Linear(128, 10)

    def forward(self, images):
        return self.scores(F.relu(self.hidden(images)))
'''
MENDED = WRONG.replace("self.hidden(images)", "self.hidden(images.flatten(1))")

NOTEBOOK = "window.jupyterapp.shell.currentWidget.content"
SELECT = f"id => {NOTEBOOK}.activeCellIndex = {NOTEBOOK}.widgets.findIndex(cell => cell.model.id === id)"
OUTPUTS = f"id => JSON.stringify({NOTEBOOK}.widgets.find(cell => cell.model.id === id).model.outputs.toJSON())"
READY = "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"


class Student:
    """One who sits at the browser: chooses cells, types, runs them and reads what appears."""

    def __init__(self, tab: Any, pictures: Path) -> None:
        self._tab, self._pictures = tab, pictures

    def go_to(self, cell: str) -> None:
        """Selects a cell by its id, and scrolls to it."""
        self._tab.keyboard.press("Escape")
        self._tab.evaluate(SELECT, cell)
        self._tab.evaluate(f"{NOTEBOOK}.scrollToItem({NOTEBOOK}.activeCellIndex, 'start')")

    def write(self, source: str) -> None:
        """Replaces the text of the selected cell: a click into it, then the keyboard."""
        self._tab.locator(".jp-Cell.jp-mod-active .cm-content").click()
        self._tab.keyboard.press("Control+a")
        self._tab.keyboard.insert_text(source)

    def run(self, cell: str, words: str) -> None:
        """Runs a cell and waits until it shows `words`."""
        self.go_to(cell)
        self._tab.keyboard.press("Control+Enter")
        self._tab.wait_for_function(f"([id, words]) => ({OUTPUTS})(id).includes(words)", arg=[cell, words])

    def run_own(self, source: str, words: str) -> str:
        """Adds a cell below the selected one and runs it; its id."""
        self._tab.keyboard.press("Escape")
        self._tab.keyboard.press("b")
        cell = str(self._tab.evaluate(f"{NOTEBOOK}.activeCell.model.id"))
        self.write(source)
        self._tab.keyboard.press("Control+Enter")
        self._tab.wait_for_function(f"([id, words]) => ({OUTPUTS})(id).includes(words)", arg=[cell, words])
        return cell

    def draw(self, strokes: Sequence[Sequence[tuple[int, int]]], words: str) -> str:
        """Draws with the mouse into the field on the page, and waits until it says `words`; all that it says then."""
        box = self._tab.locator("canvas[aria-label='Draw a digit here']").bounding_box()
        for first, *rest in strokes:
            self._tab.mouse.move(box["x"] + first[0], box["y"] + first[1])
            self._tab.mouse.down()
            for across, down in rest:
                self._tab.mouse.move(box["x"] + across, box["y"] + down, steps=8)
            self._tab.mouse.up()
        told = self._tab.locator("[role=status]", has_text=words)
        told.wait_for()
        return str(told.inner_text())

    def photograph(self, name: str) -> None:
        self._tab.wait_for_timeout(700)
        self._tab.screenshot(path=str(self._pictures / f"{name}.png"))


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A JupyterLab on this machine only, with the release in its folder and Colab's IPython as its one kernel."""
    make_colab()
    desk, kernel = tmp_path / "desk", tmp_path / "jupyter" / "kernels" / "python3"
    news = tmp_path / "settings" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    for folder in (desk, kernel, news.parent):
        folder.mkdir(parents=True)
    shutil.copy(DIGITS.release, desk)
    news.write_text('{"fetchNews": "false", "checkForUpdates": false}', "utf-8")
    argv = [ColabKernel.python, "-I", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "Python 3", "language": "python"}))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    places = {"HOME": str(tmp_path), "JUPYTER_PATH": str(tmp_path / "jupyter"), "OMP_NUM_THREADS": "1"}
    places |= {"JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings"), "PATH": os.environ["PATH"]}
    options = ("--no-browser", "--allow-root", "--expose-app-in-browser", "--IdentityProvider.token=")
    command = [sys.executable, "-m", "jupyterlab", *options, f"--port={port}", f"--ServerApp.root_dir={desk}"]
    with (tmp_path / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=places, stdout=log, stderr=log, cwd=desk)
        try:
            _wait(f"http://127.0.0.1:{port}/api")
            yield f"http://127.0.0.1:{port}/lab/tree/{DIGITS.release.name}"
        finally:
            server.terminate()
            server.wait(timeout=60)


def _wait(address: str) -> None:
    last_moment = time.monotonic() + PATIENCE
    while time.monotonic() < last_moment:
        try:
            with urlopen(address):
                return
        except URLError:
            time.sleep(0.5)
    pytest.fail(f"{address}: no JupyterLab answered within {PATIENCE} seconds.")


def test_a_student_goes_from_a_mistake_over_two_hints_to_a_tick(address: str, tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1150, "height": 860})
        tab.set_default_timeout(PATIENCE * 1000)
        tab.goto(address)
        tab.wait_for_function(READY)
        student = Student(tab, tmp_path)
        student.go_to("setup")
        folded = tab.locator(".jp-Cell.jp-mod-active .jp-Placeholder").count()
        student.run("setup", "Set-up done")
        student.photograph("setup")
        student.go_to("imports")
        tab.keyboard.press("Control+Enter")
        student.go_to("model")
        student.write(WRONG)
        tab.keyboard.press("Control+Enter")
        student.run("model_check", "Flatten each image to 784 numbers")
        student.go_to("model")
        student.photograph("mistake")
        student.go_to("model_check")
        student.run_own('hint("model")', "Hint 1 of")
        student.run_own('hint("model", 2)', "It is about here in your cell")
        student.go_to("model_check")
        student.photograph("hints")
        student.go_to("model")
        student.write(MENDED)
        tab.keyboard.press("Control+Enter")
        student.run("model_check", "every visible check passes")
        student.go_to("model")
        student.photograph("mended")
        marks = tab.locator(".jp-OutputArea-output [role=img][aria-label=passed]").count()
        browser.close()
    assert folded == 1
    assert marks == 2


FOUR = (((150, 50), (80, 170), (220, 170)), ((180, 100), (170, 250)))
SEVEN = (((70, 60), (210, 60), (130, 240)),)


@pytest.fixture
def tab(address: str) -> Iterator[Any]:
    """The release in JupyterLab, its set-up cell run, and the field to draw in on the screen."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1150, "height": 860})
        tab.set_default_timeout(PATIENCE * 1000)
        tab.goto(address)
        tab.wait_for_function(READY)
        student = Student(tab, Path())
        student.run("setup", "Set-up done")
        student.run("draw_demo", "a white square")
        yield tab
        browser.close()


def test_digits_drawn_with_the_mouse_are_read_at_once(tab: Any, tmp_path: Path) -> None:
    student = Student(tab, tmp_path)
    four = student.draw(FOUR, "It says: 4")
    tab.get_by_role("button", name="Clear").click()
    seven = student.draw(SEVEN, "It says: 7")
    assert [line.strip() for line in four.splitlines() if line.strip() in set("0123456789")] == list("0123456789")
    assert "28 × 28" in seven


def test_where_the_kernel_is_elsewhere_the_drawing_reaches_the_next_cell_as_a_file(tab: Any, tmp_path: Path) -> None:
    tab.route(lambda address: "/draw-" in address, lambda route: route.abort())
    student = Student(tab, tmp_path)
    student.draw(FOUR, "Your drawing is kept as my_digit.png beside this notebook")
    student.run_own('image = read_picture("my_digit.png")', "Picture: my_digit.png in 5 steps")
    assert (tmp_path / "desk" / "my_digit.png").exists()
