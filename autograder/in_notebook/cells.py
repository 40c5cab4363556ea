"""A notebook's cells looked at afresh: which parts are there, and what they need that only memory still holds."""

from __future__ import annotations

import ast
import builtins
import linecache
import re
import symtable
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MARKER = "# YOUR TURN:"
SET_UP = "_packed = "
"""The beginning of a line that only the set-up cell has."""

_DEMO = re.compile(r"#\s*demo\b")
_BUILTIN = frozenset(dir(builtins)) | {"__name__", "__file__", "__doc__", "get_ipython", "display", "In", "Out"}


@dataclass(frozen=True)
class Cells:
    """Sources of code cells, in order. `live`: this is the notebook itself, not the history of what was run."""

    sources: tuple[str, ...]
    live: bool

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
    raw = live if live is not None else list(dict.fromkeys(reversed(shell.history_manager.input_hist_raw)))[::-1]
    return Cells(tuple(_python(source, shell.transform_cell) for source in raw if source.strip()), live is not None)


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


def needs(source: str) -> list[str]:
    """Names that `source` takes from the notebook: used somewhere in it, bound nowhere in it."""
    try:
        table = symtable.symtable(source, "cell", "exec")
    except (SyntaxError, ValueError):
        return []
    inside = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    return [name for name in dict.fromkeys(_global_names(table)) if name not in inside]


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


def _from_colab() -> list[str] | None:
    """The code cells as they stand in Colab; None elsewhere, or where Colab does not answer."""
    try:
        from google.colab import _message

        book = _message.blocking_request("get_ipynb", request="", timeout_sec=10)["ipynb"]
        return ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]
    except Exception:
        return None


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
        for node in _parsed(source):
            names = frozenset(_binds(node))
            if names:
                found.append((names, ast.unparse(node)))
    return found


def bound(source: str) -> list[str]:
    """Names that the top-level statements of `source` bind; none if it is no Python."""
    return [name for node in _parsed(source) for name in _binds(node)]


def _parsed(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError):
        return []


def _binds(node: ast.AST) -> Iterator[str]:
    """Names that a statement binds in its own scope."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
        return
    if isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        return
    if isinstance(node, ast.alias):
        yield node.asname or node.name.partition(".")[0]
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    for child in ast.iter_child_nodes(node):
        yield from _binds(child)


def _global_names(table: symtable.SymbolTable) -> Iterator[str]:
    outermost = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (outermost or symbol.is_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _global_names(child)
