"""What the text of a function or a class says of it, read without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.checks.names import names_bound_by, parsed

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions_in(source: str) -> list[Function]:
    """All functions and methods, in the order of the text."""
    found = [node for top in parsed(source) for node in ast.walk(top) if isinstance(node, Function)]
    return sorted(found, key=lambda node: node.lineno)


def classes_in(source: str) -> list[ast.ClassDef]:
    """The classes at the top of `source`."""
    return [node for node in parsed(source) if isinstance(node, ast.ClassDef)]


def defined_in(source: str) -> list[str]:
    """The functions and classes at the top of `source`, in the order of the text."""
    return [node.name for node in parsed(source) if isinstance(node, Function | ast.ClassDef)]


def parameters(function: Function) -> list[str]:
    """The names of those arguments that can be given by place."""
    return [one.arg for one in (*function.args.posonlyargs, *function.args.args)]


def unused_parameters(function: Function) -> list[str]:
    """Arguments that the function never looks at."""
    used = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    return [name for name in parameters(function) if name not in used and name != "self"]


def body(function: Function) -> list[ast.stmt]:
    """The statements, without the docstring."""
    return [node for node in function.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]


def local_names(function: Function) -> list[str]:
    """The arguments, then what the function binds, in the order of the text."""
    return [*parameters(function), *(name for node in function.body for name in names_bound_by(node))]


def members(tree: ast.ClassDef) -> set[str]:
    """What a class has: its methods, and what these keep as `self.NAME`."""
    kept = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self"
    }
    return kept | {node.name for node in tree.body if isinstance(node, Function)}


def gives_something(function: Function) -> bool:
    """Whether a function can end otherwise than with None."""
    return any(
        isinstance(node, ast.Yield | ast.YieldFrom | ast.Raise) or (isinstance(node, ast.Return) and node.value)
        for node in _own_nodes(function)
    )


def last_print(function: Function) -> ast.stmt | None:
    """The last statement, also inside of a `with` or a loop, if it prints."""
    last: ast.stmt = function
    while isinstance(last, Function | ast.With | ast.For | ast.While | ast.If):
        last = last.body[-1]
    return last if ast.unparse(last).startswith("print(") else None


def _own_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions inside of it."""
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, Function | ast.Lambda):
            yield node
            yield from _own_nodes(node)
