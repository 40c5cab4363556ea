"""The kit itself: the name it is installed by, its version, and where its own files lie."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib import metadata
from pathlib import Path

from autograder.core.errors import CourseError

NAME = "notebook-judge"
"""What `pip install` knows the package `autograder` by."""
PACKAGE = Path(__file__).resolve().parents[1]
CARRIED = "checkout"
"""The folder of the package that stands for the checkout where there is none; setup.py fills it."""


def version() -> str:
    """The installed version."""
    return metadata.version(NAME)


def checkout() -> Path:
    """The folder that holds course.toml, the sample course in assignments/, and what the kit is installed from.

    That is the checkout that the package lies in, or else what a wheel carries of it. CourseError where neither is.
    """
    for folder in (PACKAGE.parent, PACKAGE / CARRIED):
        if (folder / "pyproject.toml").is_file() and (folder / "course.toml").is_file():
            return folder
    raise CourseError(f"{PACKAGE}: the sample course is missing beside it. Install {NAME} again, or use a checkout.")


def carried() -> tuple[str, ...]:
    """Where an installed kit keeps the sample course, which is no student's to read; nothing in a checkout."""
    place = PACKAGE / CARRIED
    return (str(place),) if place.is_dir() else ()


@cache
def judge() -> dict[str, str]:
    """All that must be the same wherever submissions of one class are judged: this kit's own files, PyTorch, Python."""
    files = hashlib.sha256()
    for path in sorted(path for kind in ("*.py", "*.toml") for path in PACKAGE.rglob(kind)):
        if CARRIED not in path.relative_to(PACKAGE).parts:
            files.update(f"\0{path.relative_to(PACKAGE)}\0".encode() + path.read_bytes())
    return {
        "the kit": f"{version()}, files {files.hexdigest()[:8]}",
        "PyTorch": metadata.version("torch"),
        "Python": ".".join(platform.python_version_tuple()[:2]),
    }


def missing(package: str, extra: str, purpose: str) -> CourseError:
    """What to say where `purpose` needs a package that only an extra brings."""
    return CourseError(f"{purpose} needs the package {package}, which is not here: pip install '{NAME}[{extra}]'.")
