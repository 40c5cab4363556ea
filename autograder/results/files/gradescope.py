"""Gradescope: the zip that it takes as an autograder, and the run inside of its container.

Gradescope's documentation fixes the layout: the zip is unpacked to `/autograder/source`, `setup.sh` runs once while the
image is built, then for each student `run_autograder` looks at `/autograder/submission` and writes
`/autograder/results/results.json`.
"""

from __future__ import annotations

import json
import os
import secrets
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.checks.hints import Catalogue, Hint
from autograder.core import kit, untrusted
from autograder.core.course import Assignment
from autograder.core.errors import CourseError
from autograder.core.model import CheckResult, Grade, Outcome, RunStatus
from autograder.grading import handed_in, scoring
from autograder.grading.secrets import seed_of
from autograder.grading.submission import Task, grade
from autograder.results import telling
from autograder.results.pages import feedback
from autograder.sandbox import Mode
from autograder.sandbox.host import template

SETUP = """#!/usr/bin/env bash
# Runs once, while Gradescope builds the image: the kit and what it needs, in an environment of their own.
set -euo pipefail
ROOT="${GRADESCOPE_ROOT:-/autograder}"
export UV_PYTHON_INSTALL_DIR=/opt/python  # student code is no root, and could not read a Python in root's home
apt-get update -qq
apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
python3 -m venv /opt/uv
/opt/uv/bin/pip install --quiet uv
/opt/uv/bin/uv venv --quiet --python 3.11 "$ROOT/source/.venv"
/opt/uv/bin/uv pip install --quiet --python "$ROOT/source/.venv/bin/python" --torch-backend cpu --compile-bytecode \\
    --constraint "$ROOT/source/requirements.lock" --editable "$ROOT/source"
"""

RUN = """#!/usr/bin/env bash
# Grades what lies in submission/ and writes results/results.json.
set -euo pipefail
ROOT="${GRADESCOPE_ROOT:-/autograder}"
PYTHON="${GRADESCOPE_PYTHON:-$ROOT/source/.venv/bin/python}"
cd "$ROOT/source"
# Student code runs in a copy of this process, so nothing of the container's environment may be in it. Memory is short:
# what is freed goes back at once.
exec env -i PATH="$PATH" HOME="${HOME:-/}" LANG=C.UTF-8 ${AUTOGRADER_DATA:+"AUTOGRADER_DATA=$AUTOGRADER_DATA"} \\
    OMP_NUM_THREADS=1 MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=65536 \\
    "$PYTHON" -m autograder gradescope NAME --run "$ROOT" ${GRADESCOPE_MODE:+--mode "$GRADESCOPE_MODE"}
"""

KIT = ("pyproject.toml", "setup.py", "requirements.lock", "README.md", "LICENSE")
KEY = "seed.key"
_LEFT_OUT = {"right", "wrong", "class", kit.CARRIED, "__pycache__", ".ipynb_checkpoints"}
_SCRIPT, _FILE = 0o755, 0o644
_STATUS = {Outcome.PASSED: "passed", Outcome.FAILED: "failed", Outcome.NOT_ATTEMPTED: "failed"}
_NO_POINTS = "The 0 only keeps the place: the points come when a person has looked."

Json = dict[str, Any]


def pack(assignment: Assignment, target: Path) -> None:
    """Write the autograder zip of one assignment: scripts, kit, checks and release, with a key of its own for seeds.

    Raises CourseError if files of the kit are missing, or the assignment was not built.
    """
    if not assignment.release.exists():
        raise CourseError(f"{assignment.release}: there is no release yet. Run autograder build {assignment.name}.")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "setup.sh", SETUP.encode(), _SCRIPT)
        _add(archive, "run_autograder", RUN.replace("NAME", assignment.name).encode(), _SCRIPT)
        _add(archive, KEY, secrets.token_bytes(32), 0o600)
        for name, path in sorted(_files(assignment)):
            _add(archive, name, path.read_bytes(), _FILE)


def save_memory(mode: Mode | None = None) -> None:
    """Let student code run in a copy of this process, which is as yet without secrets: 768 MB hold no two PyTorches.

    Raises SandboxError where student code cannot be walled off.
    """
    template.start_early(mode)


def run(assignment: Assignment, root: Path, mode: Mode | None = None) -> Json:
    """Grade what lies in `root`/submission, write `root`/results/results.json and return what stands in it.

    Raises SandboxError where nothing can be graded; then there is no results.json, and Gradescope tells the instructor.
    """
    submission = handed_in.of_one(assignment, root / "submission")
    if isinstance(submission, str):
        table = _unread(submission)
    else:
        submission = replace(submission, student=_student(root))
        seed = seed_of(_key(assignment.root), assignment.name, submission.sha256)
        row = grade(Task(str(assignment.root), assignment.name, submission, seed, mode))
        table = results(row, Catalogue.parse(assignment.hints))
    path = root / "results" / "results.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(table, indent=1), encoding="ascii")
    return table


def results(grade: Grade, hints: Mapping[str, Hint]) -> Json:
    """A grade as Gradescope's results.json: a test per check, those of hidden checks visible to instructors only.

    What is told is the same as on a feedback page. Where a person must decide, the score is 0 and the output says so.
    """
    stubs = list(scoring.by_stub(grade.checks))
    numbers = {
        result.check.name: f"{stubs.index(stub) + 1}.{place}"
        for stub, group in scoring.by_stub(grade.checks).items()
        for place, result in enumerate(group, start=1)
    }
    return {
        "score": 0.0 if grade.points is None else grade.points,
        "execution_time": round(grade.seconds),
        "output": untrusted.visible("\n\n".join(_told(grade, hints))),
        "output_format": "text",
        "stdout_visibility": "hidden",
        "extra_data": {"status": grade.status.value, "sha256": grade.sha256, "sandbox": list(grade.sandbox)},
        "tests": [_test(result, numbers[result.check.name], hints) for result in grade.checks],
    }


def _told(grade: Grade, hints: Mapping[str, Hint]) -> Iterator[str]:
    yield feedback.STATUS[grade.status]
    if grade.points is None and grade.status is not RunStatus.UNREADABLE:
        yield _NO_POINTS
    if grade.status is not RunStatus.REPAIRED and telling.reason_told(grade):
        yield telling.reason_told(grade)
    for repair in grade.repairs:
        if repair.hint or not repair.notice:
            yield repair.sentence
    for check, text in telling.advised(grade.checks, hints):
        yield f"Advice ({check.stub}): {text}"


def _test(result: CheckResult, number: str, hints: Mapping[str, Hint]) -> Json:
    test = {
        "name": untrusted.visible(f"{result.check.stub}: {result.check.title}", keep=""),
        "number": number,
        "score": result.points,
        "max_score": result.check.points,
        "output": untrusted.visible(telling.told(result, hints)),
        "output_format": "text",
        "visibility": "hidden" if result.check.hidden else "visible",
    }
    return test | {"status": _STATUS[result.outcome]} if result.outcome in _STATUS else test


def _unread(sentence: str) -> Json:
    return {
        "score": 0.0,
        "output": untrusted.visible(sentence),
        "output_format": "text",
        "stdout_visibility": "hidden",
        "extra_data": {"status": RunStatus.UNREADABLE.value},
        "tests": [],
    }


def _key(root: Path) -> bytes:
    """The zip's own key; where there is none, as in a course's repository, one for this run alone."""
    path = root / KEY
    return path.read_bytes() if path.exists() else secrets.token_bytes(32)


def _student(root: Path) -> str:
    """Who handed in, by Gradescope's own note; several in a group, by all their addresses."""
    try:
        users = json.loads((root / "submission_metadata.json").read_text(encoding="utf-8"))["users"]
        return ", ".join(sorted(str(user["email"]) for user in users)) or "student"
    except (OSError, ValueError, KeyError, TypeError):
        return "student"


def _files(assignment: Assignment) -> Iterator[tuple[str, Path]]:
    """All that grading needs, by its name in the zip."""
    for name in KIT:
        yield name, kit.checkout() / name
    yield "course.toml", assignment.root / "course.toml"
    for folder, root in ((kit.PACKAGE, kit.PACKAGE.parent), (assignment.folder, assignment.root)):
        yield from _below(folder, root)
    yield from _below(assignment.release.parent, assignment.root)


def _below(folder: Path, root: Path) -> Iterator[tuple[str, Path]]:
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in _LEFT_OUT]
        for name in files:
            path = Path(place, name)
            yield path.relative_to(root).as_posix(), path


def _add(archive: zipfile.ZipFile, name: str, data: bytes, mode: int) -> None:
    member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, (0o100000 | mode) << 16
    archive.writestr(member, data)
