"""From untrusted bytes to a list of cells, whatever program wrote them."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autograder.core.errors import SubmissionError
from autograder.core.handing_in import HOW_TO_HAND_IN, MIB, MOST_BYTES, too_large
from autograder.notebook import line_ends


@dataclass(frozen=True)
class Caps:
    """What a notebook may be at most. Outputs, attachments and widgets are dropped and count for the file's size only.

    `file_bytes`, `source_bytes` (one code cell), `code_bytes` (all code cells) and `rest_bytes` (all but outputs) are
    bytes; `tokens` counts brackets and strings, in the outputs and in the rest, `values` what is
    left to build.
    """

    file_bytes: int = MOST_BYTES
    cells: int = 2_000
    source_bytes: int = MIB
    code_bytes: int = 4 * MIB
    rest_bytes: int = 32 * MIB
    depth: int = 64
    tokens: int = 400_000
    values: int = 1_000_000


DEFAULT_CAPS = Caps()


def parse(data: bytes, caps: Caps = DEFAULT_CAPS) -> dict[str, Any]:
    """The notebook in `data` as a small dict in format 4: `cells` (type, id, marks, source) and `mended` (sentences).

    Formats 3 and 4 are read, with the liberties that programs take. Outputs are dropped before anything is built from
    them. Raises SubmissionError with a sentence for the student for everything else, and where a cap is exceeded.
    """
    if len(data) > caps.file_bytes:
        raise SubmissionError(too_large(len(data), caps.file_bytes))
    mended: list[str] = []
    data = _as_utf8(data, mended)
    if not data.lstrip().startswith(b"{"):
        raise SubmissionError(f"{_what_else(data)} {HOW_TO_HAND_IN}")
    book = _decoded(_lean(data, caps))
    raw_cells, minor = _raw_cells(book, mended)
    if len(raw_cells) > caps.cells:
        raise SubmissionError(
            f"The notebook has {len(raw_cells):,} cells; at most {caps.cells:,} are read. Delete the cells not needed."
        )
    cells = [cell for cell in raw_cells if isinstance(cell, dict)]
    if len(cells) < len(raw_cells):
        mended.append("Something in the list of cells is no cell; it was left out.")
    cells = [_cell(cell, number, minor, mended, caps) for number, cell in enumerate(cells, start=1)]
    _cap_code(cells, caps)
    return {"cells": _with_ids_of_their_own(cells, mended), "mended": list(dict.fromkeys(mended))}


def _as_utf8(data: bytes, mended: list[str]) -> bytes:
    """A notebook in UTF-16 or UTF-32 turned into UTF-8; anything else as it is, without the mark at its beginning."""
    encoding = json.detect_encoding(data)
    if encoding.startswith("utf-8"):
        return data.removeprefix(codecs.BOM_UTF8)
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    if not text.lstrip().startswith("{"):
        return data
    mended.append(f"The file was saved in {encoding[:6].upper()}, not in UTF-8 as notebooks are; that was mended.")
    return text.encode()


_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_TOKEN = re.compile(_STRING + rb'|["\[\]{}]', re.DOTALL)
_FLAT = rb"[\[{](?:[^\"\[\]{}]++|" + _STRING + rb")*+[\]}]"
_CONTAINER = re.compile(_FLAT + rb"|[\[\]{}]|" + _STRING + rb'|"', re.DOTALL)
_CONTAINER_FOLLOWS = re.compile(rb"\s*:\s*(?=[\[{])")
_DROPPED = (b'"outputs"', b'"attachments"', b'"widgets"')
_TOO_LONG = "\0too long\0"
_ESCAPED = 6
"""How many bytes of JSON one byte of text may need: a control character takes six."""


def _lean(data: bytes, caps: Caps) -> bytes:
    """`data` without outputs, attachments, widgets and overlong strings, found without building a single object."""
    kept: list[bytes] = []
    begin = at = depth = tokens = 0
    while token := _TOKEN.search(data, at):
        start, at = token.span()
        tokens += 1
        if tokens > caps.tokens:
            raise SubmissionError(_too_many(caps.tokens))
        mark = data[start : start + 1]
        if mark in b"[{":
            depth += 1
            if depth > caps.depth:
                raise SubmissionError(f"The notebook is nested more than {caps.depth} deep. {HOW_TO_HAND_IN}")
        elif mark in b"]}":
            depth -= 1
        elif at - start == 1:
            raise SubmissionError(_CUT_SHORT)
        elif at - start > _ESCAPED * caps.source_bytes:
            kept += [data[begin:start], json.dumps(_TOO_LONG).encode()]
            begin = at
        elif data.startswith(_DROPPED, start) and (colon := _CONTAINER_FOLLOWS.match(data, at)):
            kept += [data[begin : colon.end()], b"null"]
            begin = at = _end_of_container(data, colon.end(), caps)
    kept.append(data[begin:])
    return _small_enough(kept, caps)


def _end_of_container(data: bytes, begin: int, caps: Caps) -> int:
    """Where the list or object that starts at `begin` ends. Flat ones inside it are taken at one go."""
    depth = 0
    for number, token in enumerate(_CONTAINER.finditer(data, begin)):
        start, end = token.span()
        mark, is_single = data[start : start + 1], end - start == 1
        if number > caps.tokens:
            raise SubmissionError(_too_many(caps.tokens))
        if is_single and mark == b'"':
            break
        depth += is_single and (1 if mark in b"[{" else -1)
        if depth == 0 and mark != b'"':
            return end
    raise SubmissionError(_CUT_SHORT)


def _small_enough(kept: list[bytes], caps: Caps) -> bytes:
    rest = sum(map(len, kept))
    if rest > caps.rest_bytes:
        raise SubmissionError(
            f"Without its outputs the notebook still has {rest / MIB:,.0f} MiB; at most {caps.rest_bytes / MIB:,.0f} "
            "MiB are read. Remove large data and pictures from its cells."
        )
    lean = b"".join(kept)
    if lean.count(b",") > caps.values:
        raise SubmissionError(_too_many(caps.values))
    return lean


_CUT_SHORT = f"The file ends in the middle of the notebook: it was cut short on its way. {HOW_TO_HAND_IN}"


def _too_many(limit: int) -> str:
    return f"The notebook holds more than {limit:,} values. Clear the outputs, save, and hand in the .ipynb again."


def _decoded(lean: bytes) -> dict[str, Any]:
    try:
        book = json.loads(lean.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise SubmissionError(
            f"The file is not UTF-8 text (byte {error.start:,} cannot be read): another program saved it otherwise. "
            + HOW_TO_HAND_IN
        ) from error
    except json.JSONDecodeError as error:
        raise SubmissionError(_damage(lean, error)) from error
    except ValueError as error:
        raise SubmissionError(f"The notebook holds a number that cannot be read. {HOW_TO_HAND_IN}") from error
    assert isinstance(book, dict), "the text starts with a brace"
    return book


def _damage(lean: bytes, error: json.JSONDecodeError) -> str:
    if re.search(rb"^(<<<<<<<|>>>>>>>) ", lean, re.MULTILINE):
        return "The file holds git's conflict marks (<<<<<<<): settle the conflict, open the notebook, save it again."
    if not error.doc[error.pos :].strip():
        return _CUT_SHORT
    return f"The notebook is damaged at line {error.lineno} of the file, column {error.colno}. {HOW_TO_HAND_IN}"


_MAGIC_BYTES = (
    (b"%PDF", "This is a PDF, not a notebook."),
    (b"PK\x03\x04", "This is a zip archive or an office document, not a notebook."),
    (b"\x1f\x8b", "This is a compressed archive, not a notebook."),
    (b"\x89PNG", "This is a picture, not a notebook."),
    (b"\xff\xd8\xff", "This is a picture, not a notebook."),
)
_LINK = re.compile(r"\s*(\[InternetShortcut\]|\[Desktop Entry\]|https?://\S+\s*\Z)")
_WEB_PAGE = re.compile(r"\s*<(!doctype|html|head|body|script|meta|p|div|a|table|span|br|!--)\b", re.IGNORECASE)
_PYTHON = re.compile(r"^(# coding:|# -\*-|# In ?\[|import |from |def |class |#!|\"\"\"|print\()", re.MULTILINE)


def _what_else(data: bytes) -> str:
    """A sentence that says what a file is that is no notebook, judged by its first bytes."""
    for magic, sentence in _MAGIC_BYTES:
        if data.startswith(magic):
            return sentence
    start = data[:4096].decode("utf-8", "replace")
    if not start.strip("\0 \t\r\n"):
        return "The file is empty."
    if _LINK.match(start) or ("<key>URL</key>" in start):
        return "This is a link, and links are not opened."
    if _WEB_PAGE.match(start):
        return "This is a web page, not a notebook."
    if _PYTHON.search(start):
        return "This is a Python script, not a notebook."
    return "This is not a notebook."


def _raw_cells(book: dict[str, Any], mended: list[str]) -> tuple[list[Any], int]:
    """The cells of a notebook in format 3 or 4, and its minor format."""
    major, minor = book.get("nbformat"), book.get("nbformat_minor")
    if "nbformat" not in book and ("cells" in book or "worksheets" in book):
        mended.append("The notebook did not say its format; it was read as if it had.")
        major = 4 if "cells" in book else 3
    elif major in ("4", "3"):
        mended.append("The notebook's format was written as text; it was read as a number.")
        major = int(major)
    if isinstance(major, bool) or major not in (3, 4):
        raise SubmissionError(_unknown_format(book, major))
    if not isinstance(minor, int) or isinstance(minor, bool):
        mended.append("The notebook did not say its minor format; that was mended.")
        minor = 5 if any(isinstance(cell, dict) and "id" in cell for cell in _list(book.get("cells"))) else 0
    if major == 3:
        mended.append("The notebook was in the old format 3; it was brought up to date.")
        sheets = [sheet for sheet in _list(book.get("worksheets")) if isinstance(sheet, dict)]
        return [cell for sheet in sheets for cell in _list(sheet.get("cells"))], 0
    if not isinstance(book.get("cells"), list):
        raise SubmissionError(f"The notebook has no list of cells. {HOW_TO_HAND_IN}")
    return book["cells"], minor


def _unknown_format(book: dict[str, Any], major: object) -> str:
    if "nbformat" in book:
        return f"The notebook has format {str(major)[:40]!r}; 3 and 4 can be read. {HOW_TO_HAND_IN}"
    return f"The file is JSON, but not a notebook: it has no cells. {HOW_TO_HAND_IN}"


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


_CODE_TYPES = ("code", "markdown", "raw", "heading", "html")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TEXT_KEPT = 65_536


def _cell(raw: dict[str, Any], number: int, minor: int, mended: list[str], caps: Caps) -> dict[str, Any]:
    kind = raw.get("cell_type")
    if kind not in _CODE_TYPES:
        mended.append(f"Cell {number} did not say rightly what it is; it was read as code.")
        kind = "code"
    source = _source(raw, number, mended)
    if kind != "code":
        source = source[:_TEXT_KEPT]
    elif _TOO_LONG in source or len(source.encode()) > caps.source_bytes:
        raise SubmissionError(
            f"Cell {number} is longer than {caps.source_bytes / MIB:g} MiB. Remove the large data from it and hand in "
            "the notebook again."
        )
    metadata = raw.get("metadata")
    if not isinstance(metadata, dict):
        mended.append("Cells without metadata were mended.")
        metadata = {}
    return {
        "cell_type": "code" if kind == "code" else "markdown",
        "id": _cell_id(raw, metadata, minor, mended),
        "metadata": marks_of(metadata),
        "source": source,
    }


def marks_of(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """What nbgrader and we wrote into a cell's metadata, without what nbgrader derives from the cell itself."""
    marks = {key: metadata[key] for key in ("nbgrader", "autograder") if isinstance(metadata.get(key), dict)}
    return {kind: {key: value for key, value in facts.items() if key not in _DERIVED} for kind, facts in marks.items()}


_DERIVED = ("checksum", "cell_type")


def _source(raw: dict[str, Any], number: int, mended: list[str]) -> str:
    source = raw.get("source", raw.get("input"))
    text = "".join(source) if isinstance(source, list) and all(isinstance(line, str) for line in source) else source
    if not isinstance(text, str):
        mended.append(f"The text of cell {number} was missing or no text; it was read as empty.")
        return ""
    kept = line_ends.universal(text)
    if isinstance(source, list) and line_ends.are_lost(source):
        kept = line_ends.universal("\n".join(source))
    elif raw.get("cell_type") == "code":
        kept = line_ends.unescaped(kept)
    if kept != line_ends.universal(text):
        mended.append(f"The line ends in cell {number} were lost in the file; its lines were set apart again.")
    return _SURROGATE.sub("\ufffd", kept)


def _cell_id(raw: dict[str, Any], metadata: dict[str, Any], minor: int, mended: list[str]) -> str | None:
    """A cell's id: its own key since minor format 5, in the metadata where Colab writes it."""
    if ("id" in raw) != (minor >= 5):
        mended.append("The notebook mixed two minor formats (cell ids); that was mended.")
    ids = [found for found in (raw.get("id"), metadata.get("id")) if isinstance(found, str) and len(found) <= 64]
    return ids[0] if ids else None


def _cap_code(cells: list[dict[str, Any]], caps: Caps) -> None:
    total = sum(len(cell["source"].encode()) for cell in cells if cell["cell_type"] == "code")
    if total > caps.code_bytes:
        raise SubmissionError(
            f"The code cells have {total / MIB:.1f} MiB together; at most {caps.code_bytes / MIB:g} MiB are read. "
            "Remove the large data from them and hand in the notebook again."
        )


def _with_ids_of_their_own(cells: list[dict[str, Any]], mended: list[str]) -> list[dict[str, Any]]:
    seen: set[str] = set()
    for number, cell in enumerate(cells, start=1):
        if cell["id"] in seen:
            mended.append("Several cells shared one cell id; each was given its own.")
            cell["id"] = f"~{number}"
        elif cell["id"] is not None:
            seen.add(cell["id"])
    return cells
