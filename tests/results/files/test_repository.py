"""The verb `result`: the one notebook of a student's repository, graded where it lies."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from places import ROOT
from sample_grades import CLASS, HINTS, SECRET
from typer.testing import CliRunner

from autograder import cli
from autograder.core.course import Course
from autograder.core.model import Grade
from autograder.results import telling
from autograder.results.files import repository, rows

DESCENT = Course(ROOT).assignment("gradient_descent")


def result(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str, dict[str, Any]]:
    """Exit code, output and result.json of a run in a repository called descent-ada."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("GITHUB_REPOSITORY", "course/descent-ada")
    target = folder.parent / "result.json"
    done = CliRunner().invoke(
        cli.app, ["result", DESCENT.name, str(folder), "--to", str(target)], catch_exceptions=False
    )
    return done.exit_code, done.output, json.loads(target.read_text("ascii"))


@pytest.mark.sandbox
def test_a_repositorys_solution_earns_everything_and_the_row_is_one_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "work"
    (work / "homework").mkdir(parents=True)
    (work / ".git").mkdir()
    (work / "README.md").write_text("Mine.")
    shutil.copy(DESCENT.solution, work / "homework" / "mine.ipynb")
    code, said, row = result(work, monkeypatch)
    assert (code, row["student"]) == (0, "descent-ada")
    assert row["points"] == row["max_points"] == sum(check["points"] for check in row["checks"])
    assert row.keys() == rows.to_row(CLASS[0]).keys()
    assert "10 of 10 points" in said


@pytest.mark.sandbox
def test_an_untouched_repository_is_told_so_and_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = tmp_path / "work"
    work.mkdir()
    shutil.copy(DESCENT.release, work)
    code, _, row = result(work, monkeypatch)
    assert (code, row["points"]) == (1, 0.0)
    assert row["seed"] == result(work, monkeypatch)[2]["seed"] > 0


def test_a_repository_without_a_notebook_fails_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = tmp_path / "work"
    work.mkdir()
    code, said, row = result(work, monkeypatch)
    assert (code, row["points"], row["status"]) == (1, None, "unreadable")
    assert "Hand in your notebook gradient_descent.ipynb" in said


@pytest.mark.parametrize("grade", CLASS, ids=lambda grade: grade.student)
def test_nothing_hidden_stands_in_the_row_of_a_repository(grade: Grade, tmp_path: Path) -> None:
    repository.write(telling.as_told(grade, HINTS), tmp_path / "result.json")
    assert SECRET not in (tmp_path / "result.json").read_text("ascii")
