"""What a check holds of a notebook that is worked on is what it would hold across the sandbox's wire."""

from __future__ import annotations

from collections import Counter, namedtuple
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch

from autograder.core.values import Record
from autograder.in_notebook.namespace import Handle, bare, shown
from autograder.sandbox.wire import Ref, decode, encode

Point = namedtuple("Point", "x y")


@dataclass
class Result:
    best: float


class Key:
    pass


def crossed(value: object) -> Any:
    return decode(b"".join(encode(value, lambda thing: Ref(7, type(thing).__name__))))


@pytest.mark.parametrize(
    "value",
    [
        None,
        [1, 2.5, "text", (None, True)],
        {1, "a"},
        {np.int64(3): [1], None: 2},
        Counter("aab"),
        torch.Size([2, 3]),
        np.float32(1),
        date(2026, 1, 31),
        Point(1, 2),
        Result(0.5),
        {Key(): 1},
        {Key()},
        Key(),
        print,
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_is_shown_in_the_notebook_as_it_is_when_graded(value: object) -> None:
    here, graded = shown(value), crossed(value)
    if isinstance(graded, Ref):
        assert isinstance(here, Handle)
    else:
        assert (type(here), repr(here)) == (type(graded), repr(graded))


@pytest.mark.parametrize("table", [pd.DataFrame({"a": [1]}), pd.Series([1]), pd.Index(["a"])], ids=["f", "s", "i"])
def test_a_check_cannot_change_a_students_table(table: Any) -> None:
    copy = shown(table)
    assert type(copy) is type(table)
    assert copy is not table
    assert bare(copy) is not copy


def test_a_record_is_given_back_as_the_object_it_came_from() -> None:
    point = Point(1, 2)
    assert isinstance(shown(point), Record)
    assert bare([shown(point)])[0] is point
