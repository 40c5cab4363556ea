"""What a student sees of a result: a card, as plain text everywhere and as HTML (without scripts) in notebooks."""

from __future__ import annotations

import html
import textwrap
from dataclasses import dataclass

WIDTH = 96
"""Characters of a line of the plain form."""

PASSED, FAILED, OPEN, LATER, TOLD = "✓", "✗", "–", "○", "i"
_MEANING = {PASSED: "passed", FAILED: "failed", OPEN: "not attempted", LATER: "when graded", TOLD: "advice"}
_COLOUR = {PASSED: "#1e7a3a", FAILED: "#c03434", OPEN: "#5f6670", LATER: "#5f6670", TOLD: "#2f6690"}
"""Behind a white mark: dark enough for it, and bright enough beside a dark page."""

_MARK = "color:#fff;border-radius:.3em;min-width:1.4em;text-align:center;font-weight:bold"
_ROW = "display:flex;flex-wrap:wrap;gap:0 .6em;align-items:baseline;padding:.12em 0"
_TEXT, _VALUE = "flex:1 1 9em", "opacity:.8;margin-left:auto"
_FRAME = (
    "border-left:4px solid {colour};padding:.35em 0 .35em .9em;margin:.3em 0;max-width:52em;line-height:1.45;"
    "overflow-wrap:anywhere"
)
_DETAIL = "margin:.15em 0 .5em 1.6em;padding-left:.7em;border-left:1px solid rgba(128,128,128,.4)"
OWN_LINE = "The line:"
"""How a message begins that quotes the student's code."""

_CODE = "font-family:monospace;white-space:pre-wrap"


@dataclass(frozen=True)
class Line:
    """One line of a card: a mark, what it is about, at the right a value such as points; below it, paragraphs.

    `act`: which of these says what to do; it is shown bold.
    """

    mark: str
    text: str
    value: str = ""
    details: tuple[str, ...] = ()
    act: str = ""

    def plain(self) -> str:
        room = WIDTH - 5 - len(self.value)
        head = textwrap.wrap(self.text, room) or [""]
        first = f" {self.mark} {head[0]:<{room}} {self.value}".rstrip()
        details = [line for paragraph in self.details for line in _wrapped(paragraph, "     ")]
        return "\n".join([first, *(f"   {rest}" for rest in head[1:]), *details])

    def rich(self) -> str:
        mark = (
            f'<span role="img" aria-label="{_MEANING[self.mark]}" '
            f'style="background:{_COLOUR[self.mark]};{_MARK}">{self.mark}</span>'
        )
        value = f'<span style="{_VALUE}">{html.escape(self.value)}</span>'
        row = f'<div style="{_ROW}">{mark}<span style="{_TEXT}">{_prose(self.text)}</span>{value}</div>'
        details = "".join(_rich(paragraph, paragraph == self.act) for paragraph in self.details)
        return row + (f'<div style="{_DETAIL}">{details}</div>' if details else "")


@dataclass(frozen=True)
class Card:
    """A title, a value beside it, lines, and sentences below."""

    title: str
    value: str = ""
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        head = f"{self.title}   {self.value}".rstrip()
        notes = [line for note in self.notes for line in _wrapped(note, " ")]
        return "\n".join([head, *(line.plain() for line in self.lines), *notes])

    def _repr_html_(self) -> str:
        head = f"<b>{html.escape(self.title)}</b>"
        value = f'<span style="{_VALUE}">{html.escape(self.value)}</span>'
        top = f'<div style="{_ROW}"><span style="{_TEXT}">{head}</span>{value}</div>'
        lines = "".join(line.rich() for line in self.lines)
        notes = "".join(
            f'<div style="margin-top:.3em;white-space:pre-wrap">{_prose(note)}</div>' for note in self.notes
        )
        return f'<div style="{_FRAME.format(colour=self._colour)}">{top}{lines}{notes}</div>'

    @property
    def _colour(self) -> str:
        marks = [line.mark for line in self.lines]
        decisive = (FAILED, OPEN, PASSED)
        return next((_COLOUR[mark] for mark in decisive if mark in marks), _COLOUR[LATER])


@dataclass(frozen=True)
class Sentence:
    """Words on their own, such as what a picture shows: in a notebook as prose, which is never broken within a word."""

    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f'<div style="max-width:52em;line-height:1.45;padding:.2em .4em">{_prose(self.text)}</div>'


def tell(text: str) -> None:
    """Shows a sentence: as prose in a notebook, as text elsewhere."""
    show(Sentence(text))


def show(card: Card | Sentence) -> None:
    """Shows a card: rich in a notebook, as text elsewhere."""
    try:
        from IPython.core.getipython import get_ipython
        from IPython.display import display
    except ImportError:
        print(card)
        return
    if get_ipython() is None:
        print(card)
    else:
        display(card)  # type: ignore[no-untyped-call]


def _rich(paragraph: str, bold: bool) -> str:
    """A paragraph as HTML, line by line: the student's own line and what is indented as code, all else as prose."""
    prose = f"white-space:pre-wrap{';font-weight:bold' if bold else ''}"
    return "".join(
        f'<div style="{_CODE}">{html.escape(line)}</div>'
        if line.startswith((" ", OWN_LINE))
        else f'<div style="{prose}">{_prose(line)}</div>'
        for line in paragraph.split("\n")
    )


def _prose(text: str) -> str:
    """Text as HTML; what stands between backticks is code."""
    parts = [html.escape(part) for part in text.split("`")]
    if len(parts) % 2 == 0:
        return html.escape(text)  # a lone backtick is just that
    return "".join(f"<code>{part}</code>" if at % 2 else part for at, part in enumerate(parts))


def _wrapped(paragraph: str, indent: str) -> list[str]:
    """Long lines folded; the breaks and indents of code stay."""
    return [
        folded
        for line in paragraph.split("\n")
        for folded in textwrap.wrap(
            line, WIDTH, initial_indent=indent, subsequent_indent=indent, replace_whitespace=False, drop_whitespace=True
        )
        or [""]
    ]
