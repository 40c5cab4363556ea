"""What checks bring along works together, and lends nothing to student code that looks around."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from conftest import LIMITS, Notebook
from places import ROOT

from autograder.core.course import Course
from autograder.sandbox.inside.stand_ins import defined, pieces

SOURCE = '''
from __future__ import annotations

import math
from dataclasses import dataclass

calls: list[int] = []


def call(function):
    calls.append(len(calls))
    return told(Record(function(), math.floor(1.5)))


@dataclass(frozen=True)
class Record:
    """What came."""

    value: Missing
    number: int

    def twice(self) -> int:
        return helper(self.number)


def told(record):
    return {"value": record.value, "twice": record.twice(), "calls": len(calls)}


def helper(number):
    return 2 * number


def untold(): ...
'''


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setitem(sys.modules, "stand_ins", sys.modules[__name__])
    return defined(pieces(SOURCE))


def names_seen_by(function: Callable[..., Any]) -> set[str]:
    return {name for name in function.__globals__ if not name.startswith("__")}


def test_definitions_find_each_other_wherever_they_stand(known: dict[str, Any]) -> None:
    assert [known["call"](lambda: "x") for _ in range(2)] == [
        {"value": "x", "twice": 2, "calls": 1},
        {"value": "x", "twice": 2, "calls": 2},
    ]


def test_a_function_sees_what_it_mentions_and_nothing_else(known: dict[str, Any]) -> None:
    assert names_seen_by(known["call"]) == {"call", "calls", "told", "Record", "math"}
    assert names_seen_by(known["Record"].twice) == {"Record", "helper", "dataclass"}


def test_only_classes_can_be_imported(known: dict[str, Any]) -> None:
    assert {name for name in vars(sys.modules["stand_ins"]) if not name.startswith("__")} == {"Record"}


def test_functions_that_rebind_a_name_of_the_file_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "stand_ins", sys.modules[__name__])
    source = "count = 0\ndef more():\n    global count\n    count += 1\ndef told():\n    return count\n"
    known: dict[str, Any] = defined(pieces(source))
    known["more"]()
    assert known["told"]() == 1


# --- in a student's process -------------------------------------------------------------------------------------------

LENT = """
import sys

def find():
    frame, found = sys._getframe(1), {}
    for _ in range(3):
        found |= frame.f_globals
        frame = frame.f_back
    return sorted(name for name in found if name in ("Perceptron", "scores_of", "try_forward", "learn_digits"))

def digit(model, image):
    return len([name for name in type(model).forward.__globals__ if name == "scores_of"])

def asked():
    import stand_ins
    return [hasattr(stand_ins, name) for name in ("scores_of", "try_forward", "learn_digits")]

def kit():
    import autograder
"""


def test_no_helper_of_the_digits_lies_among_the_callers_names(notebook: Notebook) -> None:
    stand_ins = Course(ROOT).assignment("digits").stand_ins
    room = notebook(LENT, stand_ins=stand_ins, limits=replace(LIMITS, memory_mib=2048))
    assert room.stand_ins.build(room.student.find) == []
    assert room.student.digit(room.stand_ins.Perceptron(False), 0) == 0
    assert room.student.asked() == [False, False, False]
    with pytest.raises(Exception, match="autograder"):
        room.student.kit()


def test_a_model_of_the_checks_can_be_saved_whole(notebook: Notebook) -> None:
    stand_ins = Course(ROOT).assignment("digits").stand_ins
    source = """
import io, torch
def saved(model):
    file = io.BytesIO()
    torch.save(model, file)
    file.seek(0)
    again = torch.load(file, weights_only=False)
    return all(torch.equal(a, b) for a, b in zip(model.parameters(), again.parameters(), strict=True))
"""
    room = notebook(source, stand_ins=stand_ins, limits=replace(LIMITS, memory_mib=2048))
    assert room.student.saved(room.stand_ins.Perceptron(False)) is True
