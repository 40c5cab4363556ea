"""Run a command as an ordinary user, for whom Python is reachable even if it lies in root's closed home.

usage: python ordinary_user.py COMMAND [ARGUMENT ...]   (as root)
In a private mount namespace, each closed folder on the way to Python is replaced by an open, empty one, into which
Python alone is bound. Then root is given up for good.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from autograder.sandbox.walls import readable, syscalls

ORDINARY_USER = 54321 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
"""One for each process of pytest-xdist: what one kills, or how many processes it has, is nothing to the other."""


def closed_folder_above(path: Path) -> Path | None:
    """The outermost folder that others cannot enter."""
    return next((place for place in (*reversed(path.parents), path) if not place.stat().st_mode & 0o001), None)


def open_the_way(path: Path) -> None:
    """Make `path` reachable for everybody, in this mount namespace only."""
    closed = closed_folder_above(path)
    if closed is None:
        return
    held = os.open(path, os.O_PATH)
    syscalls.mount("tmpfs", str(closed), "tmpfs", 0, "size=1m,mode=755")
    path.mkdir(parents=True)
    syscalls.mount(f"/proc/self/fd/{held}", str(path), flags=syscalls.MS_BIND | syscalls.MS_REC)
    os.close(held)


def main() -> None:
    """Open the way, become an ordinary user, run the command."""
    syscalls.unshare(syscalls.CLONE_NEWNS)
    syscalls.mount("none", "/", flags=syscalls.MS_REC | syscalls.MS_PRIVATE)
    for path in readable.prefixes():
        open_the_way(Path(path).resolve())
    os.environ["HOME"] = "/nonexistent"
    os.setgroups([])
    os.setresgid(ORDINARY_USER, ORDINARY_USER, ORDINARY_USER)
    os.setresuid(ORDINARY_USER, ORDINARY_USER, ORDINARY_USER)
    os.execv(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
