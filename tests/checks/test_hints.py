"""The catalogue of mistakes and the way from an error's words to a hint."""

from __future__ import annotations

import tomllib

import pytest
from places import ROOT

from autograder.checks.expect import Mismatch
from autograder.checks.hints import Catalogue
from autograder.core.course import Course
from autograder.core.model import Advice, Failure, Frame, TorchCall

DIGITS = Catalogue.parse(Course(ROOT).assignment("digits").hints)

SMALL = Catalogue.parse("""
[hint.missing-flatten]
stub = "model"
nudge = "Which shape comes in?"
text = "Flatten first."
costs = "points"

[hint.hidden-state]
stub = "notebook"
nudge = "Run all."
text = "Restart and run all."
costs = "points"

[[rule]]
hint = "missing-flatten"
contains = ["cannot be multiplied"]
stubs = ["model"]
function = "linear"
inputs = "28"

[[rule]]
hint = "hidden-state"
kinds = ["NameError"]
frames = true
line = "optimizer"
facts = {first = true}
""")

SHAPES = Failure(
    "RuntimeError",
    "mat1 and mat2 shapes cannot be multiplied (1792x28 and 784x128)",
    (Frame("cell 7 (model)", 9, "return self.hidden(x)"),),
    TorchCall("linear", ("float32 (64, 1, 28, 28)",)),
)


def test_a_rule_fits_only_where_all_its_conditions_hold() -> None:
    assert SMALL.translate(SHAPES, "model") == "missing-flatten"
    assert SMALL.translate(SHAPES, "train") is None
    assert SMALL.translate(Failure("RuntimeError", "cannot be multiplied"), "model") is None


def test_facts_lines_and_frames_decide_too() -> None:
    failure = Failure("NameError", "name 'x' is not defined", (Frame("cell 3", 1, "optimizer = x"),))
    assert SMALL.translate(failure, "train", {"first": True}) == "hidden-state"
    assert SMALL.translate(failure, "train") is None
    assert SMALL.translate(Failure("NameError", "name 'x' is not defined"), "train", {"first": True}) is None


def test_a_failure_is_explained_with_line_shapes_and_words() -> None:
    hint, message = SMALL.explain(SHAPES, "model")
    assert hint == "missing-flatten"
    assert message.splitlines() == [
        "Your code raised RuntimeError in the cell of model, line 9.",
        "Flatten first.",
        "The line: return self.hidden(x)",
        "The last operation: linear(float32 (64, 1, 28, 28))",
        "The message: mat1 and mat2 shapes cannot be multiplied (1792x28 and 784x128)",
    ]


def test_a_failure_without_a_rule_gets_no_hint() -> None:
    assert SMALL.explain(Failure("KeyError", "'x'"), "model") == (None, "Your code raised KeyError.\nThe message: 'x'")


def test_a_mismatch_comes_first_and_its_hint_below() -> None:
    hint, message = SMALL.explain(Mismatch("the sum", 3, 4, "missing-flatten"), "model")
    assert (hint, message) == ("missing-flatten", "the sum: got 3; wanted 4.\nFlatten first.")


def test_an_unsure_hint_says_so() -> None:
    _, message = SMALL.explain(Mismatch("the sum", 3, 4, "missing-flatten", sure=False), "model")
    assert message.endswith("Perhaps this helps: Flatten first.")


def test_a_mismatch_behind_an_exception_keeps_its_words() -> None:
    _, message = SMALL.explain(Mismatch("train", "RuntimeError", "none", "hidden-state", because=SHAPES), "train")
    assert "The line: return self.hidden(x)" in message


def test_a_hint_that_nobody_knows_is_left_out() -> None:
    assert SMALL.explain(Mismatch("a", "b", "c", "nonsense"), "model") == (None, "a: got b; wanted c.")
    assert SMALL.explain(AssertionError("plain"), "model") == (None, "plain")
    assert SMALL.told([Advice("nonsense", "")]) == ()


def test_advice_is_told_with_its_text() -> None:
    (told,) = SMALL.told([Advice("hidden-state", "Twice.")])
    assert told.message == "Twice. Restart and run all."


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ('[[rule]]\nhint = "x"\n', "names 'x', which is no hint"),
        ('[hint.x]\nstub = "model"\n', "The entry 'x' of the hints does not fit"),
    ],
)
def test_a_wrong_entry_is_named(toml: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Catalogue.parse(toml)


def test_every_hint_of_digits_says_where_to_look_and_how_to_mend() -> None:
    own = tomllib.loads(Course(ROOT).assignment("digits").hints)["hint"]
    assert DIGITS.keys() == own.keys() | Catalogue.parse("").keys()
    assert all(hint.nudge.strip() and hint.text.strip() for hint in DIGITS.values())
    assert {hint.costs for hint in DIGITS.values()} == {"points", "advice"}
    assert {hint.stub for hint in DIGITS.values()} == {"dataset", "model", "train", "accuracy", "predict", "notebook"}


WORDS = [
    ("model", "mat1 and mat2 shapes cannot be multiplied (196x28 and 784x128)", "missing-flatten"),
    ("model", "mat1 and mat2 shapes cannot be multiplied (1x5488 and 784x128)", "flatten-includes-batch"),
    ("model", "mat1 and mat2 shapes cannot be multiplied (7x784 and 1024x128)", "layer-sizes-disagree"),
    ("predict", "expected 4D input (got 3D input)", "batch-dimension-missing"),
    ("dataset", "img should be Tensor Image. Got <class 'PIL.Image.Image'>", "normalize-before-to-tensor"),
    ("dataset", "Dataset not found. You can use download=True to download it", "root-ignored"),
    ("train", "Trying to backward through the graph a second time", "backward-on-running-total"),
    ("train", "grad can be implicitly created only for scalar outputs", "backward-needs-one-loss"),
    ("model", "optimizer got an empty parameter list", "layers-in-a-list"),
    ("model", "cannot assign module before Module.__init__() call", "missing-super-init"),
    ("model", 'Module [DigitClassifier] is missing the required "forward" function', "missing-forward"),
    ("model", "linear(): argument 'input' (position 1) must be Tensor, not ReLU", "activation-misused"),
    ("model", "linear(): argument 'input' (position 1) must be Tensor, not NoneType", "forward-returns-no-tensor"),
    ("model", "shape '[64, -1]' is invalid for input of size 5488", "fixed-batch-size"),
    ("train", "Torch not compiled with CUDA enabled", "cuda-only"),
]


@pytest.mark.parametrize(("stub", "message", "hint"), WORDS)
def test_words_of_pytorch_lead_to_the_hint(stub: str, message: str, hint: str) -> None:
    found = DIGITS[str(DIGITS.translate(Failure("RuntimeError", message), stub))]
    assert (found.of or found.id) == hint


@pytest.mark.parametrize(
    ("kind", "stub", "hint"),
    [("EOFError", "train", "interactive-cell"), ("ModuleNotFoundError", "model", "missing-package")],
)
def test_some_exceptions_speak_for_themselves(kind: str, stub: str, hint: str) -> None:
    assert DIGITS.translate(Failure(kind, ""), stub) == hint
