"""Grading a class: the judge proves itself on the assignment's own solution before anybody is marked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import tiny_class

from autograder.core.errors import SandboxError
from autograder.grading.engines.local import LocalEngine
from autograder.grading.group import Class, Plan, grade_class
from autograder.grading.ledger import Ledger
from autograder.intake import hand_ins


@pytest.fixture(scope="module")
def engine() -> Iterator[LocalEngine]:
    with LocalEngine(1) as engine:
        yield engine


@pytest.fixture
def group(tmp_path: Path) -> Class:
    assignment = tiny_class.course(tmp_path)
    submissions = hand_ins.collect(tiny_class.hand_in(tmp_path / "in", 3)).submissions
    return Class(assignment, submissions, tmp_path / "out", seed=3)


def spoil(group: Class) -> None:
    """Let the solution fail, as it would on a machine with another PyTorch or with broken digits."""
    group.assignment.solution.write_text(json.dumps(tiny_class.tiny.notebook(tiny_class.HALF)))


def test_where_the_solution_fails_nobody_is_marked(group: Class, engine: LocalEngine) -> None:
    spoil(group)
    with pytest.raises(SandboxError, match=r"(?s)We could not judge: .*it earned 16.0 of 20.*\ntest_share: .*Nobody"):
        grade_class(group, engine, Plan())
    with Ledger.open(group.out / "ledger.db") as ledger:
        assert ledger.grades("tiny") == []


def test_a_class_that_is_graded_needs_no_proof(group: Class, engine: LocalEngine) -> None:
    rows = grade_class(group, engine, Plan())
    assert [row.points for row in rows] == [20.0, 20.0, 16.0]
    spoil(group)
    assert grade_class(group, engine, Plan()) == rows


def test_a_course_without_its_solution_is_graded_all_the_same(group: Class, engine: LocalEngine) -> None:
    group.assignment.solution.unlink()
    assert len(grade_class(group, engine, Plan())) == 3
