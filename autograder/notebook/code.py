"""What the text of a cell says, read by a lexer.

It takes magics and broken syntax, never recurses, and needs time in proportion to the text, whoever wrote it; `ast`
does none of that.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

_MARKER = re.compile(r"^[ \t]*#[ \t]*YOUR TURN:[ \t]*(\S+)", re.MULTILINE)
STRING = (
    r'"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+(?:"""|\Z)'
    r"|'''[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*+(?:'''|\Z)"
    r'|"(?:\\.|[^"\\\n])*+"?'
    r"|'(?:\\.|[^'\\\n])*+'?"
)
"""A pattern of literal texts, those without an end among them; with re.DOTALL."""
_STRING_OR_COMMENT = re.compile(rf"{STRING}|\#[^\n]*", re.DOTALL)
_TOKEN = re.compile(
    rf"(?P<text>{_STRING_OR_COMMENT.pattern})"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<joined>\\\n)"
    r"|(?P<magic>(?:(?:(?<=\n)|\A)[ \t]*|=[ \t]*)(?P<sign>[%!])[^\n]*)",
    re.DOTALL,
)
_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_PYTHON_MAGICS = ("time", "timeit", "capture", "prun")
_LINE = re.compile(r"[^\n]+")
_HEADER = re.compile(r"(?:async[ \t]+def|def|class)[ \t]+(\w+)")
_ASSIGNMENT = re.compile(r"^(\w+)[ \t]*(?::[^=\n]*)?=(?!=)", re.MULTILINE)
_ALIAS = re.compile(r"^(\w+)[ \t]*=[ \t]*(?:lambda\b|[A-Za-z_][\w.]*[ \t]*$)", re.MULTILINE)


@dataclass(frozen=True)
class Code:
    """What the text of a cell says; each reading is made once, when it is first asked for."""

    source: str

    @cached_property
    def normal(self) -> str:
        """The text without comments and spacing."""
        return _normal(self.source)

    @cached_property
    def definitions(self) -> Mapping[str, str]:
        """Functions and classes outside of others, each with its normal text."""
        return _definitions(self.source, self._masked) if self._is_python else {}

    @cached_property
    def assigned(self) -> frozenset[str]:
        """Names that get a value at the beginning of a line."""
        return frozenset(_ASSIGNMENT.findall(self._masked) if self._is_python else ())

    @cached_property
    def aliases(self) -> frozenset[str]:
        """Those assigned names that get another name's value or a lambda."""
        return frozenset(_ALIAS.findall(self._masked) if self._is_python else ())

    @cached_property
    def markers(self) -> set[str]:
        """Names of the stubs whose first line, `# YOUR TURN: name`, stands in the text."""
        return set(_MARKER.findall(self.source))

    @cached_property
    def words(self) -> Counter[str]:
        return Counter(re.findall(r"\w+|[^\w\s]", self.normal))

    @property
    def quoted(self) -> int:
        """The number of letters in literal texts."""
        return self._masked.count('"')

    @property
    def commas(self) -> int:
        """The number of commas outside of literal texts."""
        return self._masked.count(",")

    @property
    def _is_python(self) -> bool:
        magic = _CELL_MAGIC.match(self.source)
        return magic is None or magic[1] in _PYTHON_MAGICS

    @cached_property
    def _masked(self) -> str:
        return _masked(self.source)


def _masked(source: str) -> str:
    """The text with quotes for literal texts and blanks for comments and the magics of a line, letter for letter.

    A line that begins with % or ! is a magic only where a statement may begin; its quotes open no text.
    """
    parts, place, depth, joined = [], 0, 0, -1
    while found := _TOKEN.search(source, place):
        begin, end, kind = found.start(), found.end(), found.lastgroup
        mask = None
        if kind == "text":
            mask = " " if source[begin] == "#" else '"'
        elif kind == "magic" and depth == 0 and begin != joined:
            mask = " "
        elif kind == "magic":
            end = found.end("sign")
        elif kind == "joined":
            joined = end
        else:
            depth = depth + 1 if kind == "open" else max(0, depth - 1)
        parts += [source[place:begin], source[begin:end] if mask is None else mask * (end - begin)]
        place = end
    return "".join([*parts, source[place:]])


def _normal(source: str) -> str:
    bare = _STRING_OR_COMMENT.sub(lambda found: "" if found[0][0] == "#" else found[0], source)
    return " ".join(bare.split())


def _definitions(source: str, masked: str) -> dict[str, str]:
    """Functions and classes outside of others, each with its normal text; of several with one name the last."""
    blocks: list[tuple[str, int, int]] = []
    name, begin, depth = "", -1, 0
    for line in _LINE.finditer(masked):
        text = line[0].lstrip(" \t")
        indent = len(line[0]) - len(text)
        if not text.strip() or (name and (indent > depth or text[0] in ")]}")):
            continue
        if name:
            blocks.append((name, begin, line.start()))
            name, begin = "", -1
        header = _HEADER.match(text)
        if header:
            name, depth = unicodedata.normalize("NFKC", header[1]), indent
        if not header and text[0] != "@":
            begin = -1
        elif begin < 0:
            begin = line.start()
    if name:
        blocks.append((name, begin, len(source)))
    return {name: _normal(source[begin:end]) for name, begin, end in blocks}


def likeness(given: Code, other: Code) -> float:
    """0..1: the share of words that two texts have in common, counted with repetition."""
    common = sum(min(count, other.words[word]) for word, count in given.words.items())
    return 2 * common / max(1, given.words.total() + other.words.total())
