"""Names that get another value, or another content, further down the notebook: checks ask for them at its end."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from autograder.authoring.adopting.master import Given, Item, Stub
from autograder.authoring.adopting.regions import without_marks
from autograder.authoring.adopting.scope import dotted
from autograder.checks.names import bound, parsed
from autograder.checks.python_first import python_of

_CHANGING = frozenset(
    {
        "append",
        "extend",
        "insert",
        "remove",
        "pop",
        "clear",
        "sort",
        "reverse",
        "update",
        "add",
        "discard",
        "setdefault",
    }
    | {"popitem", "fill", "sort_values", "drop", "dropna", "fillna", "rename", "reset_index", "set_index", "shuffle"}
)
"""Methods that change what they belong to; those of tables only with `inplace=True`."""
_OF_TABLES = frozenset({"sort_values", "drop", "dropna", "fillna", "rename", "reset_index", "set_index"})


def code_of(item: Item) -> str:
    """The Python of a cell as the worked notebook has it; nothing of a text cell."""
    if isinstance(item, Stub):
        return python_of(without_marks(item.source))
    return python_of(item.source) if isinstance(item, Given) else ""


def changed_after(items: Sequence[Item], place: int) -> set[str]:
    """Names to which a cell below the one at `place` gives another value or another content."""
    return {name for item in items[place + 1 :] for name in changed_by(item)}


def changed_by(item: Item) -> set[str]:
    """Names to which a cell gives another value or another content."""
    return {*bound(code_of(item)), *_touched(code_of(item))}


def _touched(source: str) -> Iterator[str]:
    """Names whose things a cell's own statements change: an entry, an attribute, or through a method."""
    for top in parsed(source):
        if isinstance(top, ast.FunctionDef | ast.ClassDef):
            continue
        for node in ast.walk(top):
            if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
                yield _root(node)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                name, keys = node.func.attr, {one.arg for one in node.keywords}
                if name in _CHANGING and (name not in _OF_TABLES or "inplace" in keys):
                    yield _root(node.func)


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return dotted(node)
