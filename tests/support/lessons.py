"""The texts of a lesson, as its master has them."""

from __future__ import annotations

from typing import Any

import nbformat
from places import ROOT

from autograder.core.course import Course

Cells = dict[str, Any]


def cells_of(name: str) -> Cells:
    """The cells of an assignment's master by id, in their order."""
    book = nbformat.read(Course(ROOT).assignment(name).master, as_version=4)  # type: ignore[no-untyped-call]
    return {cell.id: cell for cell in book.cells}


def words(cell: Any) -> str:
    """The text of a cell in one line."""
    return " ".join(cell.source.split())


def before(cells: Cells, name: str) -> list[Any]:
    """The cells above one of them."""
    return list(cells.values())[: list(cells).index(name)]
