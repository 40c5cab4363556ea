"""Whether the walls stand on this machine: each is tried by an attack that must get nowhere."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from autograder.core.errors import SandboxEnded, SandboxError, StudentError
from autograder.core.model import Cell, Role
from autograder.sandbox import Limits, Mode, Room, Template

_LIMITS = Limits(memory_mib=512, cpu_seconds=30, cell_seconds=20.0, submission_seconds=60.0)

INTRUDER = '''
import ctypes, os, signal, socket

libc = ctypes.CDLL(None, use_errno=True)

def attempt(deed):
    """What a deed reached, as text; "" if it was refused."""
    try:
        return str(deed())
    except (OSError, MemoryError) as error:
        return ""

def read(path):
    return attempt(lambda: open(path, errors="replace").read(64))

def write(path):
    return attempt(lambda: open(path, "w").write("reached"))

def connect(port):
    return attempt(lambda: "connected" if socket.create_connection(("127.0.0.1", port), 2) else "")

def fork():
    def deed():
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
        return "forked"
    return attempt(deed)

def run():
    return attempt(lambda: os.spawnv(os.P_WAIT, "/usr/bin/env", ["env"]) == 0 and "started" or "")

def trace(pid):
    return "attached" if libc.ptrace(16, pid, 0, 0) == 0 else ""

def signal_to(pid):
    return attempt(lambda: os.kill(pid, 0) or "signalled")

def allocate(mib):
    return attempt(lambda: f"{len(bytearray(mib << 20)) >> 20} MiB")

def identity():
    return "" if os.getuid() else "user id 0"

def environment(name):
    return os.environ.get(name, "") + attempt(lambda: name * (name in open("/proc/self/environ").read()))

def descriptors():
    def open_ones():
        for number in range(4, 256):
            try:
                os.fstat(number)
                yield str(number)
            except OSError:
                pass
    return " ".join(open_ones())
'''
"""A hostile notebook: each function returns what it reached, or an empty text."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is as grading needs it, and a sentence to print."""

    name: str
    ok: bool
    sentence: str


@dataclass(frozen=True)
class Probe:
    """One attack: the wall that must stop it, what it is after, and the call that tries it (`target`: the canaries)."""

    wall: str
    aim: str
    call: Callable[[Any, Canaries], str]


@dataclass(frozen=True)
class Canaries:
    """What the sandbox must not reach, made for one examination. `secret` is the text of file and variable."""

    secret: str
    folder: Path
    listener: socket.socket
    bystander: int

    @property
    def file(self) -> Path:
        """Readable by everybody outside of the sandbox."""
        return self.folder / "canary"

    @property
    def port(self) -> int:
        """Where the listener waits on loopback."""
        return int(self.listener.getsockname()[1])

    def connections(self) -> int:
        """How many have come."""
        self.listener.setblocking(False)
        try:
            self.listener.accept()
        except BlockingIOError:
            return 0
        return 1


PROBES = (
    Probe("files", "read a file outside", lambda student, canaries: student.read(str(canaries.file))),
    Probe("files", "read the password file", lambda student, canaries: student.read("/etc/passwd")),
    Probe("files", "write a file outside", lambda student, canaries: student.write(str(canaries.folder / "written"))),
    Probe("network", "reach a listener on this machine", lambda student, canaries: student.connect(canaries.port)),
    Probe("processes", "start a process", lambda student, canaries: student.fork() + student.run()),
    Probe("processes", "attach to the grader", lambda student, canaries: student.trace(os.getpid())),
    Probe("processes", "signal the grader", lambda student, canaries: student.signal_to(os.getpid())),
    Probe("processes", "signal a bystander", lambda student, canaries: student.signal_to(canaries.bystander)),
    Probe(
        "processes",
        "read the grader's environment",
        lambda student, canaries: student.read(f"/proc/{os.getpid()}/environ"),
    ),
    Probe("memory", "allocate more than its limit", lambda student, canaries: student.allocate(2 * _LIMITS.memory_mib)),
    Probe("identity", "run as root", lambda student, canaries: student.identity()),
    Probe(
        "environment", "find a variable of the grader", lambda student, canaries: student.environment(canaries.secret)
    ),
    Probe("descriptors", "find an open file of the grader", lambda student, canaries: student.descriptors()),
)


def examine(mode: Mode | None = None, hidden: tuple[str, ...] = ()) -> list[Finding]:
    """The mode offered here and each of its walls, tried for real; never raises on what it finds.

    `hidden`: files and folders that student code must not find.
    """
    try:
        with Template.start(_LIMITS, mode, hidden=hidden) as template:
            walls = ", ".join(template.layers)
            facts = f"Mode {template.mode}: {walls}. The warm process was ready in {template.ready_seconds:.1f} s."
            facts = f"{facts} {template.remark}".rstrip()
            if template.mode is Mode.UNCONFINED:
                return [Finding("sandbox", True, f"{facts} Student code runs with your own rights.")]
            return [Finding("sandbox", True, facts), *probe(template)]
    except SandboxError as error:
        return [Finding("sandbox", False, str(error))]


def probe_or_refuse(template: Template) -> None:
    """Before a batch: try each wall in a real sandbox. SandboxError names the wall that let an attack through."""
    for finding in probe(template):
        if not finding.ok:
            raise SandboxError(f"The sandbox does not hold on this machine. {finding.name}: {finding.sentence}")


def probe(template: Template) -> list[Finding]:
    """Try each attack in a sandbox of this template."""
    with _canaries(template.folder) as canaries:
        room = Room(template, (Cell("intruder", INTRUDER, Role.GIVEN),), "", _LIMITS)
        try:
            return [_tried(one, room, canaries) for one in (*PROBES, *_of_hidden_places(template.hidden))]
        finally:
            room.close()


def _of_hidden_places(hidden: tuple[str, ...]) -> Iterator[Probe]:
    """An attack on a file in each place that student code must not find: what lies there is the canary."""
    for place in hidden:
        file = _file_in(Path(place))
        if file is not None:
            aim = f"read {file}, in a place that is hidden from it,"
            yield Probe("files", aim, partial(_read, path=str(file)))


def _read(student: Any, _: Canaries, path: str) -> str:
    return str(student.read(path))


def _file_in(place: Path) -> Path | None:
    """A file with something in it at or below `place`, if there is one: of two the one less deep."""
    if place.is_file():
        return place if place.stat().st_size else None
    for folder, _, names in os.walk(place):
        for path in sorted(Path(folder, name) for name in names):
            if path.is_file() and path.stat().st_size:
                return path
    return None


def _tried(one: Probe, room: Room, canaries: Canaries) -> Finding:
    name = f"sandbox, {one.wall}"
    try:
        reached = one.call(room.student, canaries)
    except SandboxEnded as ending:
        return Finding(name, True, f"An attempt to {one.aim} ended the process ({ending.failure.kind}).")
    except StudentError as error:
        return Finding(name, False, f"The attempt to {one.aim} could not be made: {error}.")
    harmed = (canaries.folder / "written").exists() or canaries.connections() > 0
    if reached or harmed:
        return Finding(name, False, f"An attempt to {one.aim} got through; do not grade on this machine.")
    return Finding(name, True, f"An attempt to {one.aim} was refused.")


@contextmanager
def _canaries(place: str) -> Iterator[Canaries]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="canary-", dir=place)))
        folder.chmod(0o777)
        secret = f"AUTOGRADER_CANARY_{secrets.token_hex(8)}"
        (folder / "canary").write_text(secret)
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        bystander = stack.enter_context(
            subprocess.Popen([sys.executable, "-I", "-c", "input()"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        )
        stack.callback(bystander.kill)
        os.environ[secret] = secret
        stack.callback(os.environ.pop, secret)
        yield Canaries(secret, folder, listener, bystander.pid)
