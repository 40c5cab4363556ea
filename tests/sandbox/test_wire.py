"""The wire: values keep their exact type; whatever is not exactly in the wire's form is refused."""

from __future__ import annotations

import enum
import json
import math
from typing import Any

import numpy as np
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
        2**63,
        {1.5: 2},
        {True: 1},
        torch.ones(2) * 1j,
        np.array([{}]),
        np.ones((1,) * 9),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_value_form_is_referred_to(value: object) -> None:
    assert isinstance(there_and_back(value), Ref)


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
