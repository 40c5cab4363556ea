"""Answers in words are found again, whatever became of the cell's marks."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from places import ROOT

from autograder import notebook
from autograder.authoring.release import BEGIN, END
from autograder.core.course import Course

DIGITS = Course(ROOT).assignment("digits")
RELEASE: dict[str, Any] = json.loads(DIGITS.release.read_text("utf-8"))
PLACE = next(at for at, cell in enumerate(RELEASE["cells"]) if cell["id"] == "misread")
ASKED = "".join(RELEASE["cells"][PLACE]["source"])
ANSWER = "They are **slanted**.\n\n1. Turn them.\n2. Train again."
Edit = Callable[[list[dict[str, Any]]], object]


def found(edit: Edit) -> dict[str, str]:
    book = json.loads(json.dumps(RELEASE))
    edit(book["cells"])
    return notebook.written_answers(notebook.parse(json.dumps(book).encode()), RELEASE)


def text_cell(source: str, **facts: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source} | facts


def strip(cell: dict[str, Any]) -> None:
    cell["metadata"] = {}
    del cell["id"]


def answer_and_strip_everything(cells: list[dict[str, Any]]) -> None:
    cells[PLACE]["source"] = f"{ASKED}\n{ANSWER}"
    for cell in cells:
        strip(cell)


@pytest.mark.parametrize(
    "edit",
    [
        lambda cells: cells[PLACE].update(source=f"{ASKED}\n{ANSWER}"),
        lambda cells: cells[PLACE].update(source=ASKED.replace("YOUR ANSWER HERE", ANSWER)),
        lambda cells: cells[PLACE].update(source=ANSWER),
        lambda cells: cells[PLACE].update(source=ANSWER, metadata={}),
        answer_and_strip_everything,
        lambda cells: cells.insert(PLACE + 1, text_cell(ANSWER, id="own")),
        lambda cells: cells.__setitem__(PLACE, text_cell(ANSWER, id="own")),
        lambda cells: cells.__setitem__(PLACE, {**cells[PLACE], "cell_type": "raw", "source": ANSWER}),
    ],
    ids=["below", "in place", "alone", "no metadata", "no marks at all", "own cell", "replaced", "raw cell"],
)
def test_an_answer_is_found_again(edit: Edit) -> None:
    assert found(edit) == {"misread": ANSWER}


@pytest.mark.parametrize(
    "edit",
    [lambda cells: None, lambda cells: cells.pop(PLACE), lambda cells: cells[PLACE].update(source=" \n")],
    ids=["untouched", "deleted", "emptied"],
)
def test_where_nothing_was_written_there_is_no_answer(edit: Edit) -> None:
    assert found(edit) == {}


def test_notes_elsewhere_are_no_answer() -> None:
    assert found(lambda cells: cells.insert(3, text_cell("My notes.", id="own"))) == {}


def test_the_checks_never_see_the_answer() -> None:
    book = json.loads(json.dumps(RELEASE))
    book["cells"][PLACE]["source"] = ANSWER
    plain, answered = (notebook.restore(notebook.parse(json.dumps(one).encode()), RELEASE) for one in (RELEASE, book))
    assert plain == answered


def test_the_model_answer_stands_in_the_solution_alone() -> None:
    master = next(cell for cell in json.loads(DIGITS.master.read_text("utf-8"))["cells"] if cell["id"] == "misread")
    answer = "".join(master["source"]).partition(BEGIN)[2].partition(END)[0].strip()
    solution = json.loads(DIGITS.solution.read_text("utf-8"))["cells"][PLACE]["source"]
    assert answer in "".join(solution)
    assert answer.splitlines()[0] not in DIGITS.release.read_text("utf-8")
