"""What this machine has of all that grading needs: Python, the packages, the digits, and walls that stand."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from autograder.authoring.verify import missing_packages
from autograder.core.course import Course
from autograder.core.errors import CourseError
from autograder.sandbox import Mode, selftest
from autograder.sandbox.selftest import Finding
from autograder.torchlab import mnist

_PAIR = "torch 2.15.0 and torchvision 0.29.2"


def examine(here: Path, mode: Mode | None = None) -> list[Finding]:
    """Everything that grading needs here, tried for real; never raises on what it finds.

    Of the course that `here` lies in, if there is one, student code must find nothing.
    """
    return [*_programs(), _data(), *_packages(here), *selftest.examine(mode, (*_course(here), *mnist.places()))]


def _course(here: Path) -> list[str]:
    try:
        return [str(Course.at(here).root)]
    except CourseError:
        return []


def _packages(here: Path) -> list[Finding]:
    """What students of the course may import, and what of it is missing; nothing where all is here."""
    try:
        course = Course.at(here)
        missing = [one for name in course.assignments for one in missing_packages(course.assignment(name))]
    except CourseError as error:
        return [Finding("packages", False, str(error))] if (here / "course.toml").exists() else []
    return [Finding("packages", False, sentence) for sentence in missing]


def _data() -> Finding:
    try:
        return Finding("data", True, f"Digits found: {mnist.find().source}.")
    except (CourseError, OSError) as error:
        return Finding("data", False, str(error))


def _programs() -> list[Finding]:
    release = sys.version_info
    python = Finding(
        "python",
        release >= (3, 11),
        f"Python {release.major}.{release.minor}.{release.micro}; 3.11 or newer is needed.",
    )
    return [python, *(_imported(name) for name in ("torch", "torchvision", "nbgrader", "pytest")), _alembic()]


def _imported(name: str) -> Finding:
    """Imported in a process of its own: a broken torch can end the one it is imported in."""
    code = f"import {name}; print({name}.__version__)"
    result = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=False)
    if result.returncode == 0:
        return Finding(name, True, f"{name} {result.stdout.split()[-1]}.")
    return Finding(name, False, explain_import(name, result.stderr))


def explain_import(name: str, words: str) -> str:
    """A sentence on why `import name` failed, from what Python said."""
    last = (words.strip().splitlines() or ["it said nothing"])[-1]
    if re.search(r"operator torchvision::nms does not exist", words):
        return f"{name} cannot be imported: these builds of torch and torchvision do not fit; install the pair {_PAIR}."
    return f"{name} cannot be imported ({last}); install the kit's requirements."


def _alembic() -> Finding:
    beside = shutil.which("alembic", path=sysconfig.get_path("scripts"))
    found = shutil.which("alembic") or beside
    if found:
        return Finding("alembic", True, "nbgrader's gradebook can be laid out: alembic was found.")
    return Finding(
        "alembic", False, "alembic, which nbgrader calls to lay out its gradebook, is missing; install alembic."
    )
