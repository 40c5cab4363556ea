"""How values cross between the grader and the student's process: JSON for structure, raw bytes for arrays. No pickle.

A frame is two little-endian 32-bit lengths, a JSON head and the arrays' bytes. The head is `{"v": tree, "a": arrays}`,
where `arrays` lists `[dtype, shape]` in order, and `tree` codes one value:

    null, true, 7, 0.5, "text"     themselves (integers of 64 bits, finite floats, short text)
    {"int": "-0x1ab..."}             an integer of more bits, in hex digits
    [tree, ...]                    a list
    {"tuple": [tree, ...]}         a tuple; "set" and "frozenset" with plain items
    {"dict": [[key, tree], ...]}   a dict whose keys are plain: see `values.is_key`
    {"float": "nan"}               also "inf" and "-inf"
    {"date": "2026-01-31"}         also "datetime"
    {"torch": 0}                   a tensor: the first array; "numpy" an array, "scalar" a NumPy number,
                                   "list" a long list of equal numbers, "text" long text in UTF-8
    {"times": ["M8[ns]", tree]}    NumPy's times: as an array of int64
    {"objects": ["U", shape, [..]]}  an array of texts, or of plain objects ("O"), as a flat list
    {"record": [ref, [[name, tree], ...]]}  what a named tuple or a dataclass holds; instead of `ref` maybe null
    {"table": tree}                a table of pandas: see `frames`
    {"ref": 5, "type": "..."}      an object that stays in the student's process

What arrives is hostile until it has passed `read_head` and `build`; what is not exactly as above is a ProtocolError.
"""

from __future__ import annotations

import builtins
import json
import math
import re
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import torch

from autograder.core import values
from autograder.core.values import Record
from autograder.sandbox import frames

globals()["__builtins__"] = dict(vars(builtins))  # a copy: student code may replace the real ones in its process

HEAD_BYTES = 1 << 20
BODY_BYTES = 64 << 20
ARRAYS = 4096
DEPTH = 10
TYPE_CHARACTERS = 120
LENGTHS = struct.Struct("<II")

_SHORT_TEXT = 256
_SHORT_LIST = 64
_LONGEST_LIST = 1 << 20
_DIMENSIONS = 8
_MOST_BITS = 1 << 14
_HEX = re.compile(rf"-?0x[0-9a-f]{{1,{_MOST_BITS // 4}}}")
_INTEGERS = range(-(1 << 63), 1 << 63)
_FLOATS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}
_TORCH = {
    "f2": torch.float16,
    "bf": torch.bfloat16,
    "f4": torch.float32,
    "f8": torch.float64,
    "i1": torch.int8,
    "i2": torch.int16,
    "i4": torch.int32,
    "i8": torch.int64,
    "u1": torch.uint8,
    "u2": torch.uint16,
    "u4": torch.uint32,
    "u8": torch.uint64,
    "b1": torch.bool,
}
_NUMPY = {code: np.dtype("u2" if code == "bf" else f"<{code}") for code in _TORCH}
_TORCH_CODES = {dtype: code for code, dtype in _TORCH.items()}
_NUMPY_CODES = {dtype: code for code, dtype in _NUMPY.items() if code != "bf"}
_TIMES = frozenset(
    f"{kind}8[{unit}]" for kind in "Mm" for unit in ("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns")
)
_MOMENTS: dict[str, Callable[[str], object]] = {"date": date.fromisoformat, "datetime": datetime.fromisoformat}
_SETS: dict[str, Callable[[list[Any]], object]] = {"set": set, "frozenset": frozenset}
_LIST_CODES = {int: "i8", float: "f8", bool: "b1"}

# Bound here, before any student code runs: what the worker needs must not change under it.
_quoted, _float_text, _int_text = json.encoder.encode_basestring_ascii, float.__repr__, int.__repr__
_Tensor, _ndarray, _generic = torch.Tensor, np.ndarray, np.generic
_index, _float_of = int.__index__, float.__float__
_detach, _as_subclass, _to, _contiguous = (
    torch.Tensor.detach,
    torch.Tensor.as_subclass,
    torch.Tensor.to,
    torch.Tensor.contiguous,
)
_view, _numpy, _from_numpy = torch.Tensor.view, torch.Tensor.numpy, torch.from_numpy
_no_overrides, _no_modes = torch._C.DisableTorchFunctionSubclass, torch._C.DisableTorchFunction
_ascontiguous, _asarray, _frombuffer, _array = np.ascontiguousarray, np.asarray, np.frombuffer, np.array
_isfinite = math.isfinite


class ProtocolError(Exception):
    """What arrived breaks the rules of the wire."""


class Unsendable(Exception):  # noqa: N818 - says what the value is
    """A value that cannot cross; only where there is no way to refer to it instead."""


@dataclass(frozen=True)
class Ref:
    """An object that stays where it is, in the student's process."""

    number: int
    type: str = "object"


@dataclass(frozen=True)
class Head:
    """A parsed head: the tree, and each array's code and shape."""

    tree: Any
    arrays: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def body_bytes(self) -> int:
        """How many bytes the arrays have together."""
        return sum(_size(code, shape) for code, shape in self.arrays)


def _size(code: str, shape: tuple[int, ...]) -> int:
    return math.prod(shape) * _NUMPY[code].itemsize


def _refuse(value: object) -> Ref:
    raise Unsendable(f"a value of type {type(value).__name__} cannot cross to the student's process")


# --- encoding ---------------------------------------------------------------------------------------------------------


class _Encoder:
    """Builds one frame; `refer` turns what has no value form into a Ref."""

    def __init__(self, refer: Callable[[object], Ref]) -> None:
        self.refer = refer
        self.arrays: list[tuple[str, list[int]]] = []
        self.buffers: list[memoryview] = []

    def tree(self, value: Any, depth: int = 0) -> Any:
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is int and value in _INTEGERS:
            return value
        if kind is int and value.bit_length() <= _MOST_BITS:
            return {"int": hex(value)}
        if kind is float:
            return value if _isfinite(value) else {"float": str(value)}
        if kind is str:
            return self.text(value)
        if kind is date or kind is datetime:
            return {kind.__name__: value.isoformat()}
        if kind is Ref:
            return {"ref": value.number, "type": value.type}
        if isinstance(value, _Tensor):
            return self.tensor(value)
        if isinstance(value, _generic):
            return self.scalar(value)
        if isinstance(value, _ndarray):
            return self.array("numpy", _asarray(value), value)
        # An IntEnum or a subclass of float is the number that it is, whatever it pretends.
        if issubclass(kind, int) and kind is not int:
            return self.tree(_index(value), depth)
        if issubclass(kind, float):
            return self.tree(_float_of(value), depth)
        if issubclass(kind, str):
            return self.text(str.__str__(value))
        if frames.is_table(value):
            return self.table(value, depth)
        names = values.fields(value)
        if names is None and not isinstance(value, list | tuple | dict | set | frozenset):
            return self.reference(value)
        if depth == DEPTH:
            return self.reference(value, f"nested deeper than {DEPTH}")
        return self.container(value, depth + 1) if names is None else self.record(value, names, depth + 1)

    def reference(self, value: object, why: str = "") -> Any:
        """What stands for a value that stays; `why` it does, where its type does not tell."""
        ref = self.refer(value)
        return self.tree(Ref(ref.number, f"{ref.type} {why}".strip()[:TYPE_CHARACTERS]))

    def whole(self, value: object, depth: int) -> Any:
        """The tree of a value that may hold no reference; None if it holds one."""
        arrays, refer = len(self.arrays), self.refer
        self.refer = _refuse
        try:
            return self.tree(value, depth)
        except Unsendable:
            del self.arrays[arrays:], self.buffers[arrays:]
            return None
        finally:
            self.refer = refer

    def table(self, value: Any, depth: int) -> Any:
        why = "that holds what is not plain"
        try:
            tree = self.whole(frames.apart(value), depth)
        except frames.Stays as stays:
            tree, why = None, f"that holds values of type {stays}"
        except Exception:  # a student's own kind of table may do anything
            tree = None
        return {"table": tree} if tree is not None else self.reference(value, why)

    def record(self, value: Any, names: tuple[str, ...], depth: int) -> Any:
        items = tuple(value) if isinstance(value, tuple) else [getattr(value, name) for name in names]
        try:
            origin = self.reference(value)
        except Unsendable:
            origin = None
        return {"record": [origin, [[name, self.tree(item, depth)] for name, item in zip(names, items, strict=True)]]}

    def text(self, value: str) -> Any:
        clean = value.encode("utf-8", "replace")
        if len(clean) <= _SHORT_TEXT:
            return clean.decode()
        return self.array("text", _frombuffer(clean, dtype=np.uint8), value)

    def container(self, value: Any, depth: int) -> Any:
        if isinstance(value, dict):
            return self.mapping(value, depth)
        if isinstance(value, tuple):
            return {"tuple": [self.tree(item, depth) for item in tuple(value)]}
        items = list(value)
        if isinstance(value, set | frozenset):
            keys = self.keys(items, depth)
            kind = "set" if isinstance(value, set) else "frozenset"
            return {kind: keys} if keys is not None else self.reference(value, _unplain(items, "items"))
        kinds = set(map(type, items)) if len(items) > _SHORT_LIST else set()
        code = _LIST_CODES.get(kinds.pop()) if len(kinds) == 1 else None
        if len(items) > _LONGEST_LIST:
            return self.reference(value, f"of more than {_LONGEST_LIST} items")
        if code and (code != "i8" or all(item in _INTEGERS for item in items)):
            return self.array("list", _array(items, dtype=_NUMPY[code]), value)
        return [self.tree(item, depth) for item in items]

    def mapping(self, value: dict[Any, Any], depth: int) -> Any:
        keys = self.keys(list(dict.keys(value)), depth)
        if keys is None:
            return self.reference(value, _unplain(value, "keys"))
        return {"dict": [[key, self.tree(item, depth)] for key, item in zip(keys, dict.values(value), strict=True)]}

    def keys(self, found: list[Any], depth: int, unique: bool = True) -> list[Any] | None:
        """The trees of a dict's keys or a set's items; None where one is not plain, or two are the same there."""
        plain = [_plain_key(key) for key in found]
        if not all(map(values.is_key, plain)) or (unique and len(set(plain)) != len(plain)):
            return None
        trees = [self.whole(key, depth) for key in plain]
        return trees if all(tree is not None or key is None for tree, key in zip(trees, plain, strict=True)) else None

    def scalar(self, value: Any) -> Any:
        if isinstance(value, np.str_):
            return self.text(str(value))
        plain = _asarray(value)
        if plain.dtype == np.longdouble:
            plain = plain.astype(np.float64)
        return self.array("scalar", plain, value)

    def tensor(self, value: Any) -> Any:
        try:
            with _no_modes():
                plain = _contiguous(_to(_as_subclass(_detach(value), _Tensor), device="cpu"))
                code = _TORCH_CODES[plain.dtype]
                raw = _numpy(_view(plain, torch.uint16) if code == "bf" else plain)
        except Exception:  # sparse, quantised, complex, without data: it has no plain array
            return self.reference(value)
        return self.array("torch", raw, value, code)

    def array(self, kind: str, plain: Any, value: object, code: str | None = None) -> Any:
        native = plain.dtype.newbyteorder("<") if plain.dtype.kind in "iufb" else plain.dtype
        code = code or _NUMPY_CODES.get(native)
        if code is None and kind in ("numpy", "scalar") and (other := self.other_array(plain)) is not None:
            return other
        if code is None or plain.ndim > _DIMENSIONS or len(self.arrays) >= ARRAYS:
            return self.reference(value)
        shape = list(plain.shape)
        flat = _ascontiguous(plain, dtype=_NUMPY[code]).reshape(-1)
        self.arrays.append((code, shape))
        self.buffers.append(memoryview(flat.view(np.uint8).data) if flat.size else memoryview(b""))
        return {kind: len(self.arrays) - 1}

    def other_array(self, plain: Any) -> Any:
        """The tree of an array of times, texts or plain objects; None for any other."""
        kind, name = plain.dtype.kind, plain.dtype.str[1:]
        if kind in "Mm" and name in _TIMES:
            return {"times": [name, self.array("numpy", plain.view(np.int64), plain)]}
        if kind not in "UO" or plain.ndim > _DIMENSIONS or plain.size > _LONGEST_LIST:
            return None
        items = self.keys([*map(_plain_key, plain.reshape(-1).tolist())], DEPTH, unique=False)
        return {"objects": [kind, list(plain.shape), items]} if items is not None else None


def _plain_key(key: Any) -> Any:
    """A key as it arrives: numbers and texts of one's own class as what they are, each NaN as the same one."""
    kind = type(key)
    if kind is tuple:
        return tuple(map(_plain_key, key))
    if isinstance(key, np.str_):
        return str(key)
    if kind is not bool and issubclass(kind, int):
        return _index(key)
    if issubclass(kind, float) and not isinstance(key, _generic):
        number = _float_of(key)
        return math.nan if math.isnan(number) else number
    return str.__str__(key).encode("utf-8", "replace").decode() if issubclass(kind, str) else key


def _unplain(items: Iterable[Any], what: str) -> str:
    """Why a dict or set stays: the class of the first key that is not plain."""
    kinds = (type(item) for item in items if not values.is_key(_plain_key(item)))
    kind = next(kinds, None)
    if kind is None:
        return f"whose {what} cannot all be copied"
    own = "your own class" if kind.__module__ == "__main__" else "class"
    return f"whose {what} are of {own} {kind.__qualname__}"


def _json(tree: Any) -> str:
    """JSON of a tree. The library's own writer would ask the real builtins."""
    kind = type(tree)
    if tree is None or kind is bool:
        return "null" if tree is None else "true" if tree else "false"
    if kind is int:
        return _int_text(tree)
    if kind is float:
        return _float_text(tree)
    if kind is str:
        return _quoted(tree)
    if kind is dict:
        return "{" + ",".join([f"{_quoted(key)}:{_json(item)}" for key, item in tree.items()]) + "}"
    return "[" + ",".join([_json(item) for item in tree]) + "]"


def encode(value: object, refer: Callable[[object], Ref] = _refuse) -> list[memoryview]:
    """One frame that carries `value`, as buffers to be written in order.

    What has no value form, is nested too deeply or belongs to the student's process is given to `refer`. Raises
    Unsendable if the frame would be larger than the wire allows.
    """
    encoder = _Encoder(refer)
    tree = encoder.tree(value)
    head = _json({"v": tree, "a": encoder.arrays}).encode()
    body = sum(len(buffer) for buffer in encoder.buffers)
    if len(head) > HEAD_BYTES or body > BODY_BYTES:
        raise Unsendable(f"a value of {len(head)} + {body} bytes is larger than the wire allows")
    return [memoryview(LENGTHS.pack(len(head), body) + head), *encoder.buffers]


# --- decoding ---------------------------------------------------------------------------------------------------------


def read_lengths(prefix: bytes) -> tuple[int, int]:
    """Head and body length (bytes) of the frame that starts with these 8 bytes."""
    head, body = LENGTHS.unpack(prefix)
    if head > HEAD_BYTES or body > BODY_BYTES:
        raise ProtocolError(f"a frame of {head} + {body} bytes is larger than the wire allows")
    return head, body


def _no_constant(text: str) -> Any:
    raise ProtocolError(f"{text} is no JSON number")


def _integer(text: str) -> int:
    if len(text) > 20 or int(text) not in _INTEGERS:
        raise ProtocolError("an integer has more than 64 bits")
    return int(text)


def _float(text: str) -> float:
    value = float(text)
    if not _isfinite(value):
        raise ProtocolError("a float is too large")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ProtocolError("a key occurs twice")
    return found


_read_json = json.JSONDecoder(
    parse_constant=_no_constant, parse_int=_integer, parse_float=_float, object_pairs_hook=_object
).raw_decode


def read_head(head: bytes, body_bytes: int) -> Head:
    """Parse a head strictly, and hold its arrays' sizes against the body's, before anything is allocated for them."""
    try:
        text = head.decode("utf-8")
        parsed, end = _read_json(text)
    except (ValueError, RecursionError) as error:
        raise ProtocolError(f"the head is no JSON: {type(error).__name__}") from None
    if end != len(text) or type(parsed) is not dict or parsed.keys() != {"v", "a"} or type(parsed["a"]) is not list:
        raise ProtocolError("the head is not {v, a}")
    if len(parsed["a"]) > ARRAYS:
        raise ProtocolError("there are too many arrays")
    result = Head(parsed["v"], tuple(_array_row(row) for row in parsed["a"]))
    if result.body_bytes != body_bytes:
        raise ProtocolError(f"the arrays need {result.body_bytes} bytes, the body has {body_bytes}")
    return result


def _array_row(row: Any) -> tuple[str, tuple[int, ...]]:
    if type(row) is not list or len(row) != 2 or type(row[0]) is not str or row[0] not in _NUMPY:
        raise ProtocolError("an array is not [dtype, shape]")
    shape = row[1]
    if type(shape) is not list or len(shape) > _DIMENSIONS:
        raise ProtocolError("an array's shape is no list of at most 8 sizes")
    if not all(type(size) is int and 0 <= size <= BODY_BYTES for size in shape):
        raise ProtocolError("an array's size is no natural number")
    if 0 in shape and math.prod(size or 1 for size in shape) > BODY_BYTES:  # without a byte, yet nobody can build it
        raise ProtocolError("an empty array's sizes are too large together")
    return row[0], tuple(shape)


class _Builder:
    """Turns a checked head and its body into a value; each array must be used exactly once, in order."""

    def __init__(self, head: Head, body: bytes | bytearray, resolve: Callable[[Ref], object]) -> None:
        self.head = head
        self.body = memoryview(body)
        self.resolve = resolve
        self.used = 0
        self.offset = 0

    def value(self, tree: Any, depth: int = 0) -> Any:
        if depth > DEPTH + 1:
            raise ProtocolError("a value is nested too deeply")
        kind = type(tree)
        if kind is str:
            return _clean(tree)
        if kind is list:
            return [self.value(item, depth + 1) for item in tree]
        if kind is dict:
            return self.tagged(tree, depth)
        return tree

    def tagged(self, tree: dict[str, Any], depth: int) -> Any:
        if tree.keys() == {"ref", "type"}:
            return self.reference(tree["ref"], tree["type"])
        if len(tree) != 1:
            raise ProtocolError("a value has not exactly one tag")
        (tag, inner), *_ = tree.items()
        if tag == "float":
            return self.special(inner)
        if tag == "int" and type(inner) is str and _HEX.fullmatch(inner):
            return int(inner, 16)
        if tag in ("tuple", "dict", "record", "times", "objects", *_SETS):
            if type(inner) is not list:
                raise ProtocolError(f"a {tag} has no list of items")
            return tuple(self.value(inner, depth)) if tag == "tuple" else self.filled(tag, inner, depth)
        if tag in _MOMENTS and type(inner) is str:
            try:
                return _MOMENTS[tag](inner)
            except ValueError:
                raise ProtocolError(f"a {tag} is none") from None
        if tag == "table":
            return self.table(inner, depth)
        if tag in _MAKERS and type(inner) is int and inner == self.used < len(self.head.arrays):
            return self.array(tag)
        raise ProtocolError("a value has an unknown tag or a wrong array")

    def reference(self, number: Any, name: Any) -> object:
        if type(number) is not int or number < 0 or type(name) is not str or len(name) > TYPE_CHARACTERS:
            raise ProtocolError("a reference is not a natural number and a short name")
        return self.resolve(Ref(number, _clean(name)))

    def special(self, name: Any) -> float:
        if type(name) is not str or name not in _FLOATS:
            raise ProtocolError("a float is none of nan, inf, -inf")
        return _FLOATS[name]

    def mapping(self, rows: list[Any], depth: int) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for row in rows:
            if type(row) is not list or len(row) != 2:
                raise ProtocolError("a dict's item is not [key, value]")
            key = self.value(row[0], depth + 1)
            if not values.is_key(key) or key in found:
                raise ProtocolError("a dict's key is not plain, or occurs twice")
            found[key] = self.value(row[1], depth + 1)
        return found

    def filled(self, tag: str, rows: list[Any], depth: int) -> Any:
        if tag == "dict":
            return self.mapping(rows, depth)
        if tag in _SETS:
            items = self.value(rows, depth)
            if not all(map(values.is_key, items)) or len(set(items)) != len(items):
                raise ProtocolError("a set's item is not plain, or occurs twice")
            return _SETS[tag](items)
        if tag == "record" and len(rows) == 2 and type(rows[1]) is list:
            return self.record(rows[0], rows[1], depth)
        if tag == "times" and len(rows) == 2 and type(rows[0]) is str and rows[0] in _TIMES:
            plain = self.value(rows[1], depth)
            if isinstance(plain, np.ndarray) and plain.dtype == np.int64:
                return plain.view(rows[0])[()]
        if tag == "objects" and len(rows) == 3 and type(rows[2]) is list:
            return self.objects(rows[0], rows[1], self.value(rows[2], depth))
        raise ProtocolError(f"a {tag} has a wrong form")

    def record(self, origin: Any, rows: list[Any], depth: int) -> Any:
        """A record; where the reference leads to the object itself, that is meant."""
        if any(type(row) is not list or len(row) != 2 or not _is_field(row[0]) for row in rows):
            raise ProtocolError("a record's item is not [name, value]")
        names = [name for name, _ in rows]
        if len(set(names)) != len(names) or (origin is not None and type(origin) is not dict):
            raise ProtocolError("a record's name occurs twice, or it has no reference")
        thing = None if origin is None else self.tagged(origin, depth)
        items = [self.value(item, depth + 1) for _, item in rows]
        is_itself = values.fields(thing) is not None and not isinstance(thing, Ref)
        return thing if is_itself else Record.of(names, items, thing)

    def objects(self, kind: Any, shape: Any, items: list[Any]) -> Any:
        fits = kind in ("U", "O") and type(shape) is list and all(type(size) is int and size >= 0 for size in shape)
        if not fits or len(shape) > _DIMENSIONS or math.prod(shape) != len(items) or max(shape, default=0) > BODY_BYTES:
            raise ProtocolError("an array of objects has a wrong shape")
        if not all(values.is_key(item) and not isinstance(item, tuple) for item in items):
            raise ProtocolError("an array of objects holds what is not plain")
        if kind == "U" and not all(type(item) is str for item in items):
            raise ProtocolError("an array of texts holds something else")
        made = np.array(items, dtype=str) if kind == "U" else np.empty(len(items), dtype=object)
        if kind == "O":
            made[:] = items
        return made.reshape(shape)

    def table(self, tree: Any, depth: int) -> Any:
        resolve, self.resolve = self.resolve, _no_object
        try:
            parts = self.value(tree, depth)
        finally:
            self.resolve = resolve
        try:
            return frames.whole(parts)
        except ImportError:
            raise ProtocolError("there is no pandas here to read a table") from None
        except Exception as error:
            raise ProtocolError(f"a table has a wrong form: {type(error).__name__}") from None

    def array(self, tag: str) -> Any:
        code, shape = self.head.arrays[self.used]
        size = _size(code, shape)
        raw = self.body[self.offset : self.offset + size]
        self.used, self.offset = self.used + 1, self.offset + size
        plain = _frombuffer(raw, dtype=_NUMPY[code]).reshape(shape).copy()
        if code == "b1" and (_frombuffer(raw, dtype=np.uint8) > 1).any():
            raise ProtocolError("a truth value is neither 0 nor 1")
        return _MAKERS[tag](plain, code)


def _no_object(_: Ref) -> object:
    raise ProtocolError("a table holds a reference")


def _is_field(name: Any) -> bool:
    return type(name) is str and len(name) <= TYPE_CHARACTERS and name.isidentifier()


def _clean(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ProtocolError("text holds half a surrogate pair") from None
    return text


def _make_tensor(plain: Any, code: str) -> Any:
    tensor = _from_numpy(plain)
    return _view(tensor, torch.bfloat16) if code == "bf" else tensor


def _make_array(plain: Any, code: str) -> Any:
    if code == "bf":
        raise ProtocolError("NumPy has no bfloat16")
    return plain


def _make_scalar(plain: Any, code: str) -> Any:
    if plain.ndim or code == "bf":
        raise ProtocolError("a scalar has a shape or a type that NumPy has not")
    return plain[()]


def _make_list(plain: Any, code: str) -> Any:
    if plain.ndim != 1 or code not in _LIST_CODES.values() or len(plain) > _LONGEST_LIST:
        raise ProtocolError("a list of numbers is not int64, float64 or bool of one dimension, or too long")
    return plain.tolist()


def _make_text(plain: Any, code: str) -> Any:
    if plain.ndim != 1 or code != "u1":
        raise ProtocolError("text is not bytes")
    try:
        return plain.tobytes().decode("utf-8")
    except UnicodeDecodeError:
        raise ProtocolError("text is not UTF-8") from None


_MAKERS: dict[str, Callable[[Any, str], Any]] = {
    "torch": _make_tensor,
    "numpy": _make_array,
    "scalar": _make_scalar,
    "list": _make_list,
    "text": _make_text,
}


def _no_references(ref: Ref) -> object:
    return ref


def build(head: Head, body: bytes | bytearray, resolve: Callable[[Ref], object] = _no_references) -> Any:
    """The value of a frame; `resolve` makes what stands for a reference. Arrays are fresh copies of exact types."""
    builder = _Builder(head, body, resolve)
    value = builder.value(head.tree)
    if builder.used != len(head.arrays):
        raise ProtocolError("an array belongs to no value")
    return value


def decode(frame: bytes, resolve: Callable[[Ref], object] = _no_references) -> Any:
    """The value of one whole frame, with nothing before or after it."""
    if len(frame) < LENGTHS.size:
        raise ProtocolError("a frame is shorter than its lengths")
    head_bytes, body_bytes = read_lengths(frame[: LENGTHS.size])
    if len(frame) != LENGTHS.size + head_bytes + body_bytes:
        raise ProtocolError("a frame is longer or shorter than it says")
    split = LENGTHS.size + head_bytes
    return build(read_head(frame[LENGTHS.size : split], body_bytes), frame[split:], resolve)
