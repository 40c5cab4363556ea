"""A student's own notebook as checks hold it: the same promises as across the sandbox's wire, without the wire.

Values come back by value, all else as a handle, exceptions as StudentError; and afterwards nothing is disturbed.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import sys
import tempfile
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from autograder.checks.expect import failure_of, is_tensor, type_name
from autograder.core.errors import StudentError
from autograder.core.model import Failure
from autograder.core.values import SIMPLE, Record, fields, is_key

_TABLES = ("DataFrame", "Series", "Index", "MultiIndex", "RangeIndex")
_LONGEST = 120
"""Characters of a name or shape that a sentence may quote."""


class Missing(StudentError, AttributeError):  # noqa: N818 - an observation, not a fault of the kit
    """The notebook has no such name (yet)."""

    def __init__(self, name: str) -> None:
        super().__init__(Failure("NameError", f"name '{name}' is not defined"))
        self.missing = name


class MissingAttribute(StudentError, AttributeError):  # noqa: N818 - an observation, not a fault of the kit
    """An object of the notebook has no such attribute."""


MOST_ANSWERS = 64
"""How many answers are remembered."""


class Heard:
    """What student code answered to checks: `values` by name the type of plain ones, `returned` whose call gave which
    type last, `answers` all lately, each with how it was asked."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.returned = ("", "")
        self.answers: deque[tuple[str, object]] = deque(maxlen=MOST_ANSWERS)


class Handle:
    """Stands for an object of the notebook that is no plain value: can be called, indexed, iterated and asked."""

    def __init__(self, thing: object, name: str = "", heard: Heard | None = None) -> None:
        self._thing, self._name, self._heard, self._label = thing, name, heard, name

    @property
    def __student_type__(self) -> str:
        return type_name(self._thing)[:_LONGEST]

    def __call__(self, *args: object, **kwargs: object) -> Any:
        inside, named = [bare(value) for value in args], {name: bare(value) for name, value in kwargs.items()}
        thing: Any = self._thing
        answer = _asked(lambda: thing(*inside, **named))
        if self._name and self._heard:
            self._heard.returned = f"{self._name}(…)", type(answer).__name__
        if isinstance(answer, Handle) and not answer._name:
            answer._name = f"{self._name}(…)" if self._name else ""
        return self._noted("(…)", answer)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        try:
            return self._noted(f".{name}", _asked(lambda: getattr(self._thing, name)))
        except StudentError as error:
            if error.failure.kind == "AttributeError":
                raise MissingAttribute(error.failure) from error
            raise

    def __getitem__(self, index: object) -> Any:
        thing: Any = self._thing
        return self._noted("[…]", _asked(lambda: thing[bare(index)]))

    def __len__(self) -> int:
        thing: Any = self._thing
        return int(_asked(lambda: len(thing)))

    def __bool__(self) -> bool:
        return bool(_asked(lambda: bool(self._thing)))

    def __iter__(self) -> Iterator[Any]:
        thing: Any = self._thing
        steps: Any = _asked(lambda: Handle(iter(thing)))._thing
        end = object()
        while (item := _asked(lambda: next(steps, end), end)) is not end:
            yield self._noted("[…]", item)

    def _noted(self, how: str, answer: Any) -> Any:
        """The same answer, known as the student's."""
        if self._heard is not None:
            asked = f"{self._label}{how}"
            if isinstance(answer, Handle) and answer._heard is None:
                answer._label, answer._heard = asked, self._heard
            self._heard.answers.append((asked, answer))
        return answer

    def __repr__(self) -> str:
        return f"<{self.__student_type__}>"


class Names:
    """The names of a namespace as attributes. Raises Missing for one that is not there."""

    def __init__(self, namespace: Mapping[str, object]) -> None:
        self.__dict__.update(_namespace=namespace, _heard=Heard())

    def __getattr__(self, name: str) -> Any:
        if name not in self._namespace:
            raise Missing(name)
        value = shown(self._namespace[name])
        if isinstance(value, Handle):
            return Handle(value._thing, name, self._heard)
        self._heard.values[name] = type(value).__name__
        self._heard.answers.append((name, value))
        return value

    def __dir__(self) -> list[str]:
        return list(self._namespace)


class Desk:
    """What checks call `sandbox`, in a notebook: seeds, files in a folder of its own, and no other process."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def seed(self, number: int) -> None:
        """Seeds torch, numpy and random."""
        if tensors := _tensors():
            tensors.seed(number)
        np.random.seed(number % 2**32)
        random.seed(number)

    def files(self, contents: Mapping[str, bytes]) -> str:
        """Writes files into a new folder and returns its path."""
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        for name, data in contents.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        return str(folder)

    def fresh(self) -> None:
        """Nothing to do: a notebook has one process."""

    def cpu_seconds(self) -> float:
        """Processor time used so far, in seconds."""
        return time.process_time()


def heard_of(names: Names) -> Heard:
    """What checks had from a notebook."""
    known: Heard = names.__dict__["_heard"]
    return known


@contextlib.contextmanager
def desk(namespace: Mapping[str, object]) -> Iterator[Desk]:
    """A quiet place for checks: prints and warnings are swallowed, and afterwards random states, torch's settings
    and the models in `namespace` are as they were."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        warnings.catch_warnings(),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        _kept_settings(),
        tensors.kept(namespace) if (tensors := _tensors()) else contextlib.nullcontext(),
    ):
        warnings.simplefilter("ignore")
        yield Desk(folder)


def shown(value: object) -> Any:
    """`value` as a check sees it: plain values and copies of arrays and tensors, containers of them, else a handle."""
    if type(value) in SIMPLE or isinstance(value, np.generic | Handle):
        return value
    if is_tensor(value):
        return _tensors().copy(value)
    if isinstance(value, np.ndarray):
        return np.array(value)
    if _is_table(value):
        return value.copy()  # type: ignore[attr-defined]
    names = fields(value)
    if names is not None:
        items = value if isinstance(value, tuple) else [getattr(value, name) for name in names]
        return Record.of(names, map(shown, items), Handle(value))
    for kind in (list, tuple, set, frozenset):
        if isinstance(value, kind) and (kind in (list, tuple) or all(map(is_key, value))):
            return kind(map(shown, value))
    if isinstance(value, dict) and all(map(is_key, value)):
        return {key: shown(item) for key, item in value.items()}
    return Handle(value)


def _is_table(value: object) -> bool:
    """Whether this is pandas' own: it is not imported for that."""
    kind = type(value)
    return kind.__name__ in _TABLES and kind.__module__.partition(".")[0] == "pandas"


def bare(value: Any) -> Any:
    """What student code gets for an argument of a check: the object behind a handle, copies of arrays and tensors."""
    if isinstance(value, Record) and value.origin is not None:
        value = value.origin
    if isinstance(value, Handle):
        return value._thing
    if type(value) in (list, tuple):
        return type(value)(bare(item) for item in value)
    if type(value) is dict:
        return {key: bare(item) for key, item in value.items()}
    if is_tensor(value):
        return value.clone()
    return value.copy() if isinstance(value, np.ndarray) or _is_table(value) else value


def _asked(question: Callable[[], object], end: object = None) -> Any:
    """What student code answers, as a check sees it; `end` is passed through. Its exceptions become StudentError."""
    tensors = _tensors()
    recorder: Any = tensors.LastCall() if tensors else contextlib.nullcontext()
    try:
        with recorder:
            answer = question()
    except StudentError:
        raise
    except (Exception, SystemExit) as error:
        told = failure_of(error)
        call = recorder.call if tensors and recorder.error is error else None
        failure = Failure(told.kind, told.message, told.frames, told.torch_call or call)
        raise StudentError(failure) from error
    return answer if answer is end and end is not None else shown(answer)


@contextlib.contextmanager
def _kept_settings() -> Iterator[None]:
    states, folder = (np.random.get_state(), random.getstate()), Path.cwd()
    try:
        yield
    finally:
        np.random.set_state(states[0])
        random.setstate(states[1])
        os.chdir(folder)


def _tensors() -> Any:
    """The part for PyTorch, once anybody has imported that; else None, and nobody waits for it."""
    return import_module("autograder.in_notebook.tensors") if "torch" in sys.modules else None
