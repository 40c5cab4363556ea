"""Untrusted text made harmless: in a page, in a spreadsheet's cell, in a file's name.

Student code chooses names, messages and output, so any of them may hold terminal escapes, letters that turn the line
around, formulas or paths. Whoever shows or stores such text passes it through one of these functions first.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata

import jinja2
import markupsafe

# Cc control, Cf format (bidi, zero width, soft hyphen, tags), Cs surrogate, Co private, Zl and Zp line breaks that
# only some programs see. What is unassigned (Cn) differs between Unicode versions; only non-characters matter there.
_HIDING = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}

# What makes a spreadsheet read a cell as a formula (CWE-1236), full-width forms included.
_FORMULA = "=+-@\t\r\n＝＋－＠"
_FORMULA_AFTER_SEMICOLON = re.compile(rf";(?=[\s\"']*[{re.escape(_FORMULA)}])")

_PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9_@-]*(?:\.[a-z0-9_@-]+)*")
_DEVICE = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


def visible(text: str, keep: str = "\n\t") -> str:
    r"""Every character of `text` that hides, reorders or breaks lines shown as an escape such as `\u202e`.

    Characters in `keep` stay as they are; `\r\n` counts as a newline where newlines stay. The result can be encoded as
    UTF-8 and holds only what XML 1.0 allows.
    """
    text = text.replace("\r\n", "\n") if "\n" in keep else text
    return text.translate(_escapes(keep))


def csv_cell(value: str | float | None) -> str | float:
    """`value` as a spreadsheet may safely open it: numbers stay numbers, None is empty, text is one harmless line.

    A text that would start a formula, alone or after a semicolon (which splits cells in half of the world), gets an
    apostrophe in front, which spreadsheets read as "text".
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    mark = "'" if value.lstrip(" ")[:1] in tuple(_FORMULA) else ""
    return mark + _FORMULA_AFTER_SEMICOLON.sub(";'", visible(value, keep=""))


def page(template: str, **values: object) -> str:
    """One of our HTML pages, filled in: every text among `values` is made visible, then escaped, wherever it stands."""
    return _pages().get_template(template).render(values)


def prose(text: str) -> markupsafe.Markup:
    """Our own text for one of our pages: what stands between backticks becomes code. Not for texts of others."""
    parts = map(markupsafe.escape, text.split("`"))
    return markupsafe.Markup("").join(
        markupsafe.Markup("<code>{}</code>").format(part) if at % 2 else part for at, part in enumerate(parts)
    )


def file_name(text: str) -> str:
    """A file's name for `text`: ASCII, at most 100 characters, a different one for every text.

    Texts that are plain already (lower-case letters, digits, _, -, @ and inner dots) stay. Names differ even where a
    file system takes capital letters, or the Unicode forms of one letter, for the same.
    """
    if len(text) <= 64 and _PLAIN_NAME.fullmatch(text) and not _DEVICE.fullmatch(text.partition(".")[0]):
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    letters = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40]
    return f"{letters or 'student'}~{digest[:40]}"


@functools.cache
def _pages() -> jinja2.Environment:
    loader = jinja2.PackageLoader("autograder.results.pages", "templates")
    return jinja2.Environment(
        loader=loader,
        autoescape=True,
        finalize=_harmless,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _harmless(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, markupsafe.Markup) else value


class _Escapes(dict[int, int | str]):
    """A table for `str.translate`, filled as characters turn up."""

    def __init__(self, keep: str) -> None:
        super().__init__((ord(char), char) for char in keep)

    def __missing__(self, code: int) -> int | str:
        self[code] = _escape(code) if _hides(code) else code
        return self[code]


@functools.cache
def _escapes(keep: str) -> _Escapes:
    return _Escapes(keep)


def _hides(code: int) -> bool:
    return unicodedata.category(chr(code)) in _HIDING or code & 0xFFFE == 0xFFFE


def _escape(code: int) -> str:
    if chr(code) in _SHORT:
        return _SHORT[chr(code)]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
