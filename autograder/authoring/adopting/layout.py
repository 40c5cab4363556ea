"""Python as people write it: double quotes, and long calls over several lines."""

from __future__ import annotations

import ast
import io
import tokenize

_WIDTH = 112


def laid_out(text: str) -> str:
    """The same code, to be read; comments stay where they are."""
    return "\n".join(_wrapped(line) for line in _quoted(text).split("\n"))


def _wrapped(line: str) -> str:
    """A call that is too long for one line, with one argument in each."""
    if len(line) <= _WIDTH:
        return line
    bare = line.lstrip()
    indent = line[: len(line) - len(bare)]
    try:
        tree = ast.parse(bare)
    except SyntaxError:
        return line
    match tree.body:
        case [ast.Expr(value=ast.Call() as call)]:
            parts = [ast.get_source_segment(bare, one) for one in (*call.args, *call.keywords)]
            head = ast.get_source_segment(bare, call.func)
            return "\n".join([f"{indent}{head}(", *(f"{indent}    {part}," for part in parts), f"{indent})"])
    return line


def _quoted(text: str) -> str:
    """Double quotes around texts that hold neither kind, as the kit's own files have them."""
    lines = text.split("\n")
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, IndentationError):
        return text
    for token in tokens:
        plain = token.string
        body = plain.lstrip("frbuFRBU")
        if token.type == tokenize.STRING and body[:1] == "'" and body[:3] != "'''" and not {'"', "\\"} & set(plain):
            row, column = token.start
            start = column + len(plain) - len(body)
            line = lines[row - 1]
            if "'" not in body[1:-1]:
                lines[row - 1] = f'{line[:start]}"{body[1:-1]}"{line[start + len(body) :]}'
    return "\n".join(lines)
