"""What checks bring into a student's process: each definition sees nothing but what it needs itself.

Student code that looks around in its caller's names, or in those of a class that it is given, finds no other helpers
there; and of what can be imported by name, only the classes, without which a model could not be saved.
"""

from __future__ import annotations
import __future__

import ast
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from types import CodeType, ModuleType

NAME = "stand_ins"


@dataclass(frozen=True)
class Piece:
    """A statement of the file, compiled, and the names that it mentions."""

    code: CodeType
    mentions: frozenset[str]


def pieces(source: str) -> list[Piece]:
    """The statements of a file one by one; all as one where a function rebinds names of the module."""
    tree = ast.parse(source, f"{NAME}.py")
    rebinds = any(isinstance(node, ast.Global) for node in ast.walk(tree))
    parts = [tree.body] if rebinds else [[statement] for statement in tree.body]
    later = any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body)
    flags = __future__.annotations.compiler_flag if later else 0
    return [
        Piece(compile(ast.Module(part, []), f"{NAME}.py", "exec", flags, dont_inherit=True), frozenset(_names(part)))
        for part in parts
    ]


def _names(part: Iterable[ast.stmt]) -> Iterable[str]:
    return (node.id for statement in part for node in ast.walk(statement) if isinstance(node, ast.Name))


def defined(some: Iterable[Piece]) -> dict[str, object]:
    """Runs the pieces: all that they define, by name."""
    module = sys.modules[NAME] = ModuleType(NAME)
    known: dict[str, object] = {}
    views: list[tuple[dict[str, object], frozenset[str]]] = []
    for piece in some:
        view = {"__name__": NAME, **{name: known[name] for name in piece.mentions & known.keys()}}
        exec(piece.code, view)
        known |= {name: value for name, value in view.items() if not name.startswith("__")}
        views.append((view, piece.mentions))
    for view, mentions in views:  # functions may call what is defined further down
        view.update({name: known[name] for name in mentions & known.keys()})
    vars(module).update({name: value for name, value in known.items() if isinstance(value, type)})
    return known
