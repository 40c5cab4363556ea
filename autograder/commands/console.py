"""What every verb says, and how: one console, ticked findings."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from autograder.core import untrusted

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
