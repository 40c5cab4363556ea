"""The wire: values keep their exact type; whatever is not exactly in the wire's form is refused."""

from __future__ import annotations

import enum
import json
import math
from collections import namedtuple
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.sandbox import wire
from autograder.sandbox.wire import LENGTHS, ProtocolError, Ref, Unsendable, decode, encode


def there_and_back(value: object) -> Any:
    return decode(b"".join(encode(value, lambda thing: Ref(7, type(thing).__name__))))


def frame(tree: object, arrays: object = (), body: bytes = b"") -> bytes:
    return packed(json.dumps({"v": tree, "a": list(arrays)}).encode(), body)  # type: ignore[call-overload]


def packed(head: bytes, body: bytes = b"") -> bytes:
    return LENGTHS.pack(len(head), len(body)) + head + body


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text(max_size=400),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=5) | st.integers(-9, 9), inner, max_size=4)
    ),
    max_leaves=15,
)


@settings(max_examples=150, deadline=None)
@given(PLAIN)
def test_plain_values_come_back_as_they_were(value: object) -> None:
    assert repr(there_and_back(value)) == repr(value)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_a_protocol_error(junk: bytes) -> None:
    refused_or_read(junk)
    refused_or_read(packed(junk))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 400), st.integers(0, 255))
def test_no_changed_byte_raises_anything_but_a_protocol_error(place: int, byte: int) -> None:
    value = {"a": [1, 2.5, {"x": (torch.arange(3), np.float32(1))}], "b": "text" * 100, "c": [True] * 80}
    whole = bytearray(b"".join(encode(value)))
    whole[place % len(whole)] = byte
    refused_or_read(bytes(whole))


def refused_or_read(whole: bytes) -> None:
    try:
        decode(whole)
    except ProtocolError:
        return


@pytest.mark.parametrize("number", [0.1, -0.0, math.inf, math.nan, 1, True, None, 2**63 - 1, -(2**63)], ids=repr)
def test_numbers_keep_value_and_type(number: object) -> None:
    assert (type(there_and_back(number)), repr(there_and_back(number))) == (type(number), repr(number))


class Liar(float):
    def __float__(self) -> float:
        return 1.0

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


@pytest.mark.parametrize(
    ("value", "plain"),
    [(enum.IntEnum("Digit", ["ONE"])(1), 1), (Liar(0.5), 0.5), (np.longdouble(0.25), np.float64(0.25))],
)
def test_what_is_a_number_crosses_as_that_number_whatever_it_pretends(value: object, plain: object) -> None:
    back = there_and_back([value])[0]
    assert (type(back), repr(back)) == (type(plain), repr(plain))


@pytest.mark.parametrize("kind", ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?"])
def test_numpy_scalars_and_arrays_keep_their_dtype(kind: str) -> None:
    array = np.arange(6).reshape(2, 3).astype(kind)
    scalar, back = there_and_back((array[0, 1], array))
    assert type(scalar) is type(array[0, 1])
    assert (back.dtype, back.tolist()) == (array.dtype, array.tolist())


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64, torch.int64, torch.uint8, torch.bool])
def test_tensors_keep_their_dtype_and_shape(dtype: torch.dtype) -> None:
    tensor = torch.arange(4).reshape(2, 1, 2).to(dtype)
    back = there_and_back(tensor)
    assert back.dtype is dtype
    assert torch.equal(back, tensor)


def test_parameters_and_views_become_plain_tensors() -> None:
    weight = torch.nn.Parameter(torch.arange(6.0).reshape(2, 3))
    back = there_and_back([weight, weight.T, weight[:, 1]])
    assert [type(one) for one in back] == [torch.Tensor] * 3
    assert [one.tolist() for one in back] == [weight.tolist(), weight.T.tolist(), weight[:, 1].tolist()]
    assert not any(one.requires_grad for one in back)


def test_methods_of_subclasses_do_not_cross() -> None:
    class Liar(torch.Tensor):
        def __eq__(self, other: object) -> bool:  # type: ignore[override]
            return True

    back = there_and_back(torch.ones(2).as_subclass(Liar))
    assert type(back) is torch.Tensor


@pytest.mark.parametrize(
    "value",
    [
        2 ** (1 << 15),
        {2 ** (1 << 15): 1},
        {np.complex128(1j): 1},
        {math.nan, float("nan")},
        torch.ones(2) * 1j,
        np.array([{}]),
        np.ones((1,) * 9),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_value_form_is_referred_to(value: object) -> None:
    assert isinstance(there_and_back(value), Ref)


Point = namedtuple("Point", "x y")


@dataclass
class Result:
    best: float
    path: list[int]


class Walker:
    pass


@dataclass
class Machine:
    state: int

    def step(self) -> None:
        self.state += 1


@pytest.mark.parametrize(
    "value",
    [
        {np.int64(3): 1, None: 2, 1.5: 3, True: 4, (1, "a"): [5]},
        {1, "a", None, (2, 3)},
        frozenset({1.5}),
        [np.float32(1), np.bool_(True)],
        date(2026, 1, 31),
        datetime(2026, 1, 31, 12, 30),
        2**70,
        -(2**5000),
        {2**70: 1},
        np.array([["a", "bc"]]),
        np.array(["a", None, 3], dtype=object),
        np.array(["2026-01-31"], dtype="datetime64[ns]"),
        np.datetime64("2026-01-31"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_plain_values_of_every_kind_come_back_as_they_were(value: object) -> None:
    back = there_and_back(value)
    assert type(back) is type(value)
    assert shown(back) == shown(value)


def shown(value: object) -> object:
    """A value and its types in words; the items of a set come in no order."""
    return sorted(map(repr, value)) if isinstance(value, set | frozenset) else repr(value)


def test_keys_of_number_and_text_classes_are_what_they_are() -> None:
    back = there_and_back({enum.IntEnum("Digit", ["ONE"])(1): 1, np.str_("k"): 2})
    assert [(type(key), key) for key in back] == [(int, 1), (str, "k")]


@pytest.mark.parametrize("value", [Point(1, [2]), Result(1, [2])], ids=["named tuple", "dataclass"])
def test_named_tuples_and_dataclasses_without_methods_are_told_by_value(value: Any) -> None:
    back = there_and_back(value)
    assert back == (1, [2])
    assert [getattr(back, name) for name in back._fields] == [1, [2]]
    with pytest.raises(AttributeError, match="there are: "):
        _ = back.nothing


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({Walker(): 1}, "dict whose keys are of class Walker"),
        ({Walker()}, "set whose items are of class Walker"),
        (Machine(1), "Machine"),
        (pd.Series([[1]]), "Series that holds what is not plain"),
        (pd.Series([1], pd.period_range("2026-01", periods=1, freq="M")), "Series that holds values of type period[M]"),
        (pd.DataFrame({"size": pd.cut([1, 5], [0, 2, 6])}), "DataFrame that holds values of type ordered category"),
        ([[[[[[[[[[[1]]]]]]]]]]], "list nested deeper than 10"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_stays_is_called_by_what_keeps_it_there(value: object, told: str) -> None:
    stays = there_and_back(value)
    while isinstance(stays, list):
        stays = stays[0]
    assert stays == Ref(7, told)


FRAME = pd.DataFrame(
    {
        "town": ["Ulm", "Bonn", None],
        "kind": pd.Categorical(["a", "b", "a"]),
        "number": [1, 2, 3],
        "share": [0.5, None, 2.0],
        "day": pd.to_datetime(["2026-01-31"] * 3),
        "count": pd.array([1, None, 3], dtype="Int64"),
    },
    index=["x", "y", "z"],
)


@pytest.mark.parametrize(
    "table",
    [
        FRAME,
        FRAME.reset_index(),
        FRAME.groupby(["town", "kind"], observed=True).number.agg(["sum", "mean"]),
        pd.DataFrame({"a": []}),
        pd.DataFrame(),
    ],
    ids=["columns of many types", "without names", "of two levels", "without rows", "without anything"],
)
def test_data_frames_are_told_by_value(table: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(there_and_back(table), table, check_column_type=False)


def test_series_and_indexes_are_told_by_value() -> None:
    series = FRAME.groupby("town").number.mean()
    pd.testing.assert_series_equal(there_and_back(series), series)
    pd.testing.assert_index_equal(there_and_back(FRAME.index), FRAME.index)


def test_what_a_check_has_taken_back_is_given_as_the_object_itself() -> None:
    result, kept = Result(1, [2]), dict[int, object]()

    def keep(thing: object) -> Ref:
        kept[1] = thing
        return Ref(1, "Result")

    assert decode(b"".join(encode([result], keep)), lambda ref: kept[ref.number])[0] is result


def test_a_list_that_holds_itself_is_cut_where_it_gets_too_deep() -> None:
    endless: list[object] = []
    endless.append(endless)
    assert "Ref" in repr(there_and_back(endless))


def test_long_lists_of_numbers_cross_as_one_array() -> None:
    numbers = list(range(100_000))
    assert there_and_back(numbers) == numbers


def test_an_object_that_must_stay_cannot_be_sent_by_the_grader() -> None:
    with pytest.raises(Unsendable, match="function"):
        encode(print if callable(print) else None)


def test_a_value_larger_than_the_wire_is_not_encoded() -> None:
    with pytest.raises(Unsendable, match="larger"):
        encode(["text" * 20] * 40_000)


@pytest.mark.parametrize(
    "hostile",
    [
        packed(b"{"),
        packed(b"\xff"),
        packed(b'{"v":1}'),
        packed(b'{"v":NaN,"a":[]}'),
        packed(b'{"v":1e999,"a":[]}'),
        packed(b'{"v":9223372036854775808,"a":[]}'),
        packed(b'{"v":' + b"9" * 5000 + b',"a":[]}'),
        packed(b'{"v":1,"v":2,"a":[]}'),
        packed(b'{"v":"\\ud800","a":[]}'),
        packed(b'{"v":' + b"[" * 30_000 + b"]" * 30_000 + b',"a":[]}'),
        packed(b'{"v":' + b"[" * 20 + b"]" * 20 + b',"a":[]}'),
        packed(b'{"v":1,"a":[]} '[:-1] + b"x"),
        frame(1, body=b"x"),
        frame(1)[:-1],
        frame(1) + b"x",
        frame({"torch": 0}),
        frame({"torch": True}, [["f4", [1]]], bytes(4)),
        frame({"torch": 1}, [["f4", [1]]], bytes(4)),
        frame(1, [["f4", [1]]], bytes(4)),
        frame([{"torch": 0}, {"torch": 0}], [["f4", [1]]], bytes(4)),
        frame({"torch": 0}, [["f4", [-1]]], b""),
        frame({"torch": 0}, [["f4", [1.0]]], bytes(4)),
        frame({"torch": 0}, [["f4", [2]]], bytes(4)),
        frame({"torch": 0}, [["f4", [1] * 9]], bytes(4)),
        frame({"torch": 0}, [["f4", [2**40, 2**40]]], bytes(4)),
        frame({"numpy": 0}, [["u1", [2**26] * 7 + [0]]], b""),
        frame({"torch": 0}, [["c8", [1]]], bytes(8)),
        frame({"torch": 0}, [["O", [1]]], bytes(8)),
        frame({"torch": 0}, [["b1", [1]]], b"\x02"),
        frame({"numpy": 0}, [["bf", [1]]], bytes(2)),
        frame({"scalar": 0}, [["f4", [1]]], bytes(4)),
        frame({"list": 0}, [["f4", [1]]], bytes(4)),
        frame({"text": 0}, [["u1", [1]]], b"\xff"),
        frame({"float": "1"}),
        frame({"float": []}),
        frame({"tuple": {}}),
        frame({"dict": [[1]]}),
        frame({"dict": [[[], 1]]}),
        frame({"dict": [[1, 2], [1, 3]]}),
        frame({"ref": -1, "type": "x"}),
        frame({"ref": 1, "type": "x" * 121}),
        frame({"ref": 1}),
        frame({"other": 1}),
        frame({"int": "1"}),
        frame({"int": "0x" + "f" * 5000}),
        frame({"date": "2026-13-01"}),
        frame({"datetime": 1}),
        frame({"set": [[]]}),
        frame({"set": [1, 1]}),
        frame({"set": [{"float": "nan"}, {"float": "nan"}]}),
        frame({"record": [None, [["x", 1], ["x", 2]]]}),
        frame({"record": [None, [["1", 1]]]}),
        frame({"record": [1, []]}),
        frame({"record": [None]}),
        frame({"times": ["M8[ns]", 1]}),
        frame({"times": ["f8", {"numpy": 0}]}, [["i8", [1]]], bytes(8)),
        frame({"objects": ["U", [2], ["a"]]}),
        frame({"objects": ["U", [1], [1]]}),
        frame({"objects": ["O", [1], [[]]]}),
        frame({"objects": ["O", [2**40, 0], []]}),
        frame({"table": 1}),
        frame({"table": {"ref": 1, "type": "x"}}),
        frame({"table": {"tuple": ["series", {"tuple": [[1], "category"]}, 5, None]}}),
        frame({"table": {"tuple": ["index", [{"tuple": [{"tuple": [[{"ref": 1, "type": "x"}], "str"]}, None]}]]}}),
        frame({"table": {"tuple": ["index", [{"tuple": [{"tuple": [[1], "object"]}, None]}]]}}),
        frame({}),
    ],
    ids=lambda hostile: repr(hostile[8:48]),
)
def test_everything_else_is_a_protocol_error(hostile: bytes) -> None:
    with pytest.raises(ProtocolError):
        decode(hostile)


def test_sizes_are_refused_before_anything_is_allocated() -> None:
    with pytest.raises(ProtocolError, match="larger"):
        wire.read_lengths(LENGTHS.pack(10, 2**32 - 1))
    with pytest.raises(ProtocolError, match="need"):
        wire.read_head(json.dumps({"v": 1, "a": [["f8", [2**25, 2**25]]]}).encode(), 64)
