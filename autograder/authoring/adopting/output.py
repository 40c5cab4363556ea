"""What a test cell showed when its author ran it, as assertions: doctest-like tests expect to show just that."""

from __future__ import annotations

import ast
import re

from autograder.authoring.adopting.master import TestCell

_SCALAR = re.compile(r"\bnp\.(?:float|int|uint)\d+\(([^()]*)\)|\bnp\.(True|False)_")
_ARRAY = re.compile(r"^array\(.*\)$", re.DOTALL)
_TRUTHS = ast.Compare | ast.BoolOp


def with_outputs(tree: ast.Module, test: TestCell) -> ast.Module:
    """The statements of a test cell; its last expression becomes an assertion of what it gave or printed.

    A comparison that stands alone is meant as an assertion, whatever was kept of its output.
    """
    if not tree.body or not isinstance(tree.body[-1], ast.Expr):
        return tree
    last = tree.body[-1]
    assertion = _assertion(last.value, test)
    if assertion is None:
        return tree
    said = ast.Assert(assertion, None)
    ast.copy_location(said, last)
    ast.fix_missing_locations(said)
    for one in ast.walk(said):
        if hasattr(one, "lineno"):
            ast.copy_location(one, last)
    return ast.Module([*tree.body[:-1], said], tree.type_ignores)


def _assertion(value: ast.expr, test: TestCell) -> ast.expr | None:
    shown, printed = test.shown.strip(), test.printed.rstrip("\n")
    if shown:
        return _gives(value, shown)
    match value:
        case ast.Call(func=ast.Name(id="print"), args=[argument], keywords=[]) if printed and "\n" not in printed:
            return _gives(argument, printed) if _literal(printed) else _is(_call("str", argument), printed)
        case ast.Call(func=ast.Name(id=name)) if printed and name != "print":
            return _is(_printed(value), test.printed)
    return value if isinstance(value, _TRUTHS) else None


def _gives(value: ast.expr, shown: str) -> ast.expr:
    """The assertion that `value` shows as it did."""
    if shown in ("True", "False") and isinstance(value, _TRUTHS | ast.Call | ast.UnaryOp):
        return value if shown == "True" else ast.UnaryOp(ast.Not(), value)
    wanted = _literal(shown)
    return ast.Compare(value, [ast.Eq()], [wanted]) if wanted else _is(_call("repr", value), shown)


def _literal(text: str) -> ast.expr | None:
    """The Python that a shown value reads as, where it does."""
    plain = _SCALAR.sub(lambda found: found[1] or found[2], text.strip())
    try:
        if _ARRAY.match(plain) and "..." not in plain:
            return ast.parse(f"np.{plain.replace('dtype=', 'dtype=np.')}", mode="eval").body
        ast.literal_eval(plain)
    except (SyntaxError, ValueError):
        return None
    return ast.parse(plain, mode="eval").body


def _is(value: ast.expr, text: str) -> ast.expr:
    return ast.Compare(value, [ast.Eq()], [ast.Constant(text)])


def _call(name: str, argument: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), [argument], [])


def _printed(call: ast.Call) -> ast.Call:
    """What a call prints, asked where it prints it."""
    asked = ast.Attribute(ast.Name("stand_ins", ast.Load()), "printed", ast.Load())
    return ast.Call(asked, [call.func, *call.args], call.keywords)
