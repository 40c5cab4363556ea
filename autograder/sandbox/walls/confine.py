"""The walls around student code, each a function; `confine` raises them in the one order that works.

Nothing here is taken for granted: a wall that cannot be raised raises OSError, and `offered` tries each mode for real
before it is chosen.
"""

from __future__ import annotations

import os
import resource
import socket
import struct
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from autograder.core.errors import SandboxError
from autograder.sandbox.walls import readable, seccomp, syscalls
from autograder.sandbox.walls.limits import MIB, Layer, Limits, Mode
from autograder.sandbox.walls.readable import View

SCRATCH = "/content"
"""Where student code starts: Colab's own working folder."""

DATA = "data"
"""The folder for files of checks: below the root, or in scratch where there is no root of its own."""

_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_PROC_FILES = ("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/uptime", "/proc/loadavg")
_SAFE_FLAGS = syscalls.MOUNT_ATTR_RDONLY | syscalls.MOUNT_ATTR_NOSUID | syscalls.MOUNT_ATTR_NODEV
_HIDING = syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_RDONLY
_INNER_ID = 1000
_MOST_THREADS = 256
_FIRST_NUMBER = 300  # numbers below are never given twice

# Landlock's rights, from the kernel's header: bit and the version that brought it.
_READ = 1 << 2 | 1 << 3
_LIST = 1 << 3
_WRITE = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 7 | 1 << 8 | 1 << 12 | 1 << 13 | 1 << 14
_DEVICE = 1 << 1 | 1 << 2 | 1 << 15
_BITS_BY_VERSION = {1: 13, 2: 14, 3: 15, 5: 16}


@dataclass(frozen=True)
class Plan:
    """How one process is to be confined. `scratch` is its private folder where there is no root of its own."""

    mode: Mode
    layers: frozenset[Layer]
    limits: Limits
    identity: int
    scratch: str | None = None
    view: View = field(default_factory=readable.view)

    @property
    def home(self) -> str:
        """Where student code starts and writes."""
        return self.scratch or SCRATCH

    @property
    def data(self) -> str:
        """Where checks put the files that they hand over."""
        return f"{self.scratch}/{DATA}" if self.scratch else f"/{DATA}"


@dataclass(frozen=True)
class Host:
    """What this host offers: the mode, the layers it has, and a remark on what it lacks ("" if nothing)."""

    mode: Mode
    layers: frozenset[Layer]
    remark: str = ""


# --- ids -------------------------------------------------------------------------------------------------------------


POOL = 64
"""How many user ids each maker of sandboxes has."""


def pool_id(owner: int, number: int) -> int:
    """A user id that no account has, inside what this host's user namespace maps.

    `owner` is the process id of whoever makes sandboxes, `number` (below POOL) says which of its ids.
    """
    rows = [list(map(int, line.split())) for line in Path("/proc/self/uid_map").read_text().splitlines()]
    start, _, count = max(rows, key=lambda row: row[2])
    half = min(count, 1 << 31) // 2
    return start + half + (owner * POOL + number) % (half - 1)


def number_alike() -> None:
    """Let the next process made in this process namespace have the same number as all before, if it is free.

    Else the number would tell how many processes and threads those before it had.
    """
    with suppress(OSError):
        _write("/proc/sys/kernel/ns_last_pid", str(_FIRST_NUMBER - 1))


def become(identity: int) -> None:
    """Give up root for a user id of the pool."""
    os.setgroups([])
    os.setresgid(identity, identity, identity)
    os.setresuid(identity, identity, identity)
    syscalls.die_with_parent()  # asked for again: a change of user id clears it


def _write(path: str, text: str) -> None:
    Path(path).write_text(text)


def _own_users(outer_user: int, outer_group: int) -> None:
    """A user namespace in which this user is an ordinary one, with all capabilities until they are dropped."""
    syscalls.unshare(syscalls.CLONE_NEWUSER)
    syscalls.set_dumpable(True)  # else the map files belong to root
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{_INNER_ID} {outer_user} 1")
    _write("/proc/self/gid_map", f"{_INNER_ID} {outer_group} 1")


def own_processes(mode: Mode) -> None:
    """Let the next child be the first process of a process namespace: when it ends, all in there end."""
    if mode is Mode.USER:
        _own_users(os.geteuid(), os.getegid())
    syscalls.unshare(syscalls.CLONE_NEWPID)


# --- namespaces and a root of its own -------------------------------------------------------------------------------


def _mount_point(bound: tuple[str, ...]) -> str:
    """An existing folder to build the new root on, which hides nothing that has to be bound into it."""
    hides = {str(parent) for path in bound for parent in (Path(path), *Path(path).parents)}
    for place in ("/sys", "/mnt", "/run", "/srv", "/opt", "/tmp"):
        if place not in hides and Path(place).is_dir():
            return place
    raise SandboxError("No folder is free to build the sandbox's root on; create an empty /mnt.")


def _show(root: str, place: str) -> None:
    """Show what lies at `place` of the host under `root`."""
    target = Path(root + place)
    target.parent.mkdir(parents=True, exist_ok=True)
    if Path(place).is_dir():
        target.mkdir(exist_ok=True)
    else:
        target.touch()
    syscalls.mount(place, str(target), flags=syscalls.MS_BIND | syscalls.MS_REC)


def _link(root: str, name: str, place: str) -> None:
    """Let `name` lead to `place` under `root`."""
    Path(root + name).parent.mkdir(parents=True, exist_ok=True)
    Path(root + name).symlink_to(place)


def _hide(root: str, place: str) -> None:
    """Put something that cannot be opened over what lies at `place`, if it is there."""
    target = root + place
    if Path(target).is_dir():
        syscalls.mount("tmpfs", target, "tmpfs", _HIDING, "size=4k,nr_inodes=1,mode=0")
    elif _seen(target):
        syscalls.mount("/dev/null", target, flags=syscalls.MS_BIND)
        syscalls.set_mount_attributes(target, _SAFE_FLAGS)


def _scratch_mounts(root: str, limits: Limits) -> None:
    """One small file system in memory, seen at three places, so that one cap holds for all of them; one for checks."""
    Path(root + SCRATCH).mkdir()
    cap = f"size={limits.files_mib}m,nr_inodes={limits.files},mode=1777"
    syscalls.mount("tmpfs", root + SCRATCH, "tmpfs", syscalls.MS_NOSUID | syscalls.MS_NODEV, cap)
    Path(f"{root}/{DATA}").mkdir()
    room = f"size={limits.data_mib}m,nr_inodes={limits.files},mode=1777"
    syscalls.mount("tmpfs", f"{root}/{DATA}", "tmpfs", syscalls.MS_NOSUID | syscalls.MS_NODEV, room)
    for place in ("/tmp", "/dev/shm"):
        Path(root + place).mkdir(parents=True)
        syscalls.mount(root + SCRATCH, root + place, flags=syscalls.MS_BIND)


def _processes_mount(root: str) -> None:
    """Its own processes only. Where the host forbids a fresh /proc (masked in a container), there is none."""
    Path(root + "/proc").mkdir()
    flags = syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_NOEXEC
    try:
        syscalls.mount("proc", root + "/proc", "proc", flags, "hidepid=2")
    except PermissionError:
        return


def _private_root(limits: Limits, view: View) -> None:
    """Replace the file system by Python, the system's libraries and scratch; all but scratch is read-only."""
    root = _mount_point(view.shown)
    syscalls.mount("none", "/", flags=syscalls.MS_REC | syscalls.MS_PRIVATE)
    syscalls.mount("tmpfs", root, "tmpfs", syscalls.MS_NOSUID | syscalls.MS_NODEV, "size=1m,nr_inodes=1024,mode=755")
    _scratch_mounts(root, limits)  # first: Python may live under /tmp
    for place in view.shown:
        _show(root, place)
        syscalls.set_mount_attributes(root + place, _SAFE_FLAGS)
    for name, place in view.links:
        _link(root, name, place)
    for place in view.hidden:
        _hide(root, place)
    for device in _DEVICES:
        _show(root, device)
    _processes_mount(root)
    os.chdir(root)
    syscalls.pivot_root_here()
    os.chdir(SCRATCH)
    syscalls.set_mount_attributes("/", syscalls.MOUNT_ATTR_RDONLY, recursive=False)


def _namespaces(plan: Plan) -> None:
    """Own mounts, network, IPC, host name and, for an ordinary user, a second user namespace.

    The second one makes its processes strangers to the warm process, although they have the same user id outside.
    """
    syscalls.unshare(
        syscalls.CLONE_NEWNS
        | syscalls.CLONE_NEWNET
        | syscalls.CLONE_NEWIPC
        | syscalls.CLONE_NEWUTS
        | syscalls.CLONE_NEWCGROUP
    )
    socket.sethostname("sandbox")
    _private_root(plan.limits, plan.view)
    if plan.mode is Mode.USER:
        _own_users(_INNER_ID, _INNER_ID)


# --- the other walls --------------------------------------------------------------------------------------------------


def _privileges(plan: Plan) -> None:
    syscalls.drop_capability_bounds()
    if os.geteuid() == 0:
        become(plan.identity)
    syscalls.set_no_new_privileges()
    syscalls.drop_capabilities()
    # Without namespaces an ordinary user's grader must be able to see deleted files that are still open.
    syscalls.set_dumpable(Layer.NAMESPACES not in plan.layers)


def _landlock_rules(plan: Plan) -> list[tuple[str, int]]:
    writable = [plan.scratch] if plan.scratch else [SCRATCH, "/tmp", "/dev/shm", plan.data]
    own = [] if plan.scratch else [f"/proc/{os.getpid()}", *_PROC_FILES]
    shown = readable.pieces(plan.view) if plan.scratch else [(path, True) for path in plan.view.shown]
    return [
        *((path, _READ if whole else _LIST) for path, whole in shown),
        *((path, _READ) for path in own),
        *((path, _DEVICE) for path in _DEVICES),
        *((path, _READ | _WRITE) for path in writable),
    ]


def _landlock(plan: Plan) -> None:
    """Files: read Python and the system, write scratch. No TCP, no signals to others, nothing executable."""
    version = syscalls.landlock_abi()
    handled = (1 << max(bits for since, bits in _BITS_BY_VERSION.items() if since <= version)) - 1
    attributes = struct.pack("=QQQ", handled, 3, 3)[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = syscalls.landlock_create(attributes)
    for path, access in _landlock_rules(plan):
        if _seen(path):
            files_only = access if Path(path).is_dir() else access & (1 << 0 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15)
            syscalls.landlock_allow(ruleset, path, files_only & handled)
    syscalls.set_no_new_privileges()
    syscalls.landlock_restrict(ruleset)


def _seen(path: str) -> bool:
    """Whether there is such a file, and this user may see it."""
    return os.access(path, os.F_OK)


def _own_size() -> int:
    """Address space in use (bytes)."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def _threads_of(user: int) -> int:
    """How many threads this user has on this host."""
    count = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            count += len(list((process / "task").iterdir())) if process.stat().st_uid == user else 0
    return count


def _resource_limits(plan: Plan, size_before: int, threads_before: int) -> None:
    limits = plan.limits
    caps = {
        resource.RLIMIT_AS: size_before + limits.memory_mib * MIB,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: limits.files_mib * MIB,
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_STACK: 8 * MIB,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_NPROC: threads_before + _MOST_THREADS,
    }
    for name, cap in caps.items():
        hard = resource.getrlimit(name)[1]
        value = cap if hard == resource.RLIM_INFINITY else min(cap, hard)
        resource.setrlimit(name, (value, value))


def _environment(plan: Plan) -> None:
    home = plan.home
    os.environ.clear()
    os.environ.update(HOME=home, TMPDIR=home if plan.scratch else "/tmp", PATH="/usr/bin:/bin", LANG="C.UTF-8")
    os.environ.update(OMP_NUM_THREADS=str(plan.limits.threads), MPLBACKEND="Agg", MPLCONFIGDIR=home)
    os.environ.update(USER="student", TERM="dumb")
    tempfile.tempdir = None


def _processors(limits: Limits) -> None:
    """A session of its own, which Linux gives a share of the processors of its own, and the processors asked for."""
    os.setsid()
    if limits.cpus:
        os.sched_setaffinity(0, limits.cpus)


def _die_first() -> None:
    """Where the machine runs out of memory, the kernel takes this process before any other."""
    Path("/proc/self/oom_score_adj").write_text("1000")


def confine(plan: Plan) -> None:
    """Confine this freshly forked, single-threaded process for good. Raises OSError where a wall cannot be raised."""
    size_before, sees_its_graders_files = _own_size(), bool(plan.scratch) and os.geteuid() == plan.identity
    # Where student code has its grader's user id, the kernel counts the threads of all that this user runs.
    threads_before = _threads_of(plan.identity) if sees_its_graders_files else 0
    layers: dict[Layer, Callable[[], None]] = {
        Layer.NAMESPACES: lambda: _namespaces(plan),
        Layer.PRIVILEGES: lambda: _privileges(plan),
        Layer.LANDLOCK: lambda: _landlock(plan),
        Layer.RLIMITS: lambda: _resource_limits(plan, size_before, threads_before),
        Layer.ENVIRONMENT: lambda: _environment(plan),
        Layer.SECCOMP: lambda: seccomp.install(sees_its_graders_files),  # last: it forbids all that came before
    }
    syscalls.set_dumpable(True)  # else its files in /proc belong to root
    _die_first()
    _processors(plan.limits)
    if plan.scratch:
        _take_scratch(plan.scratch, plan.data, plan.identity)
    for layer, apply in layers.items():
        if layer in plan.layers:
            apply()


def _take_scratch(folder: str, data: str, identity: int) -> None:
    Path(data).mkdir()
    if os.geteuid() == 0:
        os.chown(folder, identity, identity)
        os.chown(data, identity, identity)
    os.chdir(folder)


# --- what this host offers --------------------------------------------------------------------------------------------


def _tried(attempt: Callable[[], None]) -> str:
    """What goes wrong when a forked child does `attempt`: "" if nothing."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            attempt()
        except BaseException as error:
            os.write(writer, f"{error or type(error).__name__}".encode()[:500])
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as report:
        words = report.read().decode(errors="replace")
    _, status = os.waitpid(child, 0)
    return words or ("" if status == 0 else f"a trial process ended with status {status}")


def _try_namespaces(mode: Mode) -> None:
    own_processes(mode)
    plan = Plan(mode, frozenset(), Limits(), pool_id(os.getpid(), 0))
    trouble = _tried(lambda: _namespaces(plan))
    if trouble:
        raise SandboxError(trouble)


def _try_seccomp() -> None:
    syscalls.set_no_new_privileges()
    seccomp.install()
    try:
        socket.socket()
    except PermissionError:
        return
    raise SandboxError("the filter did not stop a socket")


def _try_readable(identity: int) -> None:
    """As a user of the pool, look into each of Python's folders."""
    folders = [Path(path) for path in readable.python_paths() if Path(path).is_dir()]  # while all can be seen
    become(identity)
    for path in folders:
        for place in (*reversed(path.parents), path):
            wanted = os.R_OK | os.X_OK if place == path else os.X_OK
            if not os.access(place, wanted):
                raise SandboxError(
                    f"{place} cannot be read by an unprivileged user, and student code must not run as root. "
                    f"Install Python outside of it, or grade as an ordinary user."
                )


def _offered_mode(mode: Mode | None) -> tuple[Mode, str]:
    """The mode asked for if it works here, or the best that does, with a remark on what does not."""
    if mode in (Mode.REDUCED, Mode.UNCONFINED):
        return mode, ""
    wanted = mode or (Mode.ROOT if os.geteuid() == 0 else Mode.USER)
    if wanted is Mode.ROOT and os.geteuid() != 0:
        raise SandboxError("Mode ROOT was asked for by an ordinary user; run as root or take mode USER.")
    trouble = _tried(lambda: _try_namespaces(wanted))
    if trouble and mode:
        raise SandboxError(f"Mode {wanted.name} does not work on this host: {trouble}. Take mode REDUCED.")
    return (Mode.REDUCED, f"Namespaces are not to be had: {trouble}.") if trouble else (wanted, "")


def _leave_root() -> None:
    """Mode USER as root: become a user of the pool first, for root's own id must not reach student code."""
    _refuse_unreadable_python()
    become(pool_id(os.getpid(), 0))


def _refuse_unreadable_python() -> None:
    """Without a root of its own, a process that gave up root's rights must still find Python."""
    trouble = _tried(lambda: _try_readable(pool_id(os.getpid(), 0))) if os.geteuid() == 0 else ""
    if trouble:
        raise SandboxError(trouble)


def _refuse_without_seccomp() -> None:
    trouble = _tried(_try_seccomp)
    if trouble:
        raise SandboxError(f"This host offers no seccomp filters ({trouble}); student code is not run without them.")


def offered(mode: Mode | None, layers: frozenset[Layer]) -> Host:
    """The mode to use and the layers it has here; SandboxError where student code cannot be walled off.

    `mode` None asks for the best. Without seccomp, or with neither Landlock nor namespaces, there is no sandbox, except
    where UNCONFINED is asked for by name.
    """
    syscalls.machine()
    if mode is Mode.USER and os.geteuid() == 0:
        _leave_root()
    chosen, remark = _offered_mode(mode)
    if chosen is Mode.UNCONFINED:
        layers &= {Layer.DESCRIPTORS, Layer.ENVIRONMENT, Layer.PRIVILEGES}
    if chosen is Mode.REDUCED:
        layers -= {Layer.NAMESPACES}
    if Layer.LANDLOCK in layers and syscalls.landlock_abi() == 0:
        layers -= {Layer.LANDLOCK}
        remark = "There is no Landlock here."
        if Layer.NAMESPACES not in layers:
            raise SandboxError(
                "This host offers neither Landlock nor namespaces; student code is not run without either. "
                "Use Linux 5.13 or newer with Landlock, or allow user namespaces."
            )
    if Layer.SECCOMP in layers:
        _refuse_without_seccomp()
    if Layer.NAMESPACES not in layers:
        _refuse_unreadable_python()
    return Host(chosen, layers, remark)
