"""Each hint below a failed check goes beyond what was said before, and speaks of this very mistake."""

from __future__ import annotations

import ast
import json
import re
from typing import Any

import pytest
from places import ROOT

from autograder.authoring.variant import stub_of
from autograder.checks.hints import Catalogue, Hint
from autograder.core.course import Course
from autograder.in_notebook.ladder import rungs

SIGNS = re.compile(r"[^\w().`]+")


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def steps_of(assignment: str) -> dict[str, list[str]]:
    """The part's own hints, as the master gives them."""
    book = json.loads((ROOT / "assignments" / assignment / f"{assignment}.ipynb").read_text("utf-8"))
    given = next(cell for cell in book["cells"] if cell["metadata"].get("autograder", {}).get("role") == "setup")
    calls = [node.value for node in ast.parse(source(given)).body if isinstance(node, ast.Expr)]
    told = [[ast.literal_eval(text) for text in call.args] for call in calls if isinstance(call, ast.Call)]
    return {stub: texts for stub, *texts in told}


def answers_of(assignment: str) -> dict[str, str]:
    book = json.loads((ROOT / "solutions" / assignment / f"{assignment}.ipynb").read_text("utf-8"))
    cells = [cell | {"source": source(cell)} for cell in book["cells"]]
    return {stub: cell["source"] for cell in cells if (stub := stub_of(cell))}


def hints_of(assignment: str) -> list[Any]:
    catalogue = Catalogue.parse(Course(ROOT).assignment(assignment).hints)
    return [pytest.param(assignment, hint, id=f"{assignment}: {hint.id}") for hint in catalogue.values()]


@pytest.mark.parametrize(("assignment", "hint"), [*hints_of("digits"), *hints_of("gradient_descent")])
def test_no_rung_repeats_the_card_or_an_earlier_rung(assignment: str, hint: Hint) -> None:
    answers, steps = answers_of(assignment), steps_of(assignment)
    stub = hint.stub if hint.stub in answers else next(iter(answers))
    heard = sentences(hint.text)
    told = rungs(hint.nudge, hint.text, hint.text, answers[stub], steps[stub])
    assert len(told) == 3
    for rung in told:
        assert not heard & sentences(rung), rung
        heard |= sentences(rung)


def sentences(text: str) -> set[str]:
    """What a text says, sentence by sentence, without lines of code that it points at."""
    prose = [line for line in text.split("\n") if not line.startswith("  line ")]
    parts = re.split(r"(?<=[.?!])\s+|\n", "\n".join(prose))
    return {SIGNS.sub(" ", part).strip().lower() for part in parts if part.strip()} - {"nearly everything:"}


ANSWER = """# YOUR TURN: train
def train(model, loader, epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for images, labels in loader:
        loss = criterion(labels, model(images))
        loss.backward()
        optimizer.step()"""


def test_the_line_that_raised_is_shown() -> None:
    card = "Your code raised RuntimeError.\nThe line: loss = criterion(labels, model(images))"
    _, where, _ = rungs("Which order?", "Scores come first.", card, ANSWER, ["a", "b", "loss\nreturn"])
    assert where == "It is about here in your cell:\n  line 5:  loss = criterion(labels, model(images))"


def test_what_is_never_called_is_named_beside_its_neighbours() -> None:
    remedy = "Call `optimizer.zero_grad()`, with parentheses, before `backward()`."
    _, where, last = rungs("?", remedy, remedy, ANSWER, ["a", "b", "zero_grad, then backward\nreturn losses"])
    assert "loss.backward()" in where
    assert "There is no `zero_grad` in it yet." in where
    assert last == "Nearly everything:\nzero_grad, then backward    ← look here\nreturn losses"


def test_without_a_cell_the_parts_own_steps_help() -> None:
    assert rungs("Where?", "Begin.", "Begin.", "", ["first", "second", "third"]) == (
        "Where?", "second", "Nearly everything:\nthird",
    )  # fmt: skip
