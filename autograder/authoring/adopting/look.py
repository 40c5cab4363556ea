"""What could not be mapped: told with its place and what to do, and marked in the files until a person has looked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MARK = "LOOK HERE"
"""Stands in each file where something waits for a person; whoever has looked deletes it."""

_READ = frozenset({".py", ".toml", ".ipynb"})


@dataclass(frozen=True)
class Look:
    """One thing that a person must look at: cell and line (from 1) of the old notebook, what is there, what to do."""

    cell: int
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what} {self.remedy}"

    @property
    def place(self) -> str:
        """Where it stands in the old notebook."""
        return f"cell {self.cell}, line {self.line}"

    @property
    def note(self) -> str:
        """What is written where the new files want a look."""
        return f"{MARK} ({self.place} of the old notebook): {self.what} {self.remedy} Then delete this line."


def waiting(folder: Path) -> list[str]:
    """A sentence for each place in an assignment's files that still wants a look; empty if there is none."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in _READ and path.is_file())
    return [sentence for path in files for sentence in _marked(path)]


def _marked(path: Path) -> Iterator[str]:
    for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
        if MARK in line:
            words = line[line.index(MARK) :].removesuffix(",").removesuffix('"').removesuffix("\\n")
            yield f"{path}, line {number}: {words}"
