"""(j) A class graded, one check made milder: who moves, and what the look ahead and the regrade cost."""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import classes
from record import machine, publish, run

AUTOGRADER = Path(sys.executable).parent / "autograder"
STRICT, MILD = 'expect.close("accuracy", got, wanted)', 'expect.close("accuracy", got, wanted, 0.2)'


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--count", type=int, default=1_000)
    wanted = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="autograder-regrade-") as place:
        root = Path(place)
        assignment = classes.tiny.course(root)
        classes.tiny.hand_in(root / "in", wanted.count)
        rows = [step(root, "grade"), step(root, "grade", again=True)]
        before = points(root)
        checks = assignment.checks
        checks.write_text(checks.read_text().replace(STRICT, MILD))
        rows.append(step(root, "regrade", "--dry-run"))
        foretold = set(re.findall(r"(?m)^│ (s\d{5})", (root / "output.txt").read_text()))
        if points(root) != before:
            raise SystemExit("The look ahead changed results.jsonl.")
        rows.append(step(root, "regrade"))
        after = points(root)
    moved = {student for student, earned in after.items() if earned != before[student]}
    remark = f"{len(foretold)} foretold, {len(moved)} moved, {len(moved & foretold)} of them foretold"
    publish("regrade", f"A class of {wanted.count}", rows, {"machine": machine()}, remark)
    sys.exit(moved != foretold)


def step(root: Path, verb: str, *words: str, again: bool = False) -> dict[str, Any]:
    """One line: a command on the class, and what it used."""
    used = run([AUTOGRADER, verb, "tiny", "in", "--out", "out", *words], root, {"COLUMNS": "200"})
    name = " ".join([verb, *words]) + (", nothing new" if again else "")
    return {"command": name, "wall s": used.wall, "CPU s": used.cpu, "peak MiB": used.peak_mib}


def points(root: Path) -> dict[str, float | None]:
    """Points of each student, as handed over."""
    rows = map(json.loads, (root / "out" / "results.jsonl").read_text().splitlines())
    return {row["student"]: row["points"] for row in rows}


if __name__ == "__main__":
    main()
