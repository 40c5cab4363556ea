"""Cells as earlier releases of an assignment handed them out: whoever has such a cell has changed nothing in it.

A release remembers, in its own metadata, digests of what earlier ones held: of a cell's text, and of its marks.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from autograder.notebook.cells import Handed, Original
from autograder.notebook.code import Code
from autograder.notebook.reading import marks_of

Memory = Mapping[str, str]
"""Digest → the name of the cell that it is of."""
DIGITS = 12
"""Hex digits of a digest: enough to tell the cells of one assignment apart, whatever students write."""


def memory_of(release: Mapping[str, Any]) -> Memory:
    """What a release remembers of earlier ones."""
    remembered: Memory = release.get("metadata", {}).get("autograder", {}).get("earlier", {})
    return remembered


def remember(release: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """`release` with what the one `before` it held and remembered, as far as that is otherwise now."""
    now = dict(_digests(release))
    known = dict(memory_of(before)) | dict(_digests(before))
    earlier = {digest: name for digest, name in sorted(known.items()) if digest not in now}
    if not earlier:
        return dict(release)
    metadata = release["metadata"]
    ours = metadata.get("autograder", {}) | {"earlier": earlier}
    return dict(release) | {"metadata": metadata | {"autograder": ours}}


def brought_up(cells: Iterable[Handed], originals: Iterable[Original], memory: Memory) -> list[Handed]:
    """The cells; what an earlier release handed out, text or marks, is replaced by what the release has there now."""
    by_name = {one.name: one for one in originals}
    current = {one.code.normal for one in by_name.values()}
    return [_brought_up(cell, by_name, current, memory) for cell in cells] if memory else list(cells)


def is_remembered(text: str, memory: Memory) -> bool:
    """Whether an earlier release held this text, given without comments or spacing that counts."""
    return bool(memory) and _digest("text", text) in memory


def _brought_up(cell: Handed, originals: Mapping[str, Original], current: set[str], memory: Memory) -> Handed:
    marked = originals.get(memory.get(_digest("marks", cell.marks), ""))
    cell = replace(cell, marks=marked.marks) if marked else cell
    text = cell.code.normal
    there = originals.get(memory.get(_digest("text", text), "")) if text and text not in current else None
    return replace(cell, code=there.code, is_of_earlier=True) if there else cell


def _digests(release: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for cell in release["cells"]:
        marks = marks_of(cell["metadata"])
        name, source = marks.get("nbgrader", {}).get("grade_id") or cell.get("id"), "".join(cell["source"])
        if not name:
            continue
        if cell["cell_type"] == "code":
            yield _digest("text", Code(source).normal), name
            yield _digest("marks", marks), name
        elif marks.get("nbgrader", {}).get("solution"):
            yield _digest("text", " ".join(source.split())), name


def _digest(kind: str, content: object) -> str:
    text = json.dumps([kind, content], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]
