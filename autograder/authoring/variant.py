"""Variants: right and wrong solutions kept as small Python files, and the notebooks they stand for."""

from __future__ import annotations

import copy
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.core.errors import CourseError

_CELL = re.compile(r"^# %%[ \t]+(\S+)[ \t]*$", re.MULTILINE)
_DOCSTRING = re.compile(r'\A\s*(?:r|R)?"""(.*?)"""', re.DOTALL)
EXTRA = "extra"


@dataclass(frozen=True)
class Variant:
    """One solution written otherwise: `cells` are (stub or "extra", source) in file order."""

    name: str
    title: str
    keys: Mapping[str, str] = field(default_factory=dict)
    cells: tuple[tuple[str, str], ...] = ()

    @property
    def fails(self) -> str | None:
        """The stub that must lose points: a stub's name, "whole", "any", or None for a right variant or advice."""
        return self.keys.get("fails")

    @property
    def hints(self) -> tuple[str, ...]:
        """Hint ids of which one must be told first; empty where any hint will do."""
        return _words(self.keys.get("hint", ""))

    @property
    def also(self) -> tuple[str, ...]:
        """Stubs that may lose points besides the one that must."""
        return _words(self.keys.get("also", ""))

    @property
    def untouched(self) -> tuple[str, ...]:
        """Stubs left as they were handed out."""
        return _words(self.keys.get("untouched", ""))

    @property
    def says(self) -> str:
        """A regular expression that the first message must match; empty where any text will do."""
        return self.keys.get("says", "")

    @property
    def silent(self) -> str:
        """A regular expression that the first message must not match; of a right variant, no text and no advice."""
        return self.keys.get("silent", "")

    @property
    def is_advice(self) -> bool:
        """Whether the hint is to be told without costing anything."""
        return self.keys.get("advice", "no").lower() == "yes"

    @property
    def deserved(self) -> tuple[str, ...]:
        """Hint ids of the advice that a right variant deserves; all other advice to it is a mistake of the judge's."""
        return () if self.keys.get("advice", "no").lower() in ("yes", "no") else _words(self.keys["advice"])


def below(folder: Path) -> Iterator[Variant]:
    """The variants of the files below a folder, at any depth, each called by its place there.

    Folders within `wrong/`, named after stub and mistake, stand in for the keys `fails` and `hint` where a file has
    none. Raises CourseError where a file does not keep the form.
    """
    for file in sorted(folder.rglob("*.py")):
        path = file.relative_to(folder)
        one = parse(path.with_suffix("").as_posix(), file.read_text(encoding="utf-8"))
        yield _keyed(one, path.parent.parts) if folder.name == "wrong" else one


def _keyed(one: Variant, folders: tuple[str, ...]) -> Variant:
    keys = dict(zip(("fails", "hint"), folders, strict=False))
    if one.is_advice:
        keys.pop("fails", None)  # what is told as advice costs nothing
    return replace(one, keys={**keys, **one.keys})


def parse(name: str, text: str) -> Variant:
    """The variant that a file's text describes. Raises CourseError where the form is not kept."""
    docstring = _DOCSTRING.match(text)
    if docstring is None:
        raise CourseError(f"{name}: a variant begins with a docstring that says what it does. Add one.")
    title, _, rest = docstring.group(1).strip().partition("\n")
    keys = dict(_key(name, line) for line in rest.splitlines() if line.strip())
    for key in ("says", "silent"):
        _look_at(name, key, keys.get(key, ""))
    parts = _CELL.split(text)[1:]
    cells = tuple((stub, source.strip("\n")) for stub, source in zip(parts[::2], parts[1::2], strict=True))
    return Variant(name, title, keys, cells)


def notebook(variant: Variant, release: Mapping[str, Any], answers: Mapping[str, str]) -> dict[str, Any]:
    """The notebook (nbformat 4) that a student with this variant's code would hand in.

    `release` is the release notebook, `answers` the reference solution's cell sources by stub: the variant replaces
    those that it names. Raises CourseError where it names a stub that the release does not have.
    """
    book = copy.deepcopy(dict(release))
    written, extras = _placed(variant, answers)
    cells = []
    for cell in book["cells"]:
        stub = stub_of(cell)
        if stub in written:
            cells += [_extra(source) for source in extras.pop(stub, [])]
            cell["source"] = _with_marker(cell, written[stub])
        cells.append(cell)
    book["cells"] = cells + [_extra(source) for rest in extras.values() for source in rest]
    return book


def stub_of(cell: Mapping[str, Any]) -> str | None:
    """The grade_id of a solution cell, None for any other."""
    marks = cell.get("metadata", {}).get("nbgrader", {})
    is_answer = marks.get("solution") and not marks.get("grade") and cell.get("cell_type") == "code"
    return str(marks["grade_id"]) if is_answer else None


def _placed(variant: Variant, answers: Mapping[str, str]) -> tuple[dict[str, str], dict[str | None, list[str]]]:
    """Sources by stub, and the student's own cells by the stub that they stand before (None: at the end)."""
    written = {stub: source for stub, source in answers.items() if stub not in variant.untouched}
    extras: dict[str | None, list[str]] = {}
    waiting: list[str] = []
    for stub, source in variant.cells:
        if stub == EXTRA:
            waiting.append(source)
            continue
        if stub not in answers:
            known = ", ".join(answers)
            raise CourseError(
                f"{variant.name}: there is no stub {stub!r}; the assignment has: {known}. Correct the line."
            )
        written[stub] = source
        extras.setdefault(stub, []).extend(waiting)
        waiting = []
    extras[None] = waiting
    return written, extras


def _with_marker(cell: Mapping[str, Any], source: str) -> str:
    first = str(cell["source"]).split("\n", 1)[0]
    return f"{first}\n{source}" if first.startswith("# YOUR TURN") and first not in source else source


def _extra(source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": f"extra-{zlib.crc32(source.encode()):08x}",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": source,
    }


def _key(name: str, line: str) -> tuple[str, str]:
    key, colon, value = line.partition(":")
    if not colon:
        raise CourseError(f"{name}: {line.strip()!r} in the docstring is no line `key: value`. Correct it.")
    return key.strip(), value.strip()


def _look_at(name: str, key: str, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise CourseError(f"{name}: `{key}:` is no regular expression: {error}. Correct it.") from None


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[,\s]+", text) if word)
