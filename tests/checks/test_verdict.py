"""One judge: a check of one notebook ends alike while it is worked on and when it is graded."""

from __future__ import annotations

import atexit
import functools
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograder.checks.hints import Catalogue
from autograder.checks.runner import CheckRunner
from autograder.core.model import Cell, CheckResult, Outcome, Role, Script
from autograder.in_notebook.lesson import Lesson
from autograder.sandbox import Limits, Room, Template

LIMITS = Limits(memory_mib=1024, cpu_seconds=60, cell_seconds=10.0, submission_seconds=120.0)
GIVEN = "import torch\nfrom torch import nn"
CHECKS = '''
import torch
from autograder import expect
from autograder.core.errors import CourseError, SandboxError
from autograder.points import points, probe

@points(1, stub="double")
def test_right(student):
    """double(1) is 2"""
    got = student.double(1)
    expect.that(got == 2, looked_at="double(1)", got=got, wanted=2, hint="tripled" if got == 3 else None)

@points(1, stub="double")
def test_bare(student):
    """double(2) is 4"""
    assert student.double(2) == 4

@points(1, stub="double")
def test_in_words(student):
    """double(3) is 6"""
    assert student.double(3) == 6, "double(3) must be 6"

@points(1, stub="double")
def test_goes_on(student):
    """one more than double(1)"""
    expect.that(student.double(1) + 1 == 3, looked_at="double(1) + 1", got="another", wanted=3)

@points(1, stub="double")
def test_looks_into(student):
    """double(1) has a real part"""
    assert student.double(1).real == 2

@points(1, stub="double")
def test_shape(student):
    """double keeps shapes"""
    expect.shape("double(x)", student.double(torch.zeros(2, 3)), (2, 3))

@points(1, stub="double")
def test_calls_the_model(student):
    """Net answers"""
    expect.shape("Net()(x)", student.Net()(torch.zeros(2, 3)), (2, 1))

@points(1, stub="double")
def test_measures(student):
    """Net's answer has a size"""
    assert student.Net()(torch.zeros(2, 3)).shape == (2, 1)

@probe
def doubled(student):
    return student.double(1)

@points(1, stub="double")
def test_of_a_probe(doubled):
    """an experiment is 2"""
    expect.close("double(1)", doubled, 2)

@points(1, stub="double")
def test_advises(student):
    """advice costs nothing"""
    expect.advise("noted", "Seen.")

@points(1, stub="double")
def test_by_mistake(student):
    """a mistake of the author's"""
    {}["nothing of this name"]

@points(1, stub="double")
def test_types_by_mistake(student):
    """another mistake of the author's"""
    student.double(1)
    return 1 + "one"

@points(1, stub="double")
def test_calls_expect_by_mistake(student):
    """a third mistake of the author's"""
    got = student.double(1)
    expect.close(got)

@points(1, stub="double")
def test_halves(student):
    """half of double(1) is 1"""
    got = student.double(1)
    expect.close("half of double(1)", got / 2, 1)

@points(1, stub="double")
def test_halves_at_once(student):
    """half of double(1) is 1 again"""
    expect.close("half of double(1)", student.double(1) / 2, 1)

@points(1, stub="double")
def test_takes_one_out(student):
    """double(1) has a mean"""
    found = student.double(1)
    for item in [found["mean"], *found["all"]]:
        expect.that(item + 1 > 0, looked_at="an item", got=item, wanted="a positive one")

@points(1, stub="double")
def test_without_room(student):
    """the grader's own fault"""
    raise SandboxError("There is no room.")

@points(1, stub="double")
def test_misused(student):
    """the instructor's fault"""
    raise CourseError("Correct the check.")

@points(1, stub="other")
def test_other(student):
    """another part's name"""
    student.other()
'''
HINTS = """
[hint.tripled]
stub = "double"
nudge = "Try it with 1."
text = "Multiply by two, not by three."
costs = "points"

[hint.no-return]
stub = "notebook"
nudge = "What does it give back?"
text = "End the function with `return`."
costs = "points"

[hint.no-forward]
stub = "double"
nudge = "What does calling a model do?"
text = "Write `forward`."
costs = "points"

[hint.noted]
stub = "double"
nudge = "?"
text = "Add a docstring."
costs = "advice"

[[rule]]
hint = "no-forward"
kinds = ["NotImplementedError"]
contains = ["forward"]
"""
NET = (
    "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.one = nn.Linear({}, 1)\n"
)
FORWARD = "    def forward(self, x):\n        {}\n"

PASSED, FAILED, OPEN, ERROR = Outcome.PASSED, Outcome.FAILED, Outcome.NOT_ATTEMPTED, Outcome.ERROR
SITUATIONS: dict[str, tuple[str, str, Outcome, str]] = {
    # what it is: (the cell's code, the check, how it ends, words of the message)
    "all right": ("def double(x): return 2 * x", "test_right", PASSED, ""),
    "a known mistake": ("def double(x): return 3 * x", "test_right", FAILED, "got 3; wanted 2.\nMultiply by two"),
    "an unknown mistake": ("def double(x): return 4 * x", "test_right", FAILED, "double(1): got 4; wanted 2."),
    "a bare assert": ("def double(x): return 3 * x", "test_bare", FAILED, "This does not hold yet: double(2) is 4"),
    "an assert in words": ("def double(x): return 3 * x", "test_in_words", FAILED, "double(3) must be 6"),
    "a shape": ("def double(x): return x[0]", "test_shape", FAILED, "got shape (3,); wanted shape (2, 3)"),
    "no tensor": ("def double(x): return [1]", "test_shape", FAILED, "got list; wanted a tensor"),
    "advice": ("def double(x): return 2 * x", "test_advises", PASSED, ""),
    "a name nearly right": ("def doubles(x): return 2 * x", "test_right", FAILED, "no such name, but `doubles`"),
    "a name nearly right among others": (
        "class Net: pass\ndef dooble(x): return 2 * x", "test_right", FAILED, "must define `double`, not `dooble`: use"
    ),
    "a class for a function": ("class Net: pass", "test_right", FAILED, "`double`: write your lines inside of it"),
    "a value of nearly that name": ("doubled = 7", "test_right", FAILED, "`double`: write your lines inside of it"),
    "several functions": ("def a(): 1\ndef b(): 2", "test_right", FAILED, "must define `double`: use the name that"),
    "a function that shows": ("def plot_it(x): 1", "test_right", FAILED, "must define `double`: use the name that"),
    "lines that fail, of another task": ("print(kk)", "test_right", FAILED, "This cell must define `double`"),
    "a script's arguments": (
        "import argparse\ndef double(x): argparse.ArgumentParser().parse_args(['x'])", "test_right", FAILED,
        "Remove `exit()`, or `parse_args()`"
    ),
    "work beside the empty function": (
        "def double(x):\n    raise NotImplementedError('TODO')\n\nprint(2 * 2)",
        "test_right", FAILED, "`double` itself is still empty"
    ),
    "a name not there": ("def zzz(x): return 2 * x", "test_right", FAILED, "`double` in your notebook: got no such"),
    "a name bound to a number": ("double = 7", "test_right", FAILED, "got a value of type int"),
    "a name bound to text": ("double = 'x'", "test_right", FAILED, "got a value of type str"),
    "a name bound to nothing": ("double = None", "test_right", FAILED, "got a value of type NoneType"),
    "an unreadable cell": ("def double(x) return 2", "test_right", FAILED, "SyntaxError"),
    "an indentation": ("def double(x):\nreturn 2", "test_right", FAILED, "so this line must be indented"),
    "a cell that fails first": ("n = 1 / 0\ndef double(x): return 2 * x", "test_right", FAILED, "ZeroDivisionError"),
    "a cell that fails last": ("def double(x): return 2 * x\nprint(1 / 0)", "test_right", PASSED, ""),
    "an unknown name in a cell": ("k = kk\ndef double(x): return 2 * x", "test_right", FAILED, "NameError"),
    "an import that is not there": ("import nothing_here\ndef double(x): return 2", "test_right", FAILED, "nothing_he"),
    "still open": ("def double(x):\n    raise NotImplementedError('TODO')", "test_right", OPEN, ""),
    "still open in one's own words": ("def double(x):\n    raise NotImplementedError", "test_right", OPEN, ""),
    "still open in an experiment": ("def double(x):\n    raise NotImplementedError", "test_of_a_probe", OPEN, ""),
    "PyTorch's own not implemented": (NET.format(3), "test_calls_the_model", FAILED, "Write `forward`."),
    "an exception": ("def double(x): return int('one')", "test_right", FAILED, "raised ValueError in the cell of"),
    "an exception in an experiment": ("def double(x): return {}[x]", "test_of_a_probe", FAILED, "KeyError"),
    "an assert of the student's": ("def double(x): assert x > 9, 'small'", "test_right", FAILED, "AssertionError"),
    "too many arguments": ("def double(): return 2", "test_right", FAILED, "takes 0 positional arguments"),
    "no end of calls": ("def double(x): return double(x)", "test_right", FAILED, "RecursionError"),
    "an exit": ("import sys\ndef double(x): sys.exit(3)", "test_right", FAILED, "SystemExit"),
    "an attribute": ("def double(x): return x.nothing", "test_right", FAILED, "AttributeError"),
    "shapes that do not fit": (
        NET.format(4) + FORWARD.format("return self.one(x)"), "test_calls_the_model", FAILED, "operation: linear("
    ),
    "nothing returned, then reckoned with": ("def double(x): print(2 * x)", "test_goes_on", FAILED, "End the function"),
    "nothing returned, then looked into": ("def double(x): 2 * x", "test_looks_into", FAILED, "what `double(…)`"),
    "nothing returned by a model": (NET.format(3) + FORWARD.format("self.one(x)"), "test_measures", FAILED, "t(…)(…)"),
    "nothing returned, and seen": ("def double(x): 2 * x", "test_right", FAILED, "double(1): got None; wanted 2."),
    "text, reckoned with": (
        "def double(x): return 'two'", "test_halves", FAILED, "what `double(…)` gives: got 'two' of type str; wanted"
    ),
    "text, reckoned with at once": ("def double(x): return 'two'", "test_halves_at_once", FAILED, "'two' of type str"),
    "an object, reckoned with": ("class double:\n def __init__(self, x): 1", "test_halves", FAILED, ": 'double' and"),
    "a key that is not there": ("def double(x): return {'maen': 1}", "test_takes_one_out", FAILED, "{'maen': 1} of"),
    "a number, looked into": ("def double(x): return 3", "test_takes_one_out", FAILED, "3 of type int"),
    "nothing inside of a list": (
        "def double(x): return {'mean': 1, 'all': [2, None]}", "test_takes_one_out", FAILED, "got None, which"
    ),
    "the author's mistake, told with its place": (
        "def double(x): return 2 * x", "test_types_by_mistake", ERROR, ': `return 1 + "one"`)'
    ),
    "the author's mistake in a call": ("def double(x): return 2", "test_calls_expect_by_mistake", ERROR, "got = 2 of"),
    "the author's mistake": ("def double(x): return 2 * x", "test_by_mistake", ERROR, "This check itself broke"),
    "the author's mistake with types": ("def double(x): return 2 * x", "test_types_by_mistake", ERROR, "itself broke"),
    "our own fault": ("def double(x): return 2 * x", "test_without_room", ERROR, "There is no room."),
    "the instructor's fault": ("def double(x): return 2 * x", "test_misused", ERROR, "Correct the check."),
}  # fmt: skip


@functools.cache
def check_file() -> Path:
    """The checks in a file, which both the notebook's checks and the grader's come from."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    path = Path(folder, "test_situations.py")
    path.write_text(CHECKS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def template() -> Iterator[Template]:
    with Template.start(LIMITS) as started:
        yield started


@pytest.fixture(scope="module")
def runner() -> Iterator[CheckRunner]:
    yield CheckRunner(check_file(), Catalogue.parse(HINTS))


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # a shell puts its own there
    made = InteractiveShell(config=Config(HistoryManager={"hist_file": ":memory:"}))
    yield made
    made.atexit_operations()
    atexit.unregister(made.atexit_operations)


def source(code: str) -> str:
    return f"# YOUR TURN: double\n{code}\n"


def graded(runner: CheckRunner, template: Template, code: str, check: str) -> CheckResult:
    cells = Cell("cell 1", GIVEN, Role.GIVEN), Cell("cell 2 (double)", source(code), Role.STUB, "double")
    room = Room(template, cells, "", LIMITS)
    try:
        [result] = runner.run(room, 1, Script(cells), {check})
    finally:
        room.close()
    return result


def worked_on(shell: InteractiveShell, cells: list[str], check: str) -> CheckResult:
    checks: dict[str, Any] = {}
    exec(compile(CHECKS, str(check_file()), "exec"), checks)
    checks["__file__"] = str(check_file())
    parts = {"double": ["double"], "other": ["other"]}
    lesson = Lesson(parts, GIVEN, [], checks, {}, HINTS, shell)
    for cell in cells:
        shell.run_cell(cell, store_history=True)
    stub = "other" if check == "test_other" else "double"
    return next(result for result in lesson._run(stub) if result.check.name == check)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_check_ends_alike_in_the_notebook_and_when_graded(
    situation: str, runner: CheckRunner, template: Template, shell: InteractiveShell
) -> None:
    code, check, outcome, words = SITUATIONS[situation]
    there = graded(runner, template, code, check)
    here = worked_on(shell, [GIVEN, source(code)], check)
    assert (there.outcome, words in there.message) == (outcome, True), there.message
    assert (here.outcome, here.hint, here.message) == (there.outcome, there.hint, there.message)
    assert [one.hint for one in here.advice] == [one.hint for one in there.advice]


RIGHT = source("def double(x): return 2 * x")


@pytest.mark.parametrize(
    "cells, check, outcome, words",
    [
        ([GIVEN], "test_right", OPEN, "Run the cell that begins with # YOUR TURN: double first"),
        ([GIVEN, RIGHT], "test_other", OPEN, "Run the cell that begins with # YOUR TURN: other first"),
        ([GIVEN, RIGHT, source("def double(x) return 3")], "test_right", FAILED, "SyntaxError"),
        ([GIVEN, RIGHT, source("n = 1 / 0\ndef double(x): return 3")], "test_right", FAILED, "ZeroDivisionError"),
        ([GIVEN, source("n = 1 / 0"), RIGHT], "test_right", PASSED, ""),
        ([GIVEN, RIGHT, source("def double(x): return 2 * x\n1 / 0")], "test_right", PASSED, ""),
    ],
    ids=["never run", "another never run", "unreadable since", "failed since", "mended since", "failed after it"],
)
def test_memory_alone_earns_no_praise(
    cells: list[str], check: str, outcome: Outcome, words: str, shell: InteractiveShell
) -> None:
    result = worked_on(shell, cells, check)
    assert (result.outcome, words in result.message) == (outcome, True), result.message


def test_who_stops_a_check_hears_that_nothing_is_known(shell: InteractiveShell) -> None:
    result = worked_on(shell, [GIVEN, source("def double(x):\n    raise KeyboardInterrupt")], "test_right")
    assert (result.outcome, result.message[:22]) == (ERROR, "This check was stopped")
