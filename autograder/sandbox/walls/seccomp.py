"""The system calls that student code may make; everything else is refused.

An allow-list: what the kernel learns tomorrow is refused today. Nothing here starts a process, opens a socket, looks
into another process, or changes what this process may do.
"""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Iterator

from autograder.sandbox.walls import syscalls

_AUDIT_ARCH_X86_64, _X32_BIT = 0xC000003E, 0x40000000
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_LOAD, _EQUALS, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCH = 0, 4

# Numbers from the kernel's table for x86_64.
_FREE = (
    *(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),  # read .. rt_sigreturn: files, memory, own signals
    *(17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28),  # pread64 .. madvise
    *(32, 33, 34, 35, 36, 37, 38, 39, 40),  # dup, dup2, pause, nanosleep, timers, getpid, sendfile
    *(60, 61, 63),  # exit, wait4, uname
    *range(73, 95),  # flock .. lchown: files and folders
    *(95, 96, 97, 98, 99, 100, 102, 104, 107, 108),  # umask, clocks, usage, own ids
    *(110, 111, 115, 118, 120, 121, 124),  # getppid, getpgrp, getgroups, getres[ug]id, getpgid, getsid
    *(127, 128, 130, 131, 132, 133),  # own signals, utime, mknod (devices need a capability)
    *(137, 138, 140, 143, 145, 146, 147),  # statfs, fstatfs, reading priorities
    *(158, 186, 187),  # arch_prctl, gettid, readahead
    *(191, 192, 193, 194, 195, 196),  # reading extended attributes
    *(201, 202, 204, 213, 217, 218, 219, 221),  # time, futex, sched_getaffinity, epoll, getdents64, fadvise64
    *(228, 229, 230, 231, 232, 233, 235, 239, 247),  # clocks, exit_group, epoll, utimes, get_mempolicy, waitid
    *(253, 254, 255, 257, 258, 259, 260, 261, 262, 263, 264, 265, 266, 267, 268, 269, 270, 271),  # inotify, *at, ppoll
    *(273, 274, 275, 276, 277, 280, 281, 283, 284, 285, 286, 287),  # robust lists, splice, timerfd, eventfd, fallocate
    *(290, 291, 292, 293, 294, 295, 296, 309, 315, 316, 318, 324, 326, 327, 328),  # pipes, getrandom, membarrier
    *(332, 334, 436, 437, 439, 441, 449, 452),  # statx, rseq, close_range, openat2, faccessat2, epoll, futex, fchmodat2
)
_MARKS = (90, 91, 92, 93, 94, 132, 235, 260, 261, 268, 280, 452)
"""Calls that change a file's mode, owner or times."""
_TRUNCATE = 76
_IOCTL, _CLONE, _KILL_CALL, _FCNTL, _PRCTL, _TGKILL, _PRLIMIT, _CLONE3 = 16, 56, 62, 72, 157, 234, 302, 435
_IOCTLS = (0x5401, 0x5413, 0x5421, 0x541B, 0x5450, 0x5451)  # TCGETS, TIOCGWINSZ, FIONBIO, FIONREAD, FIONCLEX, FIOCLEX
_FCNTLS = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032)  # duplicates, flags, locks; nothing that sends signals
_PRCTLS = (2, 3, 15, 16, 21, 23, 30, 39, 0x53564D41)  # reading own state, thread names, names of memory areas
_CLONE_THREAD = 0x00010000
_CLONE_NEW = (
    syscalls.CLONE_NEWNS
    | syscalls.CLONE_NEWCGROUP
    | syscalls.CLONE_NEWUTS
    | syscalls.CLONE_NEWIPC
    | syscalls.CLONE_NEWUSER
    | syscalls.CLONE_NEWPID
    | syscalls.CLONE_NEWNET
)

_Instruction = tuple[int, int, int, int]


def _argument(index: int, high: bool = False) -> int:
    """Where one half of the call's argument lies in what the filter sees."""
    return 16 + 8 * index + (4 if high else 0)


def _refuse(number: int) -> _Instruction:
    return (_RETURN, 0, 0, _ERRNO | number)


def _entry() -> list[_Instruction]:
    """Only this machine's own calls: another architecture's numbers mean other calls."""
    return [
        (_LOAD, 0, 0, _ARCH),
        (_EQUALS, 1, 0, _AUDIT_ARCH_X86_64),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32_BIT),
        (_RETURN, 0, 0, _KILL),
    ]


def _when(number: int, body: list[_Instruction]) -> list[_Instruction]:
    """`body`, which must return on every path, for the call `number`."""
    return [(_EQUALS, 0, len(body), number), *body]


def _one_of(index: int, values: tuple[int, ...]) -> list[_Instruction]:
    """Allow if the low half of an argument is one of `values`; these arguments are 32 bits wide in the kernel."""
    tests = [step for value in values for step in ((_EQUALS, 0, 1, value), (_RETURN, 0, 0, _ALLOW))]
    return [(_LOAD, 0, 0, _argument(index)), *tests, _refuse(errno.EPERM)]


def _threads_only() -> list[_Instruction]:
    return [
        (_LOAD, 0, 0, _argument(0)),
        (_ANY_BIT, 0, 2, _CLONE_THREAD),
        (_ANY_BIT, 1, 0, _CLONE_NEW),
        (_RETURN, 0, 0, _ALLOW),
        _refuse(errno.EPERM),
    ]


def _reading_limits_only() -> list[_Instruction]:
    """prlimit64 without a new limit: the pointer is null in both halves."""
    return [
        (_LOAD, 0, 0, _argument(2)),
        (_EQUALS, 0, 3, 0),
        (_LOAD, 0, 0, _argument(2, high=True)),
        (_EQUALS, 0, 1, 0),
        (_RETURN, 0, 0, _ALLOW),
        _refuse(errno.EPERM),
    ]


def _marks_kept() -> Iterator[_Instruction]:
    """Changing a file's marks is answered as if it had been done, cutting one off by its name is refused.

    For where student code has its grader's user id and sees its files: no other wall covers these calls, and honest
    code, which copies and unpacks files, must not fail for a mode that nobody looks at.
    """
    for number in _MARKS:
        yield from _when(number, [(_RETURN, 0, 0, _ERRNO)])
    yield from _when(_TRUNCATE, [_refuse(errno.EPERM)])


def _packed(steps: list[_Instruction]) -> bytes:
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


_ENTRY, _MARKS_KEPT = _packed(_entry()), _packed(list(_marks_kept()))
_SAME_FOR_ALL = _packed(
    [
        *(step for number in _FREE for step in _when(number, [(_RETURN, 0, 0, _ALLOW)])),
        *_when(_CLONE, _threads_only()),
        *_when(_CLONE3, [_refuse(errno.ENOSYS)]),  # so that the C library starts threads by clone instead
        *_when(_IOCTL, _one_of(1, _IOCTLS)),
        *_when(_FCNTL, _one_of(1, _FCNTLS)),
        *_when(_PRCTL, _one_of(0, _PRCTLS)),
        *_when(_PRLIMIT, _reading_limits_only()),
    ]
)


def program(own_pid: int, keep_marks: bool = False) -> bytes:
    """The filter for the process `own_pid`, which may send signals to itself alone. A refused call answers EPERM.

    With `keep_marks` no file's mode, owner or times change, though the calls say so.
    """
    to_itself = _one_of(0, (own_pid,))
    own = [*_when(_KILL_CALL, to_itself), *_when(_TGKILL, to_itself), _refuse(errno.EPERM)]
    return _ENTRY + (_MARKS_KEPT if keep_marks else b"") + _SAME_FOR_ALL + _packed(own)


def install(keep_marks: bool = False) -> None:
    """Filter this process and its threads, for good."""
    syscalls.machine()
    syscalls.seccomp(program(os.getpid(), keep_marks))
