"""The watcher, run as a script: a small process that makes the warm one and ends everything when the grader ends.

Three processes, each the parent of the next: the watcher, the warm process (first of a process namespace where the host
offers one: its end is the end of all in there), and the students' processes. None of them ever holds anything secret.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
import tempfile
import traceback
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from autograder.core.errors import SandboxError
from autograder.sandbox.forkserver import warm
from autograder.sandbox.walls import confine
from autograder.sandbox.walls.limits import Layer, Mode


def _watch(grader: int, child: int) -> None:
    """Wait until the grader or the warm process ends, then see to it that the warm process is over."""
    select.select([grader, os.pidfd_open(child)], [], [])
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _make_warm(control: socket.socket, host: confine.Host, folder: str) -> int:
    """Fork the warm process, in a process namespace of its own if the host offers one."""
    owner = os.getpid()
    if Layer.NAMESPACES in host.layers:
        confine.own_processes(host.mode)
    child = os.fork()
    if child == 0:
        try:
            warm.run(control, host, owner, folder)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)  # whatever happens: the cleaning up is the watcher's
    return child


def watch(control: socket.socket, grader_pid: int, mode: Mode | None, layers: frozenset[Layer]) -> None:
    """Make the warm process, and return when it and all below it are over: when it ends, or the grader does."""
    grader = os.pidfd_open(grader_pid)
    if os.getppid() != grader_pid:
        return
    try:
        host = confine.offered(mode, layers)
    except (SandboxError, OSError) as error:
        warm.say(control, error=str(error))
        return
    folder = tempfile.mkdtemp(prefix=f"autograder-{os.getpid()}-")
    try:
        Path(folder).chmod(0o711)
        child = _make_warm(control, host, folder)
        control.close()
        _watch(grader, child)
    finally:
        warm.remove(Path(folder))


if __name__ == "__main__":
    sys.path.pop(0)
    # argv: the control socket's descriptor, the grader's process id, the mode ("" for the best) and the layers
    watch(
        socket.socket(fileno=int(sys.argv[1])),
        int(sys.argv[2]),
        Mode(sys.argv[3]) if sys.argv[3] else None,
        frozenset(map(Layer, sys.argv[4].split(","))),
    )
