"""One student's process as the grader sees it: a frame out, a frame in, before a deadline; and what it prints."""

from __future__ import annotations

import errno
import os
import select
import stat
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from time import monotonic

from autograder.core.errors import SandboxError
from autograder.sandbox import wire
from autograder.sandbox.host.template import Ended, Template
from autograder.sandbox.walls import confine
from autograder.sandbox.walls.limits import ALL_LAYERS, MIB, Layer, Limits

_CONFINE_SECONDS = 20.0
_TICK = 0.1
PATIENCE = 0.2
_CHUNK = 1 << 20
_DRAIN_AT_ONCE = 64
_TOLERANCE = 1.1
"""How much of a watched folder's room may be taken: a single file may take all of it, and there are small ones too."""


class Overrun(Exception):  # noqa: N818 - an ending, not an error of ours
    """No answer before the deadline."""


class Gone(Exception):  # noqa: N818
    """The process closed its end of the channel: it has ended, or is about to."""


class Overfull(Exception):  # noqa: N818
    """The process filled its scratch folder beyond its limit."""


class Printed:
    """What a process prints: the first bytes are kept, the rest is counted."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept = bytearray()
        self.dropped = 0
        self.muted = False

    def add(self, data: bytes) -> None:
        """Keep or count `data`; while `muted`, forget it."""
        if not self.muted:
            room = self._most - len(self._kept)
            self._kept += data[:room]
            self.dropped += max(0, len(data) - room)

    @property
    def text(self) -> str:
        """Untrusted text, with a mark where it was cut."""
        mark = f"\n[cut here: {self.dropped} more bytes were printed]" if self.dropped else ""
        return self._kept.decode(errors="replace") + mark


class Process:
    """A confined process. Nothing that it sends is trusted."""

    def __init__(
        self,
        template: Template,
        limits: Limits,
        printed: Printed,
        stand_ins: str = "",
        layers: frozenset[Layer] = ALL_LAYERS,
    ) -> None:
        self._limits, self._printed = limits, printed
        self._forked = template.fork(limits, stand_ins, layers)
        self.tail = b""
        self._silent = False
        os.set_blocking(self._forked.output, False)
        self._forked.channel.setblocking(False)
        self._poll = select.poll()
        self._poll.register(self._forked.output, select.POLLIN)
        self._wait_until_confined()

    def _wait_until_confined(self) -> None:
        try:
            words = wire.build(*self._receive(monotonic() + _CONFINE_SECONDS))
        except (Overrun, Gone, wire.ProtocolError) as error:
            self.end()
            raise SandboxError(f"A student's process ended before it was confined ({type(error).__name__}).") from None
        if words != {"id": 0, "value": None}:
            self.end()
            raise SandboxError(f"A student's process could not be confined: {words.get('trouble')}")

    def ask(self, frame: list[memoryview], deadline: float) -> tuple[wire.Head, bytearray]:
        """Send one request and receive its answer, both before `deadline` (monotonic seconds).

        Raises Overrun, Gone, Overfull or ProtocolError; then the process must be ended.
        """
        self.expect_silence()
        for buffer in frame:
            self._send(buffer, deadline)
        answer = self._receive(deadline)
        self._drain()
        return answer

    def expect_silence(self) -> None:
        """Nothing may arrive that was not asked for."""
        try:
            unasked = self._forked.channel.recv(1)
        except OSError:  # nothing there, or nobody
            return
        if unasked:
            raise wire.ProtocolError("an answer came without a question")

    def _send(self, buffer: memoryview, deadline: float) -> None:
        while buffer:
            self._wait(select.POLLOUT, deadline)
            try:
                buffer = buffer[self._forked.channel.send(buffer) :]
            except BlockingIOError:
                continue
            except OSError:
                raise Gone from None

    def _receive(self, deadline: float) -> tuple[wire.Head, bytearray]:
        head_bytes, body_bytes = wire.read_lengths(bytes(self._exactly(wire.LENGTHS.size, deadline)))
        head = wire.read_head(bytes(self._exactly(head_bytes, deadline)), body_bytes)
        return head, self._exactly(body_bytes, deadline)

    def _exactly(self, size: int, deadline: float) -> bytearray:
        buffer = bytearray(size)
        rest = memoryview(buffer)
        while rest:
            self._wait(select.POLLIN, deadline)
            try:
                count = self._forked.channel.recv_into(rest)
            except BlockingIOError:
                continue
            except OSError:
                raise Gone from None
            if count == 0:
                raise Gone
            rest = rest[count:]
        return buffer

    def _wait(self, event: int, deadline: float) -> None:
        """Until the channel is ready for `event`; meanwhile swallow what is printed and watch the scratch folder."""
        channel = self._forked.channel.fileno()
        self._poll.register(channel, event)
        while True:
            left = deadline - monotonic()
            if left <= 0:
                raise Overrun
            ready = dict(self._poll.poll(min(left, _TICK) * 1000))
            if self._forked.output in ready:
                self._drain()
            if channel in ready:
                return
            self._watch_files()

    def _drain(self) -> None:
        for _ in range(0 if self._silent else _DRAIN_AT_ONCE):
            try:
                data = os.read(self._forked.output, _CHUNK)
            except BlockingIOError:
                return
            if not data:
                self._silent = True
                self._poll.unregister(self._forked.output)
                return
            self._printed.add(data)
            self.tail = (self.tail + data)[-4096:]

    def _watch_files(self) -> None:
        """Where scratch is a folder of the host, nothing but this keeps it from filling the disk."""
        if not self._forked.scratch:
            return
        data = f"{self._forked.scratch}/{confine.DATA}"
        self._watch(self._limits.data_mib, _files_below(data))
        own = _files_below(self._forked.scratch, without=data)
        self._watch(self._limits.files_mib, chain(own, _deleted_but_open(self._forked.pid)))

    def _watch(self, mib: int, places: Iterable[os.stat_result]) -> None:
        size = files = 0
        for place in places:
            size, files = size + place.st_blocks * 512, files + 1
            if size > mib * MIB * _TOLERANCE or files > self._limits.files:
                raise Overfull

    def cpu_seconds(self) -> float:
        """Processor time used so far (seconds)."""
        return self._forked.cpu_seconds()

    def end(self, patience: float = PATIENCE) -> Ended:
        """Kill it unless it ends by itself within `patience` seconds; how it ended."""
        self._drain()
        return self._forked.end(patience)


def _deleted_but_open(pid: int) -> Iterator[os.stat_result]:
    """Files that a process still holds although they have no name any more."""
    try:
        descriptors = list(Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return
    for descriptor in descriptors:
        try:
            place = descriptor.stat()
        except OSError:
            continue
        if stat.S_ISREG(place.st_mode) and place.st_nlink == 0:
            yield place


def _files_below(folder: str, without: str = "") -> Iterator[os.stat_result]:
    """All that lies below a folder that changes meanwhile, links not followed."""
    waiting = [folder]  # no recursion: students choose how deep it goes
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    yield entry.stat(follow_symlinks=False)
                    if entry.is_dir(follow_symlinks=False) and entry.path != without:
                        waiting.append(entry.path)
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:  # what lies so deep cannot be counted
                raise Overfull from None
