"""Grading on a Dask cluster, behind the shape of `concurrent.futures.Executor`.

A worker process is a slot and runs the same function as a local one. Worker machines need the kit and nothing of the
course: its files are sent to each once, as a parcel named by its content.
"""

from __future__ import annotations

import logging
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.core import kit
from autograder.core.errors import CourseError, SandboxError
from autograder.grading.engines.parcel import Parcel, unpack
from autograder.grading.engines.supervision import TRIES, Engine, Job

_TICK = 1.0
"""How often (seconds) the list of workers is looked at while nothing happens."""
_FETCH = 20.0
"""How long (seconds) a finished task's small result may take to come; none comes from a worker that died just then."""


def _delivery(parcel: Parcel, environment: dict[str, str]) -> Any:
    """A plugin that unpacks the parcel on every worker, also on those that come later."""
    from distributed import WorkerPlugin

    class Delivery(WorkerPlugin):
        name = parcel.name

        def setup(self, worker: Any) -> None:
            unpack(parcel, Path(worker.local_directory), environment)

    return Delivery()


def _calm() -> Any:
    """A plugin for workers in our own process group: Ctrl-C is for the coordinator, which then ends them."""
    from distributed import WorkerPlugin

    class Calm(WorkerPlugin):
        name = "calm"

        def setup(self, worker: Any) -> None:
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    return Calm()


@dataclass(frozen=True)
class _Run:
    """A job that one worker has."""

    job: Job
    theirs: Any
    worker: str


def _distributed() -> Any:
    """Dask's package, which only the extra `cluster` brings. Raises CourseError where it is missing."""
    try:
        import distributed
    except ImportError as error:
        raise kit.missing("distributed", "cluster", "Grading on a cluster") from error
    return distributed


class DaskEngine(Engine):
    """Runs functions in the workers of a Dask cluster, one at a time in each, however many threads a worker has.

    Each task is bound to one worker: so it is known whose death it was, and no neighbour is blamed, as it would be by
    Dask's own count. A task whose worker dies or leaves is tried once more; then its future raises SandboxError.
    """

    elsewhere = True

    def __init__(self, client: Any, cluster: Any = None) -> None:
        self._client, self._cluster = client, cluster
        self._events: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._jobs: deque[Job] = deque()
        self._runs: list[_Run] = []
        self._workers: set[str] = set()
        self._prepared: set[str] = set()
        self._prepare: Callable[..., Any] | None = None
        self._ending = self._stopped = False
        self._thread = threading.Thread(target=self._direct, name="dask engine", daemon=True)
        self._thread.start()

    @classmethod
    def local(cls, slots: int) -> DaskEngine:
        """An engine on a cluster of its own: `slots` worker processes of this machine, which end with this process."""
        distributed = _distributed()
        cluster = distributed.LocalCluster(
            n_workers=slots,
            threads_per_worker=1,
            memory_limit=0,
            dashboard_address="127.0.0.1:0",
            host="127.0.0.1",
            silence_logs=logging.CRITICAL,
        )
        client = distributed.Client(cluster)
        client.register_plugin(_calm())
        return cls(client, cluster)

    @classmethod
    def at(cls, address: str, seconds: float = 30.0) -> DaskEngine:
        """An engine on the cluster whose scheduler listens at `address`, such as `tcp://host:8786`.

        Raises CourseError where none answers within `seconds`.
        """
        distributed = _distributed()
        try:
            return cls(distributed.Client(address, timeout=seconds))
        except (OSError, ValueError) as error:
            raise CourseError(
                f"{address}: no Dask scheduler answers there ({error}). Start one with `dask scheduler`, or correct "
                "the address."
            ) from error

    def deliver(self, root: Path, files: Iterable[Path], variables: Mapping[str, str]) -> str:
        """Sends the files to all workers, of now and later; the name under which `folder_of` finds them there."""
        parcel = Parcel.of(root, files)
        self._client.register_plugin(_delivery(parcel, dict(variables)))
        return parcel.name

    def prepare_with(self, function: Callable[..., Any]) -> None:
        """Lets each new worker run this first, with its first task's arguments: if it dies then, no task is blamed."""
        self._prepare = function

    def take(self, job: Job) -> None:
        """Takes a job to be run."""
        self._events.put(job)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Lets go of the cluster once all is done, or at once with `cancel_futures`; ends it if it is our own."""
        self._ending, self._stopped = True, cancel_futures
        self._events.put(None)
        if wait:
            self._thread.join()

    def stop(self) -> None:
        """Gives up all that is queued or running, at once."""
        self.shutdown(cancel_futures=True)

    def _direct(self) -> None:
        """The one thread that gives tasks to workers and takes results from them."""
        try:
            while not self._over():
                self._hear(_TICK)
                self._look_for_workers()
                for run in list(self._runs):
                    self._look_after(run)
                self._give_out(self._workers - {run.worker for run in self._runs})
        finally:
            self._end()

    def _end(self) -> None:
        """Nobody is left waiting."""
        self._hear(0)
        for job in [*self._jobs, *(run.job for run in self._runs)]:
            job.ends(SandboxError("The cluster ended before this was graded: start grading again."))
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()

    def _over(self) -> bool:
        idle = not self._jobs and not self._runs
        return self._stopped or self._client.status == "closed" or (self._ending and idle)

    def _hear(self, seconds: float) -> None:
        """Waits at most so long for something to happen: a new task, a finished one, or the end."""
        with suppress(queue.Empty):
            event = self._events.get(timeout=seconds)
            while True:
                if event is not None and event.starts():
                    self._jobs.append(event)
                event = self._events.get_nowait()

    def _look_for_workers(self) -> None:
        """Who is there now; while the scheduler does not answer, those of before."""
        with suppress(OSError, ValueError):
            self._workers = set(self._client.nthreads())
        self._prepared &= self._workers

    def _look_after(self, run: _Run) -> None:
        """Passes on what a task gave; takes the task back if its worker is gone."""
        if not run.theirs.done() and run.worker in self._workers:
            return
        self._runs.remove(run)
        if not run.theirs.done() or not _passed_on(run):
            run.theirs.cancel()
            if run.job.may_be_tried_again():
                self._jobs.append(run.job)

    def _give_out(self, free: set[str]) -> None:
        while self._jobs and free:
            worker = free.pop()
            job = self._next(worker)
            theirs = self._client.submit(job.function, *job.arguments, workers=[worker], pure=False)
            theirs.add_done_callback(lambda _: self._events.put(None))
            self._runs.append(_Run(job, theirs, worker))

    def _next(self, worker: str) -> Job:
        """The next job; a new worker first makes itself ready, for which nobody waits and no other is asked."""
        if self._prepare is None or worker in self._prepared:
            return self._jobs.popleft()
        self._prepared.add(worker)
        return Job(Future(), self._prepare, self._jobs[0].arguments, deaths=TRIES - 1)


def _passed_on(run: _Run) -> bool:
    """Gives the outcome of a finished task to whoever waits for it; False if it has none, for its worker died."""
    if run.theirs.cancelled():
        return False
    try:
        error = run.theirs.exception(timeout=_FETCH)
        result = run.theirs.result(timeout=_FETCH) if error is None else None
    except TimeoutError:
        return False
    if type(error).__name__ == "KilledWorker":
        return False
    run.job.ends(result if error is None else error)
    return True
