"""What is no master of ours is refused in a sentence, before anything is made of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import prices_course
import pytest

from autograder.authoring import master, release
from autograder.core.course import Assignment
from autograder.core.errors import CourseError


def cell(book: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in book["cells"] if one["id"] == name)


def without_set_up(book: dict[str, Any]) -> None:
    book["cells"].remove(cell(book, "setup"))


def without_answer(book: dict[str, Any]) -> None:
    cell(book, "average")["source"] = "def average(table, town):\n    return 1"


def of_otter(book: dict[str, Any]) -> None:
    raw = {"cell_type": "raw", "id": "config", "metadata": {}, "source": "# ASSIGNMENT CONFIG\nname: prices"}
    code = {"cell_type": "code", "id": "q1", "metadata": {}, "execution_count": None, "outputs": []}
    book["cells"] = [raw, {**code, "source": "x = 1 # SOLUTION"}]


def as_it_is(book: dict[str, Any]) -> None:
    """Nothing is taken away."""


@pytest.mark.parametrize(
    ("spoil", "checks", "sentence"),
    [
        (without_set_up, True, "no code cell is the set-up cell"),
        (without_answer, True, "no cell is an autograded answer with ### BEGIN SOLUTION"),
        (as_it_is, None, r"there is no test_prices\.py beside it"),
        (as_it_is, False, r"test_prices\.py has no check"),
        (of_otter, True, r"no code cell is the set-up cell .* looks like a master of Otter\. .*autograder adopt OLD"),
    ],
)
def test_a_notebook_that_lacks_something_is_refused_with_the_first_thing_missing(
    spoil: Callable[[dict[str, Any]], None], checks: bool | None, sentence: str, tmp_path: Path
) -> None:
    assignment = prices_course.write(tmp_path)
    book = json.loads(assignment.master.read_text("utf-8"))
    spoil(book)
    assignment.master.write_text(json.dumps(book), encoding="utf-8")
    if checks is None:
        assignment.checks.unlink()
    elif not checks:
        assignment.checks.write_text("import pandas\n", encoding="utf-8")
    with pytest.raises(CourseError, match=sentence):
        release.build(tmp_path, "prices")
    assert not assignment.release.exists()


@pytest.fixture
def prices(tmp_path: Path) -> Assignment:
    return prices_course.write(tmp_path)


def test_what_lies_beside_the_master_and_reaches_nobody_is_named(prices: Assignment) -> None:
    for name in ("prices.csv", "more.ipynb", "README.md", "reckoning.py"):
        (prices.folder / name).touch()
    told = master.lost(prices)
    assert [Path(sentence.split(":")[0]).name for sentence in told] == ["more.ipynb", "prices.csv"]
    assert all("Move it to files/" in sentence for sentence in told)
