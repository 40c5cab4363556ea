"""What this machine can do: each part imported, each wall of the sandbox tried by an attack that must get nowhere."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.core.errors import CourseError, SandboxEnded, SandboxError, StudentError
from autograder.core.model import Cell, Role
from autograder.sandbox import Limits, Mode, Room, Template
from autograder.torchlab import mnist

_PAIR = "torch 2.15.0 and torchvision 0.29.2"
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
    return attempt(lambda: open(path).read())

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
    return os.environ.get(name, "") + (name if name in read("/proc/self/environ") else "")

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


def examine(mode: Mode | None = None) -> list[Finding]:
    """Everything that grading needs here, tried for real; never raises on what it finds."""
    return [*_programs(), _data(), *_sandbox(mode)]


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
            return [_tried(one, room, canaries) for one in PROBES]
        finally:
            room.close()


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


def _sandbox(mode: Mode | None) -> list[Finding]:
    try:
        with Template.start(_LIMITS, mode) as template:
            walls = ", ".join(template.layers)
            facts = f"Mode {template.mode}: {walls}. The warm process was ready in {template.ready_seconds:.1f} s."
            facts = f"{facts} {template.remark}".rstrip()
            if template.mode is Mode.UNCONFINED:
                return [Finding("sandbox", True, f"{facts} Student code runs with your own rights.")]
            return [Finding("sandbox", True, facts), *probe(template)]
    except SandboxError as error:
        return [Finding("sandbox", False, str(error))]


def _data() -> Finding:
    try:
        return Finding("data", True, f"Digits found: {mnist.find().source}.")
    except (CourseError, OSError) as error:
        return Finding("data", False, str(error))


def _programs() -> list[Finding]:
    release = sys.version_info
    python = Finding(
        "python",
        release >= (3, 11),
        f"Python {release.major}.{release.minor}.{release.micro}; 3.11 or newer is needed.",
    )
    return [python, *(_imported(name) for name in ("torch", "torchvision", "nbgrader", "pytest")), _alembic()]


def _imported(name: str) -> Finding:
    """Imported in a process of its own: a broken torch can end the one it is imported in."""
    code = f"import {name}; print({name}.__version__)"
    result = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=False)
    if result.returncode == 0:
        return Finding(name, True, f"{name} {result.stdout.split()[-1]}.")
    return Finding(name, False, explain_import(name, result.stderr))


def explain_import(name: str, words: str) -> str:
    """A sentence on why `import name` failed, from what Python said."""
    last = (words.strip().splitlines() or ["it said nothing"])[-1]
    if re.search(r"operator torchvision::nms does not exist", words):
        return f"{name} cannot be imported: these builds of torch and torchvision do not fit; install the pair {_PAIR}."
    return f"{name} cannot be imported ({last}); install the kit's requirements."


def _alembic() -> Finding:
    beside = shutil.which("alembic", path=sysconfig.get_path("scripts"))
    found = shutil.which("alembic") or beside
    if found:
        return Finding("alembic", True, "nbgrader's gradebook can be laid out: alembic was found.")
    return Finding(
        "alembic", False, "alembic, which nbgrader calls to lay out its gradebook, is missing; install alembic."
    )
