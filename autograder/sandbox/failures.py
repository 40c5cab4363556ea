"""What may be told of an exception: its class, its message, the student's own lines, the last torch operation."""

from __future__ import annotations

import builtins
import linecache
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

globals()["__builtins__"] = dict(vars(builtins))  # a copy: student code may replace the real ones in its process

KIND_CHARACTERS, MESSAGE_CHARACTERS, LINE_CHARACTERS = 80, 500, 200
MOST_INPUTS, MOST_FRAMES = 8, 10
_FIRST_FRAMES = 3
_NOTE = "__last_torch_call__"
_Tensor, _getline = torch.Tensor, linecache.getline


class LastTorchCall(TorchFunctionMode):
    """While active, an exception that passes through a torch function takes a note of its name and its inputs' shapes.

    Nothing is kept of calls that succeed.
    """

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        try:
            return func(*args, **kwargs) if kwargs else func(*args)
        except Exception as error:
            _take_note(error, func, args, kwargs or {})
            raise


def _take_note(error: Exception, function: Any, args: Any, kwargs: Any) -> None:
    notes = error.__dict__
    if _NOTE not in notes:  # the innermost call speaks
        tensors = list(_tensors((*args, *kwargs.values())))[:MOST_INPUTS]
        notes[_NOTE] = (str(getattr(function, "__name__", "")), tuple(map(_described, tensors)))


def _tensors(values: Any) -> Any:
    for value in values:
        if isinstance(value, _Tensor):
            yield value
        elif isinstance(value, list | tuple):
            yield from _tensors(value)


def _described(tensor: Any) -> str:
    return f"{str(tensor.dtype).removeprefix('torch.')} {tuple(tensor.shape)}"


def describe(error: BaseException, sources: dict[str, str]) -> dict[str, Any]:
    """`error` as plain data for the wire. `sources`: file name → text of the student's cells."""
    name, inputs = error.__dict__.get(_NOTE, ("", ())) if isinstance(error, Exception) else ("", ())
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
    found, traceback = [], error.__traceback__
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if file in sources:
            found.append(_line(file, traceback.tb_lineno))
        traceback = traceback.tb_next
    if isinstance(error, SyntaxError) and error.filename in sources:
        found.append(_line(str(error.filename), error.lineno or 1))
    last = MOST_FRAMES - _FIRST_FRAMES
    return found if len(found) <= MOST_FRAMES else found[:_FIRST_FRAMES] + found[-last:]


def _line(file: str, number: int) -> tuple[str, int, str]:
    return file, number, _getline(file, number).strip()[:LINE_CHARACTERS]
