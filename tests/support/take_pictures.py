"""Takes the pictures of README and guides anew: the lesson in JupyterLab, a feedback page, the class report.

    python tests/support/take_pictures.py GRADED

GRADED is what a class was graded to, such as the demo's. Pictures go to docs/pictures.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import Any

from browsing import CHROMIUM, MENDED, MISTAKE, Student, opened, served
from PIL import Image
from places import ROOT
from playwright.sync_api import sync_playwright

from autograder.core.course import Course

PICTURES = ROOT / "docs" / "pictures"
COLOURS = 128
"""Of a picture; more would not be seen, and each file would be twice as large."""
PART_OF_CLASS = "emma"
"""A student of the demo whose page has praise, a cause and a curve."""


def main() -> None:
    (graded,) = map(Path, sys.argv[1:])
    lesson()
    pages(graded)


def lesson() -> None:
    """A mistake and its hint, and the same part mended; the field to draw in."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Course(ROOT).assignment("digits").release, Path(folder)) as address,
        opened(address, width=900) as tab,
    ):
        student = Student(tab, Path(folder))
        student.hide_files()
        student.go_to("setup")
        student.run("setup", "Set-up done")
        keep("setup", shot(tab, "setup"))
        student.run("imports", "")
        student.run("draw_demo", "a white square")
        student.draw((((150, 50), (80, 170), (220, 170)), ((180, 100), (170, 250))), "It says: 4")
        keep("drawing", shot(tab, "draw_demo"))
        for name, answer, words in (("hints", MISTAKE, "Flatten each"), ("mended", MENDED, "every visible check")):
            student.go_to("model")
            student.write(answer)
            tab.keyboard.press("Control+Enter")
            student.run("model_check", words)
            asked = [student.run_own('hint("model")', "Hint 1 of")] if name == "hints" else []
            keep(name, shot(tab, "model", "model_check", *asked))


def pages(graded: Path) -> None:
    """The top of a feedback page, and of the class report."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        for name, path, width, height in (
            ("feedback", graded / "feedback" / f"{PART_OF_CLASS}.html", 760, 1100),
            ("report", graded / "report.html", 1100, 900),
        ):
            tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
            tab.goto(path.resolve().as_uri())
            keep(name, tab.screenshot())
        browser.close()


def shot(tab: Any, *cells: str) -> bytes:
    """A picture of these cells, one below the other."""
    tab.set_viewport_size({"width": 900, "height": 1600})
    tab.wait_for_timeout(700)
    boxes = [tab.evaluate(BOX, cell) for cell in cells]
    top, left = min(box["y"] for box in boxes), min(box["x"] for box in boxes)
    bottom, right = (max(box[at] + box[size] for box in boxes) for at, size in (("y", "height"), ("x", "width")))
    return bytes(tab.screenshot(clip={"x": left, "y": top, "width": right - left, "height": bottom - top}))


BOX = """id => {
  const book = window.jupyterapp.shell.currentWidget.content;
  return book.widgets.find(cell => cell.model.id === id).node.getBoundingClientRect().toJSON();
}"""


def keep(name: str, picture: bytes) -> None:
    """Writes a picture with few colours, which is all that a page of text has."""
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    path = PICTURES / f"{name}.png"
    image.save(path, optimize=True)
    print(f"{path}: {image.width} × {image.height}, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
