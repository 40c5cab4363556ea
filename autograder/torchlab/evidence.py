"""What came back from a student's process, read with care, and what it is a sign of."""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Generic, TypeVar

from torch import Tensor

from autograder.checks.expect import Mismatch, type_name

Seen = TypeVar("Seen")
_EXACT = (bool, int, float, str)


@dataclass(frozen=True)
class Sign(Generic[Seen]):
    """A row of a table of mistakes: the hint that fits where `shows` holds for what was seen, and what that is."""

    hint: str
    shows: Callable[[Seen], bool]
    got: str = ""


def fitting(signs: Iterable[Sign[Seen]], seen: Seen) -> Sign[Seen] | None:
    """The first row that fits; None rather than a guess."""
    return next((sign for sign in signs if sign.shows(seen)), None)


def first(signs: Iterable[Sign[Seen]], seen: Seen) -> str | None:
    """The hint of the first row that fits, if one does."""
    sign = fitting(signs, seen)
    return sign.hint if sign else None


def rebuilt(kind: type[Seen], told: object) -> Seen:
    """The frozen dataclass `kind`, field by field from what a student's process told.

    Raises Mismatch where that does not fit: an honest process tells nothing else.
    """
    try:
        return typing.cast(Seen, _dataclass(kind, told))
    except _Misfit as misfit:
        raise Mismatch("what the stand-ins tell of your code", str(misfit), "their own record, untouched") from None


class _Misfit(Exception):  # noqa: N818 - told as a Mismatch
    pass


def _dataclass(kind: Any, told: object) -> object:
    wanted = _hints(kind)
    names = [field.name for field in fields(kind)]
    if not isinstance(told, Mapping) or set(told) != set(names):
        raise _Misfit(f"{type_name(told)} in place of {kind.__name__}")
    return kind(**{name: _value(wanted[name], told[name]) for name in names})


_hints = functools.cache(typing.get_type_hints)


def _value(kind: Any, told: object) -> object:
    """`told`, if it is of the annotated `kind`: `object` lets everything in."""
    if is_dataclass(kind):
        return _dataclass(kind, told)
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is types.UnionType:
        plain = next(one for one in inner if one is not type(None))
        return None if told is None else _value(plain, told)
    if origin is tuple and isinstance(told, list | tuple):
        return tuple(_value(inner[0], one) for one in told)
    if origin is dict and isinstance(told, dict):
        return {_value(inner[0], name): _value(inner[1], one) for name, one in told.items()}
    if kind is object or (type(told) is kind if kind in _EXACT else kind is Tensor and isinstance(told, Tensor)):
        return told
    raise _Misfit(f"{type_name(told)} in place of {kind}")
