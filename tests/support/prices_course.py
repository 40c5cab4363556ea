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
_CELL = re.compile(r"^In the master, the cell `(\w+)`:\n\n```python\n(.*?)\n```", re.MULTILINE | re.DOTALL)


def write(root: Path) -> Assignment:
    """The course in `root`, with the one assignment `prices`, as somebody makes it who follows the guide."""
    guide = (ROOT / "docs" / "assignment.md").read_text("utf-8")
    for name in ("course.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, root / name)
    (root / "assignments").mkdir()
    assignment = new.create(Course(root), "prices")
    for bank in ("right", "wrong"):
        shutil.rmtree(assignment.folder / bank)
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
    return assignment
