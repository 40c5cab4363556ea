"""Where grading runs: supervised local processes behind the shape of `concurrent.futures.Executor`.

The standard library's pools lose the whole batch when one worker dies. Here a slot is one process and one thread
that watches it: a death costs its task a second try in a new process, and nobody else anything.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import re
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from autograder.errors import AutograderError, SandboxError, accident
from autograder.sandbox.syscalls import die_with_parent

T = TypeVar("T")
TRIES = 2
"""How many processes one task may cost before it is given up as poison."""
SLOT_MIB = 1536
"""Memory that one slot needs beside the machine's own (MiB): a grader, a warm process and an ordinary submission."""


def slots() -> int:
    """How many submissions this machine can grade side by side: one for each core, fewer where memory is short."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = Path("/proc/meminfo")
    text = memory.read_text(encoding="ascii") if memory.exists() else ""
    found = re.search(r"MemAvailable: +(\d+) kB", text)
    return max(1, min(cores, int(found[1]) // 1024 // SLOT_MIB)) if found else cores


@dataclass(frozen=True)
class _Job:
    future: Future[Any]
    function: Callable[..., Any]
    arguments: tuple[Any, ...]


class LocalEngine(Executor):
    """Runs functions in `slots` processes of this machine, one at a time in each.

    A function and its arguments are pickled to a slot, its result or AutograderError back. A task whose process dies,
    or is silent for `patience` seconds, is tried once more; then its future raises SandboxError.
    """

    def __init__(self, slots: int, patience: float = 900.0) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._patience = patience
        self._stopped = False
        cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
        self._slots = [_Slot(core) for core in (cores[:slots] if slots <= len(cores) else [None] * slots)]
        self._threads = [threading.Thread(target=self._watch, args=[slot], daemon=True) for slot in self._slots]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Queues `fn(*args)`; keyword arguments are not taken."""
        assert not kwargs, "tasks take positional arguments only"
        future: Future[T] = Future()
        self._jobs.put(_Job(future, fn, args))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the slots once their queue is empty; with `cancel_futures`, once they are done with what they hold."""
        while cancel_futures and not self._jobs.empty():
            job = self._jobs.get()
            if job is not None:
                job.future.cancel()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads if wait else ():
            thread.join()

    def stop(self) -> None:
        """Gives up all that is queued or running, at once."""
        self._stopped = True
        self.shutdown(wait=False, cancel_futures=True)
        while any(thread.is_alive() for thread in self._threads):
            for slot, thread in zip(self._slots, self._threads, strict=True):
                slot.kill()
                thread.join(timeout=0.05)

    def _watch(self, slot: _Slot) -> None:
        while (job := self._jobs.get()) is not None:
            if job.future.set_running_or_notify_cancel():
                self._settle(slot, job)
        slot.close()

    def _settle(self, slot: _Slot, job: _Job) -> None:
        for _ in range(TRIES):
            try:
                answer = slot.ask(job.function, job.arguments, self._patience)
            except (EOFError, OSError, TimeoutError):
                slot.close()
                if self._stopped:
                    break
                continue
            except Exception as error:  # the task cannot be sent, or no process be started: whoever waits must hear
                slot.close()
                job.future.set_exception(accident(error))
                return
            if isinstance(answer, AutograderError):
                job.future.set_exception(answer)
            else:
                job.future.set_result(answer)
            return
        job.future.set_exception(SandboxError(f"{TRIES} grading processes died over this task; a person must look."))


class _Slot:
    """One grading process, started when it is first needed and again after it died.

    With a `core` of its own it stays there, and so does the student code that it starts, which cannot leave: however
    many threads a submission runs, it takes no time from its neighbours.
    """

    def __init__(self, core: int | None = None) -> None:
        self._core = core
        self._process: Any = None
        self._line: Connection[Any, Any] | None = None

    def ask(self, function: Callable[..., Any], arguments: tuple[Any, ...], patience: float) -> Any:
        line = self._line or self._start()
        line.send((function, arguments))
        if not line.poll(patience):
            raise TimeoutError
        return line.recv()

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._process.join(timeout=2)
            self._process.kill()
            self._process.join()
        self._process = self._line = None

    def kill(self) -> None:
        """End the process from another thread; whoever asks it finds it dead."""
        process = self._process
        if process is not None:
            process.kill()

    def _start(self) -> Connection[Any, Any]:
        context = multiprocessing.get_context("spawn")
        line, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, os.getpid(), self._core), daemon=True)
        with theirs:
            process.start()
        self._process, self._line = process, line
        return line


def _serve(line: Connection[Any, Any], parent: int, core: int | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()
    if core is not None:
        os.sched_setaffinity(0, {core})
    if os.getppid() != parent:
        return
    while True:
        try:
            function, arguments = line.recv()
        except EOFError:
            return
        line.send(_answer(function, arguments))


def _answer(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    try:
        return function(*arguments)
    except AutograderError as error:
        return type(error)(str(error))
    except Exception as error:
        return accident(error)
