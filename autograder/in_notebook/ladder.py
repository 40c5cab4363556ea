"""The hints below a failed check: how to see the mistake, where it is in one's own cell, and then nearly everything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

MOST_LINES = 3
"""Lines of a cell that one hint points at."""
OWN_LINE = re.compile(r"^The line: (.*)$", re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`")
_NAME = re.compile(r"[^\W\d]\w{2,}")
_EXPLAINS = re.compile(r'""".*?"""', re.DOTALL)
_LONG = re.compile(r"[^\W\d]\w{4,}")


def rungs(nudge: str, remedy: str, card: str, answer: str, steps: Sequence[str]) -> tuple[str, ...]:
    """Hints for one mistake, none of which says what the card says.

    `remedy`: the card's advice; `card`: all that it says; `answer`: the student's cell; `steps`: the part's own hints.
    """
    names = _names(remedy, "\n".join([answer, *steps[-1:]]))
    where = [*_where(names, card, answer), *_lacks(remedy, answer)] or list(steps[1:2])
    return tuple(text for text in (nudge, "\n".join(where), _marked(names, steps[-1]) if steps else "") if text)


def _names(remedy: str, code: str) -> list[str]:
    """What the remedy is about: names in its code, else its longer words that stand in `code` too."""
    told = [name for part in _CODE.findall(remedy) for name in _NAME.findall(part)]
    return list(dict.fromkeys(told or [word for word in _LONG.findall(remedy) if re.search(rf"\b{word}\b", code)]))


def _where(names: Sequence[str], card: str, answer: str) -> list[str]:
    """The lines of a cell that a mistake is about: the one that raised, else those with most of the names."""
    lines = _EXPLAINS.sub(lambda found: "\n" * found[0].count("\n"), answer).split("\n")
    raised = {found.strip() for found in OWN_LINE.findall(card)}
    chosen = [at for at, line in enumerate(lines) if line.strip() in raised - {""}] or _nearest(names, lines)
    shown = [f"  line {at + 1}:  {lines[at].strip()}" for at in chosen]
    return ["It is about here in your cell:", *shown] if shown else []


def _lacks(remedy: str, answer: str) -> list[str]:
    """What is to be called, and stands nowhere in the cell."""
    called = re.match(r"Call `(?:\w+(?:\(\))?\.)*(\w+)\(", remedy)
    is_missing = called is not None and answer and not re.search(rf"\b{called[1]}\b", answer)
    return [f"There is no `{called[1]}` in it yet."] if called and is_missing else []


def _nearest(names: Sequence[str], lines: Sequence[str]) -> list[int]:
    """The places of the lines with most of the names, in their order."""
    scores = {at: _shared(names, line) for at, line in enumerate(lines) if not line.lstrip().startswith(("#", "def "))}
    best = sorted((at for at, score in scores.items() if score), key=lambda at: (-scores[at], at))
    return sorted(best[:MOST_LINES])


def _marked(names: Iterable[str], step: str) -> str:
    """The last hint of a part, with a sign at its lines that the mistake is about."""
    rows = [f"{line}    ← look here" if _shared(names, line) else line for line in step.split("\n")]
    return "Nearly everything:\n" + "\n".join(rows)


def _shared(names: Iterable[str], line: str) -> int:
    return sum(re.search(rf"\b{name}\b", line) is not None for name in names)
