"""The answers of a student's process, held against the only forms they may have."""

from __future__ import annotations

from typing import Any

from autograder.core.model import Failure, Frame, TorchCall
from autograder.sandbox.inside import failures
from autograder.sandbox.wire import ProtocolError


def checked(reply: Any, number: int) -> dict[str, Any]:
    """The reply to question `number`: {value}, {end} or {failure}, the last as a Failure. Raises ProtocolError."""
    if type(reply) is not dict or type(reply.get("id")) is not int or reply["id"] != number:
        raise ProtocolError("an answer belongs to no question")
    keys = reply.keys() - {"id"}
    if keys == {"value"} or (keys == {"end"} and reply["end"] is True):
        return reply
    if keys == {"failure"} or (keys == {"failure", "missing"} and reply["missing"] is True):
        return {**reply, "failure": _failure(reply["failure"])}
    raise ProtocolError("an answer has a wrong form")


def _failure(told: Any) -> Failure:
    if type(told) is not dict or told.keys() != {"kind", "message", "frames", "torch_call"}:
        raise ProtocolError("a failure has a wrong form")
    call = told["torch_call"]
    return Failure(
        _text(told["kind"], failures.KIND_CHARACTERS),
        _text(told["message"], failures.MESSAGE_CHARACTERS),
        tuple(map(_frame, _list(told["frames"], failures.MOST_FRAMES))),
        None if call is None else _torch_call(call),
    )


def _frame(row: Any) -> Frame:
    cell, line, text = _list(row, 3, least=3)
    if type(line) is not int:
        raise ProtocolError("a traceback's line is no number")
    return Frame(_text(cell, failures.LINE_CHARACTERS), line, _text(text, failures.LINE_CHARACTERS))


def _torch_call(row: Any) -> TorchCall:
    name, inputs = _list(row, 2, least=2)
    described = tuple(_text(one, failures.LINE_CHARACTERS) for one in _list(inputs, failures.MOST_INPUTS))
    return TorchCall(_text(name, failures.LINE_CHARACTERS), described)


def _text(value: Any, most: int) -> str:
    if type(value) is not str or len(value) > most:
        raise ProtocolError(f"a text is none, or longer than {most}")
    return value


def _list(value: Any, most: int, least: int = 0) -> list[Any]:
    if type(value) is not list or not least <= len(value) <= most:
        raise ProtocolError(f"a list is none, or not {least} to {most} long")
    return value
