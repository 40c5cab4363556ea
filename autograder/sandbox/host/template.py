"""The grader's hold on the warm process: starts it, asks it for students' processes, starts it again if it dies."""

from __future__ import annotations

import atexit
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Protocol

from autograder.core.errors import SandboxError
from autograder.sandbox.forkserver import warm, watcher
from autograder.sandbox.walls import syscalls
from autograder.sandbox.walls.limits import ALL_LAYERS, Layer, Limits, Mode

START_SECONDS = 120.0
STARTS = 3
"""How many warm processes in a row may end without a word, as killed ones do, before none is to be had."""
_ANSWER_SECONDS = 20.0
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MPLBACKEND": "Agg",
    "MALLOC_ARENA_MAX": "2",  # else each thread reserves 64 MiB of the address space that is limited
}


def clean_environment() -> dict[str, str]:
    """What a process is started with that students' processes come from: nothing of ours but the place for scratch."""
    return {**ENVIRONMENT, "TMPDIR": tempfile.gettempdir()}


@dataclass(frozen=True)
class Ended:
    """How a student's process ended (a wait status), whether it had to be killed, and what it used."""

    status: int
    killed: bool
    cpu_seconds: float
    peak_mib: float


@dataclass(frozen=True)
class Forked:
    """A student's process: the grader's ends of its channel and of its output, and its number in the warm process.

    `scratch` and `pid` are this host's where the process has no namespaces of its own.
    """

    warm: WarmLine
    number: int
    pid: int
    channel: socket.socket
    output: int
    scratch: str | None

    def end(self, patience: float) -> Ended:
        """Bury it; kill it unless it ends by itself within `patience` seconds. SandboxError if all is lost."""
        self.channel.close()
        os.close(self.output)
        return Ended(**self.warm.ask("end", number=self.number, scratch=self.scratch, patience=patience))

    def cpu_seconds(self) -> float:
        """Processor time used so far (seconds)."""
        return float(self.warm.ask("usage", number=self.number)["cpu_seconds"])


class Process(Protocol):
    """What is asked of the watcher's process, however it was made."""

    def poll(self) -> int | None:
        """Its exit code once it is over."""

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code. Raises subprocess.TimeoutExpired."""

    def kill(self) -> None:
        """End it at once."""


def _launch(control: socket.socket, mode: Mode | None, layers: frozenset[Layer], words: Any) -> Process:
    """Start from `/`, isolated, with a clean environment, so that nothing that lies about is imported or inherited."""
    clean = Layer.ENVIRONMENT in layers
    return subprocess.Popen(
        [
            *(sys.executable, "-I", str(Path(watcher.__file__).resolve())),
            *(str(control.fileno()), str(os.getpid()), mode or "", ",".join(sorted(layers))),
        ],
        cwd="/",
        env=clean_environment() if clean else {**os.environ, **ENVIRONMENT},
        pass_fds=[control.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=words,
        start_new_session=True,
    )


Launch = Callable[[socket.socket, Mode | None, frozenset[Layer], Any], Process]


class _EndedError(SandboxError):
    """A process ended without a word."""


class WarmLine:
    """One warm process and the socket to it. What it says is trusted: no student code runs in it."""

    def __init__(self, mode: Mode | None, layers: frozenset[Layer], launch: Launch = _launch) -> None:
        begin = monotonic()
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with tempfile.TemporaryFile() as words:
            self._process = launch(theirs, mode, layers, words)
            theirs.close()
            facts = self._first_words(words)
        self.mode = Mode(facts["mode"])
        self.layers = frozenset(map(Layer, facts["layers"]))
        self.remark, self.folder = str(facts["remark"]), str(facts["folder"])
        self._compiled: dict[str, int] = {}
        self.ready_seconds = monotonic() - begin

    def _first_words(self, words: Any) -> dict[str, Any]:
        try:
            facts = self._receive(START_SECONDS)
        except SandboxError as error:
            words.seek(0)
            tail = words.read()[-500:].decode(errors="replace").strip()
            kind = SandboxError if tail else type(error)
            raise kind(f"The sandbox's warm process did not start: {tail or 'it said nothing'}") from None
        if "error" in facts:
            self.close()
            raise SandboxError(facts["error"])
        return facts

    def _receive(self, seconds: float) -> dict[str, Any]:
        if not select.select([self._control], [], [], seconds)[0]:
            self.close()
            raise SandboxError(f"The sandbox's warm process did not answer within {seconds:.0f} seconds.")
        answer, _ = warm.hear(self._control)
        if answer is None:
            self.close()
            raise _EndedError("The sandbox's warm process has ended.")
        return answer

    def ask(self, operation: str, descriptors: tuple[int, ...] = (), **fields: Any) -> dict[str, Any]:
        """One question, one answer. Raises SandboxError if the process is gone or refuses."""
        question = json.dumps({"op": operation, **fields}).encode()
        with self._lock:
            try:
                socket.send_fds(self._control, [question], descriptors)
            except OSError:
                self.close()
                raise SandboxError("The sandbox's warm process has ended.") from None
            answer = self._receive(_ANSWER_SECONDS)
        if "error" in answer:
            raise SandboxError(answer["error"])
        return answer

    def compiled(self, source: str) -> int:
        """Where the process keeps `source`, compiled there once."""
        if source not in self._compiled:
            self._compiled[source] = self.ask("compile", source=source)["place"]
        return self._compiled[source]

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def close(self) -> None:
        """End it and every student's process it made."""
        self._control.close()
        try:
            self._process.wait(1.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@dataclass
class _Child:
    """A forked process, asked as one that was started anew."""

    pid: int
    code: int | None = None

    def poll(self) -> int | None:
        if self.code is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            self.code = os.waitstatus_to_exitcode(status) if ended else None
        return self.code

    def wait(self, timeout: float | None = None) -> int:
        if self.poll() is None:
            handle = os.pidfd_open(self.pid)
            select.select([handle], [], [], timeout)
            os.close(handle)
        if self.poll() is None:
            raise subprocess.TimeoutExpired("watcher", timeout or 0.0)
        assert self.code is not None
        return self.code

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


def _fork(control: socket.socket, mode: Mode | None, layers: frozenset[Layer], words: Any) -> Process:
    """Fork the watcher from this process: what is imported here need not be imported there again.

    Not by multiprocessing, which would end it when this process ends, before it has cleaned up.
    """
    grader = os.getpid()
    child = os.fork()
    if child == 0:
        try:
            _be_watcher(control, words.fileno(), grader, mode, layers)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)  # whatever happens: what follows here belongs to the parent
    return _Child(child)


def _be_watcher(
    control: socket.socket, words: int, grader_pid: int, mode: Mode | None, layers: frozenset[Layer]
) -> None:
    """In the child: keep nothing of the grader's but its memory, then watch."""
    os.setsid()
    os.chdir("/")
    os.environ.clear()
    os.environ.update(ENVIRONMENT)
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    os.dup2(words, 2)
    line = socket.socket(fileno=os.dup2(control.detach(), 3))
    syscalls.close_range(4)
    watcher.watch(line, grader_pid, mode, layers)


_early: dict[tuple[Mode | None, frozenset[Layer]], WarmLine] = {}


def start_early(mode: Mode | None = None) -> None:
    """Fork the next template's warm process from this one, so that both share the memory of their imports.

    For machines where memory is short (it saves some 250 MiB). To be called before this process has read anything
    secret, with an environment that holds nothing secret: what it holds, students can read. Raises SandboxError where
    student code cannot be walled off.
    """
    warm.import_all()
    gc.collect()
    gc.freeze()  # else this process's collector would copy what both share
    atexit.register(gc.unfreeze)  # else libraries complain at the end that their objects were never freed
    _early[mode, ALL_LAYERS] = WarmLine(mode, ALL_LAYERS, _fork)


def _started(mode: Mode | None, layers: frozenset[Layer]) -> WarmLine:
    """A new warm process; one that is killed while it starts is started again."""
    for _ in range(STARTS - 1):
        with suppress(_EndedError):
            return WarmLine(mode, layers)
    return WarmLine(mode, layers)


class Template:
    """A warm process to fork students' processes from, for one grader.

    It holds no secrets: nothing of the grader's memory, environment or files is in it. If it dies it is started again.
    `hidden` are files and folders that student code must not find, wherever they lie; `files` (content by name) lie in
    the working folder of each process.
    """

    def __init__(
        self,
        mode: Mode | None,
        layers: frozenset[Layer],
        hidden: tuple[str, ...] = (),
        files: Mapping[str, bytes] | None = None,
    ) -> None:
        self.hidden, self.files = hidden, files or {}
        self._wanted: tuple[Mode | None, frozenset[Layer]] = mode, layers
        self._line = _early.pop(self._wanted) if self._wanted in _early else _started(mode, layers)

    @classmethod
    def start(
        cls,
        limits: Limits,
        mode: Mode | None = None,
        layers: frozenset[Layer] = ALL_LAYERS,
        hidden: tuple[str, ...] = (),
        files: Mapping[str, bytes] | None = None,
    ) -> Template:
        """A template that is ready and has made a process within `limits`.

        `mode` None: the best this host offers; `layers`: fewer only in tests. Raises SandboxError where student code
        cannot be walled off, or what is to be hidden is something that Python needs.
        """
        template = cls(mode, layers, hidden, files)
        try:
            template.fork(limits).end(patience=0.0)
        except SandboxError:
            template.close()
            raise
        return template

    @property
    def mode(self) -> Mode:
        """How student code is walled off."""
        return self._line.mode

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of the walls that stand; ("UNCONFINED",) if there are none."""
        if self.mode is Mode.UNCONFINED:
            return ("UNCONFINED",)
        return tuple(str(layer) for layer in Layer if layer in self._line.layers)

    @property
    def remark(self) -> str:
        """What this host lacks, in a sentence; "" if nothing."""
        return self._line.remark

    @property
    def folder(self) -> str:
        """A folder of this host that goes with the warm process, even where the grader is killed."""
        return self._line.folder

    @property
    def ready_seconds(self) -> float:
        """How long the warm process took to start (seconds)."""
        return self._line.ready_seconds

    def fork(self, limits: Limits, stand_ins: str = "", layers: frozenset[Layer] = ALL_LAYERS) -> Forked:
        """A new student's process; a warm process that died is started again. SandboxError if none is to be had."""
        for _ in range(STARTS - 1):
            try:
                return self._fork(limits, stand_ins, layers)
            except SandboxError:
                if self._line.alive():
                    raise
            self._line = _started(*self._wanted)
        return self._fork(limits, stand_ins, layers)

    def _fork(self, limits: Limits, stand_ins: str, layers: frozenset[Layer]) -> Forked:
        place = self._line.compiled(stand_ins)
        ours, theirs = socket.socketpair()
        reader, writer = os.pipe()
        try:
            wanted = {"limits": asdict(limits), "layers": sorted(layers), "hidden": self.hidden}
            answer = self._line.ask("fork", (theirs.fileno(), writer), wanted=wanted, stand_ins=place)
        except SandboxError:
            ours.close()
            os.close(reader)
            raise
        finally:
            theirs.close()
            os.close(writer)
        return Forked(self._line, answer["number"], answer["pid"], ours, reader, answer["scratch"])

    def close(self) -> None:
        """End the warm process and all that it made."""
        self._line.close()

    def __enter__(self) -> Template:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
