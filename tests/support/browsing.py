"""JupyterLab as a student meets it: a real server, a real browser, Colab's IPython without the kit."""

from __future__ import annotations

import contextlib
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

from plain_kernel import ColabKernel, make_colab

CHROMIUM = Path("/usr/bin/chromium")
PATIENCE = 180
"""Seconds that a slow machine may take for one step."""

THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}

MISTAKE = '''# YOUR TURN: model
class DigitClassifier(nn.Module):
    """Gives ten scores, one for each digit, to every image: (B, 1, 28, 28) → (B, 10)."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28 * 28, 128)
        self.scores = nn.Linear(128, 10)

    def forward(self, images):
        return self.scores(F.relu(self.hidden(images)))
'''
MENDED = MISTAKE.replace("self.hidden(images)", "self.hidden(images.flatten(1))")

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

    def hide_files(self) -> None:
        """Folds the list of files at the left away, as one does on a phone."""
        self._tab.evaluate("window.jupyterapp.shell.collapseLeft()")

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

    def card(self, stub: str, answer: str) -> str:
        """Writes an answer, runs it, checks it, and scrolls to both; all that the card says."""
        self.go_to(stub)
        self.write(answer)
        self._tab.keyboard.press("Control+Enter")
        self._tab.evaluate(
            f"id => {NOTEBOOK}.widgets.find(cell => cell.model.id === id).model.outputs.clear()", f"{stub}_check"
        )
        self.run(f"{stub}_check", "points so far")
        self.go_to(f"{stub}_check")
        (shown,) = json.loads(self._tab.evaluate(OUTPUTS, f"{stub}_check"))
        return " ".join("".join(shown["data"]["text/plain"]).split())

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


@contextlib.contextmanager
def served(notebook: Path, folder: Path, theme: str = "light") -> Iterator[str]:
    """A JupyterLab on this machine only, with a copy of the notebook in folder/desk and Colab's IPython as its one
    kernel; the notebook's address."""
    make_colab()
    desk, kernel = folder / "desk", folder / "jupyter" / "kernels" / "python3"
    settings = folder / "settings" / "@jupyterlab" / "apputils-extension"
    for place in (desk, kernel, settings):
        place.mkdir(parents=True)
    shutil.copy(notebook, desk)
    quiet = {"notification": {"fetchNews": "false", "checkForUpdates": False}, "themes": {"theme": THEMES[theme]}}
    for name, values in quiet.items():
        (settings / f"{name}.jupyterlab-settings").write_text(json.dumps(values), "utf-8")
    argv = [ColabKernel.python, "-I", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "Python 3", "language": "python"}))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    places = {"HOME": str(folder), "JUPYTER_PATH": str(folder / "jupyter"), "OMP_NUM_THREADS": "1"}
    places |= {"JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"), "PATH": os.environ["PATH"]}
    options = ("--no-browser", "--allow-root", "--expose-app-in-browser", "--IdentityProvider.token=")
    command = [sys.executable, "-m", "jupyterlab", *options, f"--port={port}", f"--ServerApp.root_dir={desk}"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=places, stdout=log, stderr=log, cwd=desk)
        try:
            _wait(f"http://127.0.0.1:{port}/api")
            yield f"http://127.0.0.1:{port}/lab/tree/{notebook.name}"
        finally:
            server.terminate()
            server.wait(timeout=60)


@contextlib.contextmanager
def opened(address: str, width: int = 1150, height: int = 860) -> Iterator[Any]:
    """The notebook in a browser, as soon as its kernel waits."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": width, "height": height}, bypass_csp=True)
        tab.set_default_timeout(PATIENCE * 1000)
        tab.goto(address)
        tab.wait_for_function(READY)
        yield tab
        browser.close()


def _wait(address: str) -> None:
    last_moment = time.monotonic() + PATIENCE
    while time.monotonic() < last_moment:
        try:
            with urlopen(address):
                return
        except URLError:
            time.sleep(0.5)
    raise TimeoutError(f"{address}: no JupyterLab answered within {PATIENCE} seconds.")
