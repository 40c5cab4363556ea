"""Which values are plain: they cross between student code and checks as what they are, all else as a handle."""

from __future__ import annotations

import builtins
import dataclasses
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import numpy as np

globals()["__builtins__"] = dict(vars(builtins))  # a copy: student code may replace the real ones in its process

SIMPLE = (type(None), bool, int, float, str, date, datetime)
"""Types of which a value is itself, wherever it goes."""


class Record(tuple[Any, ...]):
    """What a named tuple or a dataclass held: the items in order, each also under its field's name.

    Equal to any tuple of equal items. `origin` stands for the object itself, which student code gets if the record is
    given back to it; None if there is none.
    """

    _fields: tuple[str, ...]
    origin: object

    @classmethod
    def of(cls, names: Iterable[str], items: Iterable[object], origin: object = None) -> Record:
        """The record of `items`, called `names` in this order."""
        made = cls(items)
        made._fields, made.origin = tuple(names), origin
        return made

    def __getattr__(self, name: str) -> Any:
        fields = self.__dict__.get("_fields", ())
        if name not in fields:
            raise AttributeError(f"no field is called {name!r}; there are: {', '.join(fields)}")
        return self[fields.index(name)]

    def __repr__(self) -> str:
        return f"({', '.join(f'{name}={item!r}' for name, item in zip(self._fields, self, strict=False))})"


def fields(value: object) -> tuple[str, ...] | None:
    """The names of what a named tuple or a dataclass without methods holds; None for anything else."""
    kind = type(value)
    if isinstance(value, tuple):
        names: Any = getattr(value if kind is Record else kind, "_fields", None)
        fits = type(names) is tuple and len(names) == tuple.__len__(value)
        return names if fits and all(type(name) is str for name in names) else None
    if not dataclasses.is_dataclass(kind) or any(map(_has_methods, kind.mro()[:-1])):
        return None
    return tuple(field.name for field in dataclasses.fields(kind))


def _has_methods(kind: type) -> bool:
    return any(callable(member) and not name.startswith("__") for name, member in vars(kind).items())


def is_key(value: object) -> bool:
    """Whether a dict with this key, or a set that holds it, is plain."""
    kind = type(value)
    return kind in SIMPLE or isinstance(value, np.generic) or (kind is tuple and all(map(is_key, value)))  # type: ignore[call-overload]
