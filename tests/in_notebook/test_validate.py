"""`nbgrader validate` tells students the truth: it is content with perfect work, and names what visible checks fail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from places import ROOT

from autograder.core.course import Course

DESCENT = Course(ROOT).assignment("gradient_descent")


def validated(folder: Path, spoilt: dict[str, tuple[str, str]]) -> str:
    """What nbgrader's own command says of the release with all answers in it, some of them spoilt."""
    book, worked = (json.loads(path.read_text("utf-8")) for path in (DESCENT.release, DESCENT.solution))
    answers = {cell["id"]: "".join(cell["source"]) for cell in worked["cells"]}
    for cell in book["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            old, new = spoilt.get(cell["id"], ("", ""))
            assert old in answers[cell["id"]]
            cell["source"] = answers[cell["id"]].replace(old, new) if old else answers[cell["id"]]
    (folder / "gradient_descent.ipynb").write_text(json.dumps(book), encoding="utf-8")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "validate", "gradient_descent.ipynb"],
        cwd=folder,
        env={**os.environ, "PATH": path, "HOME": str(folder), "JUPYTER_PREFER_ENV_PATH": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_perfect_work_passes(tmp_path: Path) -> None:
    assert validated(tmp_path, {}).strip() == "Success! Your notebook passes all the tests."


def test_what_a_visible_check_fails_is_named_and_nothing_else(tmp_path: Path) -> None:
    said = validated(tmp_path, {"descent": ("return", "return None and")})
    assert "VALIDATION FAILED ON 1 CELL(S)!" in said
    assert 'check("descent")' in said
