"""The data-file assignment of the guide: its files and cells are those that docs/assignment.md shows."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from places import ROOT

from autograder.authoring import new
from autograder.core.course import Assignment, Course

_FILE = re.compile(r"^`(assignments/prices/[^`]+)`[^\n]*:\n\n```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
GUIDE = ROOT / "docs" / "assignment.md"
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CELL = re.compile(r"^In the master, the cell `(\w+)`:\n\n```python\n(.*?)\n```", re.MULTILINE | re.DOTALL)


def write(root: Path) -> Assignment:
    """The course in `root`, with the one assignment `prices`, as somebody makes it who follows the guide."""
    begin(root)
    assignment = new.create(Course(root), "prices")
    for bank in ("right", "wrong"):
        shutil.rmtree(assignment.folder / bank)
    fill(assignment)
    return assignment


def begin(root: Path) -> None:
    """A course without an assignment."""
    for name in ("course.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, root / name)
    (root / "assignments").mkdir()


def fill(assignment: Assignment) -> None:
    """Makes of the small example what the guide shows."""
    root, guide = assignment.root, GUIDE.read_text("utf-8")
    for name, text in _FILE.findall(guide):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sources = dict(_CELL.findall(guide))
    book = json.loads(assignment.master.read_text("utf-8"))
    for cell in book["cells"]:
        if cell["id"] in sources:
            cell["source"] = sources.pop(cell["id"])
    assert not sources, f"the guide names cells that are not there: {[*sources]}"
    assignment.master.write_text(json.dumps(book), encoding="utf-8")


def commands() -> list[list[str]]:
    """The lines that the guide's chapter lets people type, by block."""
    chapter = GUIDE.read_text("utf-8").partition("## 8. Data files")[2].partition("\n## 9.")[0]
    return [block.splitlines() for block in _BLOCK.findall(chapter)]
