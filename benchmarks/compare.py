"""(a) The same digits submissions through nbgrader, Otter and this kit: wall time, processor time, peak memory.

All run the same checks, public and hidden, and leave the demos out. nbgrader runs each notebook as it was handed in,
with the check cells replaced by tests of its own, in one process for the whole class. Otter gets the notebooks without
their set-up, check and demo cells, in one `otter run` after the other, its way without containers. Neither walls
student code off, and both compute with one thread, which is faster for networks so small than what they take by
themselves. Ours is the whole command: intake, sandbox, ledger, feedback pages, report, gradebook.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import classes
from record import HERE, ROOT, Used, machine, publish, run

from autograder.checks.hints import Catalogue
from autograder.checks.runner import CheckRunner
from autograder.core.model import Check

OTTER = HERE / ".otter"
BIN = Path(sys.executable).parent
CELL_TIMEOUT = 180
"""Seconds that nbgrader gives one cell; its 30 would cut honest training short."""


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--count", type=int, default=21)
    words.add_argument("--skip-otter", action="store_true")
    wanted = words.parse_args()
    assignment = classes.digits()
    checks = CheckRunner(assignment.checks, Catalogue.parse("")).checks
    facts = {"machine": machine(), "submissions": wanted.count}
    with tempfile.TemporaryDirectory(prefix="autograder-compare-") as place:
        folder = classes.hand_in(Path(place) / "in", classes.samples(wanted.count))
        used = {"autograder, 2 slots": ours(Path(place), folder, 2), "autograder, 1 slot": ours(Path(place), folder, 1)}
        used["nbgrader autograde"] = nbgraders(Path(place), folder, checks)
        if not wanted.skip_otter:
            used["otter run"] = otters(Path(place), folder, checks)
    rows = [row(name, one, wanted.count, used["autograder, 2 slots"]) for name, one in used.items()]
    publish("compare", f"{wanted.count} digits submissions, the same checks", rows, facts | {"used": _plain(used)})


def _plain(used: dict[str, Used]) -> dict[str, Any]:
    return {name: asdict(one) for name, one in used.items()}


def row(name: str, used: Used, count: int, ours: Used) -> dict[str, Any]:
    """One line: what was used, and how many times faster ours is with two slots."""
    return {
        "grader": name,
        "wall s": used.wall,
        "CPU s": used.cpu,
        "peak MiB": used.peak_mib,
        "s a submission": used.wall / count,
        "CPU s a submission": used.cpu / count,
        "ours with 2 slots is faster by": f"{used.wall / ours.wall:.1f} ×",
        "and needs less CPU by": f"{used.cpu / ours.cpu:.1f} ×",
    }


def ours(place: Path, folder: Path, slots: int) -> Used:
    """`autograder grade` with so many slots."""
    return run([BIN / "autograder", "grade", "digits", folder, "--out", place / f"ours{slots}", "-j", str(slots)], ROOT)


def _environment() -> dict[str, str]:
    """What a foreign grader's kernels need in order to find the checks."""
    return {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join([str(HERE), str(ROOT)]),
        "BENCHMARK_ASSIGNMENT": str(classes.digits().folder),
        "OMP_NUM_THREADS": "1",
    }


# --- nbgrader


def nbgraders(place: Path, folder: Path, checks: tuple[Check, ...]) -> Used:
    """`nbgrader autograde` over the class; what comes before (its release, the hand-ins' folders) is not counted."""
    course = place / "nbgrader"
    source = course / "source" / "digits" / "digits.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(json.dumps(_with_tests(classes.digits().release)), encoding="utf-8")
    (course / "nbgrader_config.py").write_text(
        "c = get_config()\n"
        f"c.CourseDirectory.root = {str(course)!r}\n"
        f"c.ExecutePreprocessor.timeout = {CELL_TIMEOUT}\n"
        "c.ClearSolutions.code_stub = {'python': 'raise NotImplementedError()'}\n",
        encoding="utf-8",
    )
    for notebook in sorted(folder.iterdir()):
        target = course / "submitted" / notebook.stem / "digits" / "digits.ipynb"
        target.parent.mkdir(parents=True)
        target.write_bytes(notebook.read_bytes())
    environment = _environment()
    run([BIN / "nbgrader", "generate_assignment", "digits"], course, environment)
    used = run([BIN / "nbgrader", "autograde", "digits", "--create"], course, environment)
    print("nbgrader's points:", sorted(nbgraders_points(course).values()))
    return used


def _with_tests(release: Path) -> dict[str, Any]:
    """The release, its check cells holding tests that only the instructor's side has."""
    book: dict[str, Any] = json.loads(release.read_text(encoding="utf-8"))
    for cell in book["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if name.endswith("_check"):
            stub = name.removesuffix("_check")
            test = f"from in_kernel import judge\njudge({stub!r}, globals())"
            cell["source"] = f"### BEGIN HIDDEN TESTS\n{test}\n### END HIDDEN TESTS"
    return book


def nbgraders_points(course: Path) -> dict[str, float]:
    """What nbgrader gave, to see that it did its work."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        return {one.student.id: one.score for one in book.assignment_submissions("digits")}


# --- Otter


def otters(place: Path, folder: Path, checks: tuple[Check, ...]) -> Used:
    """`otter run` for one submission after the other; making its zip is not counted."""
    _install_otter()
    course = place / "otter"
    (course / "tests").mkdir(parents=True)
    for stub in dict.fromkeys(check.stub for check in checks):
        (course / "tests" / f"{stub}.py").write_text(_otter_tests(stub, checks), encoding="utf-8")
    environment = _environment() | {"PATH": f"{OTTER / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    otter = OTTER / "bin" / "otter"
    run([otter, "generate", "-t", "tests", "-o", "autograder.zip", "--no-requirements"], course, environment)
    for notebook in sorted(folder.iterdir()):
        (course / notebook.name).write_text(json.dumps(_bare(json.loads(notebook.read_bytes()))), encoding="utf-8")
    one = 'mkdir "out-$each" && "$0" run --no-logo -a autograder.zip -o "out-$each" "$each"'
    loop = f"for each in s*.ipynb; do {one} || exit 1; done"
    used = run(["sh", "-c", loop, otter], course, environment)
    results = [json.loads(path.read_text()) for path in sorted(course.glob("out-*/results.json"))]
    print("Otter's points:", sorted(round(sum(test.get("score", 0) for test in one["tests"]), 2) for one in results))
    return used


def _install_otter() -> None:
    """Otter in an environment of its own, which finds PyTorch and the checks in this one."""
    if (OTTER / "bin" / "otter").exists():
        return
    uv = [str(BIN / "uv")]
    subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, str(OTTER)], check=True)
    python = str(OTTER / "bin" / "python")
    subprocess.run(
        [*uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", python, "otter-grader"], check=True
    )
    packages = next(OTTER.glob("lib/python*/site-packages"))
    (packages / "kit.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")


def _otter_tests(stub: str, checks: tuple[Check, ...]) -> str:
    lines = ["from otter.test_files import test_case", "OK_FORMAT = False", f"name = {stub!r}", "points = None"]
    for check in checks:
        if check.stub == stub:
            lines += [
                f"@test_case(points={check.points}, hidden={check.hidden})",
                f"def {check.name}(env):",
                "    from in_kernel import check",
                f"    check({check.name!r}, env)",
            ]
    return "\n".join(lines) + "\n"


def _bare(book: dict[str, Any]) -> dict[str, Any]:
    """The notebook without cells that only serve the student: set-up, checks, demos."""
    idle = ("setup", "check", "demo")
    cells = [cell for cell in book["cells"] if cell["metadata"].get("autograder", {}).get("role") not in idle]
    return book | {"cells": cells}


if __name__ == "__main__":
    main()
