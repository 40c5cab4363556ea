"""Likeness within a class: who wrote what others wrote too, in spite of other names, another order and other comments.

Winnowing (Schleimer, Wilkerson and Aiken, 2003) over syntax trees in which everything a student may name has lost its
name. What the release hands out is taken out, and what many of the class share weighs little. Likeness is a reason to
look, never a penalty.
"""

from __future__ import annotations

import ast
import json
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from autograder import notebook
from autograder.core import untrusted
from autograder.core.course import Assignment
from autograder.core.errors import SubmissionError
from autograder.core.model import Cell, Role, Submission
from autograder.grading import handed_in
from autograder.intake import hand_ins
from autograder.intake.roster import Roster

GRAM = 12
"""Nodes of a syntax tree that are looked at together."""

WINDOW = 4
"""Of so many neighbouring grams one is kept, so that every run of `GRAM + WINDOW - 1` equal nodes is noticed."""

LIKE = 0.45
"""The likeness from which on a pair is shown; docs/similarity.md tells how it was chosen."""

LEAST = 30.0
"""The weight that two works must share at least: very little can be alike by chance."""

LONGEST = 200_000
"""Characters of one student's code that are read; the rest is left out."""

BLOCK = 2048
"""Prints compared at a time: bounds the memory to students × this."""

_LINE_OF_MAGIC = re.compile(r"^[ \t]*[%!].*$", re.MULTILINE)
_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)


@dataclass(frozen=True)
class Passage:
    """A function, a class or a statement outside of both: its text, and the prints that winnowing keeps of it."""

    source: str
    prints: frozenset[int]


@dataclass(frozen=True)
class Work:
    """What one student wrote, passage by passage."""

    student: str
    passages: tuple[Passage, ...]

    @property
    def prints(self) -> frozenset[int]:
        return frozenset().union(*(passage.prints for passage in self.passages))


@dataclass(frozen=True)
class Match:
    """Two passages that resemble each other, with the share (0..1) of the lesser one's weight that both have."""

    left: str
    right: str
    share: float


@dataclass(frozen=True)
class Pair:
    """Two students whose works are alike: `likeness` is 0..1, `matches` the passages behind it, most alike first."""

    left: str
    right: str
    likeness: float
    matches: tuple[Match, ...] = ()


def compare(
    assignment: Assignment, submissions: Path, roster: Roster, path: Path, *, anonymous: bool = False, pattern: str = ""
) -> tuple[int, int]:
    """Writes the page of likeness of a class to `path`; returns how many pairs it shows, among how many works.

    Of each student the newest readable notebook counts. `submissions` and `pattern` are what grading takes.
    """
    release: dict[str, Any] = json.loads(assignment.release.read_text(encoding="utf-8"))
    collected = handed_in.of_class(assignment, submissions, roster, pattern)
    works = list(_works(release, collected.submissions))
    given = handed_out("".join(cell["source"]) for cell in release["cells"])
    pairs = pairs_of(works, given)
    write(pairs, path, title=assignment.settings.title, students=len(works), anonymous=anonymous)
    return len(pairs), len(works)


def _works(release: dict[str, Any], submissions: Iterable[Submission]) -> Iterator[Work]:
    ordered = sorted(submissions, key=lambda one: (one.received.timestamp() if one.received else 0.0, one.path))
    for submission in {one.student: one for one in ordered}.values():
        try:
            script = notebook.restore(notebook.parse(hand_ins.read(submission)), release)
        except SubmissionError:
            continue
        yield work_of(submission.student, script.cells)


def work_of(student: str, cells: Iterable[Cell]) -> Work:
    """The student's own code, whichever cells it stands in. Text that is no Python is left out."""
    sources = [cell.source for cell in cells if cell.role in (Role.STUB, Role.EXTRA)]
    trees = [(source, tree) for source in _capped(sources) if (tree := _tree(source)) is not None]
    own = frozenset(name for _, tree in trees for name in named(tree))
    return Work(student, tuple(_passage(source, node, own) for source, tree in trees for node in _parts(tree)))


def handed_out(sources: Iterable[str]) -> Work:
    """What the release's cells hold: nobody's own."""
    return work_of("", (Cell("", source, Role.STUB) for source in sources))


def pairs_of(works: Sequence[Work], release: Work, like: float = LIKE) -> list[Pair]:
    """All pairs of works at least `like` alike, most alike first.

    A print weighs the more the fewer works hold it, as -log of their share; those of `release` weigh nothing. Likeness
    is the weight that two works share, over the geometric mean of what each weighs.
    """
    weights = _weights(works, release)
    likeness, shared = _likeness(works, weights)
    alike = np.argwhere(np.triu((likeness >= like) & (shared >= LEAST), k=1)).tolist()
    found = [_pair(works[i], works[j], float(likeness[i, j]), weights) for i, j in alike]
    return sorted(found, key=lambda pair: (-pair.likeness, pair.left, pair.right))


def clusters_of(pairs: Iterable[Pair]) -> list[tuple[str, ...]]:
    """Students whom pairs hold together, largest group first; each student is in one group."""
    groups: list[set[str]] = []
    for pair in pairs:
        touched = [group for group in groups if group & {pair.left, pair.right}]
        groups = [group for group in groups if group not in touched]
        groups.append({pair.left, pair.right}.union(*touched))
    return sorted((tuple(sorted(group)) for group in groups), key=lambda group: (-len(group), group))


def write(pairs: Sequence[Pair], path: Path, *, title: str, students: int, anonymous: bool = False) -> None:
    """Write the pairs and groups as one page of HTML, passages side by side; no network, no script.

    `students` is how many works were compared. An `anonymous` page numbers the students instead of naming them; what
    they wrote is quoted as it is.
    """
    names = _numbered(pairs) if anonymous else {one: one for pair in pairs for one in (pair.left, pair.right)}
    groups = [[names[one] for one in group] for group in clusters_of(pairs)]
    page = untrusted.page("similarity.html", title=title, pairs=pairs, groups=groups, names=names, students=students)
    path.write_text(page, encoding="utf-8")


def _capped(sources: Iterable[str]) -> Iterator[str]:
    left = LONGEST
    for source in sources:
        if len(source) <= left:
            left -= len(source)
            yield source


def _tree(source: str) -> ast.Module | None:
    for text in (source, _LINE_OF_MAGIC.sub("", source)):
        try:
            return ast.parse(text)
        except _UNREADABLE:
            continue
    return None


def named(tree: ast.AST) -> Iterator[str]:
    """All names that the student gives: of functions, classes, arguments, variables and attributes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def _parts(tree: ast.AST) -> Iterator[ast.stmt]:
    """Functions, methods, and statements outside of both; imports and bare texts tell nothing."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from _parts(node)
        elif isinstance(node, ast.stmt) and not isinstance(node, ast.Import | ast.ImportFrom) and not _is_text(node):
            yield node


def _passage(source: str, node: ast.stmt, own: frozenset[str]) -> Passage:
    words = list(_words(node, own))
    grams = [zlib.crc32(" ".join(words[at : at + GRAM]).encode()) for at in range(max(1, len(words) - GRAM + 1))]
    return Passage(_text(source, node), frozenset(_winnowed(grams)))


def _text(source: str, node: ast.stmt) -> str:
    lines = source.splitlines()[node.lineno - 1 : node.end_lineno]
    return "\n".join(line[node.col_offset :] if not line[: node.col_offset].strip() else line for line in lines)


def _words(root: ast.AST, own: frozenset[str]) -> Iterator[str]:
    """The tree from the top down, as words: without annotations, docstrings and names of the student's own."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield _word(node, own)
        waiting += reversed([child for child in _children(node) if not isinstance(child, ast.expr_context)])


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "type_comment"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_text(child):
                yield child


def _word(node: ast.AST, own: frozenset[str]) -> str:
    kind = "Assign" if isinstance(node, ast.AnnAssign) else type(node).__name__
    name = {ast.Name: "id", ast.Attribute: "attr", ast.keyword: "arg"}.get(type(node))
    if name is not None:
        text = getattr(node, name)
        return kind if text in own or text is None else f"{kind}:{text}"
    return f"{kind}:{type(node.value).__name__}" if isinstance(node, ast.Constant) else kind


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _winnowed(grams: Sequence[int]) -> Iterator[int]:
    """Of every window the least gram."""
    for at in range(max(1, len(grams) - WINDOW + 1)):
        yield min(grams[at : at + WINDOW])


def _weights(works: Sequence[Work], release: Work) -> dict[int, float]:
    holders = Counter(one for work in works for one in work.prints)
    handed_out = release.prints
    return {one: 0.0 if one in handed_out else math.log((1 + len(works)) / count) for one, count in holders.items()}


def _likeness(works: Sequence[Work], weights: Mapping[int, float]) -> tuple[np.ndarray, np.ndarray]:
    """Likeness of every two works, and the weight that they share; both (students, students)."""
    columns = {one: at for at, one in enumerate(weights)}
    owners = [np.array([columns[one] for one in work.prints], dtype=np.int64) for work in works]
    roots = np.sqrt(np.array(list(weights.values()), dtype=np.float32))
    shared = np.zeros((len(works), len(works)), dtype=np.float32)
    for first in range(0, len(columns), BLOCK):
        block = np.zeros((len(works), BLOCK), dtype=np.float32)
        for row, owned in enumerate(owners):
            inside = owned[(owned >= first) & (owned < first + BLOCK)]
            block[row, inside - first] = roots[inside]
        shared += block @ block.T
    total = np.diag(shared)
    return shared / np.sqrt(np.maximum(np.outer(total, total), 1e-9)), shared


def _pair(left: Work, right: Work, likeness: float, weights: Mapping[int, float]) -> Pair:
    matches = [match for passage in left.passages for match in _best(passage, right, weights)]
    return Pair(left.student, right.student, likeness, tuple(sorted(matches, key=lambda one: -one.share)))


def _best(passage: Passage, other: Work, weights: Mapping[int, float]) -> Iterator[Match]:
    """The passage of another work that resembles this one most, if any does by half."""
    shares = [(_share(passage, one, weights), one.source) for one in other.passages]
    share, source = max(shares, default=(0.0, ""))
    if share >= 0.5:
        yield Match(passage.source, source, share)


def _share(left: Passage, right: Passage, weights: Mapping[int, float]) -> float:
    def weight(prints: Iterable[int]) -> float:
        return sum(weights[one] for one in prints)

    least = min(weight(left.prints), weight(right.prints))
    return weight(left.prints & right.prints) / least if least else 0.0


def _numbered(pairs: Sequence[Pair]) -> dict[str, str]:
    """A number for each student, in the order of likeness."""
    students = dict.fromkeys(one for pair in pairs for one in (pair.left, pair.right))
    return {student: f"student {number}" for number, student in enumerate(students, 1)}
