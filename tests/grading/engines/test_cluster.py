"""A cluster whose scheduler and workers are processes of their own: what goes wrong there is said, and marks nobody."""

from __future__ import annotations

import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pytest
import tiny_class
from test_local import double, sleep_for_long

from autograder.core import kit
from autograder.core.course import Course
from autograder.core.errors import ClusterError, CourseError
from autograder.grading.engines.dask import DaskEngine
from autograder.grading.group import Class, grade_class
from autograder.intake import hand_ins

TESTS = Path(__file__).resolve().parents[2]
CHECKOUT = kit.PACKAGE.parent


@dataclass(frozen=True)
class Cluster:
    """A scheduler, and a folder in which its workers keep what they get."""

    scheduler: subprocess.Popen[bytes]
    address: str
    folder: Path

    @contextmanager
    def worker(self, package: Path = CHECKOUT) -> Iterator[subprocess.Popen[bytes]]:
        """A worker with the kit that lies in `package`."""
        words = [self.address, "--nthreads", "1", "--memory-limit", "0", "--no-nanny", "--no-dashboard"]
        with started("worker", *words, "--local-directory", str(self.folder), path=package) as process:
            yield process

    def laid_out(self) -> list[str]:
        """The names of all course files that lie with workers."""
        return sorted({path.name for path in self.folder.rglob("parcel-*/**/*") if path.is_file()})


def paths(package: Path = CHECKOUT) -> dict[str, str]:
    """The environment of a process that has the kit of `package`, and the functions that tests hand to engines."""
    places = [str(each) for each in (package, TESTS, TESTS / "support", TESTS / "grading" / "engines")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(
    *words: str, path: Path = CHECKOUT, given: Mapping[str, str] = MappingProxyType({})
) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]]
    environment = {**paths(path), **given}
    process = subprocess.Popen(command, cwd=path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    port = free_port()
    words = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    (tmp_path / "workers").mkdir()
    with started("scheduler", *words) as scheduler:
        yield Cluster(scheduler, f"tcp://127.0.0.1:{port}", tmp_path / "workers")


@pytest.fixture
def other_kit(tmp_path: Path) -> Path:
    """A copy of the kit in which one line is another."""
    place = tmp_path / "other"
    shutil.copytree(kit.PACKAGE, place / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    with (place / "autograder" / "checks" / "points.py").open("a") as module:
        module.write("\nOTHER = True\n")
    return place


def until(held: Callable[[], object], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not held():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_worker_with_another_kit_gets_no_task_and_is_named(
    cluster: Cluster, other_kit: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with cluster.worker(), cluster.worker(other_kit), DaskEngine.at(cluster.address) as engine:
        until(lambda: len(engine._client.nthreads()) == 2)
        with caplog.at_level(logging.WARNING, "autograder"):
            numbers = [engine.submit(double, number) for number in range(20)]
            assert [future.result(timeout=60) for future in numbers] == list(range(0, 40, 2))
            until(lambda: caplog.messages)
    [said] = caplog.messages
    assert "is left out: it has the kit" in said
    assert "Install there what is installed here" in said


def test_a_cluster_whose_workers_are_all_unfit_ends_with_a_sentence(cluster: Cluster, other_kit: Path) -> None:
    with cluster.worker(other_kit), DaskEngine.at(cluster.address) as engine:
        waiting = engine.submit(double, 1)
        with pytest.raises(ClusterError, match="None of the cluster's workers may judge here"):
            waiting.result(timeout=60)


def test_a_lost_scheduler_settles_all_at_once_also_what_comes_later(cluster: Cluster) -> None:
    with cluster.worker():
        engine = DaskEngine.at(cluster.address)
        assert engine.submit(double, 1).result(timeout=60) == 2
        waiting = [engine.submit(sleep_for_long), *(engine.submit(double, number) for number in range(100))]
        time.sleep(0.5)
        cluster.scheduler.send_signal(signal.SIGKILL)
        for future in waiting:
            with pytest.raises(ClusterError, match=r"scheduler is lost.*nothing was handed over"):
                future.result(timeout=60)
        with pytest.raises(ClusterError, match="scheduler is lost"):
            engine.submit(double, 1).result(timeout=60)
        engine.shutdown()


def test_a_class_whose_scheduler_dies_is_not_marked_and_goes_on_afterwards(cluster: Cluster, tmp_path: Path) -> None:
    tiny_class.course(tmp_path)
    collected = hand_ins.collect(tiny_class.hand_in(tmp_path / "in", 80))
    group = Class(Course(tmp_path).assignment("tiny"), collected.submissions, tmp_path / "out", seed=3)
    rows: list[object] = []

    def killed_after_three(row: object) -> None:
        rows.append(row)
        if len(rows) == 3:
            cluster.scheduler.send_signal(signal.SIGKILL)

    with cluster.worker():
        engine = DaskEngine.at(cluster.address)
        with pytest.raises(ClusterError, match="start grading again"):
            grade_class(group, engine, done=killed_after_three)
        engine.stop()
    assert 3 <= len(rows) < 80
    with DaskEngine.local(1) as again:
        assert len(grade_class(group, again)) == 80


def test_nothing_of_a_course_stays_with_workers(cluster: Cluster, tmp_path: Path) -> None:
    (tmp_path / "checks.py").write_text("hidden")
    with ExitStack() as stack:
        stack.enter_context(cluster.worker())
        engine = DaskEngine.at(cluster.address)
        engine.deliver(tmp_path, [tmp_path / "checks.py"], {})
        assert engine.submit(double, 1).result(timeout=60) == 2
        assert cluster.laid_out() == ["checks.py"]
        engine.shutdown()
        until(lambda: cluster.laid_out() == [])
        stack.enter_context(cluster.worker())
        with DaskEngine.at(cluster.address) as later:
            until(lambda: len(later._client.nthreads()) == 2)
            assert [later.submit(double, n).result(timeout=60) for n in range(9)] == list(range(0, 18, 2))
        assert cluster.laid_out() == []


LEAVE_A_PARCEL = """
import os, sys, time
from pathlib import Path
from autograder.grading.engines.dask import DaskEngine
engine = DaskEngine.at(sys.argv[1])
engine.deliver(Path(sys.argv[2]), [Path(sys.argv[2]) / "checks.py"], {})
os.kill(os.getpid(), 9)
"""


def test_what_a_killed_coordinator_left_with_workers_goes_when_the_next_one_starts(
    cluster: Cluster, tmp_path: Path
) -> None:
    (tmp_path / "checks.py").write_text("hidden")
    with cluster.worker():
        with DaskEngine.at(cluster.address) as engine:
            until(lambda: engine._client.nthreads())
        command = [sys.executable, "-c", LEAVE_A_PARCEL, cluster.address, str(tmp_path)]
        killed = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(CHECKOUT)})
        assert killed.returncode == -signal.SIGKILL
        assert cluster.laid_out() == ["checks.py"]
        with DaskEngine.at(cluster.address):
            until(lambda: cluster.laid_out() == [])


def test_an_address_that_needs_certificates_is_refused_in_a_sentence() -> None:
    with pytest.raises(CourseError, match=r"needs certificates.*docs/cluster.md"):
        DaskEngine.at("tls://127.0.0.1:9", seconds=1)


def test_with_the_certificates_of_the_guide_only_those_who_have_them_are_served(tmp_path: Path) -> None:
    guide = (CHECKOUT / "docs" / "cluster.md").read_text(encoding="utf-8")
    recipe = "\n".join(re.findall(r"^```sh\n(.*?)^```", guide, re.DOTALL | re.MULTILINE))
    said = subprocess.run(["bash", "-ec", f"{recipe}\nenv -0"], cwd=tmp_path, capture_output=True, check=True).stdout
    given = dict(line.split("=", 1) for line in said.decode().split("\0") if line.startswith("DASK_"))
    port = free_port()
    address = f"tls://127.0.0.1:{port}"
    with ExitStack() as stack:
        words = ["--protocol", "tls", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
        stack.enter_context(started("scheduler", *words, given=given))
        words = [address, "--nthreads", "1", "--memory-limit", "0", "--no-nanny", "--no-dashboard"]
        stack.enter_context(started("worker", *words, "--local-directory", str(tmp_path), given=given))
        asked = subprocess.run(
            [sys.executable, "-c", ASK, address], env=paths() | given, capture_output=True, timeout=120, check=True
        )
        assert asked.stdout.split() == [b"42"]
        with pytest.raises(CourseError, match="needs certificates"):
            DaskEngine.at(address, seconds=1)
        with pytest.raises(CourseError, match="no Dask scheduler answers there"):
            DaskEngine.at(f"tcp://127.0.0.1:{port}", seconds=2)


ASK = """
import sys
from test_local import double
from autograder.grading.engines.dask import DaskEngine
with DaskEngine.at(sys.argv[1]) as engine:
    print(engine.submit(double, 21).result(timeout=60))
"""
