"""The local engine: a death costs its own task only."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from autograder.core.errors import CourseError, SandboxError
from autograder.grading.engines.local import LocalEngine
from autograder.sandbox.host import template


def double(number: int) -> int:
    return 2 * number


def own_process() -> int:
    return os.getpid()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_the_first_time(mark: str) -> str:
    path = Path(mark)
    if path.exists():
        return "graded"
    path.touch()
    os._exit(0)


def die_twice(folder: str) -> None:
    marks = Path(folder)
    if len(list(marks.iterdir())) < 2:
        (marks / str(os.getpid())).touch()
        die()


def own_cores() -> list[int]:
    return sorted(os.sched_getaffinity(0))


def break_a_rule() -> None:
    raise CourseError("assignments/x: wrong. Correct it.")


def break_by_accident() -> None:
    raise ZeroDivisionError("oh")


def sleep_for_long() -> None:
    time.sleep(60)


@pytest.fixture
def engine() -> Iterator[LocalEngine]:
    with LocalEngine(slots=1, patience=20) as engine:
        yield engine


def test_tasks_run_in_another_process_that_is_kept(engine: LocalEngine) -> None:
    first, second = engine.submit(own_process).result(), engine.submit(own_process).result()
    assert first == second != os.getpid()


def test_a_killed_process_costs_nobody_else_anything(engine: LocalEngine) -> None:
    before, poison, after = engine.submit(double, 1), engine.submit(die), engine.submit(double, 2)
    assert before.result() == 2
    assert after.result() == 4
    with pytest.raises(SandboxError, match="2 workers died"):
        poison.result()


def test_a_task_whose_process_died_is_tried_once_more(engine: LocalEngine, tmp_path: Path) -> None:
    assert engine.submit(die_the_first_time, str(tmp_path / "mark")).result() == "graded"


def test_a_process_that_is_killed_while_it_starts_is_no_task_s_fault(tmp_path: Path) -> None:
    with LocalEngine(slots=1, patience=20, first=partial(die_twice, str(tmp_path))) as engine:
        assert engine.submit(double, 1).result() == 2


def test_an_error_of_the_kit_comes_back_and_an_accident_becomes_ours(engine: LocalEngine) -> None:
    with pytest.raises(CourseError, match="Correct it"):
        engine.submit(break_a_rule).result()
    with pytest.raises(SandboxError, match="ZeroDivisionError: oh"):
        engine.submit(break_by_accident).result()


def test_a_silent_process_is_given_up() -> None:
    with LocalEngine(slots=1, patience=0.2) as engine, pytest.raises(SandboxError):
        engine.submit(sleep_for_long).result()


def test_each_slot_keeps_to_a_core_of_its_own_where_there_are_enough() -> None:
    cores = own_cores()
    with LocalEngine(len(cores)) as engine:
        found = [engine.submit(own_cores) for _ in range(4 * len(cores))]
        assert all(len(future.result(60)) == 1 for future in found)
    with LocalEngine(len(cores) + 1) as engine:
        assert engine.submit(own_cores).result(60) == cores


def test_a_task_that_cannot_be_sent_is_settled_too(engine: LocalEngine) -> None:
    with pytest.raises(SandboxError, match="The grader itself failed"):
        engine.submit(lambda: None).result(60)
    assert engine.submit(double, 4).result(60) == 8


def test_a_script_needs_no_main_guard(tmp_path: Path) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text(
        "from autograder.grading.engines.local import LocalEngine\n"
        "with LocalEngine(1) as engine:\n    print(engine.submit(abs, -1).result())\n"
    )
    ran = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=120)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "1\n", "")


def test_a_process_that_cannot_be_started_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with LocalEngine(1) as engine, pytest.raises(SandboxError):
        engine.submit(double, 4).result(60)


def what_it_was_started_with() -> str:
    return Path("/proc/self/environ").read_text()


def test_a_process_learns_of_our_environment_only_what_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANVAS_TOKEN", "a secret")
    with LocalEngine(1) as engine:
        assert engine.submit(os.getenv, "CANVAS_TOKEN").result(60) == "a secret"
        assert "a secret" not in engine.submit(what_it_was_started_with).result(60)


def test_nothing_is_left_of_a_slot_whose_warm_process_was_made_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with LocalEngine(1, first=template.start_early) as engine:
        assert engine.submit(own_process).result(60)
        assert list(tmp_path.glob("autograder-*"))
    until = time.monotonic() + 10
    while list(tmp_path.glob("autograder-*")) and time.monotonic() < until:
        time.sleep(0.05)
    assert not list(tmp_path.glob("autograder-*"))


def prepare() -> None:
    os.environ["PREPARED"] = "yes" if "CANVAS_TOKEN" not in os.environ else "too late"
    sys.modules["prepared"] = type(sys)(os.environ["PREPARED"])


def prepared() -> str:
    return sys.modules["prepared"].__name__


def test_what_is_done_first_is_done_before_anything_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANVAS_TOKEN", "a secret")
    with LocalEngine(1, first=prepare) as engine:
        assert engine.submit(prepared).result(60) == "yes"
