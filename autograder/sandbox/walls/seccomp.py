"""The system calls that student code may make; everything else is refused.

An allow-list: what the kernel learns tomorrow is refused today. Nothing here starts a process, opens a socket, looks
into another process, or changes what this process may do.
"""

from __future__ import annotations

import errno
import os
import struct

from autograder.sandbox.walls import syscalls
from autograder.sandbox.walls.numbers import MACHINES, numbers

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32_BIT = 0x40000000
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_LOAD, _EQUALS, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCH = 0, 4

_FREE = """
read write open openat creat close close_range lseek pread64 pwrite64 readv writev preadv pwritev
sendfile splice tee copy_file_range dup dup2 dup3 pipe pipe2 fsync fdatasync sync_file_range
fallocate truncate ftruncate
stat fstat lstat newfstatat statx statfs fstatfs access faccessat faccessat2 readlink readlinkat getdents getdents64
getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr getcwd chdir fchdir umask
rename renameat renameat2 mkdir mkdirat rmdir link linkat unlink unlinkat symlink symlinkat mknod mknodat
chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes futimesat utimensat
poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2
timerfd_create timerfd_settime timerfd_gettime
mmap mprotect munmap mremap msync brk get_mempolicy membarrier
rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack restart_syscall pause
nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time times alarm getitimer setitimer
futex futex_waitv set_robust_list get_robust_list set_tid_address rseq arch_prctl gettid exit exit_group wait4 waitid
getpid getppid getpgid getpgrp getsid getuid geteuid getresuid getgid getegid getresgid getgroups
uname sysinfo getrlimit getrusage getrandom getcpu getpriority sched_yield sched_getaffinity sched_getattr
sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min
"""
"""Files and folders; waiting; memory; own signals; clocks; own threads; own ids; reading what the machine is like."""
_MARKS = """
chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes futimesat utimensat
"""
"""Calls that change a file's mode, owner or times."""
_IOCTLS = (0x5401, 0x5413, 0x5421, 0x541B, 0x5450, 0x5451)  # TCGETS, TIOCGWINSZ, FIONBIO, FIONREAD, FIONCLEX, FIOCLEX
_FCNTLS = (0, 1, 2, 3, 4, 1030, 1032)  # duplicates and flags; nothing that sends signals
_LOCKS = (6, 7, 37, 38)  # taking and giving back a lock on a part of a file
_FILE_ADVICE = (0, 1, 2, 3, 5)  # all but that a file may be dropped from memory, where others would miss it
_MEMORY_ADVICE = (0, 1, 2, 3, 4, 8, 10, 11, 14, 15, 16, 17, 102, 103)  # of it nothing that others could notice
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


def _entry(machine: str) -> list[_Instruction]:
    """Only this machine's own calls: another architecture's numbers mean other calls."""
    foreign = [(_AT_LEAST, 0, 1, _X32_BIT), (_RETURN, 0, 0, _KILL)] if machine == "x86_64" else []
    return [
        (_LOAD, 0, 0, _ARCH),
        (_EQUALS, 1, 0, _ARCHITECTURES[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        *foreign,
    ]


def _when(number: int, body: list[_Instruction]) -> list[_Instruction]:
    """`body`, which must return on every path, for the call `number`."""
    return [(_EQUALS, 0, len(body), number), *body]


def _one_of(index: int, values: tuple[int, ...], as_if: tuple[int, ...] = ()) -> list[_Instruction]:
    """Allow if the low half of an argument is one of `values`; these arguments are 32 bits wide in the kernel.

    What is asked for by one of `as_if` is answered as if it had been done.
    """
    answers = dict.fromkeys(values, _ALLOW) | dict.fromkeys(as_if, _ERRNO)
    tests = [step for value, answer in answers.items() for step in ((_EQUALS, 0, 1, value), (_RETURN, 0, 0, answer))]
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


class _Filter:
    """The parts of the filter for one machine, packed once. A call that the machine does not have needs no rule."""

    def __init__(self, machine: str) -> None:
        self._numbers = numbers(machine)
        special = {
            "clone": _threads_only(),
            "clone3": [_refuse(errno.ENOSYS)],  # so that the C library starts threads by clone instead
            "ioctl": _one_of(1, _IOCTLS),
            # Files outside scratch are shared with submissions beside and after this one: no lock on them may be seen,
            # and nothing that tells what is in memory of them. A lock is answered as given, for nobody else is here.
            "flock": [(_RETURN, 0, 0, _ERRNO)],
            "fcntl": _one_of(1, _FCNTLS, as_if=_LOCKS),
            "fadvise64": _one_of(3, _FILE_ADVICE),
            "madvise": _one_of(2, _MEMORY_ADVICE),
            "preadv2": _one_of(5, (0,)),
            "pwritev2": _one_of(5, (0,)),
            "openat2": [_refuse(errno.ENOSYS)],  # its structure, which no filter can read, may ask for memory only
            "prctl": _one_of(0, _PRCTLS),
            "prlimit64": _reading_limits_only(),
        }
        self.entry = _packed(_entry(machine))
        self.marks_kept = self._rules(_marks_kept())
        self.rest = self._rules({name: [(_RETURN, 0, 0, _ALLOW)] for name in _FREE.split()} | special)

    def to_itself(self, own_pid: int) -> bytes:
        """The last rules: signals to itself alone, and nothing else."""
        rules = {name: _one_of(0, (own_pid,)) for name in ("kill", "tgkill")}
        return self._rules(rules) + _packed([_refuse(errno.EPERM)])

    def _rules(self, bodies: dict[str, list[_Instruction]]) -> bytes:
        known = {name: body for name, body in bodies.items() if name in self._numbers}
        return _packed([step for name, body in known.items() for step in _when(self._numbers[name], body)])


def _marks_kept() -> dict[str, list[_Instruction]]:
    """Changing a file's marks is answered as if it had been done, cutting one off by its name is refused.

    For where student code has its grader's user id and sees its files: no other wall covers these calls, and honest
    code, which copies and unpacks files, must not fail for a mode that nobody looks at.
    """
    return {name: [(_RETURN, 0, 0, _ERRNO)] for name in _MARKS.split()} | {"truncate": [_refuse(errno.EPERM)]}


def _packed(steps: list[_Instruction]) -> bytes:
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


_FILTERS = {machine: _Filter(machine) for machine in MACHINES}


def program(machine: str, own_pid: int, keep_marks: bool = False) -> bytes:
    """The filter for the process `own_pid`, which may send signals to itself alone. A refused call answers EPERM.

    With `keep_marks` no file's mode, owner or times change, though the calls say so.
    """
    parts = _FILTERS[machine]
    return parts.entry + (parts.marks_kept if keep_marks else b"") + parts.rest + parts.to_itself(own_pid)


def install(keep_marks: bool = False) -> None:
    """Filter this process and its threads, for good."""
    syscalls.seccomp(program(syscalls.machine(), os.getpid(), keep_marks))
