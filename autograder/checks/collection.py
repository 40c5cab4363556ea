"""A check file as pytest collects it. The one place that uses names which pytest calls private."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from _pytest.config import _prepareconfig
from _pytest.runner import runtestprotocol

from autograder.checks.points import is_probe
from autograder.core.errors import CourseError
from autograder.core.model import Check

_ARGUMENTS = (
    "--noconftest",
    "--import-mode=importlib",
    "--disable-plugin-autoload",
    "--capture=no",
    "--assert=plain",
    "-p no:cacheprovider",
    "-p no:warnings",
    "-p no:logging",
    "-p no:faulthandler",
    "-p no:unraisableexception",
    "-p no:threadexception",
    f"-c {os.devnull}",
)
GIVEN = ("student", "stand_ins", "sandbox", "seed")
"""What a check may ask for by an argument of this name, besides probes."""

FOLDERS = ("files", "private")
"""Folders beside the check file that it may ask for likewise, unless it uses the name for something else."""

Give = Callable[[str], object]
"""What a check means by one of the names in `GIVEN`, for the submission that is judged now."""


class CheckModule(pytest.Module):
    """A check file: its probes, and what checks are given, become fixtures that each submission computes once."""

    give: Give

    def _getobj(self) -> Any:
        module = super()._getobj()  # type: ignore[no-untyped-call]
        for name, value in list(vars(module).items()):
            if is_probe(value):
                setattr(module, name, pytest.fixture(scope="module", name=name)(value))
        for name in (*GIVEN, *(folder for folder in FOLDERS if folder not in vars(module))):
            setattr(module, name, pytest.fixture(scope="module", name=name)(_giver(self.give, name)))
        return module


def _giver(give: Give, name: str) -> Callable[[], object]:
    return lambda: give(name)


def module_of(path: Path, parent: pytest.Collector, give: Give) -> CheckModule:
    """The check file at `path`, whose checks get what `give` answers."""
    module: CheckModule = CheckModule.from_parent(parent, path=path)
    module.give = give
    return module


def check_of(item: pytest.Item) -> Check:
    """The price of a collected test. Raises CourseError if it has none."""
    check = getattr(getattr(item, "function", None), "__check__", None)
    if not isinstance(check, Check):
        raise CourseError(f"{item.path}: {item.name} has no price. Write @points(1, stub=...) above it.")
    return check


def import_beside(folder: Path) -> None:
    """Lets a check file import the modules that lie beside it, and no longer those beside an earlier one."""
    for earlier in [Path(entry) for entry in sys.path if entry in _beside]:
        sys.path.remove(str(earlier))
        for path in earlier.glob("*.py"):
            if getattr(sys.modules.get(path.stem), "__file__", None) == str(path):
                del sys.modules[path.stem]
    _beside.add(str(folder))
    sys.path.insert(0, str(folder))


_beside: set[str] = set()


def collect(check_file: Path, plugin: object) -> list[pytest.Function]:
    """The tests of a check file in file order, collected once for all. Raises CourseError where pytest cannot."""
    import_beside(check_file.parent)
    sys.modules.pop(check_file.stem, None)  # pytest would take another course's file of this name for this one
    report = io.StringIO()
    arguments = [word for argument in _ARGUMENTS for word in argument.split(" ", 1)]
    with redirect_stdout(report), redirect_stderr(report):
        config = _prepareconfig([*arguments, f"--rootdir={check_file.parent}", str(check_file)], [plugin])
        config._do_configure()
        session = pytest.Session.from_config(config)
        config.hook.pytest_sessionstart(session=session)
        try:
            items = session.perform_collect()
        except pytest.UsageError as error:
            raise CourseError(f"{check_file}: pytest cannot collect the checks: {error} {report.getvalue()}") from error
    if session.testsfailed:
        raise CourseError(f"{check_file}: pytest cannot collect the checks:\n{_collect_errors(session)}")
    return [item for item in items if isinstance(item, pytest.Function)]


def run(item: pytest.Function, following: pytest.Function | None) -> None:
    """Runs a collected test afresh; fixtures that `following` needs too are kept for it."""
    item._initrequest()
    runtestprotocol(item, log=False, nextitem=following)


def _collect_errors(session: pytest.Session) -> str:
    reporter: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    failed: Sequence[Any] = reporter.stats.get("error", []) if reporter else []
    return "\n".join(str(report.longrepr) for report in failed)
