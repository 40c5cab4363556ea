"""The digits' own checks, public and hidden, for a grader that runs them in the student's kernel as plain asserts.

The same functions that judge in the sandbox; probes are run once for all checks, as there.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.checks.points import Experiments, checks_of
from autograder.in_notebook.namespace import Names, desk

ASSIGNMENT = Path(os.environ["BENCHMARK_ASSIGNMENT"])
SEED = 7


@cache
def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ASSIGNMENT / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_experiments: dict[int, Experiments] = {}


def check(name: str, namespace: Mapping[str, Any]) -> None:
    """Runs one check on a notebook's names. Raises what it raises."""
    checks = _module("test_digits")
    with desk(namespace) as sandbox:
        if id(namespace) not in _experiments:
            given = {"student": Names(namespace), "stand_ins": Names(vars(_module("stand_ins")))}
            _experiments[id(namespace)] = Experiments(vars(checks), **given, sandbox=_Desk(sandbox), seed=SEED)
        _current[0] = sandbox
        _experiments[id(namespace)].run(getattr(checks, name))


_current: list[Any] = [None]


class _Desk:
    """The desk of the check that is running: each has a folder of its own, while what probes gave is kept."""

    def __init__(self, first: Any) -> None:
        _current[0] = first

    def __getattr__(self, name: str) -> Any:
        return getattr(_current[0], name)


def judge(stub: str, namespace: Mapping[str, Any]) -> float:
    """The points of the stub's checks that pass, which nbgrader takes as partial credit."""
    earned = 0.0
    for one in checks_of(vars(_module("test_digits"))):
        if one.stub == stub:
            try:
                check(one.name, namespace)
            except Exception as error:
                print(f"{one.name}: {type(error).__name__}: {str(error)[:200]}")
            else:
                earned += one.points
    return earned
