"""System calls that Python does not offer, each result checked: a failure is an OSError that names the call."""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from typing import Any

from autograder.core.errors import SandboxError
from autograder.sandbox.walls.numbers import MACHINES, numbers

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long

CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x02000000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 4, 8, 4096, 16384, 1 << 18
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID, MOUNT_ATTR_NODEV = 1, 2, 4
_AT_FDCWD, _AT_RECURSIVE, _MNT_DETACH = -100, 0x8000, 2
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 1, 4, 24, 38
_SIGKILL = 9

_NUMBERS = numbers(platform.machine())


def machine() -> str:
    """The processor family, if its system call numbers are known here; SandboxError otherwise."""
    name = platform.machine()
    if os.uname().sysname != "Linux" or name not in MACHINES:
        raise SandboxError(
            f"The sandbox knows the system calls of Linux on {' and '.join(MACHINES)}, but this is "
            f"{os.uname().sysname} on {name}. Grade on such a machine or in a virtual one."
        )
    return name


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def _wide(value: int | bytes | None) -> Any:
    return ctypes.c_long(value) if isinstance(value, int) else value


def _call(name: str, *arguments: int | bytes | None) -> int:
    return _checked(_libc.syscall(_NUMBERS[name], *map(_wide, arguments)), name)


def _prctl(option: int, value: int) -> int:
    return int(_libc.prctl(option, *map(_wide, (value, 0, 0, 0))))


def _text(path: str | None) -> bytes | None:
    return None if path is None else os.fsencode(path)


def unshare(flags: int) -> None:
    """Leave the shared namespaces of `flags` (CLONE_NEW*)."""
    _checked(_libc.unshare(flags), "unshare")


def mount(source: str, target: str, kind: str | None = None, flags: int = 0, data: str | None = None) -> None:
    """mount(2)."""
    result = _libc.mount(_text(source), _text(target), _text(kind), ctypes.c_ulong(flags), _text(data))
    _checked(result, f"mount {target}")


def set_mount_attributes(path: str, attributes: int, recursive: bool = True) -> None:
    """Add MOUNT_ATTR_* to the mount at `path`, and to all below it."""
    request = struct.pack("=QQQQ", attributes, 0, 0, 0)
    _call("mount_setattr", _AT_FDCWD, _text(path), _AT_RECURSIVE if recursive else 0, request, len(request))


def pivot_root_here() -> None:
    """Make the working directory, a mount point, the root, and let go of the old root."""
    _call("pivot_root", b".", b".")
    _checked(_libc.umount2(b".", _MNT_DETACH), "umount2")


def die_with_parent() -> None:
    """Be killed when the parent ends. Cleared by every change of user id, so it must be asked for again after one."""
    _checked(_prctl(_PR_SET_PDEATHSIG, _SIGKILL), "prctl(PDEATHSIG)")


def set_dumpable(dumpable: bool) -> None:
    """Whether processes of the same user may look into this one."""
    _checked(_prctl(_PR_SET_DUMPABLE, int(dumpable)), "prctl(DUMPABLE)")


def set_no_new_privileges() -> None:
    """From now on no exec gives more rights than this process has."""
    _checked(_prctl(_PR_SET_NO_NEW_PRIVS, 1), "prctl(NO_NEW_PRIVS)")


def drop_capability_bounds() -> None:
    """Empty the bounding set: what can never be gained again. Only who may still set capabilities can do that."""
    capability = 0
    while _prctl(_PR_CAPBSET_DROP, capability) == 0:
        capability += 1


def drop_capabilities() -> None:
    """Empty the effective, permitted and inheritable sets."""
    _call("capset", struct.pack("=II", 0x20080522, 0), bytes(24))


def close_range(first: int, last: int = 0xFFFFFFFF) -> None:
    """Close all descriptors from `first` to `last`."""
    _call("close_range", first, last, 0)


def landlock_abi() -> int:
    """The kernel's Landlock version; 0 where there is none."""
    number = _NUMBERS["landlock_create_ruleset"]
    return max(0, int(_libc.syscall(number, None, _wide(0), _wide(1))))


def landlock_create(attributes: bytes) -> int:
    """A new ruleset's descriptor."""
    return _call("landlock_create_ruleset", attributes, len(attributes), 0)


def landlock_allow(ruleset: int, path: str, access: int) -> None:
    """Allow `access` beneath `path`."""
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        _call("landlock_add_rule", ruleset, 1, struct.pack("=Qi", access, descriptor), 0)
    finally:
        os.close(descriptor)


def landlock_restrict(ruleset: int) -> None:
    """Confine this process to the ruleset, for good."""
    _call("landlock_restrict_self", ruleset, 0)
    os.close(ruleset)


def seccomp(program: bytes) -> None:
    """Install a filter of 8-byte BPF instructions, for good."""
    code = ctypes.create_string_buffer(program, len(program))
    filter_ = struct.pack("@HxxxxxxQ", len(program) // 8, ctypes.addressof(code))
    _call("seccomp", 1, 0, filter_)
