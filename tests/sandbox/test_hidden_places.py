"""What is to be hidden is hidden wherever it lies, or nothing is run."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
from conftest import LIMITS
from places import ROOT

from autograder.core.errors import SandboxError
from autograder.core.model import Cell, Role
from autograder.sandbox import Room, Template, selftest

LIBRARIES = f"lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"
SECRETS = (
    "assignments/tiny/test_tiny.py",
    "submitted/bo.ipynb",
    "graded/seed.key",
    f"{LIBRARIES}/digits/labels.csv",
    f"{LIBRARIES}/ledger.db",
)
OPEN = "a secret"
READER = f"""
import json, sys
sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]
from conftest import LIMITS, MODE
from autograder.core.model import Cell, Role
from autograder.sandbox import Room, Template

source = '''
def read(path):
    try:
        return open(path).read()
    except OSError:
        return "closed"
'''
paths, hidings = json.loads(sys.argv[1])
with Template.start(LIMITS, MODE) as template:
    for hidden in hidings:
        template.hidden = tuple(hidden)
        room = Room(template, (Cell("a", source, Role.STUB),), "", LIMITS)
        print(json.dumps([room.student.read(path) for path in paths]))
        room.close()
"""


def test_in_a_course_that_is_a_virtual_environment_too_only_libraries_are_read(
    tmp_path: Path, template: Template
) -> None:
    course = tmp_path / "course"
    venv.create(course, symlinks=True)
    for name in SECRETS:
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(OPEN)
    (course / LIBRARIES / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    paths = [str(course / name) for name in SECRETS]
    hidings = [[], [str(course / LIBRARIES / "digits"), str(course / SECRETS[-1])]]
    command = [str(course / "bin" / "python"), "-c", READER, json.dumps([paths, hidings])]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    unhidden, hidden = map(json.loads, run.stdout.splitlines())
    assert unhidden == ["closed", "closed", "closed", OPEN, OPEN]
    assert hidden == ["closed"] * 5


def test_what_python_needs_cannot_be_hidden(template: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template, "hidden", (str(Path(sysconfig.get_path("stdlib")).parent),))
    with pytest.raises(SandboxError, match=r"is to be hidden from student code, but Python needs .*\. Move the one"):
        template.fork(LIMITS)


def test_a_hidden_place_that_lies_open_is_named(
    tmp_path: Path, template: Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "seed.key").write_text("key")
    places = (str(tmp_path), str(Path(pytest.__file__).parent))
    assert list(found_of(template, places).values()) == [True, False]
    monkeypatch.setattr(template, "hidden", places)
    found = found_of(template, places)
    assert list(found.values()) == [True, True]
    assert f"An attempt to read {tmp_path / 'seed.key'}, in a place that is hidden from it, was refused." in found
    assert set(found) < {finding.sentence for finding in selftest.probe(template)}


def found_of(template: Template, places: tuple[str, ...]) -> dict[str, bool]:
    """What the walls' own test finds of hidden places: sentence and whether they are."""
    with selftest._canaries(template.folder) as canaries:
        room = Room(template, (Cell("intruder", selftest.INTRUDER, Role.GIVEN),), "", LIMITS)
        findings = [selftest._tried(one, room, canaries) for one in selftest._of_hidden_places(places)]
        room.close()
    return {finding.sentence: finding.ok for finding in findings}
