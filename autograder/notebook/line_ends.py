"""The line ends of a cell, also of one that lost them: some programs write them as two letters, or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from autograder.notebook.code import STRING

_FOREIGN = re.compile("\r\n?")
_RARE = re.compile("[\x85\u2028\u2029]")
_PIECE = re.compile(
    rf"(?P<kept>{STRING}|\#(?:(?!\\n)[^\n])*+)|(?P<end>(?:\\r)?\\n)|(?P<tab>\\t)",
    re.DOTALL,
)


def universal(source: str) -> str:
    """The text with the line ends of Python: a carriage return ends a line, alone too; others do where none does."""
    source = _FOREIGN.sub("\n", source)
    return source if "\n" in source else _RARE.sub("\n", source)


def are_lost(lines: Sequence[str]) -> bool:
    """Whether a list of lines holds no line end at all: then each was one line."""
    return len(lines) > 1 and not any(re.search("[\r\n]", line) for line in lines) and not _is_escaped("".join(lines))


def unescaped(source: str) -> str:
    r"""A code cell in one line, its line ends written as the two letters `\n`, in lines; any other as it is.

    Outside of literal texts and comments no Python can hold these two letters, so that nothing is guessed.
    """
    if "\n" in source or source.lstrip().startswith(("%", "!")) or not _is_escaped(source):
        return source
    try:
        whole = json.loads(f'"{source}"') if '\\"' in source else None
    except ValueError:
        whole = None
    return whole if isinstance(whole, str) else _PIECE.sub(_set_apart, source)


def _is_escaped(source: str) -> bool:
    """Whether the two letters stand where code is: a comment may speak of them."""
    end_of_comment = -1
    for piece in _PIECE.finditer(source):
        if piece["end"] and piece.start() != end_of_comment:
            return True
        end_of_comment = piece.end() if (piece["kept"] or "").startswith("#") else -1
    return False


def _set_apart(piece: re.Match[str]) -> str:
    return piece["kept"] or ("\n" if piece["end"] else "\t")
