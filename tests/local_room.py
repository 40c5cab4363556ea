"""A room without walls: runs trusted cells in this very process, for tests of checks that need no sandbox."""

from __future__ import annotations

import random
import sys
import tempfile
import types
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch

from autograder.errors import StudentError
from autograder.model import Failure, Frame, TorchCall
from autograder.sandbox.failures import LastTorchCall, describe


class LocalRoom:
    """Has run `cells` (name → source) in order; offers what a sandboxed room offers to checks, but confines nothing."""

    def __init__(self, cells: Mapping[str, str], stand_ins: str) -> None:
        self._cells = dict(cells)
        self._folder = tempfile.TemporaryDirectory()
        self._stand_ins = types.ModuleType("stand_ins_of_a_local_room")
        sys.modules[self._stand_ins.__name__] = self._stand_ins
        exec(compile(stand_ins, "<stand_ins>", "exec", dont_inherit=True), vars(self._stand_ins))
        self.stand_ins = Names(vars(self._stand_ins), self._cells)
        self.cell_failures: dict[str, Failure] = {}
        self.fresh()

    def fresh(self) -> None:
        """Runs the cells again, in a new namespace."""
        self.namespace: dict[str, Any] = {"__name__": "__main__"}
        self.student = Names(self.namespace, self._cells)
        for name, source in self._cells.items():
            try:
                exec(compile(source, name, "exec", dont_inherit=True), self.namespace)
            except Exception as error:
                self.cell_failures[name] = failure_of(error, self._cells)

    def seed(self, number: int) -> None:
        """Seeds torch, numpy and random."""
        torch.manual_seed(number)
        np.random.seed(number % 2**32)
        random.seed(number)

    def files(self, contents: Mapping[str, bytes]) -> str:
        """Writes files into a new folder; its path."""
        root = Path(tempfile.mkdtemp(dir=self._folder.name))
        for name, data in contents.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
        return str(root)

    @contextmanager
    def check(self, seconds: float) -> Iterator[None]:
        """No deadline here: only trusted code runs."""
        yield

    def close(self) -> None:
        """Removes the files."""
        self._folder.cleanup()


class Names:
    """Names of a namespace; what can be called raises StudentError instead of its own exceptions."""

    def __init__(self, namespace: Mapping[str, Any], cells: Mapping[str, str]) -> None:
        self._namespace, self._cells = namespace, cells

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in self._namespace:
            raise MissingName(Failure("NameError", f"name {name!r} is not defined"))
        value = self._namespace[name]
        return Guarded(value, self._cells) if callable(value) else value


class MissingName(StudentError, AttributeError):  # noqa: N818 - the sandbox calls it so
    """A name that no cell has defined."""


class Guarded:
    """A function or class of the notebook or of the stand-ins, called as across the wire."""

    def __init__(self, inner: Any, cells: Mapping[str, str]) -> None:
        self._inner, self._cells = inner, cells

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        plain = [unwrapped(value) for value in arguments]
        try:
            with LastTorchCall():
                return across(self._inner(*plain, **{key: unwrapped(value) for key, value in named.items()}))
        except StudentError:
            raise
        except Exception as error:
            raise StudentError(failure_of(error, self._cells)) from error


def unwrapped(value: Any) -> Any:
    """What a guarded function guards; anything else as it is."""
    return value._inner if isinstance(value, Guarded) else value


def across(value: Any) -> Any:
    """Tensors as they come out of a sandbox: plain, detached copies; containers rebuilt; the rest as it is."""
    if isinstance(value, torch.Tensor):
        return value.detach().as_subclass(torch.Tensor).clone()
    if type(value) in (list, tuple):
        return type(value)(across(one) for one in value)
    if type(value) is dict:
        return {key: across(one) for key, one in value.items()}
    return value


def failure_of(error: Exception, cells: Mapping[str, str]) -> Failure:
    """What would be told of `error` in a sandbox."""
    told = describe(error, dict(cells))
    call = told["torch_call"]
    return Failure(
        told["kind"],
        told["message"],
        tuple(Frame(*frame) for frame in told["frames"]),
        TorchCall(call[0], tuple(call[1])) if call else None,
    )
