"""The guide's table of what crosses between checks and student code, held against what the wire lets through."""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch
from places import ROOT

from autograder.core.values import Record
from autograder.sandbox import wire
from autograder.sandbox.wire import Ref, decode, encode

GUIDE = (ROOT / "docs" / "assignment.md").read_text("utf-8")
TABLE = GUIDE.partition("| value | arrives as |\n|---|---|\n")[2].partition("\n\n")[0]
ROWS = dict(re.findall(r"^\| (.+) \| (.+) \|$", TABLE, re.MULTILINE))


class Walker:
    """A class of a student's own."""


@dataclass
class Best:
    """A dataclass without methods."""

    share: float
    place: int


Pair = namedtuple("Pair", ["best", "place"])
DAYS = pd.to_datetime(["2026-01-31", "2026-02-01"])
COLUMNS: dict[str, Any] = {
    "numbers": [0.5, None],
    "counts": pd.array([1, None], dtype="Int64"),
    "text": ["Ulm", None],
    "days": DAYS,
    "kinds": pd.Categorical(["a", "b"]),
}
SENT: dict[str, list[object]] = {
    "`None`, truth values, whole and floating numbers, text, Python's `date` and `datetime`, "
    "NumPy's numbers and times": [
        *(None, True, 7, 2**70, 0.5, "text", date(2026, 1, 31), datetime(2026, 1, 31, 5), datetime.now(UTC)),
        *(np.float32(0.5), np.int64(7), np.bool_(True), np.datetime64("2026-01-31")),
    ],
    "lists, tuples, sets, dicts whose keys are of the line above or tuples of such": [
        *([1, "a", None], (1, [2]), {1, 2}, frozenset({1})),
        *({"a": [1], 2: (3,), None: 4, date(2026, 1, 31): 5, (1, "b"): 6}, {np.int64(1): 2}),
    ],
    "NumPy's arrays (of numbers, times, text, plain objects), tensors": [
        *(np.arange(6.0).reshape(2, 3), np.array(["2026-01-31"], "M8[D]"), np.array(["a", "bc"])),
        *(
            np.array([1, "a", None], dtype=object),
            torch.ones(2, 3, requires_grad=True),
            torch.nn.Parameter(torch.ones(2)),
        ),
    ],
    "pandas `Series`, `DataFrame`, `Index` (columns of numbers, text, times, plain categories)": [
        *(pd.DataFrame(COLUMNS), *(pd.Series(column, name=name) for name, column in COLUMNS.items())),
        *(pd.Index(["a", "b"]), DAYS, pd.DataFrame(COLUMNS).set_index(["text", "days"])),
    ],
    "a named tuple, a dataclass without methods": [Pair(0.5, 3), Best(0.5, 3)],
    "all else: models, functions, objects of one's own class, dicts with such keys, pandas' `Timestamp`, `timedelta`, "
    "`bytes`, complex numbers; a whole table that holds periods, ordered categories (`pd.cut`) or times with a zone": [
        *(torch.nn.Linear(2, 3), len, Walker(), {Walker(): 1}, {DAYS[0]: 1}, DAYS[0], timedelta(1), b"bytes"),
        *(1j, np.array([1j]), torch.tensor([1j]), pd.Series([1, 2], DAYS.to_period("M"))),
        *(pd.DataFrame({"size": pd.cut([1, 5], [0, 2, 6]), "sum": [1, 2]}), DAYS.tz_localize("UTC")),
    ],
}
"""Values of each row, by its words: whoever changes a row says here what it means."""


def is_itself(back: Any, sent: Any) -> bool:
    return type(back) is type(sent) and bool(back == sent)


def is_copy(back: Any, sent: Any) -> bool:
    return back is not sent and is_itself(back, sent)


def is_bare_copy(back: Any, sent: Any) -> bool:
    if isinstance(sent, torch.Tensor):
        return type(back) is torch.Tensor and not back.requires_grad and torch.equal(back, sent)
    return type(back) is np.ndarray and back.dtype == sent.dtype and np.array_equal(back, sent)


def is_same_table(back: Any, sent: Any) -> bool:
    kinds = [str(getattr(one, "dtypes", None)) for one in (back, sent)]
    return back is not sent and type(back) is type(sent) and kinds[0] == kinds[1] and bool(back.equals(sent))


def is_record(back: Any, sent: Any) -> bool:
    first = next(iter(getattr(sent, "_fields", ("share",))))
    return isinstance(back, Record) and back == (0.5, 3) and back[0] == getattr(back, first) and back.origin == Ref(7)


def is_handle(back: Any, sent: object) -> bool:
    return isinstance(back, Ref)


ARRIVES: dict[str, Callable[[Any, Any], bool]] = {
    "itself": is_itself,
    "a copy": is_copy,
    "a copy, without gradients": is_bare_copy,
    "a copy, up to 64 MiB of numbers and 1 MiB of text": is_same_table,
    "a record: `got.best`, `got[0]`, `got == (0.5, 3)`; given back, it is the object itself": is_record,
    "a handle: call it, index it, iterate over it, ask for attributes and `len`; `expect.type_name` says what it is": (
        is_handle
    ),
}
"""How one sees that a value arrived as the row says."""


def test_each_row_of_the_table_is_tried() -> None:
    assert list(ROWS) == list(SENT)
    assert list(ROWS.values()) == list(ARRIVES)


@pytest.mark.parametrize(
    ("row", "place"), [(row, place) for row, values in enumerate(SENT.values()) for place in range(len(values))]
)
def test_values_arrive_as_the_table_says(row: int, place: int) -> None:
    sent = [*SENT.values()][row][place]
    back = decode(b"".join(encode(sent, lambda _: Ref(7))))
    assert [*ARRIVES.values()][row](back, sent), f"{sent!r} arrived as {back!r}"


def test_as_much_of_a_table_crosses_as_the_table_says() -> None:
    assert (wire.BODY_BYTES, wire.HEAD_BYTES) == (64 << 20, 1 << 20)
