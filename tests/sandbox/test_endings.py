"""How a process can end, and that the next use finds a new one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from time import monotonic

import pytest
from conftest import LIMITS, Notebook

from autograder.core.errors import CheckTimeout, SandboxEnded, StudentError
from autograder.core.model import Cell, Role, RunStatus

ENDS = """
import ctypes, os, signal, sys, time
def fine(): return 'fine'
def leave(): os._exit(0)
def kill_itself(): os.kill(os.getpid(), signal.SIGKILL)
def segfault(): ctypes.string_at(0)
def abort(): os.abort()
def close_everything():
    os.closerange(0, 256)
    while True: pass
def recurse():
    sys.setrecursionlimit(10**9)
    def deeper(): return repr(Endless())
    class Endless:
        def __repr__(self): return repr(self)
    deeper()
def loop():
    for number in range(1, 32):
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(number, signal.SIG_IGN)
    while True: pass
def sleep(): time.sleep(10**6)
def expression():
    import re
    re.match(r'(a+)+$', 'a' * 60 + 'b')
"""


def ending_of(room: object, name: str) -> SandboxEnded:
    with pytest.raises(SandboxEnded) as caught:
        getattr(room.student, name)()  # type: ignore[attr-defined]
    return caught.value


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("leave", "exit code 0, no answer"),
        ("kill_itself", "SIGKILL"),
        ("segfault", "SIGSEGV"),
        ("abort", "SIGABRT"),
        ("close_everything", "closed its channel"),
    ],
)
def test_a_process_that_ends_by_itself_has_crashed(notebook: Notebook, name: str, words: str) -> None:
    room = notebook(ENDS)
    ending = ending_of(room, name)
    assert ending.status is RunStatus.CRASHED
    assert words in ending.failure.message
    assert room.student.fine() == "fine"
    assert [one.status for one in room.endings] == [RunStatus.CRASHED]


@pytest.mark.parametrize("name", ["loop", "sleep", "expression"])
def test_a_process_past_its_time_is_killed_at_once(notebook: Notebook, name: str) -> None:
    room = notebook(ENDS)
    assert room.student.fine() == "fine"
    begin = monotonic()
    with room.check(1.0):
        assert isinstance(ending_of(room, name), CheckTimeout)
    assert monotonic() - begin < 1.0 + 1.0
    assert room.student.fine() == "fine"


def test_each_overrun_halves_the_time_of_later_checks_down_to_a_tenth(notebook: Notebook) -> None:
    room = notebook("import time\ndef pause(seconds): time.sleep(seconds); return 'fine'")
    for _ in range(4):
        with room.check(0.4), pytest.raises(CheckTimeout):
            room.student.pause(10.0)
    with room.check(20.0):
        assert room.student.pause(0.5) == "fine"
    with room.check(4.0), pytest.raises(CheckTimeout):
        room.student.pause(1.0)


def test_endless_recursion_ends_at_most_its_own_process(notebook: Notebook) -> None:
    room = notebook(ENDS)
    with pytest.raises(StudentError):
        room.student.recurse()
    assert room.student.fine() == "fine"


@pytest.mark.parametrize(
    "deed",
    [
        "bytearray(30 << 30)",
        "torch.zeros(30 << 30, dtype=torch.uint8)",
        "[bytearray(1 << 24) for _ in range(30)]",
        "[torch.zeros(1 << 22) for _ in range(30)]",
        "[[i] for i in range(5_000_000)]",
    ],
)
def test_memory_beyond_the_limit_is_refused_inside(notebook: Notebook, deed: str) -> None:
    room = notebook(
        f"import torch\ndef grab(): return len({deed})\ndef fine(): return 'fine'",
        limits=replace(LIMITS, memory_mib=192),
    )
    with pytest.raises(StudentError) as caught:
        room.student.grab()
    assert "emory" in f"{caught.value.failure.kind} {caught.value.failure.message}"
    assert room.student.fine() == "fine"


def test_a_process_that_dies_of_memory_is_told_from_other_crashes(notebook: Notebook) -> None:
    room = notebook("import os\ndef die(): os.write(2, b'terminate: std::bad_alloc'); os.abort()")
    assert ending_of(room, "die").status is RunStatus.OUT_OF_MEMORY


def test_processor_time_is_limited(notebook: Notebook) -> None:
    room = notebook(ENDS, limits=replace(LIMITS, cpu_seconds=1))
    with room.check(20.0):
        assert isinstance(ending_of(room, "loop"), CheckTimeout)


@pytest.mark.parametrize(
    "forged",
    [
        "wire({'v': {'dict': [['id', 3], ['value', 1]]}, 'a': []})",
        "b'\\xff' * 64",
    ],
)
def test_an_answer_without_a_question_is_never_an_answer(notebook: Notebook, forged: str) -> None:
    room = notebook(f"""
import json, os, struct
def wire(head):
    head = json.dumps(head).encode()
    return struct.pack('<II', len(head), 0) + head
for descriptor in range(256):
    try: os.write(descriptor, {forged})
    except OSError: pass
def f(): return 1
""")
    for _ in range(3):
        assert ending_of(room, "f").status is RunStatus.PROTOCOL
    assert len(room.endings) == 2


def test_cells_that_end_their_process_twice_are_not_tried_a_third_time(notebook: Notebook) -> None:
    room = notebook("import os, time\ntime.sleep(0.2)\nos._exit(3)")
    for _ in range(2):
        assert ending_of(room, "f").status is RunStatus.CRASHED
    begin = monotonic()
    for _ in range(20):
        assert ending_of(room, "f").status is RunStatus.CRASHED
    assert monotonic() - begin < 0.4
    assert len(room.endings) == 2


SLOW_END = """
def before(): return 'before'
x = 1
{loop}
x = 2
def after(): return 'after'
"""
STUBBORN = "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass"


@pytest.mark.parametrize(
    ("loop", "x"),
    [
        ("while True: pass", 1),
        ("import time\ntime.sleep(99)", 1),
        ("for _ in range(9):\n  try:\n    while True: pass\n  except Exception: pass", 1),
        (STUBBORN, None),
        ("import re\nre.match(r'(a+)+$', 'a' * 60 + 'b')", 1),
        ("sum(range(10**12))", None),
    ],
)
def test_a_cell_that_does_not_end_is_stopped_and_keeps_what_it_defined(
    notebook: Notebook, loop: str, x: int | None
) -> None:
    room = notebook(SLOW_END.format(loop=loop), "def other(): return 'other'", limits=replace(LIMITS, cell_seconds=0.7))
    begin = monotonic()
    for _ in range(3):
        assert [room.student.before(), room.student.after(), room.student.other()] == ["before", "after", "other"]
        assert getattr(room.student, "x", None) == x
        room.fresh()
    assert monotonic() - begin < 12
    assert room.stopped == {"cell 1": "Cell 1 did not end within 1 s and was stopped."}
    assert room.endings == []


def test_a_timed_cell_that_does_not_end_keeps_its_definitions(notebook: Notebook) -> None:
    room = notebook("%%time\ndef f(): return 1\nwhile True: pass", limits=replace(LIMITS, cell_seconds=0.5))
    for _ in range(2):
        assert room.student.f() == 1
        room.fresh()


def test_a_name_that_a_stopped_cell_did_not_reach_is_told_with_that_cell(notebook: Notebook) -> None:
    room = notebook("while True: pass\nf = int", limits=replace(LIMITS, cell_seconds=0.5))
    assert not hasattr(room.student, "f")
    failure = room.cell_failures["cell 1"]
    assert (failure.kind, failure.frames[0].line) == ("TimeoutError", 1)
    assert "Cell 1 did not end within" in failure.message


def test_slow_cells_of_ones_own_leave_time_for_the_checks(notebook: Notebook) -> None:
    slow = [Cell(f"own {n}", f"import time\nx{n} = 1\ntime.sleep(1.4)\ny{n} = 2", Role.EXTRA) for n in range(12)]
    limits = replace(LIMITS, extra_cell_seconds=2.0, submission_seconds=15.0)
    room = notebook(*slow, Cell("answer", "def f(): return 1", Role.STUB), limits=limits)
    begin = monotonic()
    assert room.student.f() == 1
    assert room.student.x11 == 1
    assert "own 0" not in room.stopped
    assert "own 11" in room.stopped
    room.fresh()
    assert (room.student.f(), room.student.x0, room.student.x11) == (1, 1, 1)
    assert monotonic() - begin < limits.submission_seconds * 2
    assert room.endings == []


FULL = """
import os
def save(name, mib):
    with open(name, 'wb') as file:
        for _ in range(mib): file.write(bytes(1 << 20))
"""


def test_a_scratch_folder_that_is_full_leaves_room_for_the_checks_and_for_answers(notebook: Notebook) -> None:
    room = notebook(
        Cell("own", FULL + "open('notes', 'w').write('kept')\nsave('model.pt', 20)", Role.EXTRA),
        "from pathlib import Path\ndef read(root): return Path(root, 'x').stat().st_size\n"
        "def write(): return Path('mine').write_bytes(bytes(1 << 20))\ndef notes(): return Path('notes').read_text()",
    )
    assert room.student.read(room.files({"x": bytes(5 << 20)})) == 5 << 20
    assert (room.student.write(), room.student.notes()) == (1 << 20, "kept")
    assert "[while grading] your files took nearly all of the 8 MiB" in room.printed
    assert "model.pt" in room.printed
    assert room.endings == []


def test_what_a_notebook_puts_among_the_files_of_checks_goes_first(notebook: Notebook) -> None:
    room = notebook(
        FULL + "from pathlib import Path\ndef read(root): return Path(root, 'x').stat().st_size\n"
        "def fill(root):\n"
        "    place = Path(root).parent / 'junk'\n    place.mkdir()\n"
        "    try:\n        for number in range(99): save(place / str(number), 7)\n"
        "    except OSError: return 'full'",
        limits=replace(LIMITS, data_mib=16),
    )
    first = room.files({"x": bytes(1 << 20)})
    with suppress(SandboxEnded):  # where scratch is watched, the process is ended
        assert room.student.fill(first) == "full"
        assert room.student.read(first) == 1 << 20
    assert room.student.read(room.files({"x": bytes(2 << 20)})) == 2 << 20


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_flood_of_output_is_cut_and_counted(notebook: Notebook, stream: str) -> None:
    room = notebook(
        f"import sys\ndef flood():\n    for _ in range(64): sys.{stream}.write('x' * 2**20)\n    return 'done'"
    )
    assert room.student.flood() == "done"
    assert room.printed.startswith("x" * 60_000)
    assert room.printed.endswith(f"[cut here: {2**26 - LIMITS.output_kib * 1024} more bytes were printed]")
    assert len(room.printed) < 66_000


def test_broken_text_in_the_output_is_replaced(notebook: Notebook) -> None:
    room = notebook("import os\nos.write(1, b'a\\xff\\x00b')\nx = 1")
    assert room.student.x == 1
    assert room.printed == "a\ufffd\x00b"


def test_student_code_that_breaks_python_breaks_only_itself(notebook: Notebook) -> None:
    room = notebook("""
import builtins, json, struct, os, torch, math
names = {builtins: ('len', 'isinstance', 'abs', 'print', 'type', 'sum'), json: ('dumps', 'loads'), struct: ('pack',),
         os: ('readv', 'writev'), torch: ('equal', 'allclose'), math: ('isfinite',), torch.Tensor: ('detach', 'numpy')}
for owner in names:
    for name in names[owner]:
        setattr(owner, name, lambda *a, **k: True)
def f(x): return x + 1
""")
    import torch

    assert room.student.f(torch.ones(2)).tolist() == [2, 2]
    assert room.student.f(1.5) == 2.5
