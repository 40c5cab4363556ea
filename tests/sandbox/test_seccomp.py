"""The filter of system calls, played instruction by instruction for each machine: this one and those not at hand."""

from __future__ import annotations

import errno
import re
import struct
from pathlib import Path

import pytest

from autograder.sandbox.walls import seccomp
from autograder.sandbox.walls.numbers import MACHINES, numbers

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
HEADERS = {"x86_64": "x86_64-linux-gnu/asm/unistd_64.h", "aarch64": "asm-generic/unistd.h"}
OWN_PID = 77
THREAD = 0x00010000

REFUSED = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "chroot": (161, 51),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "keyctl": (250, 219),
    "personality": (135, 92),
    "memfd_create": (319, 279),
    "socket": (41, 198),
    "socketpair": (53, 199),
    "execve": (59, 221),
    "execveat": (322, 281),
    "tkill": (200, 130),
    "pidfd_open": (434, 434),
    "setrlimit": (160, 164),
    "shmget": (29, 194),
    "open_by_handle_at": (304, 265),
}


def answer(machine: str, number: int, *arguments: int, architecture: int | None = None, marks: bool = False) -> str:
    """What the filter of `machine` says to a call: allow, kill or an error's name ("done" for success without deed)."""
    code = seccomp.program(machine, OWN_PID, marks)
    steps = [struct.unpack_from("=HBBI", code, place) for place in range(0, len(code), 8)]
    wide = [*arguments, *(0 for _ in range(6 - len(arguments)))]
    seen = struct.pack("=iIQ6Q", number, architecture or ARCHITECTURES[machine], 0, *(one % 2**64 for one in wide))
    at = register = 0
    while True:
        operation, if_true, if_false, value = steps[at]
        at += 1
        match operation:
            case 0x20:
                (register,) = struct.unpack_from("=I", seen, value)
            case 0x15:
                at += if_true if register == value else if_false
            case 0x35:
                at += if_true if register >= value else if_false
            case 0x45:
                at += if_true if register & value else if_false
            case 0x06:
                kind, detail = value & 0xFFFF0000, value & 0xFFFF
                return {0x7FFF0000: "allow", 0x80000000: "kill"}.get(kind) or errno.errorcode.get(detail, "done")
            case _:
                raise AssertionError(f"no such instruction: {operation:#x}")


def called(machine: str, name: str, *arguments: int, marks: bool = False) -> str:
    return answer(machine, numbers(machine)[name], *arguments, marks=marks)


@pytest.mark.parametrize("machine", MACHINES)
def test_the_numbers_are_those_of_the_kernels_headers(machine: str) -> None:
    header = Path("/usr/include", HEADERS[machine])
    if not header.exists():
        pytest.skip(f"{header} is not here")
    found = re.findall(r"#define __NR(?:3264)?_(\w+) (\d+)\b", header.read_text())
    told = {{"fstatat": "newfstatat"}.get(name, name): int(number) for name, number in found}
    assert len(told) > 200
    known = numbers(machine)
    assert {name: number for name, number in known.items() if told.get(name, number) != number} == {}
    assert set(known) - set(told) <= {"fchmodat2"}, "newer than the header"


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("name", list(REFUSED))
def test_what_is_dangerous_is_refused_on_every_machine(machine: str, name: str) -> None:
    assert answer(machine, REFUSED[name][MACHINES.index(machine)], 1, 1, 1) == "EPERM"


@pytest.mark.parametrize("machine", MACHINES)
def test_what_notebooks_need_is_allowed_on_every_machine(machine: str) -> None:
    for name in ("read", "openat", "mmap", "mprotect", "futex", "newfstatat", "getrandom", "epoll_pwait", "exit_group"):
        assert called(machine, name) == "allow", name


@pytest.mark.parametrize("machine", MACHINES)
def test_threads_start_and_processes_do_not(machine: str) -> None:
    assert called(machine, "clone", THREAD | 0x3D0F00) == "allow"
    assert called(machine, "clone", 17) == "EPERM"
    assert called(machine, "clone", THREAD | 0x10000000) == "EPERM"
    assert called(machine, "clone3") == "ENOSYS"


@pytest.mark.parametrize("machine", MACHINES)
def test_signals_reach_the_process_itself_only(machine: str) -> None:
    for name in ("kill", "tgkill"):
        assert (called(machine, name, OWN_PID), called(machine, name, 1)) == ("allow", "EPERM")


@pytest.mark.parametrize("machine", MACHINES)
def test_limits_can_be_read_and_not_set(machine: str) -> None:
    assert called(machine, "prlimit64", 0, 7, 0) == "allow"
    assert called(machine, "prlimit64", 0, 7, 1 << 40) == "EPERM"


@pytest.mark.parametrize("machine", MACHINES)
def test_marks_of_files_are_kept_where_nothing_else_keeps_them(machine: str) -> None:
    assert called(machine, "fchmodat") == "allow"
    assert called(machine, "fchmodat", marks=True) == "done"
    assert called(machine, "truncate", marks=True) == "EPERM"


def test_calls_of_another_machine_or_of_an_old_one_end_the_process() -> None:
    foreign = ARCHITECTURES["aarch64"]
    assert answer("x86_64", numbers("x86_64")["read"], architecture=foreign) == "kill"
    assert answer("aarch64", numbers("aarch64")["read"], architecture=ARCHITECTURES["x86_64"]) == "kill"
    assert answer("x86_64", 0x40000000 + numbers("x86_64")["getpid"]) == "kill"


@pytest.mark.parametrize("machine", MACHINES)
def test_nothing_tells_what_is_in_memory_of_shared_files_or_drops_it(machine: str) -> None:
    dont_need, no_wait = 4, 8
    assert called(machine, "fadvise64", 3, 0, 0, dont_need) == "EPERM"
    assert called(machine, "fadvise64", 3, 0, 0, 2) == "allow"
    assert (called(machine, "preadv2", 3, 0, 1, 0, 0, no_wait), called(machine, "preadv2")) == ("EPERM", "allow")
    assert called(machine, "openat2") == "ENOSYS"
    for advice in (12, 20, 21, 22, 100):  # merging, cooling, paging out, populating, poisoning
        assert called(machine, "madvise", 0, 4096, advice) == "EPERM"
    assert called(machine, "madvise", 0, 4096, 4) == "allow"
    for name in ("mincore", "readahead", "inotify_init1", "inotify_add_watch"):
        assert called(machine, name) == "EPERM"


@pytest.mark.parametrize("machine", MACHINES)
def test_locks_are_answered_as_given_and_never_taken(machine: str) -> None:
    assert called(machine, "flock", 3, 2) == "done"
    assert [called(machine, "fcntl", 3, lock) for lock in (6, 7, 37, 38)] == ["done"] * 4
    assert [called(machine, "fcntl", 3, question) for question in (5, 36, 1024, 1026)] == ["EPERM"] * 4
