"""Which names a piece of Python binds, and which it takes from elsewhere: read from its text, without running it."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator


def needs(source: str) -> list[str]:
    """Names that `source` takes from the notebook: used somewhere in it, bound nowhere in it."""
    try:
        table = symtable.symtable(source, "cell", "exec")
    except (SyntaxError, ValueError):
        return []
    inside = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    return [name for name in dict.fromkeys(_global_names(table)) if name not in inside]


def bound(source: str) -> list[str]:
    """Names that the top-level statements of `source` bind; none if it is no Python."""
    return [name for node in parsed(source) for name in names_bound_by(node)]


def imported(source: str) -> list[str]:
    """Packages that `source` imports, wherever in it, by the first part of their names."""
    found = [node for top in parsed(source) for node in ast.walk(top)]
    paths = [alias.name for node in found if isinstance(node, ast.Import) for alias in node.names]
    paths += [str(node.module) for node in found if isinstance(node, ast.ImportFrom) and not node.level]
    return list(dict.fromkeys(path.partition(".")[0] for path in paths))


def parsed(source: str) -> list[ast.stmt]:
    """The statements of `source`; none if it is no Python."""
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError):
        return []


def names_bound_by(node: ast.AST) -> Iterator[str]:
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
        yield from names_bound_by(child)


def _global_names(table: symtable.SymbolTable) -> Iterator[str]:
    outermost = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (outermost or symbol.is_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _global_names(child)
