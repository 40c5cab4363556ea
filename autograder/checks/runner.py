"""Running an assignment's checks with pytest, again and again in one process.

pytest collects the check file once; each submission then runs the same items afresh. What a check holds as `student`
lives in another process: everything here is on the trusted side.
"""

from __future__ import annotations

import io
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, Literal, Protocol, cast

import pytest

from autograder.checks import collection, expect
from autograder.checks.collection import FOLDERS, check_of
from autograder.checks.hints import Catalogue
from autograder.checks.names import bound
from autograder.checks.python_first import Texts
from autograder.checks.stumbles import Answer
from autograder.checks.verdict import OPEN, Context, verdict
from autograder.core.model import Cell, Check, CheckResult, Failure, Outcome, Role, Script

EMPTY = Script(())


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
    @property
    def returned(self) -> tuple[str, str]: ...
    @property
    def answers(self) -> Iterable[Answer]: ...
    def check(self, seconds: float) -> AbstractContextManager[object]: ...
    def fresh(self) -> None: ...


@dataclass(frozen=True)
class Turn:
    """One submission while its checks run: what they work with, the seed, the cells that were run, how the task calls
    each function, and the folder of the check file."""

    bench: Bench
    seed: int
    cells: Sequence[Cell] = ()
    signatures: Mapping[str, str] = field(default_factory=dict)
    folder: str = ""

    @property
    def answers(self) -> list[Cell]:
        """The cells that answer stubs."""
        return [cell for cell in self.cells if cell.stub]

    def give(self, name: str) -> object:
        """What a check means by `student`, `stand_ins`, `sandbox`, `seed`, or a folder beside the check file."""
        bench = self.bench
        if name in FOLDERS:
            return Path(self.folder, name)
        return {"student": bench.student, "stand_ins": bench.stand_ins, "sandbox": bench, "seed": self.seed}[name]

    @contextmanager
    def check(self, check: Check) -> Iterator[None]:
        """The time and the process that one check gets."""
        with self.bench.check(check.seconds):
            if check.fresh:
                self.bench.fresh()
            yield

    @property
    def context(self) -> Context:
        """What the judge needs to know of the notebook; of cells that answer one stub the last that failed counts."""
        failures = self.bench.cell_failures
        failed = {cell.stub: failures[cell.name] for cell in self.answers if cell.stub and cell.name in failures}
        answered = {cell.stub for cell in self.answers if cell.stub}
        return Context(
            failed,
            answered,
            self.bench.values,
            self.bench.returned,
            self._defined,
            texts=self._texts(failures),
            given=self.bench.answers,
            folder=self.folder,
        )

    def _texts(self, failures: Mapping[str, Failure]) -> Texts:
        """The cells as they read; the parts of a cell that was split stand below each other."""
        answers: dict[str, str] = {}
        for cell in self.answers:
            answers[str(cell.stub)] = "\n".join([*filter(None, [answers.get(str(cell.stub))]), cell.source])
        given = "\n".join(cell.source for cell in self.cells if cell.role is Role.GIVEN)
        failed = [(cell.source, failures[cell.name]) for cell in self.cells if cell.name in failures]
        return Texts(answers, self.signatures, given, failed)

    def _defined(self) -> Iterator[str]:
        """The names that the cells define, read from their text."""
        for cell in self.cells:
            yield from bound(cell.source)


class CheckRunner:
    """The checks of one assignment, ready to be run for one submission after another.

    `signatures` says by name how the task calls what students write. Raises CourseError if the check file cannot be
    collected or a test in it has no price.
    """

    def __init__(self, check_file: Path, catalogue: Catalogue, signatures: Mapping[str, str] | None = None) -> None:
        self._plugin = _Plugin()
        self._catalogue, self._signatures, self._folder = catalogue, signatures or {}, str(check_file.parent)
        self._items = collection.collect(check_file, self._plugin)
        self.checks: tuple[Check, ...] = tuple(check_of(item) for item in self._items)

    def run(
        self, bench: Bench, seed: int, script: Script = EMPTY, only: Container[str] | None = None
    ) -> list[CheckResult]:
        """Results of all checks, in file order; those of stubs that `script` left untouched come without running.

        Public checks run first, and hidden ones in a new process: what a public check tells its student comes from a
        process that has seen nothing hidden. `only`: the names of the checks to run, where not all are wanted.
        """
        self._plugin.turn = Turn(bench, seed, script.cells, self._signatures, self._folder)
        items = [item for item in self._items if only is None or check_of(item).name in only]
        attempted = [item for item in items if check_of(item).stub not in script.not_attempted]
        turns = sorted(attempted, key=lambda item: check_of(item).hidden)
        results = dict(zip(turns, map(self._run, turns, [None, *turns[:-1]], [*turns[1:], None]), strict=True))
        return [results.get(item, CheckResult(check_of(item), Outcome.NOT_ATTEMPTED, OPEN)) for item in items]

    def _run(
        self, item: pytest.Function, before: pytest.Function | None, following: pytest.Function | None
    ) -> CheckResult:
        assert self._plugin.turn is not None
        check, turn, begin = check_of(item), self._plugin.turn, monotonic()
        if check.hidden and before is not None and not check_of(before).hidden:
            turn.bench.fresh()
        self._plugin.raised = None
        with expect.collecting() as advice, expect.showing() as shown, _quiet(), turn.check(check):
            collection.run(item, following)
        ended = verdict(self._plugin.raised, check, self._catalogue, turn.context)
        told = tuple(one for one in advice if one.hint in self._catalogue)
        seconds = round(monotonic() - begin, 3)
        exhibits = tuple(one for one in shown if one.best or not check.hidden)
        remedy = ended.told.text if ended.told else ""
        return CheckResult(
            check, ended.outcome, ended.hint, ended.message, told, seconds, exhibits, remedy, ended.number, ended.place
        )


class _Plugin:
    """Gives checks their arguments, and remembers what they raised."""

    turn: Turn | None = None
    raised: BaseException | None = None

    def _give(self, name: str) -> object:
        assert self.turn is not None, "checks run for a submission only"
        return self.turn.give(name)

    @pytest.hookimpl
    def pytest_pycollect_makemodule(self, module_path: Path, parent: pytest.Collector) -> pytest.Module:
        return collection.module_of(module_path, parent, self._give)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Keeps the exception; pytest's own report would lay out a traceback, at a tenth of a second and more."""
        if call.excinfo is not None and self.raised is None:
            self.raised = call.excinfo.value
        outcome: Literal["passed", "failed"] = "failed" if call.excinfo else "passed"
        when = cast(Literal["setup", "call", "teardown"], call.when)
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, when)


@contextmanager
def _quiet() -> Iterator[None]:
    """What a check prints goes nowhere: the terminal belongs to the progress of the class."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        yield


def points_by_stub(checks: Sequence[Check]) -> Mapping[str, float]:
    """What each stub is worth, in the order in which the checks name them."""
    worth: dict[str, float] = {}
    for check in checks:
        worth[check.stub] = worth.get(check.stub, 0.0) + check.points
    return worth
