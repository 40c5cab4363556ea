"""How much the tests notice: small faults put into the pure rooms one at a time, each tried by the tests that reach it.

    python tests/support/mutants.py reach reach.json            which fast test runs which lines (some ten minutes)
    python tests/support/mutants.py try reach.json --count 300  a row for each fault that survives, and the rate

Works on a copy of the checkout in a temporary folder. Tests that fail whenever a file's text changes (a release that
must be built anew) tell nothing of its meaning: they are found first, by a change that means nothing, and left out.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from places import ROOT

ROOMS = ("core", "notebook", "checks", "intake", "sandbox/wire.py", "sandbox/walls/seccomp.py")
"""Where faults are put: what computes, and needs no process to be tried."""

SLOW, NEEDED = {"sandbox", "bank", "browser"}, "test_seccomp.py"
"""The tiers that are left out, and the file of the one that is not: a filter is tried by processes of its own only."""

LONGEST = 600
"""Seconds for the tests of one fault, or for all; who needs longer hangs, which is noticed too."""

INERT = "\n_INERT = 0\n"
WARM = ("torch", "torchvision", "numpy", "nbformat", "hypothesis", "nbgrader.api", "matplotlib", "pandas", "IPython")

OTHER: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


@dataclass(frozen=True)
class Fault:
    """The node number `place` of `path` (in the order of `ast.walk`), made another by the way called `kind`."""

    path: str
    line: int
    kind: str
    place: int


def another_comparison(node: ast.AST) -> ast.AST | None:
    """`==` for `!=`, `<` for `<=`, `in` for `not in` and so on, in the first of a chain."""
    if not isinstance(node, ast.Compare):
        return None
    node.ops[0] = OTHER[type(node.ops[0])]()
    return node


def and_for_or(node: ast.AST) -> ast.AST | None:
    """`and` for `or`, `or` for `and`."""
    if not isinstance(node, ast.BoolOp):
        return None
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    return node


def without_not(node: ast.AST) -> ast.AST | None:
    """`x` for `not x`."""
    return node.operand if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) else None


def returns_nothing(node: ast.AST) -> ast.AST | None:
    """`return None` for `return x`."""
    if not isinstance(node, ast.Return) or node.value is None or _is_none(node.value):
        return None
    return ast.Return(ast.Constant(None))


def dropped(node: ast.AST) -> ast.AST | None:
    """`pass` for a call or an assignment that stands alone."""
    alone = isinstance(node, ast.Assign | ast.AugAssign) or (
        isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant | ast.Yield | ast.YieldFrom)
    )
    return ast.Pass() if alone else None


KINDS: dict[str, Callable[[ast.AST], ast.AST | None]] = {
    kind.__name__: kind for kind in (another_comparison, and_for_or, without_not, returns_nothing, dropped)
}


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


class _Into(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def files() -> list[Path]:
    """The files of the rooms."""
    return [
        file for room in ROOMS for path in [ROOT / "autograder" / room] for file in sorted(path.glob("*.py")) or [path]
    ]


def faults_of(file: Path) -> Iterator[Fault]:
    """Every fault that can be put into a function of the file."""
    tree = ast.parse(file.read_text())
    inside = {id(node) for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) for node in ast.walk(one)}
    for place, node in enumerate(ast.walk(tree)):
        if id(node) in inside:
            for kind, change in KINDS.items():
                if change(copy.deepcopy(node)) is not None:
                    yield Fault(str(file.relative_to(ROOT)), getattr(node, "lineno", 0), kind, place)


def with_fault(source: str, fault: Fault) -> str:
    """The file's text with the fault in it."""
    tree = ast.parse(source)
    node = list(ast.walk(tree))[fault.place]
    changed = KINDS[fault.kind](copy.deepcopy(node))
    assert changed is not None
    return ast.unparse(ast.fix_missing_locations(_Into(node, changed).visit(tree)))


# --- which tests reach a line ----------------------------------------------------------------------------------------


class _Notes:
    """A pytest plugin: which lines each test runs, how long it takes, and which fail."""

    def __init__(self, watched: bool) -> None:
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()
        self.coverage = None
        if watched:
            from coverage import Coverage

            self.coverage = Coverage(data_file=None, include=[str(file) for file in files()])
            self.coverage.start()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [
            one for one in items if one.path.name == NEEDED or not SLOW & {mark.name for mark in one.iter_markers()}
        ]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        if self.coverage:
            self.coverage.switch_context(item.nodeid)
        result = yield
        if self.coverage:
            self.coverage.switch_context("between")
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration
        if report.failed:
            self.failed.add(report.nodeid)

    def lines(self) -> dict[str, dict[int, list[str]]]:
        """By file and line: the tests that run it."""
        assert self.coverage
        self.coverage.stop()
        data = self.coverage.get_data()
        return {str(Path(file).relative_to(ROOT)): data.contexts_by_lineno(file) for file in data.measured_files()}


def pytest_run(arguments: list[str], notes: _Notes) -> None:
    """Runs tests of the folder that is the current one."""
    warm = "ignore::pytest.PytestAssertRewriteWarning"  # what is imported before cannot be rewritten
    pytest.main(["-q", "-p", "no:xdist", "-W", warm, *arguments], plugins=[notes])


def reach(store: Path) -> None:
    """Writes which test runs which lines, how long each takes, and which fail as it is."""
    sys.path.insert(0, str(ROOT))
    notes = _Notes(watched=True)
    pytest_run([], notes)
    store.write_text(json.dumps({"lines": notes.lines(), "seconds": notes.seconds, "broken": sorted(notes.failed)}))
    print(f"{len(notes.seconds)} tests, {len(notes.failed)} of them fail as it is")


# --- trying ----------------------------------------------------------------------------------------------------------


def in_child(folder: Path, arguments: list[str]) -> set[str] | None:
    """The tests that failed in a process of its own on the copy in `folder`; None if it hangs or dies."""
    answers = folder / "answers.json"
    answers.unlink(missing_ok=True)
    child = os.fork()
    if not child:
        try:
            _try_here(folder, arguments, answers)
        finally:
            os._exit(0)  # whatever happens: the folder is the parent's to remove
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        if os.waitpid(child, os.WNOHANG)[0]:
            break
        time.sleep(0.05)
    else:
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if not answers.exists():
        return None
    answer = json.loads(answers.read_text())
    return set(answer["failed"]) if answer["tried"] else None


def _try_here(folder: Path, arguments: list[str], answers: Path) -> None:
    """Runs tests on the copy in `folder`, and writes which failed."""
    os.setsid()
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.chdir(folder)
    sys.path[:] = [str(folder), *(one for one in sys.path if not _of_checkout(Path(one or ".").absolute()))]
    for name in [name for name in sys.modules if name.split(".")[0] in ("autograder", "places", "turns")]:
        del sys.modules[name]
    notes = _Notes(watched=False)
    pytest_run(arguments, notes)
    answers.write_text(json.dumps({"failed": sorted(notes.failed), "tried": len(notes.seconds)}))


def _of_checkout(path: Path) -> bool:
    return path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / ".venv")


def copied(folder: Path) -> Path:
    """A copy of the checkout, without what is installed beside it."""
    target = folder / "kit"
    shutil.copytree(ROOT, target, symlinks=True, ignore=shutil.ignore_patterns(".venv", "__pycache__", "*.db"))
    (target / ".venv").symlink_to(ROOT / ".venv")
    return target


def try_faults(store: Path, count: int, seed: int, part: tuple[int, int]) -> None:
    """Puts faults in, one at a time, and prints those that no test notices."""
    known = json.loads(store.read_text())
    dice = random.Random(seed)
    sites = dice.sample([fault for file in files() for fault in faults_of(file)], count)[part[0] :: part[1]]
    for name in WARM:
        importlib.import_module(name)
    with tempfile.TemporaryDirectory() as temporary:
        folder = copied(Path(temporary))
        readers = readers_of_text(folder)
        print(f"{len(readers)} tests look at the text alone and are left out", flush=True)
        found: dict[str, int] = defaultdict(int)
        for fault in sites:
            ending = tried(folder, fault, known, readers | set(known["broken"]))
            found[ending] += 1
            if ending != "noticed":
                print(f"{ending}: {fault.path}:{fault.line} {fault.kind} (node {fault.place})", flush=True)
        print(f"{dict(found)} of {len(sites)}")


def readers_of_text(folder: Path) -> set[str]:
    """The tests that fail after a change which means nothing."""
    before = {file: file.read_text() for file in (folder / file.relative_to(ROOT) for file in files())}
    for file, text in before.items():
        file.write_text(text + INERT)
    failed = in_child(folder, [])
    for file, text in before.items():
        file.write_text(text)
    if failed is None:
        raise SystemExit("the tests did not end on an unchanged copy")
    return failed


def tried(folder: Path, fault: Fault, known: dict[str, dict[str, dict[str, list[str]]]], without: set[str]) -> str:
    """How one fault ends: noticed, survived, or not reached by any test."""
    tests = set(known["lines"].get(fault.path, {}).get(str(fault.line), [])) - {"", "between"}
    if fault.path.endswith("seccomp.py"):
        tests |= {name for name in known["seconds"] if NEEDED in name}
    seconds: dict[str, float] = known["seconds"]  # type: ignore[assignment]
    order = sorted(tests - without, key=lambda name: seconds.get(name, 0.0))
    if not order:
        return "not reached"
    file = folder / fault.path
    before = file.read_text()
    file.write_text(with_fault(before, fault))
    try:
        failed = in_child(folder, ["-x", *order])
    finally:
        file.write_text(before)
    return "survived" if failed == set() else "noticed"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("what", choices=["reach", "try"])
    parser.add_argument("store", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--part", default="0/1", help="K/N: the K-th of N parts, to share the work")
    chosen = parser.parse_args()
    if chosen.what == "reach":
        reach(chosen.store)
    else:
        which, of = map(int, chosen.part.split("/"))
        try_faults(chosen.store, chosen.count, chosen.seed, (which, of))


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main()
