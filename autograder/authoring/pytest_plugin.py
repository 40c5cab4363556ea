"""pytest as authors of checks know it: `pytest assignments/NAME --student NOTEBOOK` runs a check file on one notebook.

The notebook runs in the sandbox, as when it is graded; reports are pytest's own, and say what the student would read.
Nothing happens to tests that are no checks of a course.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from autograder.checks.runner import Turn
    from autograder.core.course import Assignment

_BANKS = ("right", "wrong", "class")
_BENCH = pytest.StashKey["_Bench"]()


class _Bench:
    """The notebook that one check file is run on: opened with the first check, closed after the last one."""

    def __init__(self, assignment: Assignment, config: pytest.Config) -> None:
        from autograder.checks.hints import Catalogue

        self.assignment, self._config = assignment, config
        self.catalogue = Catalogue.parse(assignment.hints)
        self.not_attempted: frozenset[str] = frozenset()
        self._turn: Turn | None = None

    @property
    def notebook(self) -> str:
        """The path that `--student` gives; empty where it is left out."""
        return str(self._config.getoption("--student"))

    @property
    def turn(self) -> Turn:
        """What checks work with, while the notebook is open."""
        assert self._turn is not None, "no notebook is open"
        return self._turn

    def give(self, name: str) -> object:
        """What a check means by one of the names that it may ask for."""
        return self.turn.give(name)

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Keeps the notebook's sandbox open meanwhile."""
        from autograder import notebook
        from autograder.checks.runner import Turn
        from autograder.grading.submission import files_of, limits_of, release_of
        from autograder.in_notebook import setup_cell
        from autograder.sandbox import Mode, Room, Template

        book = notebook.parse(Path(self.notebook).read_bytes())
        script = notebook.restore(book, release_of(self.assignment))
        if script.unsure:
            raise pytest.UsageError(f"{self.notebook}: {script.unsure}")
        mode = self._config.getoption("--mode")
        limits, files = limits_of(self.assignment), files_of(self.assignment)
        offered = setup_cell.offered(self.assignment.pictures)
        self.not_attempted = script.not_attempted
        with (
            Template.start(limits, Mode(mode) if mode else None, files=files) as template,
            closing(Room(template, script.cells, self.assignment.stand_ins, limits, offered)) as room,
        ):
            self._turn = Turn(room, self._config.getoption("--seed"), script.cells, folder=str(self.assignment.folder))
            yield


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("autograder", "checks of a course")
    group.addoption("--student", default="", metavar="NOTEBOOK", help="run the checks of a course on this notebook")
    group.addoption(
        "--mode", default="", help="which walls to use: root, user, reduced or unconfined; default: the best"
    )
    group.addoption("--seed", type=int, default=1, help="seed of the checks' experiments; default: 1")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """True for the banks of variants, which may be called as they like: they are notebooks' cells, no tests."""
    return True if collection_path.parent.parent.name == "assignments" and collection_path.name in _BANKS else None


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """A check file of a course, whose checks get the notebook of `--student`; None for any other file."""
    folder = module_path.parent
    if folder.parent.name != "assignments" or module_path.name != f"test_{folder.name}.py":
        return None
    from autograder.checks import collection
    from autograder.core.course import Assignment

    bench = _Bench(Assignment(folder.parent.parent, folder.name), parent.config)
    module = collection.module_of(module_path, parent, bench.give)
    module.stash[_BENCH] = bench
    module.add_marker(pytest.mark.usefixtures("opened_notebook"))
    return module


@pytest.fixture(scope="module")
def opened_notebook(request: pytest.FixtureRequest) -> Iterator[None]:
    """The notebook of `--student`, open for all checks of a file."""
    bench = request.node.stash[_BENCH]
    if not bench.notebook:
        pytest.skip("a check needs a notebook to look at: pytest … --student NOTEBOOK")
    with bench.opened():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    bench = _bench_of(item)
    if bench is None:
        return (yield)
    from autograder.checks.collection import check_of

    check = check_of(item)
    if check.stub in bench.not_attempted:
        pytest.fail(f"{check.stub}: not attempted yet", pytrace=False)
    with bench.turn.check(check):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    bench = _bench_of(item)
    if bench is not None and report.failed and call.excinfo is not None and bench.notebook:
        report.sections.append(("what the student is told", _told(item, bench, call.excinfo.value)))
    return report


def _told(item: pytest.Item, bench: _Bench, raised: BaseException) -> str:
    from autograder.checks.collection import check_of
    from autograder.checks.verdict import verdict

    ended = verdict(raised, check_of(item), bench.catalogue, bench.turn.context)
    return f"{ended.outcome.value}: {ended.message}".strip()


def _bench_of(item: pytest.Item) -> _Bench | None:
    module = item.getparent(pytest.Module)
    return module.stash.get(_BENCH, None) if module is not None else None
