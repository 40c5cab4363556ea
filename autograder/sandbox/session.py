"""One submission in the sandbox: a process that has run its cells, replaced whenever it ends."""

from __future__ import annotations

import hashlib
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from time import monotonic
from typing import Any, NoReturn

import numpy as np

from autograder.core.errors import CheckTimeout, CourseError, SandboxEnded, SandboxError, StudentError
from autograder.core.model import Cell, Failure, Role
from autograder.core.values import Record
from autograder.sandbox import wire
from autograder.sandbox.host import endings, replies
from autograder.sandbox.host.cells import DEFINITIONS_ONLY, GRACE_SECONDS, Timetable
from autograder.sandbox.host.process import PATIENCE, Gone, Overfull, Overrun, Printed, Process
from autograder.sandbox.host.student import Answers, Handle, MissingName, Names, Session
from autograder.sandbox.host.template import Ended, Template
from autograder.sandbox.walls.limits import ALL_LAYERS, Layer, Limits

_RUN = (Role.GIVEN, Role.STUB, Role.EXTRA)
_START_SECONDS = 60.0
_FALLS = 2
"""How often the cells may end their process before nothing is tried any more."""

_LEAST_SHARE = 0.1
"""Least share of its own time that a check gets, however often the notebook ran out of time before: an honest answer
takes a tenth of a check's limit or less, and waiting for endless loops in full is what would make a class slow."""


class Room:
    """One submission in the sandbox: a process that has run the cells and answers checks.

    The process is made when it is first needed, and anew after it ended. Cells of the roles given, stub and extra run
    in their order. `stand_ins`: source of the module of that name; `lesson`: names that the set-up cell would have
    defined, which do nothing here; `layers`: fewer only in tests.
    """

    def __init__(
        self,
        template: Template,
        cells: tuple[Cell, ...],
        stand_ins: str,
        limits: Limits,
        lesson: tuple[str, ...] = (),
        layers: frozenset[Layer] = ALL_LAYERS,
    ) -> None:
        self._template, self._limits, self._layers = template, limits, layers
        self._cells = [cell for cell in cells if cell.role in _RUN]
        self._stand_ins, self._lesson = stand_ins, lesson
        self._last_moment = monotonic() + limits.submission_seconds
        self._check_ends: float | None = None
        self._session: Session | None = None
        self._output = Printed(limits.output_kib * 1024)
        self._falls, self._renewed = 0, 0
        self._doom: SandboxEnded | None = None
        self._ended: weakref.WeakKeyDictionary[Session, SandboxEnded] = weakref.WeakKeyDictionary()
        self._cpu_seconds_before = 0.0
        self.student = Names(self, "student")
        self.stand_ins = Names(self, "stand_ins")
        self.endings: list[SandboxEnded] = []
        self.cell_failures: dict[str, Failure] = {}
        self._timetable = Timetable(limits)
        self.values: dict[str, str] = {}
        self.returned = ("", "")
        self.answers = Answers()
        self.peak_mib = 0.0

    # --- what checks use

    def seed(self, number: int) -> None:
        """Seed torch, numpy and random on the student's side.

        With a number that follows from `number` but does not tell it: what is drawn from that here stays a secret.
        """
        digest = hashlib.sha256(f"the student's side {number}".encode()).digest()
        self.ask("seed", number=int.from_bytes(digest[:8], "big") >> 1)

    def files(self, contents: Mapping[str, bytes]) -> str:
        """Write files (relative path → bytes) into a new folder on the student's side; its path there."""
        return str(self.exact(str, "files", contents=_arrays(contents)))

    def fresh(self) -> None:
        """Let the next use find a new process, in which only the cells have run. Handles of the old one are dead.

        What cells draw without a seed of their own is different there, as it is when a notebook is opened again.
        """
        self._renewed += 1
        self._bury()

    def cpu_seconds(self) -> float:
        """Processor time of all processes of this submission so far (seconds)."""
        now = 0.0
        if self._session is not None:
            with suppress(SandboxError):
                now = self._session.process.cpu_seconds()
        return self._cpu_seconds_before + now

    # --- what the grader uses

    @contextmanager
    def check(self, seconds: float) -> Iterator[None]:
        """A deadline for all calls inside (seconds); making a process and running the cells is not counted.

        Each check that ran out of time halves what the later ones get, down to a tenth.
        """
        before = self._check_ends
        overruns = sum(isinstance(ending, CheckTimeout) for ending in self.endings)
        self._check_ends = monotonic() + seconds * max(_LEAST_SHARE, 0.5**overruns)
        try:
            yield
        finally:
            self._check_ends = before

    @property
    def stopped(self) -> Mapping[str, str]:
        """Names of cells that were stopped, each with a sentence that says why. What they defined is kept."""
        return self._timetable.stopped

    @property
    def unkept(self) -> int:
        """How many bytes were printed beyond what is kept."""
        return self._output.dropped

    @property
    def printed(self) -> str:
        """What the cells and calls printed, cut to a length: untrusted text."""
        return self._output.text

    def close(self) -> None:
        """End the process. What it said unasked until now still counts against it."""
        if self._session is None:
            return
        try:
            self._session.process.expect_silence()
        except wire.ProtocolError as cause:
            self.endings.append(self._ending(cause))
        self._bury()

    # --- asking; used by handles too

    def ask(self, operation: str, **fields: Any) -> dict[str, Any]:
        """One question to the process that has run the cells, within the deadline."""
        self._make_ready()
        check_ends = self._check_ends or monotonic() + self._limits.cell_seconds
        return self._exchange(min(check_ends, self._last_moment), operation, **fields)

    def value(self, operation: str, **fields: Any) -> Any:
        """The value that answers a question."""
        return self.ask(operation, **fields).get("value")

    def stand_in(self, name: str) -> Any:
        """What the stand-ins call so, asked once of each process: student code has no business to change it."""
        self._make_ready()
        assert self._session is not None
        known = self._session.stand_ins
        if name not in known:
            known[name] = self.value("name", of="stand_ins", name=name)
        return known[name]

    def exact(self, kind: type, operation: str, **fields: Any) -> Any:
        """A value that an honest process can answer with this type only."""
        value = self.value(operation, **fields)
        if type(value) is not kind:
            self._end(wire.ProtocolError(f"{operation} was answered with no {kind.__name__}"))
        return value

    def _exchange(self, deadline: float, operation: str, **fields: Any) -> dict[str, Any]:
        """One question, one answer; StudentError where student code raised, SandboxEnded where its process ended."""
        assert self._session is not None
        session = self._session
        session.asked += 1
        frame = self._frame({"id": session.asked, "op": operation, "drop": session.take_lost(), **fields})
        try:
            head, body = session.process.ask(frame, deadline)
            self.answers.arrived = len(body)
            reply = replies.checked(wire.build(head, body, self._resolve), session.asked)
        except (Overrun, Gone, Overfull, wire.ProtocolError) as cause:
            self._end(cause)
        if "failure" in reply:
            raise (MissingName if "missing" in reply else StudentError)(reply["failure"])
        return reply

    def _frame(self, request: dict[str, Any]) -> list[memoryview]:
        try:
            return wire.encode(request, self._refer)
        except wire.Unsendable as error:
            raise CourseError(f"A check gave student code {error}. Pass plain values, arrays or handles.") from None

    def _refer(self, value: object) -> wire.Ref:
        """The number of a handle's object, or of what a record came from while that process lives."""
        if isinstance(value, Record) and isinstance(value.origin, Handle) and value.origin._session is self._session:
            return wire.Ref(value.origin._number)
        if not isinstance(value, Handle):
            raise wire.Unsendable(f"a value of type {type(value).__name__}, which cannot cross")
        if value._session is self._session:
            return wire.Ref(value._number)
        if value._session in self._ended:
            raise endings.again(self._ended[value._session])
        raise CourseError(f"A check used {value!r}, but that process was replaced. Keep values, not handles.")

    def _resolve(self, ref: wire.Ref) -> Handle:
        assert self._session is not None
        return self._session.handle(self, ref.number, ref.type)

    # --- running the cells

    def _make_ready(self) -> None:
        """See to it that there is a process that has run the cells. Its time does not count for the check."""
        if self._doom is not None:
            raise endings.again(self._doom)
        if monotonic() >= self._last_moment:
            self._out_of_time()
        if self._session is not None:
            return
        begin = monotonic()
        try:
            while not self._run_cells():
                continue
        finally:
            if self._check_ends is not None:
                self._check_ends += monotonic() - begin

    def _out_of_time(self) -> NoReturn:
        self._bury()
        seconds = f"{self._limits.submission_seconds:g}"
        self._doom = CheckTimeout(
            Failure("TimeoutError", f"The {seconds} seconds for the whole notebook were used up.")
        )
        self.endings.append(self._doom)
        raise endings.again(self._doom)

    def _run_cells(self) -> bool:
        """Run all cells in a new process; False if one ended it and all must run again, of that one only a part."""
        self._start()
        for cell in self._cells:
            if not self._run_cell(cell):
                return False
        self._output.muted = False
        return True

    def _start(self) -> None:
        kills = endings.kernel_memory_kills()
        self._session = Session(self._process(), kills)
        deadline = monotonic() + _START_SECONDS
        try:
            files = _arrays(self._template.files)
            self._exchange(deadline, "start", lesson=list(self._lesson), files=files, seed=self._renewed)
        except SandboxEnded as ending:
            self.endings.remove(ending)
            raise SandboxError(f"A student's process ended before any of their code ran: {ending}") from None
        except StudentError as error:
            self._bury()
            raise CourseError(f"stand_ins.py cannot be loaded: {error}. Correct it.") from None

    def _process(self) -> Process:
        return Process(self._template, self._limits, self._output, self._stand_ins, self._layers)

    def _run_cell(self, cell: Cell) -> bool:
        """Run one cell; what it raises is kept, and the cells after it run. False if it had to be ended by force."""
        seconds, line, begin = self._timetable.seconds(cell), self._timetable.line(cell), monotonic()
        own = cell.role is Role.EXTRA
        deadline = min(begin + seconds + GRACE_SECONDS, self._last_moment)
        try:
            self._exchange(deadline, "cell", name=cell.name, source=cell.source, seconds=seconds, before=line, own=own)
        except SandboxEnded as ending:
            can_be_stopped = isinstance(ending, CheckTimeout) or ending.failure.kind == endings.OVERFULL
            if not can_be_stopped or line == DEFINITIONS_ONLY or deadline == self._last_moment:
                self._fall(ending)
            self.endings.remove(ending)
            self._stop(cell, ending.failure, DEFINITIONS_ONLY, seconds)
            return False
        except StudentError as error:
            if error.failure.kind == endings.STOPPED:
                places = [frame.line for frame in error.failure.frames if frame.cell == cell.name]
                self._stop(cell, error.failure, places[0] if places else DEFINITIONS_ONLY, seconds)
            else:
                self.cell_failures[cell.name] = error.failure
        finally:
            self._timetable.ran(cell, monotonic() - begin)
        return True

    def _stop(self, cell: Cell, failure: Failure, line: int, seconds: float) -> None:
        why = endings.why_stopped(cell.name, failure, seconds)
        self._timetable.stop(cell, line, why)
        self.cell_failures.setdefault(cell.name, replace(failure, kind="TimeoutError", message=why))

    def _fall(self, ending: SandboxEnded) -> NoReturn:
        """The cells themselves ended the process; when they do so again, nothing is tried any more."""
        self._falls += 1
        if self._falls >= _FALLS:
            self._doom = ending
        raise ending

    # --- ending

    def _bury(self, patience: float = PATIENCE) -> Ended | None:
        """End the process, if there is one, and count what it used; what the next one's cells print is known."""
        session, self._session = self._session, None
        if session is None:
            return None
        ended = session.process.end(patience)
        self._cpu_seconds_before += ended.cpu_seconds
        self.peak_mib = max(self.peak_mib, ended.peak_mib)
        self._output.muted = True
        return ended

    def _ending(self, cause: Exception) -> SandboxEnded:
        """End the process and say why."""
        session = self._session
        assert session is not None
        ended = self._bury(patience=0.0 if isinstance(cause, Overrun) else PATIENCE)
        assert ended is not None
        kills = endings.kernel_memory_kills() - session.kernel_kills
        ending = endings.ending(cause, ended, self._limits, session.process.tail, kills)
        self._ended[session] = ending
        return ending

    def _end(self, cause: Exception) -> NoReturn:
        ending = self._ending(cause)
        self.endings.append(ending)
        raise ending


def _arrays(contents: Mapping[str, bytes]) -> dict[str, Any]:
    return {name: np.frombuffer(data, dtype=np.uint8) for name, data in contents.items()}
