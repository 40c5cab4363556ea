"""What may be told of an exception: its class, its message, the student's own lines, the last torch operation."""

from __future__ import annotations

import ast
import builtins
import itertools
import linecache
from collections.abc import Iterable, Iterator, Mapping
from types import FrameType, TracebackType
from typing import Any

import torch
import torch.nn.functional

globals()["__builtins__"] = dict(vars(builtins))  # a copy: student code may replace the real ones in its process

KIND_CHARACTERS, MESSAGE_CHARACTERS, LINE_CHARACTERS = 80, 500, 200
MOST_INPUTS, MOST_FRAMES = 8, 10
_FIRST_FRAMES = 3
_Tensor, _getline = torch.Tensor, linecache.getline
_FUNCTIONS = frozenset(str(module.__file__) for module in (torch.nn.functional, torch.functional, torch._tensor))
"""Files of torch in which each function is an operation that students know by its name."""
_OPERATORS: dict[type[ast.operator], str] = {ast.MatMult: "matmul", ast.Mult: "mul"}


def _last_call(error: BaseException) -> tuple[str, tuple[str, ...]]:
    """The torch operation that an exception came from, and its inputs; an empty name if there was none.

    Read from the traceback when something has failed: watching every operation would cost a third of all training.
    """
    try:
        links = list(_links(error.__traceback__))
        for link in links:
            code = link.tb_frame.f_code
            if code.co_filename in _FUNCTIONS and not code.co_name.startswith("_"):
                return code.co_name, _inputs(_arguments(link.tb_frame))
        return _written_call(links[-1]) if links else ("", ())
    except BaseException:  # a student's own objects may raise anything when they are looked at
        return "", ()


def _links(traceback: TracebackType | None) -> Iterator[TracebackType]:
    """A traceback link by link, the outermost first."""
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def _arguments(frame: FrameType) -> list[object]:
    code = frame.f_code
    return [frame.f_locals.get(name) for name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]]


def _written_call(link: TracebackType) -> tuple[str, tuple[str, ...]]:
    """The call or operator that stands in the source where a frame was left, if it is one of torch's."""
    frame = link.tb_frame
    first, last, left, right = list(frame.f_code.co_positions())[link.tb_lasti // 2]
    if first is None or last is None:
        return "", ()
    lines = [_getline(frame.f_code.co_filename, number).encode() for number in range(first, last + 1)]
    lines[-1] = lines[-1][:right]
    text = b"".join(lines)[left:].decode()
    names = {**vars(builtins), **frame.f_globals, **frame.f_locals}
    match ast.parse(f"({text})", mode="eval").body:
        case ast.BinOp(left=one, op=operator, right=other):
            name = _OPERATORS.get(type(operator), type(operator).__name__.lower())
            inputs = _inputs([_known(one, names), _known(other, names)])
            return (name, inputs) if inputs else ("", ())
        case ast.Call(func=ast.Attribute(value=owner, attr=name), args=args, keywords=keywords):
            home = _known(owner, names)
            given = [*args, *(keyword.value for keyword in keywords)]
            of_torch = isinstance(home, _Tensor) or str(getattr(home, "__name__", "")).startswith("torch")
            return (name, _inputs([home, *(_known(one, names) for one in given)])) if of_torch else ("", ())
    return "", ()


def _known(expression: ast.expr, names: Mapping[str, object]) -> object:
    """What an expression is worth, as far as nothing need be called for it: a name, an attribute, an element at a
    constant place, or a list of such; else None."""
    match expression:
        case ast.Name(id=name):
            return names.get(name)
        case ast.Attribute(value=owner, attr=name):
            return getattr(_known(owner, names), name, None)
        case ast.Subscript(value=owner, slice=ast.Constant(value=place)):
            return _known(owner, names)[place]  # type: ignore[index]
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return [_known(part, names) for part in parts]
    return None


def _inputs(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(_described(tensor) for tensor in itertools.islice(_tensors(values), MOST_INPUTS))


def _tensors(values: Iterable[object]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, _Tensor):
            yield value
        elif isinstance(value, list | tuple):
            yield from _tensors(value)


def _described(tensor: Any) -> str:
    return f"{str(tensor.dtype).removeprefix('torch.')} {tuple(tensor.shape)}"


def describe(error: BaseException, sources: dict[str, str]) -> dict[str, Any]:
    """`error` as plain data for the wire. `sources`: file name → text of the student's cells."""
    name, inputs = _last_call(error)
    return {
        "kind": type(error).__name__[:KIND_CHARACTERS],
        "message": _message(error),
        "frames": [list(frame) for frame in _frames(error, sources)],
        "torch_call": [name, list(inputs)] if name else None,
    }


def _message(error: BaseException) -> str:
    try:
        text = error.msg if isinstance(error, SyntaxError) else str(error)
    except BaseException as second:  # a student's own __str__ may do anything
        text = f"(its text cannot be read: {type(second).__name__})"
    return str(text)[:MESSAGE_CHARACTERS]


def _frames(error: BaseException, sources: dict[str, str]) -> list[tuple[str, int, str]]:
    """(cell, line, text), outermost first; of a deep recursion only its beginning and its end."""
    places = ((link.tb_frame.f_code.co_filename, link.tb_lineno) for link in _links(error.__traceback__))
    found = [_line(file, number) for file, number in places if file in sources]
    if isinstance(error, SyntaxError) and error.filename in sources:
        found.append(_line(str(error.filename), error.lineno or 1))
    last = MOST_FRAMES - _FIRST_FRAMES
    return found if len(found) <= MOST_FRAMES else found[:_FIRST_FRAMES] + found[-last:]


def _line(file: str, number: int) -> tuple[str, int, str]:
    return file, number, _getline(file, number).strip()[:LINE_CHARACTERS]
