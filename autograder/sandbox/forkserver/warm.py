"""The warm process: imports torch once, then forks a confined student's process for each request.

The grader asks over a socket of packets, one answer for each question, both JSON; a request to fork comes with two
descriptors, the channel and the output of the new process.
"""

from __future__ import annotations

import gc
import json
import os
import secrets
import select
import signal
import socket
import stat
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.core.errors import SandboxError
from autograder.sandbox.walls import confine, readable, syscalls
from autograder.sandbox.walls.limits import Layer, Limits

if TYPE_CHECKING:
    from autograder.sandbox.inside.stand_ins import Piece

CHANNEL = 3
_MESSAGE_BYTES = 1 << 20


def say(control: socket.socket, **facts: Any) -> None:
    """Send one message."""
    control.send(json.dumps(facts).encode())


def hear(control: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """One message and the descriptors that came with it; None at the end."""
    data, descriptors, _, _ = socket.recv_fds(control, _MESSAGE_BYTES, 2)
    return (json.loads(data) if data else None), descriptors


class Warm:
    """Forks, kills and buries students' processes for one grader. `owner`: the watcher's process id on this host;
    `folder`: where processes without a root of their own get their scratch folders."""

    def __init__(self, control: socket.socket, host: confine.Host, owner: int, folder: str) -> None:
        from autograder.sandbox.inside import worker

        self.control, self.host, self.owner, self.folder = control, host, owner, folder
        self.children: dict[int, int] = {}
        self.identities: dict[int, int] = {}
        self.stand_ins: list[Sequence[Piece] | str] = []
        self.count = 0
        self.kit = worker.kit_modules()

    def serve(self) -> None:
        """Answer the grader until it closes the socket."""
        operations: dict[str, Callable[..., dict[str, Any]]] = {
            "compile": self.compile,
            "fork": self.fork,
            "end": self.end,
            "usage": self.usage,
        }
        while True:
            question, descriptors = hear(self.control)
            if question is None:
                return
            answer = operations[question.pop("op")](descriptors, **question)
            for descriptor in descriptors:
                os.close(descriptor)
            say(self.control, **answer)

    def compile(self, _: list[int], source: str) -> dict[str, Any]:
        """Compile stand-ins once for all forks; what has a wrong syntax stays text and fails where it is run."""
        from autograder.sandbox.inside.stand_ins import pieces

        try:
            self.stand_ins.append(pieces(source))
        except SyntaxError:
            self.stand_ins.append(source)
        return {"place": len(self.stand_ins) - 1}

    def fork(self, descriptors: list[int], wanted: dict[str, Any], stand_ins: int) -> dict[str, Any]:
        """A confined student's process, whose channel and output are the two descriptors; `wanted`: see `_plan`."""
        threads = len(list(Path("/proc/self/task").iterdir()))
        if threads != 1:
            return {"error": f"The sandbox's warm process has {threads} threads; forking it could hang."}
        try:
            plan = self._plan(**wanted)
        except SandboxError as error:
            return {"error": str(error)}
        if Layer.NAMESPACES in self.host.layers:
            confine.number_alike()
        child = os.fork()
        if child == 0:
            try:
                self._be_student(plan, self.stand_ins[stand_ins], *descriptors)
            finally:
                os._exit(1)  # whatever happens: what follows here belongs to the parent
        self.children[self.count], self.identities[self.count] = child, plan.identity
        return {"number": self.count, "pid": child, "scratch": plan.scratch}

    def _plan(self, limits: dict[str, Any], layers: list[str], hidden: list[str]) -> confine.Plan:
        """How the next process is confined. What it may read is looked up once, while it is allowed to look."""
        walls, view = self.host.layers & frozenset(map(Layer, layers)), readable.view(tuple(hidden))
        scratch = None
        if Layer.NAMESPACES not in walls:
            readable.pieces(view)
            scratch = tempfile.mkdtemp(prefix="room-", dir=self.folder)
        self.count += 1
        identity = self._drawn_identity() if os.geteuid() == 0 else os.geteuid()
        return confine.Plan(self.host.mode, walls, Limits(**limits), identity, scratch, view)

    def _drawn_identity(self) -> int:
        """A user id that no living process of ours has: drawn, for a count would tell of those that came before."""
        pool = {confine.pool_id(self.owner, number) for number in range(confine.POOL)}
        return secrets.choice(sorted(pool - set(self.identities.values())))

    def _be_student(self, plan: confine.Plan, stand_ins: Sequence[Piece] | str, channel: int, output: int) -> None:
        """In the child: take one's place behind the walls, then serve."""
        from autograder.sandbox import wire
        from autograder.sandbox.inside import worker
        from autograder.sandbox.inside.scratch import Scratch

        line = worker.Channel(CHANNEL)
        try:
            syscalls.die_with_parent()
            self.control.detach()
            _take_descriptors(channel, output, Layer.DESCRIPTORS in plan.layers)
            confine.confine(plan)
            worker.settle(plan.limits.threads, self.kit)
        except BaseException as error:
            line.send(wire.encode({"id": 0, "trouble": f"{type(error).__name__}: {error}"[:500]}))
            return
        line.send(wire.encode({"id": 0, "value": None}))
        worker.work(line, stand_ins, Scratch(plan.home, plan.data, plan.limits.files_mib))

    def end(self, _: list[int], number: int, scratch: str | None, patience: float) -> dict[str, Any]:
        """Kill a student's process unless it ends by itself within `patience` seconds; how it ended, what it used."""
        child = self.children.pop(number)
        del self.identities[number]
        handle = os.pidfd_open(child)
        ended = bool(select.select([handle], [], [], patience)[0])
        os.close(handle)
        os.kill(child, signal.SIGKILL)
        status, usage = os.wait4(child, 0)[1:]
        if scratch:
            remove(Path(scratch))
        return {
            "status": status,
            "killed": not ended,
            "cpu_seconds": usage.ru_utime + usage.ru_stime,
            "peak_mib": usage.ru_maxrss / 1024,
        }

    def usage(self, _: list[int], number: int) -> dict[str, Any]:
        """Processor time (seconds) of a student's process that still runs."""
        clock = (~self.children[number] << 3) | 2  # the kernel's number for another process's CPU clock
        return {"cpu_seconds": time.clock_gettime(clock)}


def remove(folder: Path) -> None:
    """Remove a scratch folder, in which a student may have closed folders to their owner, and dug deep: what lies
    deeper is moved to the top first, so that no path grows long. Links are not followed."""
    token, number = secrets.token_hex(8), count()
    with suppress(OSError):
        folder.chmod(0o700)
        waiting = list(folder.iterdir())
        while waiting:
            path = waiting.pop()
            if not _is_folder(path):
                path.unlink()
                continue
            path.chmod(0o700)
            for child in path.iterdir():
                if _is_folder(child):
                    child.chmod(0o700)  # its owner may move it only then
                waiting.append(child.rename(folder / f"{token}-{next(number)}"))
            path.rmdir()
        folder.rmdir()


def _is_folder(path: Path) -> bool:
    return stat.S_ISDIR(path.lstat().st_mode)


def _take_descriptors(channel: int, output: int, close_others: bool) -> None:
    """stdin at its end, stdout and stderr on one pipe, the channel; nothing else stays open."""
    silence = os.open(os.devnull, os.O_RDONLY)
    high = [os.dup2(one, 100 + place) for place, one in enumerate((silence, output, output, channel))]
    for place, one in enumerate(high):
        os.dup2(one, place)
    if close_others:
        syscalls.close_range(CHANNEL + 1)


def import_all() -> None:
    """Import everything that notebooks use, with one thread."""
    import IPython.core.inputtransformer2
    import torch
    import torch._dynamo
    import torch.optim
    import torch.utils.data
    import torchvision.transforms.v2

    from autograder.sandbox.inside import scratch, surroundings, worker

    assert scratch and surroundings and worker and IPython and torchvision
    torch.set_num_threads(1)


def _warm_up() -> None:
    """Be as every notebook finds its surroundings, and keep the collector's hands off them."""
    import_all()
    from autograder.sandbox.inside import surroundings

    surroundings.prepare()
    gc.collect()
    gc.freeze()


def run(control: socket.socket, host: confine.Host, owner: int, folder: str) -> None:
    """Be the warm process until the grader closes the socket."""
    syscalls.die_with_parent()
    syscalls.set_dumpable(False)
    os.environ["TMPDIR"] = folder  # the watcher removes it, with what libraries leave there
    tempfile.tempdir = None
    try:
        _warm_up()
    except Exception as error:
        say(control, error=f"The sandbox cannot import what notebooks need: {type(error).__name__}: {error}")
        return
    say(control, mode=host.mode, layers=sorted(host.layers), remark=host.remark, folder=folder)
    Warm(control, host, owner, folder).serve()
