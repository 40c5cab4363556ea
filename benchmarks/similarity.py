"""Measures likeness on a made class of 60: 48 who worked alone, and 12 copies in 5 disguises.

Run from the course's folder: `python benchmarks/similarity.py`. It prints precision and recall for two kinds of
classes and several thresholds, and which copies were missed.
"""

from __future__ import annotations

import ast
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder import notebook
from autograder.authoring import variant
from autograder.core.course import Assignment, Course
from autograder.results import similarity
from autograder.results.similarity import Pair, Work

ALONE, COPIES = 48, 12
SEED = 20
Sources = dict[str, str]


@dataclass(frozen=True)
class MadeClass:
    """Notebooks by student, and who copied: copy → (original, disguise)."""

    books: dict[str, bytes]
    copied: dict[str, tuple[str, str]]


def made_class(assignment: Assignment, mixed: bool, seed: int = SEED) -> MadeClass:
    """60 notebooks. In a `mixed` class everyone wrote most parts their own way; else all but one or two parts are the
    reference's, word for word, as if the whole class had followed one book."""
    dice = random.Random(seed)
    release, answers = _book(assignment.release), _answers(assignment)
    originals = [{**answers, **own} for own in (_mixed if mixed else _single)(assignment, dice)]
    dice.shuffle(originals)
    names = [f"s{number:02}" for number in range(ALONE + COPIES)]
    dice.shuffle(names)
    classes = dict(zip(names, originals[:ALONE], strict=False))
    copied = {}
    for number, copy in enumerate(names[ALONE:]):
        disguise = list(DISGUISES)[number % len(DISGUISES)]
        classes[copy] = DISGUISES[disguise](classes[names[number]], dice)
        copied[copy] = (names[number], disguise)
    books = {name: json.dumps(_handed_in(release, sources)).encode() for name, sources in sorted(classes.items())}
    return MadeClass(books, copied)


def compare(assignment: Assignment, made: MadeClass, like: float = similarity.LIKE) -> list[Pair]:
    """The pairs that are found in a made class."""
    release = _book(assignment.release)
    works = [work(name, data, release) for name, data in made.books.items()]
    handed_out = similarity.handed_out(cell["source"] for cell in release["cells"])
    return similarity.pairs_of(works, handed_out, like)


def work(name: str, data: bytes, release: dict[str, Any]) -> Work:
    return similarity.work_of(name, notebook.restore(notebook.parse(data), release).cells)


def rates(made: MadeClass, pairs: list[Pair]) -> tuple[float, float, list[str]]:
    """Precision, recall, and the disguises of the copies that were missed."""
    true = {frozenset((copy, original)) for copy, (original, _) in made.copied.items()}
    found = {frozenset((pair.left, pair.right)) for pair in pairs}
    missed = [made.copied[copy][1] for copy, (one, _) in made.copied.items() if frozenset((copy, one)) not in found]
    return len(true & found) / max(1, len(found)), len(true & found) / len(true), missed


def _single(assignment: Assignment, dice: random.Random) -> list[Sources]:
    """What one variant each says, and the reference for the rest."""
    return [_parts(one) for one in dice.sample(_variants(assignment), ALONE)]


def _mixed(assignment: Assignment, dice: random.Random) -> list[Sources]:
    """Parts of different variants put together, no part used twice, as long as there are enough."""
    variants = _variants(assignment)
    dice.shuffle(variants)
    made: list[Sources] = [{} for _ in range(ALONE)]
    for own in map(_parts, variants):
        free = next((one for one in made if not one.keys() & own.keys()), None)
        if free is not None:
            free.update(own)
    return made


def _variants(assignment: Assignment) -> list[variant.Variant]:
    paths = sorted((assignment.folder / "right").rglob("*.py"))
    every = [variant.parse(path.stem, path.read_text("utf-8")) for path in paths]
    return [one for one in every if _is_python(_parts(one))]


def _is_python(sources: Sources) -> bool:
    """Disguises rewrite Python; a notebook with magics is none."""
    try:
        return all(ast.parse(source) for source in sources.values())
    except SyntaxError:
        return False


def _parts(one: variant.Variant) -> Sources:
    """Stub → source; the student's extra cells stand before the stub that follows them."""
    parts: Sources = {}
    waiting: list[str] = []
    for stub, source in one.cells:
        if stub == variant.EXTRA:
            waiting.append(source)
        else:
            parts[stub] = "\n\n".join([*waiting, source])
            waiting = []
    return parts


def _handed_in(release: dict[str, Any], sources: Sources) -> dict[str, Any]:
    return variant.notebook(variant.Variant("", "", {}, tuple(sources.items())), release, sources)


def _answers(assignment: Assignment) -> Sources:
    cells = _book(assignment.solution)["cells"]
    return {stub: "".join(cell["source"]) for cell in cells if (stub := variant.stub_of(cell)) is not None}


def _book(path: Path) -> dict[str, Any]:
    book: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return book | {"cells": [cell | {"source": "".join(cell["source"])} for cell in book["cells"]]}


# --- disguises: each gives a student's parts another look ---


def renamed(sources: Sources, dice: random.Random) -> Sources:
    """Other names for everything but what the assignment asks for."""
    return {stub: ast.unparse(_Renamed(sources, dice).visit(ast.parse(source))) for stub, source in sources.items()}


def reordered(sources: Sources, dice: random.Random) -> Sources:
    """Functions, methods and neighbouring independent assignments in another order."""
    return {stub: ast.unparse(_Reordered(dice).visit(ast.parse(source))) for stub, source in sources.items()}


def commented(sources: Sources, dice: random.Random) -> Sources:
    """Comments and blank lines between the lines, long lines with other spacing."""
    remarks = ("# now the next step", "# see the lecture", "# this took me a while", "")

    def lines(source: str) -> Iterator[str]:
        for line in ast.unparse(ast.parse(source)).splitlines():
            indent = re.match(r"\s*", line)
            yield f"{indent[0] if indent else ''}{dice.choice(remarks)}".rstrip()
            yield re.sub(r"(?<=[\w)]), (?=\w)", " ,  ", line) + dice.choice(("", "  # ok"))

    return {stub: "\n".join(lines(source)) for stub, source in sources.items()}


def regrouped(sources: Sources, dice: random.Random) -> Sources:
    """Each definition in a part of another cell: the last part's cell takes half of all others."""
    moved: list[str] = []
    left: Sources = {}
    for stub, source in sources.items():
        nodes = [ast.unparse(node) for node in ast.parse(source).body]
        keep = [node for node in nodes if stub in ("dataset", "model") or dice.random() < 0.5]
        moved += [node for node in nodes if node not in keep]
        left[stub] = "\n\n".join(keep) or "pass"
    last = list(sources)[-1]
    return left | {last: "\n\n".join([*moved, left[last]])}


def edited(sources: Sources, dice: random.Random) -> Sources:
    """Type hints, other numbers, spelled-out sums, prints; names changed too."""
    return {
        stub: ast.unparse(ast.fix_missing_locations(_Edited(dice).visit(ast.parse(source))))
        for stub, source in renamed(sources, dice).items()
    }


DISGUISES: dict[str, Callable[[Sources, random.Random], Sources]] = {
    "other names": renamed,
    "other order": reordered,
    "comments and spacing": commented,
    "cells split and merged": regrouped,
    "type hints and small edits": edited,
}
ASKED = {
    "load_digits", "make_loader", "DigitClassifier", "train", "accuracy", "predict", "forward", "self", "root",
    "dataset", "batch_size", "shuffle", "model", "loader", "epochs", "image", "transform", "data", "targets", "labels",
}  # fmt: skip


class _Renamed(ast.NodeTransformer):
    """Gives every own name another; the same one everywhere."""

    def __init__(self, sources: Sources, dice: random.Random) -> None:
        names = {name for source in sources.values() for name in similarity.named(ast.parse(source))}
        own = sorted(name for name in names - ASKED if not name.startswith("__"))
        self.names = {name: f"{dice.choice(('my', 'the', 'x', 'tmp'))}_{number}" for number, name in enumerate(own)}

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.arg = self.names.get(node.arg, node.arg)
        return self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if isinstance(node.value, ast.Name) and node.value.id == "self":
            node.attr = self.names.get(node.attr, node.attr)
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.name = self.names.get(node.name, node.name)
        return self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.name = self.names.get(node.name, node.name)
        return self.generic_visit(node)


class _Reordered(ast.NodeTransformer):
    """Another order where the meaning stays."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(node, ast.Module | ast.ClassDef):
            self._shuffle(node.body)
        elif isinstance(node, ast.FunctionDef | ast.For | ast.With):
            self._swap(node.body)
        return node

    def _shuffle(self, body: list[ast.stmt]) -> None:
        at = [number for number, one in enumerate(body) if isinstance(one, ast.FunctionDef | ast.ClassDef)]
        moved = self.dice.sample(at, len(at))
        body[:] = [body[moved[at.index(number)]] if number in at else one for number, one in enumerate(body)]

    def _swap(self, body: list[ast.stmt]) -> None:
        for number in range(len(body) - 1):
            one, other = body[number], body[number + 1]
            if isinstance(one, ast.Assign) and isinstance(other, ast.Assign) and not _names(one) & _names(other):
                body[number], body[number + 1] = other, one


class _Edited(ast.NodeTransformer):
    """Small changes that keep the meaning, or nearly."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        for argument in node.args.args:
            argument.annotation = argument.annotation or ast.Name("object", ast.Load())
        if self.dice.random() < 0.4:
            node.body.insert(0, ast.parse("print('here')").body[0])
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        if not isinstance(node.target, ast.Name):
            return node
        return ast.Assign([node.target], ast.BinOp(ast.Name(node.target.id, ast.Load()), node.op, node.value))

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        is_number = type(node.value) in (int, float) and self.dice.random() < 0.3
        return ast.Constant(node.value * 2) if is_number else node


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def main() -> None:
    assignment = Course.at(Path.cwd()).assignment("digits")
    print("class   seed  threshold  precision  recall  missed")
    for mixed in (True, False):
        for seed in range(SEED, SEED + 3):
            made = made_class(assignment, mixed, seed)
            pairs = compare(assignment, made, 0.2)
            for like in (0.3, similarity.LIKE, 0.6):
                precision, recall, missed = rates(made, [pair for pair in pairs if pair.likeness >= like])
                kind = "mixed" if mixed else "single"
                print(f"{kind:7} {seed:4}  {like:9}  {precision:9.3f}  {recall:6.3f}  {', '.join(missed)}")


if __name__ == "__main__":
    main()
