"""How a student's process ended, in the words of a row: which status, and one sentence."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from autograder.core.errors import CheckTimeout, SandboxEnded
from autograder.core.model import Failure, RunStatus
from autograder.sandbox.host.process import Overfull, Overrun
from autograder.sandbox.host.template import Ended
from autograder.sandbox.walls.limits import Limits
from autograder.sandbox.wire import ProtocolError

STOPPED = "CellStopped"
"""The name of what is raised in a cell whose time is up."""

OVERFULL = "OSError"
"""The name of what a process that filled its scratch folder ends with."""

_MEMORY_WORDS = (b"MemoryError", b"bad_alloc", b"t allocate memory", b"ut of memory")


def kernel_memory_kills() -> int:
    """How many processes the kernel has killed so far because this machine's memory was used up."""
    rows = dict(line.split() for line in Path("/proc/vmstat").read_text().splitlines())
    return int(rows.get("oom_kill", 0))


def ending(cause: Exception, ended: Ended, limits: Limits, last_words: bytes, kernel_kills: int) -> SandboxEnded:
    """The exception for a process that ended by `cause`.

    `last_words`: the end of what it printed; `kernel_kills`: how often the kernel ran out of memory while it lived.
    Both only tell running out of memory from other crashes; neither earns anything.
    """
    if isinstance(cause, Overrun):
        return CheckTimeout(Failure("TimeoutError", "Your code did not finish in time and was stopped."))
    if isinstance(cause, ProtocolError):
        return _ended(RunStatus.PROTOCOL, "ProtocolError", f"Your code spoke to the grader out of turn: {cause}.")
    if isinstance(cause, Overfull):
        return _ended(RunStatus.CRASHED, OVERFULL, f"Your code wrote more than {limits.files_mib} MiB of files.")
    if _used_up_processor_time(ended, limits):
        words = f"Your code used more than {limits.cpu_seconds} s of processor time and was stopped."
        return CheckTimeout(Failure("TimeoutError", words))
    if kernel_kills or any(words in last_words for words in _MEMORY_WORDS):
        return _ended(RunStatus.OUT_OF_MEMORY, "MemoryError", f"Your code ran out of memory ({_how(ended)}).")
    return _ended(RunStatus.CRASHED, "ProcessEnded", f"Your code ended the Python process ({_how(ended)}).")


def why_stopped(cell: str, failure: Failure, seconds: float) -> str:
    """A sentence on why a cell was stopped that had so many seconds."""
    if failure.kind == OVERFULL:
        return f"{cell.capitalize()} was stopped: {failure.message}"
    return f"{cell.capitalize()} did not end within {seconds:.0f} s and was stopped."


def again(known: SandboxEnded) -> SandboxEnded:
    """The same ending, to be raised once more."""
    if isinstance(known, CheckTimeout):
        return CheckTimeout(known.failure)
    return SandboxEnded(known.failure, known.status)


def _ended(status: RunStatus, kind: str, sentence: str) -> SandboxEnded:
    return SandboxEnded(Failure(kind, sentence), status)


def _used_up_processor_time(ended: Ended, limits: Limits) -> bool:
    killed = os.WIFSIGNALED(ended.status) and os.WTERMSIG(ended.status) in (signal.SIGKILL, signal.SIGXCPU)
    return killed and not ended.killed and ended.cpu_seconds >= limits.cpu_seconds - 0.5


def _how(ended: Ended) -> str:
    if ended.killed:
        return "it closed its channel and went on"
    if os.WIFSIGNALED(ended.status):
        number = os.WTERMSIG(ended.status)
        known = number in set(signal.Signals)
        return signal.Signals(number).name if known else f"signal {number}"
    return f"exit code {os.WEXITSTATUS(ended.status)}, no answer"
