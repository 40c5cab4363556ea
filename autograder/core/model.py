"""The kit's data types: frozen, without behaviour beyond reading themselves.

They flow one way: Submission → Script → CheckResult → Grade.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class RunStatus(StrEnum):
    """How grading one submission ended; if several fit, the first in this order decides."""

    UNREADABLE = "unreadable"
    NEEDS_HUMAN = "needs-human"
    PROTOCOL = "protocol"
    OUT_OF_MEMORY = "out-of-memory"
    TIMED_OUT = "timed-out"
    CRASHED = "crashed"
    REPAIRED = "graded-after-repair"
    GRADED = "graded"


class Outcome(StrEnum):
    """How one check ended; `ERROR` is ours and never costs points."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_ATTEMPTED = "not attempted"
    ERROR = "error"


class Role(StrEnum):
    """What a code cell is for.

    Sandboxed grading runs `GIVEN` (the instructor's), `STUB` (the student's answer) and `EXTRA` (the student's own
    cells), in notebook order; `CHECK` and `DEMO` cells are never run there.
    """

    GIVEN = "given"
    STUB = "stub"
    EXTRA = "extra"
    CHECK = "check"
    DEMO = "demo"


@dataclass(frozen=True)
class Submission:
    """One file a student handed in. `received` is the LMS's time stamp; `path` is never written to.

    `added` is how many runs had given the class its files before the one that brought this. `stamp` is the time as the
    file's name tells it, where it tells one: its zone may be the assignment's, which may change.
    """

    student: str
    path: str
    sha256: str
    received: datetime | None = None
    added: int = 0
    stamp: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells one submission of a class from all others: whose it is and what it holds."""
        return self.student, self.sha256


@dataclass(frozen=True)
class Cell:
    """One code cell to run: `name` is what tracebacks show ("cell 7 (model)"), `stub` the grade_id it answers."""

    name: str
    source: str
    role: Role
    stub: str | None = None


@dataclass(frozen=True)
class Repair:
    """One thing mended in a notebook; `hint` is a hint id where the student should be told more.

    A `notice` mended nothing; without a hint it is for the instructor alone.
    """

    sentence: str
    hint: str | None = None
    notice: bool = False


@dataclass(frozen=True)
class Script:
    """A student's notebook made fit to run: cells in notebook order, and which stubs were left untouched."""

    cells: tuple[Cell, ...]
    repairs: tuple[Repair, ...] = ()
    not_attempted: frozenset[str] = frozenset()
    unsure: str | None = None
    """A sentence saying why a person must look; then nothing is run."""


@dataclass(frozen=True)
class Frame:
    """One line of a student's traceback: cell name, line number in that cell, the line's text."""

    cell: str
    line: int
    text: str


@dataclass(frozen=True)
class TorchCall:
    """The last torch operation before an error: its name and what went in, such as "float32 (64, 28, 28)"."""

    function: str
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class Failure:
    """An exception of student code, as far as it may be told: all text is untrusted and cut to a length."""

    kind: str
    message: str
    frames: tuple[Frame, ...] = ()
    torch_call: TorchCall | None = None


@dataclass(frozen=True)
class Check:
    """One priced test: what the instructor promised to look at, and what it is worth."""

    name: str
    stub: str
    points: float
    title: str
    hidden: bool = False
    seconds: float = 20.0
    fresh: bool = False


@dataclass(frozen=True)
class Advice:
    """Something told that costs nothing."""

    hint: str
    message: str


@dataclass(frozen=True)
class Picture:
    """A small grey picture: `grey` holds its rows of `width` pixels, two hex digits each (00 black, ff white)."""

    caption: str
    width: int
    grey: str


@dataclass(frozen=True)
class Exhibit:
    """Something of the student's own work to look at, made from public data: a curve, or pictures, or both.

    `curve` has one finite number per epoch or step; `lines` are named levels to compare it with. The `best` of a
    student's work stands on top of the page, and is shown even if its check is hidden: it holds no secret.
    """

    title: str
    curve: tuple[float, ...] = ()
    lines: tuple[tuple[str, float], ...] = ()
    pictures: tuple[Picture, ...] = ()
    best: bool = False


@dataclass(frozen=True)
class CheckResult:
    """How one check ended for one submission; `message` is what the student may read.

    `place` is for the author of the check: the line that stumbled over a student's value, if one did.
    Of a hidden check that is only `number`, the sentence of a number that decided, and `remedy`, the hint's text with
    the student's own names in it.
    """

    check: Check
    outcome: Outcome
    hint: str | None = None
    message: str = ""
    advice: tuple[Advice, ...] = ()
    seconds: float = 0.0
    exhibits: tuple[Exhibit, ...] = ()
    remedy: str = ""
    number: str = ""
    place: str = ""

    @property
    def points(self) -> float:
        """Points earned: the check's points if it passed, else 0."""
        return self.check.points if self.outcome is Outcome.PASSED else 0.0


@dataclass(frozen=True)
class Weighed:
    """A number that decided: `got`, a share from 0 to 1, the best of up to `tries` attempts, had to be `needed`.

    `attempts` are those that were made, in order, where each has more patience than the one before.
    """

    looked_at: str
    got: float
    needed: float
    tries: int = 1
    attempts: tuple[float, ...] = ()


@dataclass(frozen=True)
class Times:
    """Where a submission's time went (seconds): wall time, but for `student`, which is processor time.

    `intake` reads the notebook, `start` makes walled-off processes, `wire` is asking them beyond what their own work
    took, `checks` is the grader's side.
    """

    intake: float = 0.0
    start: float = 0.0
    student: float = 0.0
    wire: float = 0.0
    checks: float = 0.0


@dataclass(frozen=True)
class Grade:
    """The whole answer for one submission: exactly one row of the ledger and of results.jsonl.

    `points` is None where nothing could be judged (`unreadable`, `needs-human`). `seconds` is wall time,
    `cpu_seconds` what the student's processes used. `reason` says in a sentence why the status is not `graded`.
    `weighed` are the numbers that decided, of each thing looked at the last; they are for the instructor alone.
    `script` is a digest of what was run; two grades of one submission with the same one ran the same cells.
    """

    student: str
    assignment: str
    fingerprint: str
    sha256: str
    status: RunStatus
    points: float | None
    max_points: float
    seed: int
    checks: tuple[CheckResult, ...] = ()
    repairs: tuple[Repair, ...] = ()
    reason: str = ""
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    sandbox: tuple[str, ...] = ()
    printed: str = field(default="", repr=False)
    weighed: tuple[Weighed, ...] = ()
    times: Times = Times()
    script: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """That of its submission."""
        return self.student, self.sha256
