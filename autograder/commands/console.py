"""What every verb says, and how: one console, ticked findings.

A terminal that knows ASCII alone is told the same in its letters.
"""

from __future__ import annotations

import codecs
import io
import sys
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from autograder.core import untrusted

_PLAIN = {
    "✓": "+",
    "✗": "x",
    "✎": "*",
    "–": "-",
    "—": "-",
    "…": "...",
    "→": "->",
    "×": "x",
    "·": "*",
    "│": "|",
    "─": "-",
    "━": "-",
    "┃": "|",
    "╸": "-",
    "╺": "-",
    "“": '"',
    "”": '"',
    "’": "'",
}
"""What stands for a sign where a terminal has none."""


def _in_plain_letters(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    plain = (_PLAIN.get(sign) or sign.encode("ascii", "backslashreplace").decode() for sign in signs)
    return "".join(plain), error.end


def fit_to_terminal() -> None:
    """From here on signs that the terminal does not know are told in letters that it knows."""
    codecs.register_error("plain", _in_plain_letters)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="plain")


out = Console(highlight=False, width=None if sys.stdout.isatty() else 120)


def say(text: str) -> None:
    """Text that may come from anywhere, shown as it is."""
    out.print(Text(untrusted.visible(text)), soft_wrap=True)


def title(text: str) -> None:
    """A heading above what `say` tells."""
    out.print(Text(f"\n{untrusted.visible(text)}", "bold"), soft_wrap=True)


def tick(ok: bool, title: str, sentence: str) -> None:
    """One line of a list of findings; its texts may come from anywhere and are shown as they are."""
    mark = Text("✓ ", "green") if ok else Text("✗ ", "red")
    out.print(mark + Text(untrusted.visible(title), "bold") + Text(f" {untrusted.visible(sentence)}"), soft_wrap=True)


def ask_whose(sentences: Iterable[str]) -> None:
    """A line for each file of which a person must say whose it is."""
    for sentence in sentences:
        tick(False, "A person must say whose this is:", sentence)


def tell_stuck(sentences: Iterable[str]) -> None:
    """A line for each student whose points, typed by a person, did not go along to another id."""
    for sentence in sentences:
        tick(False, "Typed in formgrader, and not moved:", sentence)
