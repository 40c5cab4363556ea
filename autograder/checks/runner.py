"""Running an assignment's checks with pytest, again and again in one process.

pytest collects the check file once; each submission then runs the same items afresh. What a check holds as `student`
lives in another process: everything here is on the trusted side.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from time import monotonic
from typing import Any, Literal, Protocol, cast

import pytest
from _pytest.config import _prepareconfig
from _pytest.runner import runtestprotocol

from autograder.checks import expect
from autograder.checks.hints import Catalogue
from autograder.checks.points import is_probe
from autograder.core.errors import CourseError, SandboxError, StudentError
from autograder.core.model import Cell, Check, CheckResult, Failure, Outcome, Script

_ARGUMENTS = (
    "--noconftest",
    "--import-mode=importlib",
    "--disable-plugin-autoload",
    "--capture=no",
    "-p no:cacheprovider",
    "-p no:warnings",
    "-p no:logging",
    "-p no:faulthandler",
    "-p no:unraisableexception",
    "-p no:threadexception",
    f"-c {os.devnull}",
)


EMPTY = Script(())
GIVEN = ("student", "stand_ins", "sandbox", "seed")


class Bench(Protocol):
    """What the checks of one submission work with: a room in the sandbox, or anything that behaves like one."""

    @property
    def student(self) -> Any: ...
    @property
    def stand_ins(self) -> Any: ...
    @property
    def cell_failures(self) -> Mapping[str, Failure]: ...
    @property
    def values(self) -> Mapping[str, str]: ...
    def check(self, seconds: float) -> AbstractContextManager[object]: ...
    def fresh(self) -> None: ...


@dataclass(frozen=True)
class _Job:
    bench: Bench
    seed: int
    answers: Sequence[Cell]

    def cause(self, failure: Failure, stub: str) -> Failure:
        """Why a name is missing: because the cell that should define it failed, if it did."""
        if failure.kind != "NameError" or failure.frames:
            return failure
        cells = [cell for cell in self.answers if cell.stub == stub] or self.answers
        return next((self.bench.cell_failures[c.name] for c in cells if c.name in self.bench.cell_failures), failure)

    def no_function(self, error: BaseException) -> str | None:
        """The name that the check called and that the notebook bound to a value, such as a number, if that is why."""
        named = ((name, f"'{kind}' object is not callable") for name, kind in self.bench.values.items())
        return next((name for name, words in named if isinstance(error, TypeError) and str(error) == words), None)


class CheckRunner:
    """The checks of one assignment, ready to be run for one submission after another.

    Raises CourseError if the check file cannot be collected or a test in it has no price.
    """

    def __init__(self, check_file: Path, catalogue: Catalogue) -> None:
        self._plugin = _Plugin()
        self._catalogue = catalogue
        self._items = _collect(check_file, self._plugin)
        self.checks: tuple[Check, ...] = tuple(_check_of(item) for item in self._items)

    def run(
        self, bench: Bench, seed: int, script: Script = EMPTY, only: Container[str] | None = None
    ) -> Iterator[CheckResult]:
        """Results of all checks, in file order; those of stubs that `script` left untouched come without running.

        `only`: the names of the checks to run, where not all are wanted.
        """
        self._plugin.job = _Job(bench, seed, [cell for cell in script.cells if cell.stub])
        items = [item for item in self._items if only is None or _check_of(item).name in only]
        attempted = [item for item in items if _check_of(item).stub not in script.not_attempted]
        following = dict(zip_longest(attempted, attempted[1:]))
        for item in items:
            if item in following:
                yield self._run(item, following[item])
            else:
                yield CheckResult(_check_of(item), Outcome.NOT_ATTEMPTED, "not-attempted")

    def _run(self, item: pytest.Function, following: pytest.Function | None) -> CheckResult:
        assert self._plugin.job is not None
        check, bench, begin = _check_of(item), self._plugin.job.bench, monotonic()
        self._plugin.raised = None
        item._initrequest()
        with expect.collecting() as advice, expect.showing() as shown, _quiet(), bench.check(check.seconds):
            if check.fresh:
                bench.fresh()
            runtestprotocol(item, log=False, nextitem=following)
        outcome, hint, message = self._judge(self._plugin.raised, check.stub)
        told = tuple(one for one in advice if one.hint in self._catalogue)
        seconds = round(monotonic() - begin, 3)
        return CheckResult(check, outcome, hint, message, told, seconds, () if check.hidden else tuple(shown))

    def _judge(self, raised: BaseException | None, stub: str) -> tuple[Outcome, str | None, str]:
        match raised:
            case None:
                return Outcome.PASSED, None, ""
            case StudentError(failure=Failure(kind="NotImplementedError")) if self._is_open(raised.failure, stub):
                return Outcome.NOT_ATTEMPTED, "not-attempted", ""
            case StudentError():
                assert self._plugin.job is not None
                return Outcome.FAILED, *self._catalogue.explain(self._plugin.job.cause(raised.failure, stub), stub)
            case expect.Mismatch():
                return Outcome.FAILED, *self._catalogue.explain(raised, stub)
            case AssertionError():
                return Outcome.FAILED, None, str(raised)
            case SandboxError():
                return Outcome.ERROR, None, str(raised)
            case _:
                return self._broken(raised, stub)

    def _broken(self, raised: BaseException, stub: str) -> tuple[Outcome, str | None, str]:
        """A check that stumbled: over a name that is no function or class in this notebook, or by our own fault."""
        assert self._plugin.job is not None
        name = self._plugin.job.no_function(raised)
        if name is None:
            return Outcome.ERROR, None, f"The check itself broke: {type(raised).__name__}: {raised}"
        kind = self._plugin.job.bench.values[name]
        wanted = "the function or class that the notebook asks for"
        mismatch = expect.Mismatch(f"what `{name}` is in your notebook", f"a value of type {kind}", wanted)
        return Outcome.FAILED, *self._catalogue.explain(mismatch, stub)

    def _is_open(self, failure: Failure, stub: str) -> bool:
        """A stub's own "not yet", rather than PyTorch's, such as that of a module without `forward`."""
        return self._catalogue.translate(failure, stub) in (None, "not-attempted")


class _Plugin:
    """Gives checks their arguments, and remembers what they raised."""

    job: _Job | None = None
    raised: BaseException | None = None

    def giver(self, name: str) -> Callable[[], object]:
        """Gives what a check means by `student`, `stand_ins`, `sandbox` or `seed`."""

        def give() -> object:
            assert self.job is not None, "checks run for a submission only"
            bench, seed = self.job.bench, self.job.seed
            return {"student": bench.student, "stand_ins": bench.stand_ins, "sandbox": bench, "seed": seed}[name]

        return give

    @pytest.hookimpl
    def pytest_pycollect_makemodule(self, module_path: Path, parent: pytest.Collector) -> pytest.Module:
        module: _CheckModule = _CheckModule.from_parent(parent, path=module_path)
        module.plugin = self
        return module

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Keeps the exception; pytest's own report would lay out a traceback, at a tenth of a second and more."""
        if call.excinfo is not None and self.raised is None:
            self.raised = call.excinfo.value
        outcome: Literal["passed", "failed"] = "failed" if call.excinfo else "passed"
        when = cast(Literal["setup", "call", "teardown"], call.when)
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, when)


class _CheckModule(pytest.Module):
    """A check file: its probes, and what checks are given, become fixtures that each submission computes once."""

    plugin: _Plugin

    def _getobj(self) -> Any:
        module = super()._getobj()  # type: ignore[no-untyped-call]
        for name, value in list(vars(module).items()):
            if is_probe(value):
                setattr(module, name, pytest.fixture(scope="module", name=name)(value))
        for name in GIVEN:
            setattr(module, name, pytest.fixture(scope="module", name=name)(self.plugin.giver(name)))
        return module


@contextmanager
def _quiet() -> Iterator[None]:
    """What a check prints goes nowhere: the terminal belongs to the progress of the class."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        yield


def _collect(check_file: Path, plugin: _Plugin) -> list[pytest.Function]:
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


def _collect_errors(session: pytest.Session) -> str:
    reporter: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    failed: Sequence[Any] = reporter.stats.get("error", []) if reporter else []
    return "\n".join(str(report.longrepr) for report in failed)


def _check_of(item: pytest.Function) -> Check:
    check = getattr(item.function, "__check__", None)
    if not isinstance(check, Check):
        raise CourseError(f"{item.path}: {item.name} has no price. Write @points(1, stub=...) above it.")
    return check


def points_by_stub(checks: Sequence[Check]) -> Mapping[str, float]:
    """What each stub is worth, in the order in which the checks name them."""
    worth: dict[str, float] = {}
    for check in checks:
        worth[check.stub] = worth.get(check.stub, 0.0) + check.points
    return worth
