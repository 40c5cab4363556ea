"""A notebook's cells looked at afresh: which parts are there, and what they need that only memory still holds."""

from __future__ import annotations

import ast
import builtins
import json
import linecache
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.checks.expect import MARKER
from autograder.checks.names import bound, names_bound_by, needs, parsed

SET_UP = "_packed = "
"""The beginning of a line that only the set-up cell has."""

_DEMO = re.compile(r"#\s*demo\b")
_BUILTIN = frozenset(dir(builtins)) | {"__name__", "__file__", "__doc__", "get_ipython", "display", "In", "Out"}


@dataclass(frozen=True)
class Cells:
    """Sources of code cells, in order. `live`: this is the notebook itself, not the history of what was run.
    `open_answers`: the parts whose answer in words is still empty; None where text cells cannot be seen."""

    sources: tuple[str, ...]
    live: bool
    open_answers: tuple[str, ...] | None = ()

    def answers(self, stub: str, names: Sequence[str]) -> list[str]:
        """The cells that answer a stub: those with its marker, else those that define its names."""
        marked = [source for source in self.sources if marks(source, stub)]
        return marked or [source for source in self.sources if set(names) & set(bound(source))]


@dataclass(frozen=True)
class Borrowed:
    """What parts need beside themselves: code to run first, names only demo cells make, names no cell defines."""

    code: str
    names: tuple[str, ...]
    from_demo: tuple[str, ...]
    from_nowhere: tuple[str, ...]


def marks(source: str, stub: str) -> bool:
    """True if the cell carries the line `# YOUR TURN: <stub>`."""
    return re.search(rf"^\s*{re.escape(MARKER)}\s*{re.escape(stub)}\s*$", source, re.MULTILINE) is not None


def is_demo(source: str) -> bool:
    """True for a cell that only shows something: it begins with `# demo`."""
    return _DEMO.match(source.lstrip()) is not None


def cells_of(shell: Any) -> Cells:
    """The cells of the notebook: from Colab as they stand there, elsewhere those that were run, the last run last."""
    live = _from_colab()
    if live is None:
        raw = list(dict.fromkeys(reversed(shell.history_manager.input_hist_raw)))[::-1]
    else:
        raw = [source for kind, source in live if kind == "code"]
    seen = _from_file(shell) if live is None else live
    open_answers = [part for kind, source in seen or () if kind == "markdown" and (part := _open_answer(source))]
    sources = (_python(source, shell.transform_cell) for source in raw if source.strip())
    return Cells(tuple(sources), live is not None, None if seen is None else tuple(open_answers))


def _open_answer(text: str) -> str:
    """The part that a text cell asks to be answered in words, if nothing is written below its line."""
    part = re.match(r"#+ YOUR TURN:\s*(\w+)", text)
    answer = text.rpartition("\n---\n")[2].strip()
    return part[1] if part and answer in ("", "YOUR ANSWER HERE") else ""


def borrowed(parts: Sequence[str], cells: Cells, given: str, offered: Sequence[str]) -> Borrowed:
    """What the sources `parts` need from other cells, if `given` (the imports) runs before them.

    `offered`: names that are there in any case.
    """
    known = {*bound(given), *offered} | {name for part in parts for name in bound(part)} | _BUILTIN
    others = [source for source in cells.sources if source not in parts and SET_UP not in source]
    own = _statements(source for source in others if not is_demo(source))
    shown = _statements(source for source in others if is_demo(source))
    needed: dict[str, int] = {}
    from_demo, from_nowhere = set[str](), set[str]()
    waiting = [name for part in parts for name in needs(part)]
    while waiting:
        name = waiting.pop()
        if name in known or name in needed or name in from_demo or name in from_nowhere:
            continue
        place = next((at for at in reversed(range(len(own))) if name in own[at][0]), None)
        if place is not None:
            needed[name] = place
            waiting += needs(own[place][1])
        else:
            (from_demo if any(name in names for names, _ in shown) else from_nowhere).add(name)
    code = "\n".join(own[place][1] for place in sorted(set(needed.values())))
    return Borrowed(code, tuple(sorted(needed)), tuple(sorted(from_demo)), tuple(sorted(from_nowhere)))


def run_afresh(sources: Sequence[str]) -> tuple[dict[str, object], Mapping[str, BaseException]]:
    """Runs cells one after the other in a new namespace: what it then holds, and which cells raised what."""
    namespace: dict[str, object] = {"__name__": "__main__"}
    raised: dict[str, BaseException] = {}
    for number, source in enumerate(sources):
        file = f"<afresh {number}>"
        linecache.cache[file] = len(source), None, source.splitlines(True), file
        try:
            exec(compile(source, file, "exec", dont_inherit=True), namespace)
        except (Exception, SystemExit) as error:
            raised[source] = error
    return namespace, raised


def _from_colab() -> list[tuple[str, str]] | None:
    """Kind and text of the cells as they stand in Colab; None elsewhere, or where Colab does not answer."""
    try:
        from google.colab import _message

        return _texts(_message.blocking_request("get_ipynb", request="", timeout_sec=10)["ipynb"])
    except Exception:
        return None


def _from_file(shell: Any) -> list[tuple[str, str]] | None:
    """Kind and text of the cells as the notebook was saved last: Jupyter and VS Code say where, else it is the only one
    of its kind in this folder. None where it is not found."""
    told = (os.environ.get("JPY_SESSION_NAME"), shell.user_ns.get("__vsc_ipynb_file__"))
    books = [_saved(Path(str(name))) for name in told if name] or list(map(_saved, Path.cwd().glob("*.ipynb")))
    ours = [book for book in books if any(SET_UP in source for _, source in book)]
    return ours[0] if len(ours) == 1 else None


def _saved(path: Path) -> list[tuple[str, str]]:
    """The cells of a file; none if it is no notebook."""
    try:
        return _texts(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _texts(book: Any) -> list[tuple[str, str]]:
    return [(cell["cell_type"], "".join(cell["source"])) for cell in book["cells"]]


def _python(source: str, transform: Callable[[str], str]) -> str:
    """The cell without magics and shell lines; demo cells as they are, since the set-up replaces them."""
    if is_demo(source):
        return source
    try:
        return transform(source)
    except Exception:
        return source


def _statements(sources: Any) -> list[tuple[frozenset[str], str]]:
    """Every top-level statement that binds names: these names, and its text."""
    found = []
    for source in sources:
        for node in parsed(source):
            names = frozenset(names_bound_by(node))
            if names:
                found.append((names, ast.unparse(node)))
    return found
