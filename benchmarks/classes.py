"""Classes to measure with: of the digits, made from its banks of variants; and cheap ones of the tiny course."""

from __future__ import annotations

import sys
from itertools import chain, cycle, islice, zip_longest
from pathlib import Path

from record import ROOT

from autograder.authoring import variant
from autograder.authoring.audit import Notebooks
from autograder.authoring.variant import Variant
from autograder.core.course import Assignment, Course

sys.path.insert(0, str(ROOT / "tests"))
sys.path.insert(0, str(ROOT / "tests" / "support"))

import tiny_class

tiny = tiny_class


def digits() -> Assignment:
    """The digits assignment."""
    return Course(ROOT).assignment("digits")


def samples(count: int) -> list[Variant]:
    """Of the digits' right and wrong variants two right ones for each wrong one, spread evenly over both banks."""
    folder = digits().folder
    right, wrong = (_spread(folder / bank, share) for bank, share in (("right", 2 * count // 3), ("wrong", count // 3)))
    mixed = chain.from_iterable(zip_longest(right[::2], right[1::2], wrong))
    chosen = [variant.parse(path.stem, path.read_text(encoding="utf-8")) for path in mixed if path]
    return list(islice(cycle(chosen), count))


def _spread(folder: Path, count: int) -> list[Path]:
    paths = sorted(folder.glob("*.py"))
    return [paths[place * len(paths) // max(count, 1)] for place in range(min(count, len(paths)))]


def hand_in(folder: Path, chosen: list[Variant]) -> Path:
    """A notebook for each variant, below the name of a student of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    notebooks = Notebooks(digits())
    for number, one in enumerate(chosen):
        (folder / f"s{number:04}-{one.name.replace('_', '-')}.ipynb").write_bytes(notebooks.of(one))
    return folder
