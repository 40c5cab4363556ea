"""The student's side: runs the notebook's cells, then answers the grader's calls, one at a time.

It lives in the same process as student code, which may change everything it uses. Nothing it says is believed: the
grader takes its answers for candidates. It only tries to go on working when student code breaks things by accident.
"""

from __future__ import annotations

import ast
import builtins
import gc
import linecache
import os
import random
import re
import signal
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from signal import ITIMER_REAL, SIGALRM
from typing import Any, NoReturn

import numpy as np
import torch
from IPython.core.inputtransformer2 import TransformerManager

from autograder.sandbox import wire
from autograder.sandbox.inside import failures, stand_ins, surroundings
from autograder.sandbox.inside.scratch import Scratch

globals()["__builtins__"] = dict(vars(builtins))  # a copy: student code may replace the real ones in its process

_read, _write, _exit = os.readv, os.writev, os._exit
_encode, _build, _read_head, _read_lengths = wire.encode, wire.build, wire.read_head, wire.read_lengths
_manual_seed, _numpy_seed, _random_seed = torch.default_generator.manual_seed, np.random.seed, random.seed
_next, _describe = next, failures.describe
_signal, _set_timer = signal.signal, signal.setitimer
_END = object()
_NO_MEMORY = b"MemoryError\n"  # made before the fork: where memory has run out, nothing new can be made
_STOP_AGAIN_SECONDS = 0.5
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
_TIMED_CELL = re.compile(r"\A\s*%%(time|timeit|prun|capture)\b.*")
"""The first line of a cell that is measured: when it is run in part, it is not."""


class _Missing(Exception):  # noqa: N818
    """A name that the notebook does not define."""


class CellStopped(BaseException):
    """Raised in a cell whose time is up; `except Exception` does not catch it."""


class Channel:
    """Frames over one descriptor; the process ends when the other side does."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def _exactly(self, size: int) -> bytearray:
        buffer = bytearray(size)
        rest = memoryview(buffer)
        while rest:
            count = _read(self._descriptor, [rest])
            if count == 0:
                _exit(0)
            rest = rest[count:]
        return buffer

    def receive(self, resolve: Callable[[wire.Ref], object]) -> Any:
        """The next request."""
        head_bytes, body_bytes = _read_lengths(bytes(self._exactly(wire.LENGTHS.size)))
        head = _read_head(bytes(self._exactly(head_bytes)), body_bytes)
        return _build(head, self._exactly(body_bytes), resolve)

    def send(self, buffers: list[memoryview]) -> None:
        """One reply."""
        for buffer in buffers:
            rest = buffer
            while rest:
                rest = rest[_write(self._descriptor, [rest]) :]


class Worker:
    """One student's process: the notebook's names, the objects that the grader refers to, and what it may ask for."""

    def __init__(self, channel: Channel, pieces: Sequence[stand_ins.Piece] | str, scratch: Scratch) -> None:
        self.channel, self.pieces, self.scratch = channel, pieces, scratch
        self.main = types.ModuleType("__main__")
        self.stand_ins: dict[str, object] = {}
        self.sources: dict[str, str] = {}
        self.objects: dict[int, object] = {}
        self.numbers: dict[int, int] = {}
        self.count = 0
        self.cell, self.is_own = "", False
        self.transformer = TransformerManager()  # type: ignore[no-untyped-call]
        self.operations: dict[str, Callable[[dict[str, Any]], object]] = {
            "start": self.start,
            "cell": self.answer_cell,
            "name": lambda request: self.name(request["of"], request["name"]),
            "names": lambda request: [name for name in vars(self.main) if not name.startswith("__")],
            "attribute": lambda request: getattr(request["of"], request["name"]),
            "call": lambda request: request["of"](*request["args"], **request["kwargs"]),
            "index": lambda request: request["of"][request["key"]],
            "length": lambda request: len(request["of"]),
            "truth": lambda request: bool(request["of"]),
            "iterate": lambda request: self.reference(iter(request["of"])),
            "next": lambda request: _next(request["of"], _END),
            "seed": lambda request: seed(request["number"]),
            "files": lambda request: self.scratch.write(request["contents"]),
        }

    # --- objects that stay here

    def reference(self, thing: object) -> wire.Ref:
        """A reference to `thing`, the same for the same object as long as the grader holds it."""
        number = self.numbers.get(id(thing))
        if number is None:
            self.count += 1
            number = self.numbers[id(thing)] = self.count
            self.objects[number] = thing
        return wire.Ref(number, type_name(thing))

    def resolve(self, ref: wire.Ref) -> object:
        """The object that the grader refers to."""
        return self.objects[ref.number]

    def forget(self, numbers: list[int]) -> None:
        """Let go of objects that the grader no longer refers to."""
        for number in numbers:
            self.numbers.pop(id(self.objects.pop(number, None)), None)

    # --- the notebook

    def start(self, request: dict[str, Any]) -> None:
        """Before any student code: an empty notebook, its files, and the stand-ins of the checks."""
        self.scratch.give(request["files"])
        sys.modules["__main__"] = self.main
        self.main.__builtins__ = builtins  # type: ignore[attr-defined]
        surroundings.welcome(vars(self.main), tuple(request["lesson"]), self.run_below)
        seed(request["seed"])
        pieces = stand_ins.pieces(self.pieces) if isinstance(self.pieces, str) else self.pieces
        self.stand_ins = stand_ins.defined(pieces)
        gc.freeze()  # what is frozen is not among gc.get_objects(), where student code would find these helpers
        gc.unfreeze = gc.freeze

    def register(self, name: str, source: str) -> None:
        """Let tracebacks and `inspect` find the lines of a cell."""
        self.sources[name] = source
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)

    def answer_cell(self, request: dict[str, Any]) -> None:
        """Run one cell; whatever it does, room for files is left afterwards."""
        self.is_own = request["own"]
        try:
            self.run_cell(request["name"], request["source"], request["seconds"], request["before"])
        finally:
            self.scratch.make_room()

    def run_cell(self, name: str, source: str, seconds: float, before: int | None) -> None:
        """Run one cell as a notebook would, magics and shell lines included, for so many seconds.

        `before`: of a cell that was stopped earlier, the line before which all is run; after it only definitions are.
        """
        self.register(name, source)
        self.cell = name
        if before is not None:
            self.run_tree(_kept(self.parsed(_TIMED_CELL.sub("", source), 0), 0, before))
            return
        try:
            with _alarm(seconds):
                self.run_below(source, 0)
        except CellStopped as stop:
            line = _line_in(name, stop)
            self.run_tree(_kept(self.parsed(_TIMED_CELL.sub("", source), 0), line, line))
            raise

    def run_below(self, source: str, lines: int) -> object:
        """Run source that stands `lines` lines below the top of the current cell; the value of a single expression."""
        tree = self.parsed(source, lines)
        if len(tree.body) == 1 and isinstance(tree.body[0], ast.Expr):
            expression = ast.Expression(tree.body[0].value)
            return eval(compile(expression, self.cell, "eval", dont_inherit=True), vars(self.main))
        self.run_tree(tree)
        return None

    def parsed(self, source: str, lines: int) -> ast.Module:
        """The statements of source that stands `lines` lines below the top of the current cell."""
        text = source.lstrip("\n")
        lines += len(source) - len(text)
        return ast.parse("\n" * lines + self.transformer.transform_cell(text), self.cell)

    def run_tree(self, tree: ast.Module) -> None:
        """Run statements of the current cell; in a cell of the student's own, also those below a failed import."""
        missing: list[ImportError] = []
        for part in _parts(tree) if self.is_own else [tree]:
            try:
                exec(compile(part, self.cell, "exec", dont_inherit=True), vars(self.main))
            except ImportError as error:
                if not isinstance(part.body[0], ast.Import | ast.ImportFrom):
                    raise
                missing.append(error)
        if missing:
            raise missing[0]

    def name(self, of: str, name: str) -> object:
        """A name of the notebook or of the stand-ins."""
        names = vars(self.main) if of == "student" else self.stand_ins
        if name not in names:
            raise _Missing(f"name '{name}' is not defined")
        return names[name]

    # --- answering

    def serve(self) -> None:
        """Answer requests until the grader closes the channel."""
        while True:
            request = self.channel.receive(self.resolve)
            self.forget(request["drop"])
            self.answer(request)

    def answer(self, request: dict[str, Any]) -> None:
        """One reply to one request, whatever student code does."""
        number = request["id"]
        try:
            value = self.operations[request["op"]](request)
            reply = {"id": number, "end": True} if value is _END else {"id": number, "value": value}
            buffers = self.encoded(reply)
        except BaseException as error:
            buffers = self.encoded({"id": number, **self.told(error, request["op"])})
        request.clear()
        flush()
        self.channel.send(buffers)

    def encoded(self, reply: dict[str, Any]) -> list[memoryview]:
        """A frame; a value too large for one stays here and is referred to."""
        try:
            return _encode(reply, self.reference)
        except wire.Unsendable:
            ref = self.reference(reply["value"])
            name = f"{ref.type} larger than {wire.BODY_BYTES >> 20} MiB, or with too much text"[: wire.TYPE_CHARACTERS]
            return _encode({**reply, "value": wire.Ref(ref.number, name)}, self.reference)

    def told(self, error: BaseException, operation: str) -> dict[str, Any]:
        """What the grader hears of an exception; a missing name or attribute is marked as such."""
        failure = _describe(error, self.sources)
        if isinstance(error, _Missing):
            return {"missing": True, "failure": {**failure, "kind": "NameError"}}
        if operation == "attribute" and isinstance(error, AttributeError):
            return {"missing": True, "failure": failure}
        return {"failure": failure}


def _kept(tree: ast.Module, after: int, before: int) -> ast.Module:
    """The statements that end after line `after`: all of them before line `before`, beyond it the definitions only."""
    kept = [
        node
        for node in tree.body
        if (node.end_lineno or 0) > after and ((node.end_lineno or 0) < before or isinstance(node, _DEFINITIONS))
    ]
    return ast.Module(kept, type_ignores=[])


def _line_in(cell: str, error: BaseException) -> int:
    """The line of the cell's own statement that an exception came from; 0 if it was none."""
    link = error.__traceback__
    while link is not None and link.tb_frame.f_code.co_filename != cell:
        link = link.tb_next
    return link.tb_lineno if link else 0


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Stop what runs inside after so many seconds, again and again until it ends."""
    _signal(SIGALRM, _stop)
    _set_timer(ITIMER_REAL, seconds, _STOP_AGAIN_SECONDS)
    try:
        yield
    finally:
        _set_timer(ITIMER_REAL, 0)


def _stop(*_: object) -> NoReturn:
    raise CellStopped("its time is up")


def _parts(tree: ast.Module) -> list[ast.Module]:
    """The statements, each import by itself; together where one changes how Python reads the others."""
    if any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body):
        return [tree]
    parts: list[list[ast.stmt]] = [[]]
    for node in tree.body:
        is_import = isinstance(node, ast.Import | ast.ImportFrom)
        parts += [[node], []] if is_import else []
        parts[-1] += [] if is_import else [node]
    return [ast.Module(part, []) for part in parts if part]


def work(channel: Channel, pieces: Sequence[stand_ins.Piece] | str, scratch: Scratch) -> None:
    """Serve until the channel or the process ends. Never returns."""
    try:
        Worker(channel, pieces, scratch).serve()
    except MemoryError:
        os.write(2, _NO_MEMORY)
    except BaseException as error:
        os.write(2, f"{type(error).__name__}\n".encode())
    _exit(1)


def type_name(thing: object) -> str:
    """The full name of the type of `thing`, with the dtype of a tensor that cannot cross."""
    kind = type(thing)
    name = (
        kind.__qualname__ if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}.{kind.__qualname__}"
    )
    dtype = f" ({str(thing.dtype).removeprefix('torch.')})" if isinstance(thing, torch.Tensor) else ""
    return (name + dtype)[: wire.TYPE_CHARACTERS]


def seed(number: int) -> None:
    """Seed torch, numpy and random."""
    _manual_seed(number)
    _numpy_seed(number % 2**32)
    _random_seed(number)


def flush() -> None:
    """Hand on what was printed, if student code has left that possible."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            continue


def kit_modules() -> tuple[str, ...]:
    """The names of the kit's modules, looked for before the fork: touching each module's name would copy its memory."""
    return tuple(name for name in sys.modules if name.split(".")[0] == "autograder")


def settle(threads: int, kit: tuple[str, ...]) -> None:
    """Just confined: take the streams, the number of threads, and let no module of the kit be found by name."""
    _fresh_streams()
    if threads != 1:
        torch.set_num_threads(threads)
    for name in kit:
        del sys.modules[name]


def _fresh_streams() -> None:
    """stdin at its end, stdout and stderr on the pipe, line by line."""
    sys.stdin = sys.__stdin__ = open(0, closefd=False)  # type: ignore[misc] # noqa: SIM115
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        stream = open(descriptor, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
