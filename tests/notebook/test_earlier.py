"""A correction accuses nobody: cells of an earlier release are untouched cells, and so are those of the solution."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from places import ROOT

from autograder import notebook
from autograder.core.course import Course
from autograder.notebook.earlier import memory_of, remember

Book = dict[str, Any]
Change = Callable[[Book], None]
DIGITS, DESCENT = (Course(ROOT).assignment(name) for name in ("digits", "gradient_descent"))


def released(assignment: Any = DIGITS) -> Book:
    """The release as if there had been none before it."""
    book: Book = json.loads(assignment.release.read_text("utf-8"))
    book["metadata"].pop("autograder", None)
    return book


def cell(book: Book, name: str) -> Book:
    return next(one for one in book["cells"] if one["id"] == name)


def corrected(before: Book, change: Change) -> Book:
    """The next release, after a correction of the master."""
    book = copy.deepcopy(before)
    book["metadata"].pop("autograder", None)
    change(book)
    return remember(book, before)


def reworded(name: str, text: str, new: str) -> Change:
    def change(book: Book) -> None:
        source = "".join(cell(book, name)["source"])
        assert text in source
        cell(book, name)["source"] = source.replace(text, new)

    return change


def repriced(name: str) -> Change:
    def change(book: Book) -> None:
        cell(book, name)["metadata"]["nbgrader"]["points"] = 7

    return change


def with_a_new_check(book: Book) -> None:
    twin = copy.deepcopy(cell(book, "model_check"))
    twin["id"] = twin["metadata"]["nbgrader"]["grade_id"] = "again_check"
    book["cells"].append(twin)
    reworded("setup", "import atexit", "import  sys, atexit")(book)  # which carries the check itself


CORRECTIONS: dict[str, Change] = {
    "a public check, carried by the set-up cell": reworded("setup", "import atexit", "import  sys, atexit"),
    "the text of a check cell": reworded("model_check", 'check("model")', 'check("model", 1)'),
    "an import": reworded("imports", "import torch", "import random\nimport torch"),
    "what a stub says": reworded("model", "raise NotImplementedError", "pass\n        raise NotImplementedError"),
    "the question for an answer in words": reworded("misread", "YOUR TURN: misread", "YOUR TURN: misread, please"),
    "points": repriced("train_check"),
    "a check that is new": with_a_new_check,
}


def handed_in(book: Book) -> Book:
    return notebook.parse(json.dumps(book).encode())


@pytest.mark.parametrize("change", CORRECTIONS.values(), ids=CORRECTIONS)
def test_untouched_notebooks_of_an_earlier_release_are_untouched_ones(change: Change) -> None:
    before = released()
    after = corrected(before, change)
    script = notebook.restore(handed_in(before), after)
    now = notebook.restore(handed_in(after), after)
    assert script.repairs == ()
    assert script.unsure is None
    assert script.not_attempted == now.not_attempted != frozenset()
    assert [one.source for one in script.cells] == [one.source for one in now.cells]
    assert notebook.written_answers(handed_in(before), after) == {}
    assert notebook.work_in(handed_in(before), after) == 1


@pytest.mark.parametrize("change", CORRECTIONS.values(), ids=CORRECTIONS)
def test_work_done_in_an_earlier_release_counts_and_nothing_is_called_mended(change: Change) -> None:
    work = json.loads(DIGITS.solution.read_text("utf-8"))
    script = notebook.restore(handed_in(work), corrected(released(), change))
    assert [repair.sentence for repair in script.repairs if not repair.notice] == []
    assert script.not_attempted == frozenset()


def test_releases_before_the_last_are_remembered_too() -> None:
    first = released()
    second = corrected(first, CORRECTIONS["an import"])
    third = corrected(second, CORRECTIONS["the text of a check cell"])
    fourth = corrected(third, reworded("imports", "import random\n", ""))
    for old in (first, second, third):
        assert notebook.restore(handed_in(old), fourth).repairs == ()
    assert "".join(cell(fourth, "imports")["source"]) == "".join(cell(first, "imports")["source"])
    assert len(memory_of(fourth)) == 2  # of the import that is gone again, and of the check's first text


def test_the_same_release_made_again_stays_letter_for_letter() -> None:
    book = released()
    assert remember(book, book) == book
    later = corrected(book, CORRECTIONS["points"])
    again = copy.deepcopy(later)
    del again["metadata"]["autograder"]
    assert remember(again, later) == later


@pytest.mark.parametrize(
    ("name", "text", "new", "said"),
    [
        ("model_check", 'check("model")', 'print("all fine")', "Check cells were changed"),
        ("imports", "import torch", "import torch, os", "had been edited"),
    ],
)
def test_what_no_release_handed_out_is_still_said(name: str, text: str, new: str, said: str) -> None:
    before = released()
    after = corrected(before, CORRECTIONS["a public check, carried by the set-up cell"])
    reworded(name, text, new)(before)
    assert [said in repair.sentence for repair in notebook.restore(handed_in(before), after).repairs] == [True]


@pytest.mark.parametrize("assignment", [DIGITS, DESCENT], ids=lambda one: one.name)
def test_a_hand_in_made_from_the_solution_is_no_repair(assignment: Any) -> None:
    script = notebook.restore(notebook.parse(assignment.solution.read_bytes()), released(assignment))
    assert [repair.sentence for repair in script.repairs if not repair.notice] == []
