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
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any

from autograder.core import kit
from autograder.core.errors import ClusterError, CourseError
from autograder.grading.engines.parcel import MARK, Parcel, clear_away, unpack
from autograder.grading.engines.supervision import TRIES, Engine, Job

_TICK = 1.0
"""How often (seconds) the list of workers is looked at."""
_FETCH = 20.0
"""How long (seconds) a finished task's small result may take to come; none comes from a worker that died just then."""
_FETCHERS = 16
"""How many results may be on their way at once: each is a round trip, most of which is waiting."""
_LOST = (
    "The connection to the cluster's scheduler is lost. What was graded is kept, nothing was handed over. See that the "
    "scheduler runs, then start grading again."
)
_log = logging.getLogger(__name__)


def _delivery(parcel: Parcel, name: str, environment: dict[str, str]) -> Any:
    """A plugin that unpacks the parcel on every worker, also on later ones, until it is taken back."""
    from distributed import WorkerPlugin

    class Delivery(WorkerPlugin):
        def __init__(self) -> None:
            self.name = name

        def setup(self, worker: Any) -> None:
            unpack(parcel, name, Path(worker.local_directory), environment)

        def teardown(self, worker: Any) -> None:
            clear_away(name)

    return Delivery()


def _left_behind(dask_scheduler: Any) -> list[str]:
    """Run on the scheduler: the parcels of coordinators that are no more."""
    parcels = (name for name in dask_scheduler.worker_plugins if name.startswith(MARK))
    return [name for name in parcels if name.partition("@")[2] not in dask_scheduler.clients]


def _calm() -> Any:
    """A plugin for workers in our own process group: Ctrl-C is for the coordinator, which then ends them."""
    from distributed import WorkerPlugin

    class Calm(WorkerPlugin):
        name = "calm"

        def setup(self, worker: Any) -> None:
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    return Calm()


@dataclass(frozen=True, eq=False)
class _Run:
    """A job that one worker has."""

    job: Job
    theirs: Any
    worker: str


def _client(*where: Any, **settings: Any) -> Any:
    """Dask's client, closed by us alone. Its own `__del__` closes one that found no scheduler wherever garbage is
    collected: also while the next one is being made, which holds the lock that closing waits for, for ever."""
    kind = type("Client", (_distributed().Client,), {"__del__": lambda self: None})
    return kind(*where, **settings)


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
    Dask's own count. A task whose worker dies or leaves is tried once more; then its future raises SandboxError. A
    worker is first asked what it would judge with: one with another kit, PyTorch or Python gets no task. If the
    scheduler is lost, or no worker is fit, every future raises ClusterError.
    """

    elsewhere = True

    def __init__(self, client: Any, cluster: Any = None) -> None:
        self._client, self._cluster = client, cluster
        self._events: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._jobs: deque[Job] = deque()
        self._runs: list[_Run] = []
        self._fetches: list[_Run] = []
        self._fetchers = ThreadPoolExecutor(_FETCHERS, thread_name_prefix="dask results")
        self._workers: set[str] = set()
        self._looked = -inf
        self._judges: dict[str, Future[dict[str, str]]] = {}
        self._refused: set[str] = set()
        self._prepared: set[str] = set()
        self._prepare: Callable[..., Any] | None = None
        self._parcels: list[str] = []
        self._lost = ""
        self._ending = self._stopped = self._ended = False
        self._thread = threading.Thread(target=self._direct, name="dask engine", daemon=True)
        self._thread.start()

    @classmethod
    def local(cls, slots: int) -> DaskEngine:
        """An engine on a cluster of its own: `slots` worker processes of this machine, which end with this process."""
        cluster = _distributed().LocalCluster(
            n_workers=slots,
            threads_per_worker=1,
            memory_limit=0,
            dashboard_address="127.0.0.1:0",
            host="127.0.0.1",
            silence_logs=logging.CRITICAL,
        )
        client = _client(cluster)
        client.register_plugin(_calm())
        return cls(client, cluster)

    @classmethod
    def at(cls, address: str, seconds: float = 30.0) -> DaskEngine:
        """An engine on the cluster whose scheduler listens at `address`, such as `tcp://host:8786`.

        What coordinators that were killed left on its workers is cleared away. Raises CourseError where no scheduler
        answers within `seconds`, or where `tls://` has no certificates to answer with.
        """
        try:
            client = _client(address, timeout=seconds)
        except (OSError, ValueError) as error:
            raise CourseError(
                f"{address}: no Dask scheduler answers there ({error}). Start one with `dask scheduler`, or correct "
                "the address."
            ) from error
        except TypeError as error:
            raise CourseError(
                f"{address}: an address with tls:// needs certificates, and Dask's settings name none ({error}). "
                "docs/cluster.md tells how to make them and where to name them."
            ) from error
        for name in client.run_on_scheduler(_left_behind):
            client.unregister_worker_plugin(name)
        return cls(client)

    def deliver(self, root: Path, files: Iterable[Path], variables: Mapping[str, str]) -> str:
        """Sends the files to all workers, of now and later, until the end.

        Returns the name under which `folder_of` finds them there.
        """
        parcel = Parcel.of(root, files)
        name = f"{parcel.name}@{self._client.id}"
        self._parcels.append(name)
        self._client.register_plugin(_delivery(parcel, name, dict(variables)))
        return name

    def prepare_with(self, function: Callable[..., Any]) -> None:
        """Lets each new worker run this first, with its first task's arguments: if it dies then, no task is blamed."""
        self._prepare = function

    def take(self, job: Job) -> None:
        """Takes a job to be run."""
        self._events.put(partial(self._queue_up, job))
        if self._ended:
            self._give_up()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Lets go of the cluster once all is done, or at once with `cancel_futures`; ends it if it is our own."""
        self._ending, self._stopped = True, cancel_futures
        self._events.put(_awake)
        if wait:
            self._thread.join()

    def stop(self) -> None:
        """Gives up all that is queued or running, at once."""
        self.shutdown(cancel_futures=True)

    def _direct(self) -> None:
        """The one thread that gives tasks to workers and hears of results."""
        try:
            while not self._over():
                self._hear(_TICK)
                self._look_for_workers()
                for run in list(self._runs):
                    self._look_after(run)
                self._give_out(self._free())
        finally:
            self._end()

    def _end(self) -> None:
        """Nobody is left waiting, and nothing of the course lies with workers any more."""
        self._ended = True
        self._give_up()
        self._fetchers.shutdown(wait=False, cancel_futures=True)
        if self._client.status == "running":
            with suppress(OSError, ValueError, TimeoutError):
                for name in self._parcels:
                    self._client.unregister_worker_plugin(name)
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()

    def _give_up(self) -> None:
        """Tells whoever waits for a task that it was not run to its end."""
        self._hear(0)
        for job in [*self._jobs, *(run.job for run in [*self._runs, *self._fetches])]:
            job.ends(ClusterError(self._lost or "The cluster ended before all was graded: start grading again."))
        self._jobs.clear()
        self._runs.clear()
        self._fetches.clear()

    def _over(self) -> bool:
        if self._client.status != "running":
            self._lost = self._lost or _LOST
        idle = not self._jobs and not self._runs and not self._fetches
        return bool(self._lost) or self._stopped or (self._ending and idle)

    def _hear(self, seconds: float) -> None:
        """Waits at most so long for something to happen: a new task, a finished one, or the end."""
        with suppress(queue.Empty):
            self._events.get(timeout=seconds)()
            while True:
                self._events.get_nowait()()

    def _queue_up(self, job: Job) -> None:
        if job.starts():
            self._jobs.append(job)

    def _look_for_workers(self) -> None:
        """Who is there now; while the scheduler does not answer, those of before."""
        if monotonic() - self._looked < _TICK or self._client.status != "running":
            return
        self._looked = monotonic()
        with suppress(OSError, ValueError):
            self._workers = set(self._client.nthreads())
        self._prepared &= self._workers
        self._refused &= self._workers
        self._judges = {worker: kept for worker, kept in self._judges.items() if worker in self._workers}
        if self._jobs and self._workers and self._workers == self._refused:
            self._lost = "None of the cluster's workers may judge here; the lines above say why of each."

    def _look_after(self, run: _Run) -> None:
        """Has a finished task's result fetched; takes the task back if its worker is gone."""
        if run.theirs.done():
            self._runs.remove(run)
            self._fetches.append(run)
            self._fetchers.submit(self._fetch, run)
        elif run.worker not in self._workers:
            self._runs.remove(run)
            self._take_back(run)

    def _fetch(self, run: _Run) -> None:
        """Passes on what a task gave; in a thread of its own, since it waits for the network."""
        passed_on = _passed_on(run)
        self._events.put(partial(self._fetched, run, passed_on))

    def _fetched(self, run: _Run, passed_on: bool) -> None:
        if run in self._fetches:
            self._fetches.remove(run)
            if not passed_on:
                self._take_back(run)

    def _take_back(self, run: _Run) -> None:
        """Queues a task again whose worker died over it; whose scheduler died, that is nobody's fault."""
        lost = self._client.status != "running"
        if not lost:
            run.theirs.cancel()
        if lost or run.job.may_be_tried_again():
            self._jobs.append(run.job)

    def _free(self) -> set[str]:
        """The workers that may be given something to do."""
        busy = {run.worker for run in [*self._runs, *(run for run in self._fetches if run.job.function is kit.judge)]}
        for worker in self._workers - busy - self._refused & set(self._judges):
            if problem := _other_judge(self._judges[worker]):
                self._refused.add(worker)
                _log.warning("The worker at %s is left out: %s", worker, problem)
        return self._workers - busy - self._refused

    def _give_out(self, free: set[str]) -> None:
        while self._jobs and free:
            worker = free.pop()
            job = self._next(worker)
            theirs = self._client.submit(job.function, *job.arguments, workers=[worker], pure=False)
            theirs.add_done_callback(lambda _: self._events.put(_awake))
            self._runs.append(_Run(job, theirs, worker))

    def _next(self, worker: str) -> Job:
        """The next job. A new worker first says what it judges with and makes itself ready; no task waits for that."""
        if worker not in self._judges:
            self._judges[worker] = Future()
            return Job(self._judges[worker], kit.judge, (), deaths=TRIES - 1)
        if self._prepare is None or worker in self._prepared:
            return self._jobs.popleft()
        self._prepared.add(worker)
        return Job(Future(), self._prepare, self._jobs[0].arguments, deaths=TRIES - 1)


def _awake() -> None:
    """An event that says only: look around."""


def _other_judge(said: Future[dict[str, str]]) -> str:
    """Why a worker that said this of itself may not judge; nothing if it may."""
    again = "Install there what is installed here, and start the worker again."
    if error := said.exception(timeout=0):
        return f"it could not say what it judges with ({error}). {again}"
    here, there = kit.judge(), said.result()
    differs = [
        f"{name} {there.get(name, 'none')} (here {mine})" for name, mine in here.items() if there.get(name) != mine
    ]
    return f"it has {', '.join(differs)}. {again}" if differs else ""


def _passed_on(run: _Run) -> bool:
    """Gives the outcome of a finished task to whoever waits for it; False if it has none, for its worker died."""
    try:
        error = run.theirs.exception(timeout=_FETCH)
        result = run.theirs.result(timeout=_FETCH) if error is None else None
    except (TimeoutError, CancelledError):
        return False
    if type(error).__name__ == "KilledWorker":
        return False
    run.job.ends(result if error is None else error)
    return True
