"""Mistakes that are Python's own are found in the text of a cell, and told with the student's own names."""

from __future__ import annotations

import json
import re

import pytest
import torchvision  # noqa: F401  (its first import starts a process, which no fast test may)
from places import ROOT

from autograder.checks.expect import Mismatch
from autograder.checks.hints import Catalogue
from autograder.checks.names import bound
from autograder.checks.python_first import Problem, Texts, base_words, cause, lacks, signatures
from autograder.core.course import Course
from autograder.core.model import Failure, Frame

TASK = signatures(["def train(model, loader, epochs):\n    pass\n", "def share(model, loader):\n    pass\n"])
GIVEN = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\nfrom torchvision import datasets"
NET = "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.one = nn.Linear(2, 1)\n"


def problem(source: str, line: int = 0, kind: str = "NameError", message: str = "", **more: object) -> Problem:
    """What is known when line `line` of the cell of `part` raised; without a line, the check itself saw something."""
    text = source.split("\n")[line - 1].strip()
    frames = (Frame("cell 7 (part)", line, text),) if line else ()
    texts = Texts({"part": source, **dict(more.pop("others", {}))}, TASK, GIVEN, list(more.pop("failed", [])))  # type: ignore[call-overload]
    raised = Failure(kind, message, frames) if kind else Mismatch("train(…)", message, "a list")
    returned = ("train(…)", str(more.pop("returned", "list")))
    return Problem(raised, str(more.get("stub", "part")), returned, lambda: ["loader_of_mine"], texts)


def undefined(source: str, line: int, name: str, **more: object) -> Problem:
    return problem(source, line, "NameError", f"name '{name}' is not defined", **more)


LATER = "raise NotImplementedError('TODO')"
FORWARD = NET + "    def forward(self, x):\n        return {}\n"
LEFT = "def train(model, loader, epochs):\n    raise NotImplementedError('TODO')\n    return [1.0]\n"
BROKEN = ("import thing\nrate = 0.1\n", Failure("ModuleNotFoundError", "No module named 'thing'"))
FOUND = {
    # what it is: (the problem, the hint, what is filled in)
    "a typing error": (undefined("def share(a):\n    total = 0\n    return totl", 3, "totl"), "name-misspelt", "total"),
    "a capital letter": (undefined("def share(a):\n    return A", 2, "A"), "name-misspelt", "a"),
    "a name of another cell": (undefined("x = loader_of_min", 1, "loader_of_min"), "name-misspelt", "loader_of_mine"),
    "self forgotten": (undefined(FORWARD.format("one(x)"), 6, "one"), "self-missing", "self.one"),
    "a layer that is not kept": (
        undefined(FORWARD.format("two(x)").replace("self.one", "two"), 6, "two"), "local-of-method", "self.two"),
    "an argument without a value": (
        undefined("d = datasets.MNIST('x', True, download)", 1, "download"), "argument-without-value", "download"),
    "self without a dot": (undefined(FORWARD.format("self_one(x)"), 6, "self_one"), "self-without-dot", "self.one"),
    "a module forgotten": (undefined("d = MNIST('x')", 1, "MNIST"), "module-missing", "datasets.MNIST"),
    "a layer's module forgotten": (undefined("d = Linear(3, 4)", 1, "Linear"), "module-missing", "nn.Linear"),
    "an optimiser's module": (undefined("d = Adam([])", 1, "Adam"), "module-missing", "torch.optim.Adam"),
    "an import forgotten": (undefined("d = np.zeros(3)", 1, "np"), "import-missing", "import numpy as np"),
    "a module of Python's": (undefined("d = math.pi", 1, "math"), "import-missing", "import math"),
    "a cell without its package": (
        undefined("x = rate", 1, "rate", failed=[BROKEN]), "package-of-name-missing", "thing"),
    "a cell that failed": (
        undefined("x = rate", 1, "rate", failed=[("1 / 0\nrate = 1", Failure("ZeroDivisionError", "division"))]),
        "defining-cell-failed", "ZeroDivisionError"),
    "an argument not used": (
        undefined("def train(model, loader, epochs):\n    model, epochs\n    return data", 3, "data"),
        "argument-unused", "loader"),
    "a name from nowhere": (undefined("x = criterion", 1, "criterion"), "hidden-state", "criterion"),
    "a value that comes too late": (
        problem("def share(a):\n    n += 1\n    n = 0", 2, "UnboundLocalError",
                "cannot access local variable 'n' where it is not associated with a value"),
        "used-before-value", "n"),
    "the task's raise above code": (problem(LEFT, 2, "NotImplementedError", "TODO"), "raise-left-over", "2"),
    "the task's raise below code": (
        problem("def train(a):\n    x = 1\n    raise NotImplementedError('TODO')", 3, "NotImplementedError"),
        "raise-left-over", "train"),
    "a constructor with one underscore": (
        problem(NET.replace("__init__(self)", "_init_(self)"), 0, "AttributeError", "no attribute 'one'"),
        "constructor-misspelt", "_init_"),
    "a layer of one's own": (
        problem("def share(model, loader):\n    return model.one", 2, "AttributeError",
                "'Scripted' object has no attribute 'one'", others={"net": NET}),
        "own-layer", "Net"),
    "arguments in another order": (
        problem("def train(loader, net, n):\n    return []", 0, "", "0.5"),
        "signature-changed", "train(loader, net, n)"),
    "an argument too few": (problem("def train(model, loader):\n    return []", 0, "TypeError", "x"),
                            "signature-changed", "train(model, loader, epochs)"),
    "foreign arguments": (
        problem("def share(pred, label):\n    return pred.detach()", 2, "AttributeError",
                "'Scripted' object has no attribute 'detach'"),
        "signature-changed", "share(pred, label)"),
    "nothing returned": (
        problem("def train(model, loader, epochs):\n    losses = []", 0, "", "None", returned="NoneType"),
        "returns-nothing", "train"),
    "printed instead": (
        problem("def train(model, loader, epochs):\n    print([1.0])", 0, "", "None", returned="NoneType"),
        "prints-instead", "2"),
    "work beside a function that is still empty": (
        problem(f"def train(model, loader, epochs):\n    {LATER}\n\nnet = 3\nfor _ in range(2):\n    net += 1",
                2, "NotImplementedError", "TODO"),
        "still-empty", "train"),
    "a class beside one that is still empty": (
        problem(NET.replace("self.one = nn.Linear(2, 1)", LATER) + "\nclass Other(nn.Module):\n    pass",
                4, "NotImplementedError", "TODO"),
        "still-empty", "Net"),
    "of two with one name, the last": (
        problem(f"def train(model, loader, epochs):\n    {LATER}\n\ndef train(net, rounds):\n    return []",
                0, "TypeError", "train() got an unexpected keyword argument 'epochs'"),
        "signature-changed", "train(net, rounds)"),
    "a percent sign at the beginning of a line": (
        problem("def train(net):\n    print('%d of %d'\n          %(1, 2))\n    return []\n", 0, "TypeError", "x"),
        "signature-changed", "train(net)"),
    "an argument overwritten": (
        problem("def train(model, loader, epochs):\n    epochs = 3\n    return [1.0] * epochs", 0, "", "3 numbers"),
        "argument-overwritten", "epochs"),
}  # fmt: skip


@pytest.mark.parametrize("situation", FOUND)
def test_a_mistake_of_python_s_own_is_found_with_the_student_s_names(situation: str) -> None:
    known, hint, word = FOUND[situation]
    found = cause(known)
    assert found is not None
    assert (found.hint, any(word in one for one in found.words.values())) == (hint, True)
    told = Catalogue.parse("").filled(found.hint, found.words)
    assert told is not None
    assert word in told.text + told.nudge
    assert not re.search(r"\{\w+\}", told.text + told.nudge), "a place that nothing fills"


@pytest.mark.parametrize(
    "known",
    [
        problem("def train(model, loader, epochs):\n    raise NotImplementedError('TODO')", 2, "NotImplementedError"),
        problem(f"import math\ndef share(model, loader): 1\ndef train(model, loader, epochs):\n    {LATER}",
                4, "NotImplementedError"),
        problem("import thing\ndef train():\n    return []", 1, "ModuleNotFoundError", "No module named 'thing'"),
        problem(f"{NET.replace('self.one = nn.Linear(2, 1)', LATER)}", 4, "NotImplementedError"),
        problem("def train(net, data, rounds):\n    return [1.0]", 0, "", "1 number"),
        problem("def train(model, loader, epochs, rate=0.1):\n    return [1.0]", 0, "", "1 number"),
        problem("def share(model, loader):\n    model = model.eval()\n    return 1.0", 0, "", "1.0"),
        problem("def share(model, loader):\n    return 1 / 0", 2, "ZeroDivisionError", "division by zero"),
    ],
    ids=["untouched", "untouched beside another", "failed before any call", "untouched constructor", "own names",
         "one more", "a value made of it", "no mistake of Python's"],
)  # fmt: skip
def test_where_python_is_not_to_blame_nothing_is_guessed(known: Problem) -> None:
    assert cause(known) is None


@pytest.mark.parametrize("code, words", [
    ("def f(x)\n    return x", "colon"),
    ("def f(x):\nreturn x", "indented"),
    ("x = (1, 2", "never closed"),
    ("x = 1)", "closing bracket"),
    ("x = 'one", "quotation mark"),
    ("if x = 1:\n    pass", "=="),
    ("x = [1 2]", "comma"),
    ("print 'one'", "parentheses"),
    ("  x = 1\n y = 2", "spaces"),
    ("return 1", "outside of its function"),
    ("x = “one”", "no Python"),
    ("2x = 1", "digit"),
    ("x = 1\nfrom __future__ import division", "remove it"),
    ("mkdir -p results", "begin the line with `!`"),
    ("pip install tqdm", "begin the line with `!`"),
    ("x = = 1", "bracket, comma or colon"),
])  # fmt: skip
def test_a_line_that_python_cannot_read_is_told_in_words_for_beginners(code: str, words: str) -> None:
    with pytest.raises(SyntaxError) as raised:
        compile(code, "cell", "exec")
    kind, message, line = type(raised.value).__name__, str(raised.value.msg), raised.value.lineno or 0
    found = cause(problem(code, line, kind, message))
    assert found is not None
    assert (found.hint, words in found.words["reason"]) == ("syntax-error", True), (message, found.words)


@pytest.mark.parametrize("name", ["digits", "gradient_descent"])
def test_no_text_holds_a_name_that_the_situation_does_not_give(name: str) -> None:
    """Of a hint that belongs to no stub, only what fills it may name what students write."""
    book = json.loads((ROOT / "release" / name / f"{name}.ipynb").read_text("utf-8"))
    stubs = ["".join(cell["source"]) for cell in book["cells"] if cell["metadata"].get("nbgrader", {}).get("solution")]
    names = {name for stub in stubs for name in bound(stub)}
    assert names
    hints = Catalogue.parse(Course(ROOT).assignment(name).hints)
    for hint in hints.values():
        told = set(re.findall(r"\b(\w+)\(", hint.text + hint.nudge))
        assert hint.stub != "notebook" or not names & told, hint.id


@pytest.mark.parametrize(
    ("source", "is_lacking"),
    [
        ("digits = 1", True),
        ("print(7)", True),
        ("print('%d'\n      % 7)\n%matplotlib inline", True),
        ("def share(): pass", False),
        ("share = 7", False),
        ("share = (", False),
        ("# nothing", False),
    ],
)
def test_a_cell_answers_another_task_if_it_can_be_read_and_has_not_the_name(source: str, is_lacking: bool) -> None:
    assert lacks(source, "share") is is_lacking


@pytest.mark.parametrize(("stub", "hint"), [("other", "nothing-can-be-fetched"), ("part", None)])
def test_only_of_another_part_a_download_at_the_top_is_told_by_itself(stub: str, hint: str | None) -> None:
    found = cause(problem("d = load('x')", 1, "RuntimeError", "Error downloading train.gz", stub=stub))
    assert (found and found.hint) == hint


def test_whose_cell_is_not_known_hears_what_was_called() -> None:
    foreign = problem("", 0, "TypeError", "train() got an unexpected keyword argument 'epochs'")
    assert base_words(foreign)["signature"] == "train(model, loader, epochs)"
    assert base_words(foreign)["own"] == "another"


def test_what_may_fill_any_text_is_known_of_every_problem() -> None:
    words = base_words(
        problem("def train(net):\n    import thing", 2, "ModuleNotFoundError", "No module named 'thing'")
    )
    assert words == {"each": "1", "signature": "train(model, loader, epochs)", "own": "train(net)", "package": "thing"}
