"""Tables of pandas taken apart into plain arrays, texts and tuples, and put together again from nothing else.

pandas is imported where a table arrives, and never before: most courses have none.
"""

from __future__ import annotations

import builtins
import sys
from typing import Any

import numpy as np

globals()["__builtins__"] = dict(vars(builtins))  # a copy: student code may replace the real ones in its process

_EXTENSIONS = frozenset(
    {"str", "string", "category", "boolean", "Float32", "Float64"}
    | {f"{sign}Int{bits}" for sign in ("", "U") for bits in (8, 16, 32, 64)}
)
"""Types of columns, beyond NumPy's, whose values are plain."""


class Stays(Exception):  # noqa: N818 - says what the table does
    """A table that holds what is not plain, such as times with a zone or an ordered category."""


def is_table(value: object) -> bool:
    """Whether this is a Series, a DataFrame or an Index. Does not import pandas."""
    pandas: Any = sys.modules.get("pandas")
    kinds = [getattr(pandas, name, None) for name in ("Series", "DataFrame", "Index")]
    return any(isinstance(kind, type) and isinstance(value, kind) for kind in kinds)


def apart(table: Any) -> tuple[Any, ...]:
    """A table as a tuple of its name, arrays, lists and texts. Raises Stays where it cannot be told whole."""
    kind = type(table).__name__
    if kind == "DataFrame":
        columns = [_column(table.iloc[:, place]) for place in range(table.shape[1])]
        return "frame", columns, apart(table.index), apart(table.columns)
    if kind == "Series":
        return "series", _column(table), apart(table.index), table.name
    levels = [table.get_level_values(place) for place in range(table.nlevels)]
    return "index", [(_column(level), level.name) for level in levels]


def _column(values: Any) -> tuple[Any, str]:
    name = str(values.dtype)
    if isinstance(values.dtype, np.dtype):
        return np.asarray(values), ""
    if name not in _EXTENSIONS or getattr(values.dtype, "ordered", False):
        raise Stays("ordered category" if name == "category" else name)
    return [None if gone else item for item, gone in zip(values.tolist(), values.isna().tolist(), strict=True)], name


def whole(parts: Any) -> Any:
    """The table that `apart` took apart. Raises ValueError or TypeError for anything else."""
    match parts:
        case ("frame", list(columns), index, names):
            import pandas

            made = {place: _series(column) for place, column in enumerate(columns)}
            frame = pandas.DataFrame(made, index=range(len(whole(index))))
            frame.index, frame.columns = whole(index), whole(names)
            return frame
        case ("series", column, index, name):
            made = _series(column)
            made.index, made.name = whole(index), name
            return made
        case ("index", [(column, name)]):
            import pandas

            return pandas.Index(_series(column), name=name)
        case ("index", [_, _, *_] as levels):
            import pandas

            arrays = [_series(column) for column, _ in levels]
            return pandas.MultiIndex.from_arrays(arrays, names=[name for _, name in levels])
    raise ValueError("no table was taken apart so")


def _series(column: Any) -> Any:
    import pandas

    values, name = column
    if name == "" and isinstance(values, np.ndarray) and values.ndim == 1:
        return pandas.Series(values)
    if name in _EXTENSIONS and type(values) is list:
        return pandas.Series(values, dtype=name)
    raise ValueError("a column is neither an array nor a list of a known type")
