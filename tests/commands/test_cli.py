"""The command line: what it says when it cannot do what it was asked."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT

from autograder.commands import console


def called(*words: str, folder: Path = ROOT) -> tuple[int, str]:
    """Exit code and all output of `autograder WORDS`, run in `folder`."""
    ran = subprocess.run([sys.executable, "-m", "autograder", *words], cwd=folder, capture_output=True, text=True)
    return ran.returncode, " ".join((ran.stdout + ran.stderr).split())


def test_an_unknown_assignment_is_answered_with_those_there_are() -> None:
    code, said = called("audit", "digts")
    assert code == 2
    assert re.search(r"no such assignment\. This course has: .*\bdigits\b", said)


def test_a_folder_without_a_course_is_said_to_be_none(tmp_path: Path) -> None:
    code, said = called("verify", folder=tmp_path)
    assert code == 2
    assert "holds a course.toml" in said
    assert 'begin one here: a file course.toml with the line title = "My course"' in said


def test_a_course_whose_settings_are_wrong_gets_no_new_assignment_but_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "course.toml").touch()
    code, said = called("new", "first", folder=tmp_path)
    assert (code, (tmp_path / "assignments").exists()) == (2, False)
    assert "course.toml: title: Field required. Correct what is named here." in " ".join(said.split())
    assert "pydantic" not in said


def test_data_that_are_not_there_are_asked_for_before_anything_runs(tmp_path: Path) -> None:
    code, said = called("grade", "digits", str(tmp_path), "--out", str(tmp_path / "out"), "--data", str(tmp_path))
    assert code == 2
    assert "train-images-idx3-ubyte" in said


def test_findings_of_strangers_are_shown_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    console.tick(False, "[red]ada", "\x1b[31mTOTAL 20/20")
    assert "[red]ada \\x1b[31mTOTAL 20/20" in capsys.readouterr().out


def test_the_command_line_is_there_without_pytorch() -> None:
    code = "import sys, autograder.cli; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
