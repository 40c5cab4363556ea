"""The warm process: no secrets in it, ended with the grader, started again when it dies."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import LIMITS, MODE, Notebook
from ordinary_user import closed_folder_above
from places import ROOT

from autograder.core.errors import SandboxError
from autograder.core.model import Cell, Role
from autograder.sandbox import Layer, Mode, Room, Template

GRADER = f"""
import sys, json, time
sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]
from conftest import LIMITS, MODE
from autograder.sandbox import Room, Template
from autograder.core.model import Cell, Role
template = Template.start(LIMITS, MODE)
room = Room(template, (Cell("a", "def loop():\\n    while True: pass\\nx = 1", Role.STUB),), "", LIMITS)
print(room.student.x, flush=True)
with room.check(30.0):
    room.student.loop()
"""


def children_of(pid: int) -> Iterator[int]:
    """All processes below `pid`, as the host counts them."""
    for task in Path("/proc", str(pid), "task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            yield child
            yield from children_of(child)


def running(pids: list[int]) -> list[int]:
    """Those of `pids` that are neither gone nor zombies."""
    states = {pid: state for pid in pids if (state := state_of(pid))}
    return [pid for pid, state in states.items() if state != "Z"]


def state_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def gone_within(seconds: float, pids: list[int]) -> bool:
    end = time.monotonic() + seconds
    while running(pids) and time.monotonic() < end:
        time.sleep(0.02)
    return not running(pids)


def test_when_the_grader_is_killed_all_of_its_processes_die_within_a_second(template: Template) -> None:
    grader = subprocess.Popen([sys.executable, "-c", GRADER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert grader.stdout is not None
    assert grader.stdout.readline() == b"1\n"
    below = list(children_of(grader.pid))
    assert len(below) == 3
    grader.kill()
    assert gone_within(1.0, below)
    grader.wait()
    grader.stdout.close()


def test_a_warm_process_that_is_killed_while_it_starts_is_started_again(template: Template) -> None:
    known = set(children_of(os.getpid()))
    killed: list[int] = []

    def kill_the_first() -> None:
        while not (new := set(children_of(os.getpid())) - known):
            time.sleep(0.005)
        killed.append(min(new))
        os.kill(killed[0], signal.SIGKILL)

    killer = threading.Thread(target=kill_the_first)
    killer.start()
    with Template.start(LIMITS, MODE) as own:
        killer.join()
        own.fork(LIMITS).end(patience=0.0)
    assert len(killed) == 1


def test_a_warm_process_that_died_is_started_again_and_nothing_lives_on(template: Template) -> None:
    known = set(children_of(os.getpid()))
    with Template.start(LIMITS, MODE) as own:
        room = Room(own, (Cell("a", "x = 1", Role.STUB),), "", LIMITS)
        assert room.student.x == 1
        first = [pid for pid in children_of(os.getpid()) if pid not in known]
        os.kill(first[1], signal.SIGKILL)
        assert gone_within(1.0, first)
        with pytest.raises(SandboxError):
            _ = room.student.x
        assert room.student.x == 1
        second = [pid for pid in children_of(os.getpid()) if pid not in known]
        room.close()
    assert gone_within(1.0, second)
    assert [place for pid in (first[0], second[0]) for place in Path("/tmp").glob(f"autograder-{pid}-*")] == []


SEARCH = """
import re
def search(codes):
    # a pattern of single-letter classes: the needle itself is never written down
    pattern = re.compile(b"".join(b"[%c]" % code for code in codes))
    hits = size = 0
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps.read().splitlines():
            low, high = (int(end, 16) for end in line.split()[0].split("-"))
            if line.split()[1].startswith("rw"):
                for place in range(low, high, 1 << 24):
                    try:
                        memory.seek(place)
                        part = memory.read(min(1 << 24, high - place))
                    except OSError:
                        continue
                    hits, size = hits + len(pattern.findall(part)), size + len(part)
    return hits, size
mine = "".join(["students ", "own ", "text"])
"""


def test_what_the_grader_holds_is_not_in_the_students_memory(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = secrets.token_hex(16)
    monkeypatch.setenv("AUTOGRADER_TEST_PLANT", secret)
    room = notebook(SEARCH, layers=frozenset({Layer.DESCRIPTORS}))
    hits, size = room.student.search(list(secret.encode()))
    own_hits, _ = room.student.search(list(b"students own text"))
    assert (hits, own_hits > 0, size > 100 << 20) == (0, True, True)


def test_processes_that_are_ended_before_they_are_ready_harm_nobody(template: Template) -> None:
    for _ in range(20):
        template.fork(LIMITS).end(patience=0.0)
    assert template._line.alive()


def test_python_that_nobody_may_read_is_refused_with_its_path(template: Template) -> None:
    closed = closed_folder_above(Path(sys.base_prefix))
    if os.geteuid() != 0 or closed is None:
        pytest.skip("only root, with Python in a closed folder, can see this")
    with pytest.raises(SandboxError, match=f"^{closed} cannot be read by an unprivileged user"):
        Template.start(LIMITS, Mode.REDUCED)


def test_a_mode_that_is_not_to_be_had_is_refused(template: Template) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may have every mode")
    with pytest.raises(SandboxError, match="Mode ROOT was asked for by an ordinary user"):
        Template.start(LIMITS, Mode.ROOT)


def test_unconfined_says_so(template: Template) -> None:
    try:
        open_template = Template.start(LIMITS, Mode.UNCONFINED)
    except SandboxError as error:
        pytest.skip(str(error))
    with open_template:
        room = Room(open_template, (Cell("a", "import os\nx = os.getuid()", Role.STUB),), "", LIMITS)
        assert open_template.layers == ("UNCONFINED",)
        open_template.fork(LIMITS).end(patience=1.0)
        assert room.student.x != 0
        room.close()


def test_layers_are_told_in_plain_words(template: Template) -> None:
    assert json.dumps(template.layers)
    assert "seccomp" in template.layers
    assert template.ready_seconds > 0
