"""`pytest assignments/NAME --student NOTEBOOK`: pytest's own report on one notebook."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT

from autograder.authoring import audit
from autograder.authoring.audit import Notebooks
from autograder.core.course import Course


def ran(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize("name", ["gradient_descent", "digits"])
def test_the_solution_passes_and_a_wrong_notebook_fails_with_what_its_student_reads(name: str, tmp_path: Path) -> None:
    assignment = Course(ROOT).assignment(name)
    solved = ran(f"assignments/{name}", "--student", str(assignment.solution))
    assert solved.returncode == 0, solved.stdout[-3000:]
    assert re.search(r"^=+ \d\d passed", solved.stdout, re.MULTILINE)
    wrong = next(one for one, right in audit.bank(assignment.folder) if not right and one.hints and one.fails)
    path = tmp_path / "wrong.ipynb"
    path.write_bytes(Notebooks(assignment).of(wrong))
    failed = ran(f"assignments/{name}", "--student", str(path))
    assert failed.returncode == 1, failed.stdout[-3000:]
    told = failed.stdout.split("what the student is told")
    assert any(re.search(r"^failed: \S.*(got .*; wanted |raised )", one, re.MULTILINE | re.DOTALL) for one in told[1:])


def test_the_untouched_release_is_told_as_not_attempted() -> None:
    release = Course(ROOT).assignment("gradient_descent").release
    found = ran("assignments/gradient_descent", "--student", str(release), "--seed", "3")
    assert found.returncode == 1
    assert "not attempted yet" in found.stdout
    assert "INTERNALERROR" not in found.stdout + found.stderr


def test_without_a_notebook_checks_are_skipped_and_say_why() -> None:
    found = ran("assignments/gradient_descent", "-rs")
    assert found.returncode == 0, found.stdout[-3000:]
    assert "--student NOTEBOOK" in found.stdout
