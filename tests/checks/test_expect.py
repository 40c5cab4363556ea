"""Sentences for authors of checks."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
import torch

from autograder.checks import expect
from autograder.core.errors import StudentError
from autograder.core.model import Failure


def test_a_mismatch_is_one_sentence_with_what_was_seen_and_wanted() -> None:
    with pytest.raises(expect.Mismatch) as caught:
        expect.that(False, looked_at="the sum", got=3, wanted="4", hint="wrong-sum", sure=False)
    assert str(caught.value) == "the sum: got 3; wanted 4."
    assert (caught.value.hint, caught.value.sure) == ("wrong-sum", False)


def test_a_hint_is_looked_for_only_after_a_failure() -> None:
    def too_early() -> str:
        raise AssertionError("a hint was looked for although nothing is wrong")

    expect.that(True, looked_at="a", got="b", wanted="c", hint=too_early)
    with pytest.raises(expect.Mismatch) as caught:
        expect.that(False, looked_at="a", got="b", wanted="c", hint=lambda: "found")
    assert caught.value.hint == "found"


def test_long_values_are_cut() -> None:
    with pytest.raises(expect.Mismatch) as caught:
        expect.that(False, looked_at="a", got="x" * 10_000, wanted="less")
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("value", [torch.zeros(2, 10), np.zeros((2, 10))])
def test_shape_accepts_tensors_and_arrays(value: object) -> None:
    expect.shape("scores", value, (2, 10))


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (torch.zeros(2, 9), "got shape \\(2, 9\\); wanted shape \\(2, 10\\)"),
        (None, "got NoneType; wanted a tensor of shape"),
    ],
)
def test_shape_names_what_came(value: object, sentence: str) -> None:
    with pytest.raises(expect.Mismatch, match=sentence):
        expect.shape("scores", value, (2, 10))


def test_close_names_the_first_place_that_is_off() -> None:
    expect.close("x", torch.tensor([1.0, 2.0], requires_grad=True), [1.0, 2.0 + 1e-7])
    with pytest.raises(expect.Mismatch, match="x at place 1: got 2; wanted 3"):
        expect.close("x", [1.0, 2.0, 5.0], np.array([1.0, 3.0, 6.0]))


def test_equal_tables_have_the_same_entries_and_what_differs_is_shown_alone() -> None:
    table = pd.DataFrame({"town": list("abcd"), "units": [1, 2, 3, 4]})
    gaps = pd.Series([1.0, None])
    expect.equal("t", table.assign(units=table["units"].astype(float)), table)
    expect.equal("t", gaps, gaps.copy())
    for other, words in (
        (table.assign(units=[1, 2, 9, 4]), r"2 +c +9; wanted .*2 +c +3"),
        (table[["units"]], r"columns \['units'\]; wanted columns \['town', 'units'\]"),
        (table[:2], r"shape \[2, 2\]; wanted shape \[4, 2\]"),
        (table.set_axis([3, 2, 1, 0]), r"index \[3, 2, 1, 0\]; wanted index"),
        (table.to_numpy().tolist(), "wanted"),
    ):
        with pytest.raises(expect.Mismatch, match=f"(?s){words}") as told:
            expect.equal("t", other, table)
        assert "4" not in str(told.value) or "9" not in str(told.value)


@pytest.mark.parametrize("value", [math.nan, [1.0, math.nan], [1.0]])
def test_close_never_takes_nan_or_another_shape(value: object) -> None:
    with pytest.raises(expect.Mismatch):
        expect.close("x", value, [1.0, 2.0] if value != [1.0] else [1.0, 1.0])


@pytest.mark.parametrize("value", [None, "two", {"a": 1}, [[1], [1, 2]]], ids=repr)
def test_what_is_no_number_is_told_as_what_it_is(value: object) -> None:
    for look in (expect.finite, lambda looked_at, got: expect.close(looked_at, got, 2.0)):
        with pytest.raises(expect.Mismatch, match=r"x: got .*(nothing|of type (str|dict|list)); wanted a number"):
            look("x", value)


@pytest.mark.parametrize(
    ("value", "wanted", "fits"),
    [
        (1, int, True),
        (np.int64(1), int, True),
        (1, float, True),
        (np.float32(1), (float, str), True),
        (True, int, False),
        (np.bool_(True), bool, True),
        (1.0, int, False),
        ([1], dict, False),
        (None, list, False),
        (None, (list, type(None)), True),
    ],
    ids=repr,
)
def test_kind_looks_at_the_type(value: object, wanted: type, fits: bool) -> None:
    if fits:
        expect.kind("x", value, wanted)
    else:
        with pytest.raises(expect.Mismatch, match=r"x: got .*; wanted a value of type"):
            expect.kind("x", value, wanted)


def raising(kind: str, answer: object = None) -> object:
    if kind:
        raise StudentError(Failure(kind, "no such town"))
    return answer


def test_raises_wants_an_exception_of_student_code() -> None:
    expect.raises("f('Rom')", KeyError, raising, "KeyError")
    expect.raises("f('Rom')", "NoSuchTown", raising, "NoSuchTown")
    with pytest.raises(expect.Mismatch, match="got ValueError: no such town; wanted an exception KeyError"):
        expect.raises("f('Rom')", KeyError, raising, "ValueError")
    with pytest.raises(expect.Mismatch, match="got 3 of type int, and no exception; wanted an exception KeyError"):
        expect.raises("f('Rom')", KeyError, raising, "", 3)


def test_raises_leaves_what_is_not_written_yet_open() -> None:
    with pytest.raises(StudentError):
        expect.raises("f('Rom')", KeyError, raising, "NotImplementedError")


def test_finite_tells_the_value_that_is_not() -> None:
    expect.finite("losses", [1.0, 2.0])
    with pytest.raises(expect.Mismatch, match="got inf"):
        expect.finite("losses", torch.tensor([1.0, math.inf]))


@pytest.mark.parametrize("after", [0.91, 2.0, math.nan, math.inf])
def test_decreases_wants_the_whole_margin(after: float) -> None:
    expect.decreases("the loss", 1.0, 0.9)
    with pytest.raises(expect.Mismatch, match="wanted a fall by 10% or more"):
        expect.decreases("the loss", 1.0, after)


def test_accuracy_tells_the_margin() -> None:
    expect.accuracy("digits", 0.5, 0.5, "90%")
    with pytest.raises(expect.Mismatch, match=r"got 49\.0%; wanted 50% or more; right solutions usually reach 90%"):
        expect.accuracy("digits", 0.49, 0.5, "90%")


def test_a_type_is_named_wherever_the_object_lives() -> None:
    class Handle:
        __student_type__ = "torch.utils.data.DataLoader"

    assert expect.type_name(Handle()) == "torch.utils.data.DataLoader"
    assert (expect.type_name(3), expect.type_name(torch.zeros(1))) == ("int", "torch.Tensor")


def test_advice_is_heard_once_and_only_inside() -> None:
    expect.advise("unheard")
    with expect.collecting() as heard:
        expect.advise("slow-items", "1 s")
        expect.advise("slow-items", "2 s")
        with expect.collecting() as inner:
            expect.advise("other")
    assert [(one.hint, one.message) for one in heard] == [("slow-items", "1 s")]
    assert [one.hint for one in inner] == ["other"]


def test_a_failure_that_crossed_is_kept_and_a_live_one_is_described() -> None:
    crossed = Failure("ValueError", "no")
    assert expect.failure_of(StudentError(crossed)) is crossed
    assert expect.failure_of(ValueError("live")) == Failure("ValueError", "live")


def test_a_live_failure_shows_the_lines_of_the_notebook_only() -> None:
    namespace: dict[str, object] = {"__name__": "__main__"}
    exec(compile("def train():\n    raise KeyError('x')\n", "cell", "exec"), namespace)
    with pytest.raises(KeyError) as caught:
        namespace["train"]()  # type: ignore[operator]
    (frame,) = expect.failure_of(caught.value).frames
    assert (frame.cell, frame.line) == ("your notebook", 2)


def test_what_is_shown_is_heard_inside_only_and_stays_small() -> None:
    expect.show("nobody listens")
    grey = np.full((28, 28), 255)
    with expect.showing() as shown:
        expect.show("my losses", [2.5, 1.5, math.nan, 1.0], [("a guess", 2.3)], [("a seven", grey)] * 30)
    (exhibit,) = shown
    assert exhibit.curve == (2.5, 1.5)
    assert exhibit.lines == (("a guess", 2.3),)
    assert len(exhibit.pictures) == expect.MOST_PICTURES
    assert exhibit.pictures[0].width == 28
    assert bytes.fromhex(exhibit.pictures[0].grey) == bytes([255]) * 784
