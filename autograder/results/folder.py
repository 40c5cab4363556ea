"""A folder of results, in which one run works at a time."""

from __future__ import annotations

import fcntl
import getpass
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.core.errors import CourseError

LOCK = ".lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keeps other runs out of `folder` until the end; it is made where it is missing, for its owner's eyes only.

    Raises CourseError if another run is at work there, or nothing can be written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = (folder / LOCK).open("a+", encoding="utf-8")
    except OSError as error:
        raise CourseError(
            f"{folder}: nothing can be written there ({error.strerror}). Name a folder of your own with --out."
        ) from error
    with file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # unlike flock it is not inherited by graders
        except (BlockingIOError, PermissionError) as error:
            file.seek(0)
            raise CourseError(
                f"{folder}: another run is at work there ({file.read().strip() or 'it does not say whose'}). Wait "
                "until it has ended; nothing was changed."
            ) from error
        file.truncate(0)
        file.write(_who())
        file.flush()
        yield


def _who() -> str:
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        name = f"user {os.getuid()}"
    return f"process {os.getpid()} of {name} on {platform.node()}"
