"""Plays hostile submissions between honest ones, with canaries set out, and says what went wrong."""

from __future__ import annotations

import ctypes
import dataclasses
import hashlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import TimeoutError as NoAnswer
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from time import monotonic, sleep
from typing import Self

from attacks import files, tiny
from places import ATTACKS, ROOT

from autograder.authoring import variant
from autograder.authoring.audit import Notebooks
from autograder.core.course import Course
from autograder.core.model import Grade, RunStatus, Submission, Times
from autograder.grading.engines.local import LocalEngine
from autograder.grading.submission import Task, grade
from autograder.intake import hand_ins
from autograder.sandbox import Mode

FULL_POINTS = 20.0
_VARIABLE = "AUTOGRADER_CANARY"
_SUBREAPER = 36
_GRACE = 3.0
TO_THE_END = "played to the end"
ROW_CHARACTERS = 500_000
"""How much of a submission may be kept at most: a class of a thousand must still fit on a page and a disk."""
_SLACK = 3.0
"""How many times longer than promised a busy machine may take."""


@dataclass(frozen=True)
class Attack:
    """One hostile submission: what plays it, and how it may end."""

    name: str
    title: str
    statuses: frozenset[RunStatus]
    points: float | None
    seconds: float
    assignment: str = "tiny"
    everywhere: bool = False
    cells: variant.Variant | None = None
    file: tuple[str, bytes] | None = None

    @property
    def id(self) -> str:
        return self.name.replace("_", "-")


def attacks(with_texts_from_data: bool = True) -> list[Attack]:
    """All of them, those against the tiny course first; two texts against the digits are made from data, in seconds."""
    paths = [path for path in sorted(ATTACKS.glob("*.py")) if path.stem not in ("files", "tiny", "__init__")]
    found = [from_variant(path.stem, path.read_text(encoding="utf-8")) for path in paths]
    texts = files.variants() if with_texts_from_data else {}
    found += [from_variant(name, text) for name, text in texts.items()]
    found += [_from_file(each) for each in files.malformed()]
    return sorted(found, key=lambda attack: (attack.assignment != "tiny", attack.name))


def from_variant(name: str, text: str) -> Attack:
    """The attack that a variant's docstring promises."""
    cells = variant.parse(name, text)
    keys = cells.keys
    return Attack(
        name=name,
        title=cells.title,
        statuses=frozenset(RunStatus(word.strip()) for word in keys["status"].split(",")),
        points=float(keys.get("points", FULL_POINTS)),
        seconds=float(keys["seconds"]),
        assignment=keys.get("assignment", "tiny"),
        everywhere=keys.get("everywhere", "no") == "yes",
        cells=cells,
    )


def _from_file(each: files.Malformed) -> Attack:
    statuses = frozenset(map(RunStatus, each.statuses))
    return Attack(each.name, each.title, statuses, each.points, each.seconds, file=(each.file_name, each.data))


# --- canaries ---------------------------------------------------------------------------------------------------------


@dataclass
class Canaries:
    """What no submission may reach. All of them hold the one text `secret`, but for a process and two listeners."""

    secret: str
    files: list[Path]
    sleeper: subprocess.Popen[bytes]
    listeners: list[socket.socket]
    before: dict[Path, tuple[bytes, int]] = field(default_factory=dict)

    @classmethod
    def set_out(cls, root: Path) -> Self:
        """In a course, a home, a ledger, another submission, a variable, the grader's memory; a process, listeners."""
        secret = f"canary-{secrets.token_hex(8)}"
        tiny.write(root / "course", secret)
        places = [
            root / name for name in ("home/secret.txt", "home/.ssh/id_rsa", "out/ledger.db", "submitted/bo.ipynb")
        ]
        for path in places:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(secret)
        course = sorted(path for path in (root / "course").rglob("*") if path.is_file())
        os.environ[_VARIABLE], os.environ["HOME"] = secret, str(root / "home")
        tcp = socket.create_server(("127.0.0.1", 0))
        unseen = socket.socket(socket.AF_UNIX)
        unseen.bind(f"\0{secret[:12]}")
        unseen.listen()
        for each in (tcp, unseen):
            each.setblocking(False)
        sleeper = subprocess.Popen(["sleep", "1800"], env={_VARIABLE: secret}, start_new_session=True)
        return cls(secret, [*places, *course], sleeper, [tcp, unseen], {p: _state(p) for p in [*places, *course]})

    def hints(self, grader: int) -> str:
        """A cell that tells the attack everything but the secret."""
        facts = {
            "FILES": [str(path) for path in self.files],
            "PORT": self.listeners[0].getsockname()[1],
            "ABSTRACT": self.secret[:12],
            "PROCESSES": [self.sleeper.pid, grader, os.getpid()],
            "VARIABLE": _VARIABLE,
            "PIECES": ("can", "ary-"),
        }
        return "".join(f"{name} = {value!r}\n" for name, value in facts.items())

    def touched(self, row: str) -> Iterator[str]:
        """A sentence for each canary that an attack has reached; `row` is all that came of it."""
        if self.secret in row:
            yield "the secret stands in the row"
        for path, before in self.before.items():
            if not path.exists() or _state(path) != before:
                yield f"{path.name} was changed"
        if self.sleeper.poll() is not None:
            yield "the sleeping process was killed"
        for listener in self.listeners:
            try:
                listener.accept()[0].close()
            except BlockingIOError:
                continue
            yield "somebody connected to a listener"

    def close(self) -> None:
        self.sleeper.kill()
        self.sleeper.wait()
        for listener in self.listeners:
            listener.close()


def _state(path: Path) -> tuple[bytes, int]:
    return path.read_bytes(), path.stat().st_mtime_ns


# --- the bench --------------------------------------------------------------------------------------------------------

HONEST = {
    "ada": '"""All of it right."""',
    "zoe": '"""Partly right."""\n# %% predict\ndef predict(model, image):\n    return 10\n',
}


@dataclass(frozen=True)
class Played:
    """What came of one attack: canaries it touched, and what of its own promise was broken."""

    attack: Attack
    grade: Grade
    neighbour_changed: bool
    touched: tuple[str, ...]
    broken: tuple[str, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """Every promise that was not kept, in a sentence."""
        changed = ("a neighbour's row changed",) if self.neighbour_changed else ()
        return (*self.broken, *self.touched, *changed)


class Bench:
    """One grading process, a course or two, honest neighbours with their rows, and canaries."""

    def __init__(self, mode: Mode | None = None) -> None:
        self.mode = mode
        self._before = dict(os.environ)
        self.root = Path(tempfile.mkdtemp(prefix="bench-"))
        self.temporary = self.root / "tmp"
        self.temporary.mkdir(mode=0o711)
        self.root.chmod(0o711)
        os.environ["TMPDIR"] = str(self.temporary)
        self.canaries = Canaries.set_out(self.root)
        _adopt_orphans()
        self.left_before = left_over(self)
        self.engine = LocalEngine(1)
        self.grader: int = self.engine.submit(os.getpid).result(60)
        self.courses = {"tiny": self.root / "course", "digits": ROOT}
        self.notebooks: dict[str, Notebooks] = {}
        self.baseline: dict[tuple[str, str], str] = {}
        self._turn = cycle(HONEST)
        self.left: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends everything; `left` then has a sentence for each thing that is left over."""
        self.engine.shutdown()
        self.left = self._left_after(_GRACE)
        self.canaries.close()
        os.environ.clear()
        os.environ.update(self._before)
        shutil.rmtree(self.root, ignore_errors=True)

    def _left_after(self, seconds: float) -> list[str]:
        """What is left over once the last processes had this long to end."""
        end = monotonic() + seconds
        while (left := [thing for thing in left_over(self) if thing not in self.left_before]) and monotonic() < end:
            sleep(0.05)
        return left

    def play(self, attack: Attack) -> Played:
        """One attack between two honest submissions."""
        for name in HONEST:
            self.baseline.setdefault((attack.assignment, name), self.neighbour(attack.assignment, name))
        row = self.hand_in(attack)
        after = next(self._turn)
        changed = self.neighbour(attack.assignment, after) != self.baseline[attack.assignment, after]
        return Played(attack, row, changed, tuple(self.canaries.touched(text_of(row))), tuple(_faults(attack, row)))

    def neighbour(self, assignment: str, name: str) -> str:
        """The row of an honest submission, without measured times."""
        cells = variant.parse(name, HONEST[name])
        return text_of(without_times(self._run(assignment, name, self.written(assignment, cells))))

    def hand_in(self, attack: Attack) -> Grade:
        """The row of an attack."""
        if attack.file:
            return self._run_file(attack.assignment, *attack.file)
        assert attack.cells is not None
        told = ("extra", self.canaries.hints(self.grader))
        cells = dataclasses.replace(attack.cells, cells=(told, *map(_told, attack.cells.cells)))
        return self._run(attack.assignment, attack.name, self.written(attack.assignment, cells))

    def written(self, assignment: str, cells: variant.Variant) -> bytes:
        """The notebook of a variant."""
        if assignment not in self.notebooks:
            self.notebooks[assignment] = Notebooks(Course(self.courses[assignment]).assignment(assignment))
        return self.notebooks[assignment].of(cells)

    def _run(self, assignment: str, name: str, data: bytes) -> Grade:
        submission = Submission(name, "", hashlib.sha256(data).hexdigest())
        return self._grade(Task(str(self.courses[assignment]), assignment, submission, 7, self.mode, data))

    def _run_file(self, assignment: str, name: str, data: bytes) -> Grade:
        folder = Path(tempfile.mkdtemp(dir=self.root))
        (folder / name).write_bytes(data)
        (submission,) = hand_ins.collect(folder).submissions
        row = self._grade(Task(str(self.courses[assignment]), assignment, submission, 7, self.mode))
        shutil.rmtree(folder)
        return row

    def _grade(self, task: Task) -> Grade:
        try:
            return self.engine.submit(grade, task).result(300)
        except NoAnswer:
            self.engine = LocalEngine(1)
            raise


def _told(cell: tuple[str, str]) -> tuple[str, str]:
    """An attacker's own cell that says when it has come to its end."""
    name, source = cell
    return (name, f"{source}\nprint({TO_THE_END!r})") if name == variant.EXTRA and not source.startswith("%%") else cell


def _ends(attack: Attack) -> int:
    """How many of its own cells must come to their end, so that the attack was really played."""
    if attack.cells is None or attack.statuses != {RunStatus.GRADED} or "ends" in attack.cells.keys:
        return 0
    return sum(name == variant.EXTRA and not source.startswith("%%") for name, source in attack.cells.cells)


def _faults(attack: Attack, row: Grade) -> Iterator[str]:
    if row.status not in attack.statuses:
        wanted = " or ".join(sorted(attack.statuses))
        yield f"the status is {row.status}, wanted {wanted} ({row.reason})"
    if attack.points is None and row.points is not None:
        yield f"{row.points:g} points, wanted none"
    if attack.points is not None and (row.points or 0.0) > attack.points:
        yield f"{row.points:g} points, at most {attack.points:g} wanted"
    if attack.points == FULL_POINTS != row.points and attack.assignment == "tiny":
        lost = "; ".join(f"{one.check.name}: {one.message}" for one in row.checks if not one.points)
        yield f"{row.points} points, wanted all of them ({lost})"
    if row.printed.count(TO_THE_END) < _ends(attack):
        yield f"not all of its cells were played: {row.printed[-300:]!r}"
    if len(text_of(row)) > ROW_CHARACTERS:
        yield f"its row holds {len(text_of(row))} characters"
    if row.seconds > attack.seconds * _SLACK:
        yield f"it took {row.seconds:.1f} seconds, promised were {attack.seconds:g}"


def without_times(row: Grade) -> Grade:
    """The row without what is measured."""
    checks = tuple(dataclasses.replace(check, seconds=0.0) for check in row.checks)
    return dataclasses.replace(row, checks=checks, seconds=0.0, cpu_seconds=0.0, times=Times())


def text_of(row: Grade) -> str:
    """Everything that is kept of a submission."""
    return json.dumps(dataclasses.asdict(row), sort_keys=True, ensure_ascii=False)


# --- what is left -----------------------------------------------------------------------------------------------------


def _adopt_orphans() -> None:
    """Whatever daemon is left behind becomes a child of this process, where it is seen."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def children() -> list[tuple[int, str]]:
    """Living processes below this one: number and command line."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            parents.setdefault(int(fields[1]), []).append(int(folder.name))
    below, waiting = [], [os.getpid()]
    while waiting:
        found = parents.get(waiting.pop(), [])
        below += found
        waiting += found
    return [(number, _command(number)) for number in sorted(below)]


def _command(number: int) -> str:
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")[:80]
    except OSError:
        return ""


def left_over(bench: Bench) -> list[str]:
    """Processes, mounts, temporary files and descriptors on namespaces, each in a sentence."""
    known = [bench.canaries.sleeper.pid]
    processes = [
        f"process {number}: {command}"
        for number, command in children()
        if number not in known and "resource_tracker" not in command
    ]
    seen = Path("/proc/self/mountinfo").read_text().splitlines()
    mounts = [f"mount {line}" for line in seen if "/pytest-of-" not in line]  # those are other tests' own
    files = [path.name for path in bench.temporary.iterdir()]
    folder = [f"file {name}" for name in files if not name.startswith("torchinductor_")]  # PyTorch's own cache
    links = [str(path.readlink()) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
    return [*processes, *mounts, *folder, *(f"descriptor {link}" for link in links if link.startswith("mnt:["))]


def sentence(played: Played) -> str:
    """One line of the table."""
    row = played.grade
    points = "–" if row.points is None else f"{row.points:g}"
    touched = "TOUCHED" if played.touched else "untouched"
    neighbours = "CHANGED" if played.neighbour_changed else "same"
    verdict = "ok" if not played.faults else "FAULT: " + "; ".join(played.faults)[:300]
    result = f"{row.status:22} {points:>6} {row.seconds:7.1f} s  {touched:9}  {neighbours:7}"
    return f"{played.attack.id:34} {result}  {verdict}"
