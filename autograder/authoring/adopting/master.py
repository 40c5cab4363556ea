"""A notebook of another tool as it was read: texts, code that is given, stubs with their tests, answers in words."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.authoring.adopting.look import Look

_MADE_UP = re.compile(r"cell-[0-9a-f]{6,}")


@dataclass(frozen=True)
class Text:
    """A text cell; `attachments` are the pictures in it."""

    source: str
    attachments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Given:
    """A code cell that all notebooks have. `cell`: its number in the old notebook, from 1."""

    cell: int
    source: str


@dataclass(frozen=True)
class TestCell:
    """One test cell. `hidden`: those of its lines (from 1) that students do not get; `failure`: what its author says
    to whom it fails; `shown`, `printed`: what its last expression gave and what it printed when it was last run."""

    name: str
    cell: int
    source: str
    points: float
    hidden: frozenset[int] = frozenset()
    failure: str = ""
    shown: str = ""
    printed: str = ""

    __test__ = False  # pytest takes it for a test otherwise


@dataclass(frozen=True)
class Stub:
    """What students write as code: `source` with the marks around its answer. `by_hand`: points that a person gives."""

    name: str
    cell: int
    source: str
    tests: tuple[TestCell, ...] = ()
    by_hand: float = 0.0


@dataclass(frozen=True)
class Words:
    """What students answer in words, for `points` that a person gives."""

    name: str
    points: float
    question: str
    answer: str


Item = Text | Given | Stub | Words


@dataclass(frozen=True)
class Master:
    """A whole notebook in its order. `files`: what it names of files beside it; `notes`: what a person may want to
    know, `looks`: what a person must look at."""

    title: str
    items: Sequence[Item]
    files: Sequence[str] = ()
    notes: Sequence[str] = ()
    looks: Sequence[Look] = ()


def name_for(told: str, defined: Sequence[str], taken: Collection[str]) -> str:
    """A stub's name that a Python module can have: what the old notebook tells, or what the cell defines."""
    if _MADE_UP.fullmatch(told) or not told:
        told = next(iter(defined), "part")
    word = re.sub(r"\W+", "_", told, flags=re.ASCII).strip("_") or "part"
    word = f"q{word}" if word[0].isdigit() else word
    return next(one for one in (word, *(f"{word}_{number}" for number in range(2, 1000))) if one not in taken)
