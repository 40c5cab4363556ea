"""Tiers: what a test needs decides how long it takes, so each has the marker of its folder or file below.

A test without a marker is fast and may start no process: one that does fails, and is told where to say so.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from pathlib import Path

import pytest
import turns

HERE = Path(__file__).resolve().parent
FAST = ""
TIERS = {
    "assignments": "bank",
    "assignments/test_convolution_text.py": FAST,
    "assignments/test_digits_pictures.py": FAST,
    "assignments/test_digits_text.py": FAST,
    "assignments/test_gradient_descent_pictures.py": FAST,
    "assignments/test_texts.py": FAST,
    "authoring/test_files.py": "sandbox",
    "authoring/test_odd_returns.py": "sandbox",
    "authoring/test_pytest_plugin.py": "sandbox",
    "authoring/test_release.py": "sandbox",
    "checks/test_verdict.py": "sandbox",
    "commands/test_class_of_many.py": "sandbox",
    "commands/test_cli.py": "sandbox",
    "commands/test_mark.py": "sandbox",
    "commands/test_stopping.py": "sandbox",
    "grading/engines": "sandbox",
    "grading/test_chaos.py": "sandbox",
    "grading/test_group.py": "sandbox",
    "in_notebook/test_notebook_in_plain_kernel.py": "sandbox",
    "in_notebook/test_validate.py": "sandbox",
    "results/test_exchange.py": "sandbox",
    "results/test_formgrader.py": "sandbox",
    "results/test_moves.py": "sandbox",
    "results/test_postgresql.py": "sandbox",
    "sandbox": "sandbox",
    "sandbox/test_wire.py": FAST,
}
"""Tier by folder or file, the longest path that fits; a single test may have a marker of its own."""
HEAVIEST_FIRST = ("bank", "sandbox", "browser", FAST)
"""The order in which the tiers begin: what takes minutes must not begin when all else is done."""
STARTS = frozenset({"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.system"})
AT_FIRST_USE = ("fc-list", "ldconfig")
"""What matplotlib and PyTorch start once, whoever happens to use them first: to look for fonts and for libraries."""

_started: list[str] = []
"""What the running test has started, its fixtures included."""


def tier(item: pytest.Item) -> str:
    """The name of a test's marker; FAST for one without."""
    place = item.path.relative_to(HERE)
    own = [mark.name for mark in item.iter_markers() if mark.name in HEAVIEST_FIRST]
    of_place = [TIERS[str(path)] for path in (place, *place.parents) if str(path) in TIERS]
    return [*own, *of_place, FAST][0]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if marker := tier(item):
            item.add_marker(marker)
    items.sort(key=lambda item: HEAVIEST_FIRST.index(tier(item)))


def pytest_report_header() -> str:
    return f"of the banks: the tenth of commit {turns.CHECKED_OUT[:8]}, or all with {turns.VARIABLE}=whole"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    _started.clear()
    yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    yield
    if _started and tier(item) == FAST:
        pytest.fail(f"A fast test starts no process, this one did: {_started[0]}. Name its tier in tests/conftest.py.")


def _note(event: str, details: tuple[object, ...]) -> None:
    if event in STARTS and not any(one in str(details) for one in AT_FIRST_USE):
        _started.append(f"{event} {details}")


sys.addaudithook(_note)
