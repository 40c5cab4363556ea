"""The Dask engine: a death costs its own task only, and workers need nothing of the course."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import distributed
import pytest
import tiny_class
from test_local import (
    break_a_rule,
    break_by_accident,
    die,
    die_the_first_time,
    die_twice,
    double,
    own_process,
    sleep_for_long,
)

from autograder.core.course import Course
from autograder.core.errors import ClusterError, CourseError, SandboxError
from autograder.grading.engines import dask
from autograder.grading.engines.dask import DaskEngine
from autograder.grading.engines.parcel import Parcel, folder_of
from autograder.grading.engines.supervision import Job
from autograder.grading.group import Class, grade_class
from autograder.intake import hand_ins


@pytest.fixture(scope="module")
def engine() -> Iterator[DaskEngine]:
    with DaskEngine.local(2) as engine:
        yield engine


def test_tasks_run_in_other_processes(engine: DaskEngine) -> None:
    assert engine.submit(own_process).result() != os.getpid()


def test_a_killed_worker_costs_nobody_else_anything(engine: DaskEngine) -> None:
    numbers = [engine.submit(double, number) for number in range(4)]
    poison = engine.submit(die)
    numbers += [engine.submit(double, number) for number in range(4, 8)]
    assert [future.result(timeout=120) for future in numbers] == list(range(0, 16, 2))
    with pytest.raises(SandboxError, match="2 workers died"):
        poison.result(timeout=120)


def test_a_task_whose_worker_died_is_tried_once_more(engine: DaskEngine, tmp_path: Path) -> None:
    assert engine.submit(die_the_first_time, str(tmp_path / "mark")).result(timeout=120) == "graded"


def test_a_worker_that_is_killed_while_it_makes_itself_ready_is_no_task_s_fault(tmp_path: Path) -> None:
    with DaskEngine.local(1) as engine:
        engine.prepare_with(die_twice)
        assert len(engine.submit(os.listdir, str(tmp_path)).result(timeout=120)) == 2


def test_a_result_that_died_with_its_worker_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "_FETCH", 1.0)
    with DaskEngine.local(1) as engine:
        [(worker, process)] = engine._client.run(os.getpid).items()
        theirs = engine._client.submit(own_process, workers=[worker])
        distributed.wait(theirs, timeout=60)
        os.kill(process, signal.SIGKILL)
        assert not dask._passed_on(dask._Run(Job(Future(), own_process, ()), theirs, worker))
    gc.collect()  # Dask's abandoned fetch tells its end when it is freed: now, not while Python parses something


def test_an_error_of_the_kit_comes_back_and_an_accident_becomes_ours(engine: DaskEngine) -> None:
    with pytest.raises(CourseError, match="Correct it"):
        engine.submit(break_a_rule).result()
    with pytest.raises(SandboxError, match="ZeroDivisionError: oh"):
        engine.submit(break_by_accident).result()


def laid_out(root: str) -> dict[str, str]:
    folder = folder_of(root)
    assert folder.stat().st_mode & 0o777 == 0o700
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_a_parcel_lies_on_every_worker_also_on_new_ones(engine: DaskEngine, tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "one.txt").write_text("1")
    files = [tmp_path / "below" / "one.txt", tmp_path / "missing.txt"]
    name = engine.deliver(tmp_path, files, {})
    assert engine.submit(laid_out, name).result() == {"below/one.txt": "1"}
    with pytest.raises(SandboxError):
        engine.submit(die).result(timeout=120)
    found = [engine.submit(laid_out, name).result(timeout=120) for _ in range(3)]
    assert found == [{"below/one.txt": "1"}] * 3


def test_a_parcel_is_named_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    first = Parcel.of(tmp_path, [tmp_path / "a"])
    os.utime(tmp_path / "a", (1, 1))
    assert Parcel.of(tmp_path, [tmp_path / "a"]).name == first.name
    (tmp_path / "a").write_text("2")
    assert Parcel.of(tmp_path, [tmp_path / "a"]).name != first.name
    with pytest.raises(SandboxError, match="did not get the course's files"):
        folder_of(first.name)


def test_a_class_is_graded_with_neither_its_files_nor_the_courses_on_the_worker(
    engine: DaskEngine, tmp_path: Path
) -> None:
    tiny_class.course(tmp_path)
    collected = hand_ins.collect(tiny_class.hand_in(tmp_path / "in", 11))
    group = Class(Course(tmp_path).assignment("tiny"), collected.submissions, tmp_path / "out", seed=3)
    points = [row.points for row in grade_class(group, engine)]
    assert points == [20, 20, 16, 19, 20, 5, 19, 20, 20, 16, None]


def test_stopping_gives_up_what_runs_and_says_so() -> None:
    engine = DaskEngine.local(1)
    sleeper = engine.submit(sleep_for_long)
    engine.submit(double, 1)
    engine.stop()
    with pytest.raises(ClusterError, match="start grading again"):
        sleeper.result()


def test_a_scheduler_that_is_not_there_is_named() -> None:
    with pytest.raises(CourseError, match="no Dask scheduler answers there"):
        DaskEngine.at("tcp://127.0.0.1:9", seconds=1)
