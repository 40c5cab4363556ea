"""A folder of results belongs to one assignment, and to one run at a time: whoever comes second loses nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from places import ROOT
from typer.testing import CliRunner

from autograder import cli
from autograder.core.errors import CourseError
from autograder.core.model import Submission
from autograder.intake import record
from autograder.intake.record import HandIns
from autograder.results import folder

HOLDER = (
    "import sys; from pathlib import Path; from autograder.results import folder\n"
    "with folder.alone(Path(sys.argv[1])): print('in', flush=True); sys.stdin.read()"
)


def refusal(*words: str) -> str:
    done = CliRunner().invoke(cli.app, list(words))
    assert isinstance(done.exception, CourseError), done.output
    return str(done.exception)


@pytest.fixture
def graded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(ROOT)
    record.write(HandIns("digits", "f" * 64, (Submission("ada", "in/ada.ipynb", "5" * 64),)), tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        ("grade", "gradient_descent", "."),
        ("regrade", "gradient_descent"),
        ("mark", "gradient_descent", "ada", "test_x", "1", "--why", "x"),
        ("show", "gradient_descent"),
        ("export", "gradient_descent"),
        ("feedback", "gradient_descent"),
        ("report", "gradient_descent"),
    ],
    ids=lambda words: words[0],
)
def test_another_assignment_is_refused_by_every_verb(graded: Path, words: tuple[str, ...]) -> None:
    before = {path.name: path.read_bytes() for path in graded.iterdir()}
    said = refusal(*words, "--out", str(graded))
    assert "holds the class of the assignment digits, not of gradient_descent" in said
    (graded / folder.LOCK).unlink(missing_ok=True)
    assert {path.name: path.read_bytes() for path in graded.iterdir()} == before


@contextmanager
def at_work(place: Path) -> Iterator[int]:
    """Another process that works in a folder."""
    command = [sys.executable, "-c", HOLDER, str(place)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdin
        assert other.stdout.readline() == b"in\n"
        yield other.pid
        other.stdin.close()


@pytest.mark.sandbox
def test_of_two_runs_on_one_folder_the_second_is_told_who_is_there_and_changes_nothing(graded: Path) -> None:
    with at_work(graded) as pid:
        before = {path.name: path.read_bytes() for path in graded.iterdir()}
        for words in (("grade", "digits", "."), ("export", "digits"), ("feedback", "digits"), ("report", "digits")):
            said = refusal(*words, "--out", str(graded))
            assert f"another run is at work there (process {pid} of " in said
            assert "Wait until it has ended" in said
        assert {path.name: path.read_bytes() for path in graded.iterdir()} == before
    with folder.alone(graded):
        pass


def test_a_folder_where_nothing_can_be_written_is_named(graded: Path) -> None:
    place = graded / record.NAME / "out"  # below a file
    assert f"{place}: nothing can be written there (Not a directory)" in refusal(
        "grade", "digits", ".", "--out", str(place)
    )
