"""Prices of checks, and the experiments that checks share.

A check is a function with a price; its arguments are named after what it wants to hold: `student`, `stand_ins`,
`sandbox`, `seed`, and probes. A probe is an experiment on student code that runs once, however many checks ask for it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from autograder.core.model import Check

Function = TypeVar("Function", bound=Callable[..., Any])


def points(
    worth: float, *, stub: str, hidden: bool = False, seconds: float = 20.0, fresh: bool = False
) -> Callable[[Function], Function]:
    """Prices a check: `worth` points of `stub`, earned if the function returns within `seconds`.

    `hidden` keeps text and data from students; `fresh` asks for a process that no other check has touched. The first
    line of the docstring is the title that students read.
    """

    def price(function: Function) -> Function:
        check = Check(function.__name__, stub, worth, _first_line(function), hidden, seconds, fresh)
        function.__dict__["__check__"] = check
        return function

    return price


def probe(function: Function) -> Function:
    """Marks an experiment whose result, or exception, all checks of one submission share."""
    function.__dict__["__probe__"] = True
    return function


def is_probe(value: object) -> bool:
    """True for what `probe` has marked."""
    return inspect.isfunction(value) and "__probe__" in value.__dict__


def checks_of(namespace: Mapping[str, object]) -> list[Check]:
    """The priced checks of a module's namespace, in file order."""
    return [check for value in namespace.values() if isinstance(check := getattr(value, "__check__", None), Check)]


def probes_of(namespace: Mapping[str, object]) -> dict[str, Callable[..., Any]]:
    """The probes of a module's namespace by name."""
    return {name: value for name, value in namespace.items() if inspect.isfunction(value) and is_probe(value)}


class Experiments:
    """Calls checks and probes with the arguments they name; remembers what each probe gave or raised.

    `namespace`: the module that holds the probes. `given`: everything else that may be named, such as `student`.
    """

    def __init__(self, namespace: Mapping[str, object], **given: object) -> None:
        self._probes = probes_of(namespace)
        self._given = given
        self._kept: dict[str, tuple[object, BaseException | None]] = {}

    def run(self, function: Callable[..., Any]) -> Any:
        """What `function` returns. Raises what it raises, or what a probe it names has raised."""
        return function(**{name: self._argument(name) for name in inspect.signature(function).parameters})

    def _argument(self, name: str) -> object:
        if name in self._given:
            return self._given[name]
        if name not in self._kept:
            self._kept[name] = self._outcome(name)
        value, error = self._kept[name]
        if error is not None:
            raise error
        return value

    def _outcome(self, name: str) -> tuple[object, BaseException | None]:
        if name not in self._probes:
            return None, TypeError(f"A check names {name!r}, which is neither given nor a probe of its module.")
        try:
            return self.run(self._probes[name]), None
        except Exception as error:
            return None, error


def _first_line(function: Callable[..., Any]) -> str:
    return (inspect.getdoc(function) or function.__name__).splitlines()[0]
