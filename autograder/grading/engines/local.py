"""Grading in processes of this machine: a slot is one process, and one thread that watches it."""

from __future__ import annotations

import os
import pickle
import queue
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from autograder.core.errors import AutograderError, SandboxError, accident
from autograder.grading.engines.supervision import Engine, Job
from autograder.sandbox.host import template
from autograder.sandbox.walls.syscalls import die_with_parent

STARTS = 3
"""How many processes in a row may end while they start; of that no task is to blame."""
_SERVE = """
import sys; sys.path.insert(0, sys.argv[1])
from autograder.grading.engines import local; local.serve(*sys.argv[2:])
"""
SLOT_MIB = 1536
"""Memory that one slot needs beside the machine's own (MiB): a grader, a warm process and an ordinary submission."""


def slots() -> int:
    """How many submissions this machine can grade side by side: one for each core, fewer where memory is short."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = Path("/proc/meminfo")
    text = memory.read_text(encoding="ascii") if memory.exists() else ""
    found = re.search(r"MemAvailable: +(\d+) kB", text)
    return max(1, min(cores, int(found[1]) // 1024 // SLOT_MIB)) if found else cores


class LocalEngine(Engine):
    """Runs functions in `slots` processes of this machine, one at a time in each.

    A function and its arguments are pickled to a slot, its result or AutograderError back. A task whose process dies,
    or is silent for `patience` seconds, is tried once more; then its future raises SandboxError. `first` is what each
    process does before it learns anything: it has neither environment nor task yet, so nothing secret.
    """

    def __init__(self, slots: int, patience: float = 900.0, first: Callable[[], object] | None = None) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._patience = patience
        self._stopped = False
        cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
        self._slots = [_Slot(first, core) for core in (cores[:slots] if slots <= len(cores) else [None] * slots)]
        self._threads = [threading.Thread(target=self._watch, args=[slot], daemon=True) for slot in self._slots]
        for thread in self._threads:
            thread.start()

    def take(self, job: Job) -> None:
        """Takes a job to be run."""
        self._jobs.put(job)

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
        with suppress(OSError):  # told to the first task, which tries again
            slot.open()
        while (job := self._jobs.get()) is not None:
            if job.starts():
                self._settle(slot, job)
        slot.close()

    def _settle(self, slot: _Slot, job: Job) -> None:
        """Asks until there is an answer, the task has cost too many processes, or all is given up."""
        while True:
            try:
                job.ends(slot.ask(job.function, job.arguments, self._patience))
                return
            except (EOFError, OSError, TimeoutError):
                slot.close()
                if self._stopped:
                    job.ends(SandboxError("Grading was stopped before this was graded: start again to go on."))
                if self._stopped or not job.may_be_tried_again():
                    return
            except Exception as error:  # the task cannot be sent, or no process be started: whoever waits must hear
                slot.close()
                job.ends(error)
                return


class _Slot:
    """One grading process, started when it is first needed and again after it died.

    With a `core` of its own it stays there, and so does the student code that it starts, which cannot leave: however
    many threads a submission runs, it takes no time from its neighbours.
    """

    def __init__(self, first: Callable[[], object] | None, core: int | None = None) -> None:
        self._first, self._core = first, core
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection[Any, Any] | None = None
        self._ready = self._asked = False

    def ask(self, function: Callable[..., Any], arguments: tuple[Any, ...], patience: float) -> Any:
        line, self._asked = self._waiting(patience), True
        line.send((function, arguments))
        if not line.poll(patience):
            raise TimeoutError
        return line.recv()

    def open(self) -> Connection[Any, Any]:
        """The line to its process, which is started unless it runs."""
        if self._line is None:
            self._line = self._start()
        return self._line

    def _waiting(self, patience: float) -> Connection[Any, Any]:
        """The line to its process, which waits for a task; one that ends while it starts is started again."""
        for _ in range(STARTS):
            with suppress(EOFError, ConnectionError):
                line = self.open()
                if not self._ready:
                    if not line.poll(patience):
                        raise TimeoutError
                    self._ready = line.recv()
                return line
            self.close()
        raise EOFError

    def close(self) -> None:
        if self._line is not None and self._process is not None:
            self._line.close()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=2 if self._asked else 0)
            self._process.kill()
            self._process.wait()
        self._process = self._line = None
        self._ready = False

    def kill(self) -> None:
        """End the process from another thread; whoever asks it finds it dead."""
        process = self._process
        if process is not None:
            process.kill()

    def _start(self) -> Connection[Any, Any]:
        """A process that was given nothing of this one's: what it is told first, students' processes may inherit."""
        ours, theirs = socket.socketpair()
        kit, core = str(Path(__file__).parents[3]), "" if self._core is None else str(self._core)
        with ours, theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", _SERVE, kit, str(theirs.fileno()), str(os.getpid()), core],
                env=template.clean_environment(),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
            line: Connection[Any, Any] = Connection(ours.detach())
        line.send(sys.path)
        line.send(self._first)
        line.send(dict(os.environ))
        return line


def serve(descriptor: str, parent: str, core: str) -> None:
    """Be a slot's process until its line is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()
    if core:
        os.sched_setaffinity(0, {int(core)})
    if os.getppid() != int(parent):
        return
    line: Connection[Any, Any] = Connection(int(descriptor))
    with suppress(EOFError):
        sys.path[:] = line.recv()
        first = line.recv()
        if first is not None:
            with suppress(AutograderError):  # what cannot be done early is tried again, and told, when it is needed
                first()
        os.environ.clear()
        os.environ.update(line.recv())
        tempfile.tempdir = None  # looked up again, in this environment
        line.send(True)  # ready: from now on whatever ends this process was the task's doing
        while True:
            line.send(_answer(line.recv_bytes()))


def _answer(task: bytes) -> Any:
    try:
        function, arguments = pickle.loads(task)
        return function(*arguments)
    except AutograderError as error:
        return type(error)(str(error))
    except Exception as error:
        return accident(error)
