"""(f) The Dask engine against the local one: the same submissions, the same slots, how long to start and to grade."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from time import monotonic
from typing import Any

import classes
from record import machine, publish

from autograder.core.model import Grade
from autograder.grading.engines.dask import DaskEngine
from autograder.grading.engines.local import LocalEngine
from autograder.grading.group import Class, Plan, grade_class
from autograder.intake import hand_ins


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--count", type=int, default=12)
    words.add_argument("--slots", type=int, default=2)
    wanted = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="autograder-engines-") as place:
        folder = classes.hand_in(Path(place) / "in", classes.samples(wanted.count))
        rows = [measured(name, folder, Path(place) / name, wanted.slots) for name in ("local", "dask")]
    publish("engines", f"{wanted.count} digits submissions", rows, {"machine": machine(), "slots": wanted.slots})


def measured(name: str, folder: Path, out: Path, slots: int) -> dict[str, Any]:
    """One line: until the first row is there, and from there on."""
    group = Class(classes.digits(), hand_ins.collect(folder).submissions, out, seed=7)
    moments: list[float] = []

    def heard(grade: Grade) -> None:
        moments.append(monotonic())

    begin = monotonic()
    engine = DaskEngine.local(slots) if name == "dask" else LocalEngine(slots)
    rows = grade_class(group, engine, Plan(), done=heard)
    student = sum(row.cpu_seconds for row in rows)
    graded = monotonic()
    engine.shutdown()
    return {
        "engine": name,
        "slots": slots,
        "first row after s": moments[0] - begin,
        "all after s": graded - begin,
        "student CPU s": student,
        "s a row after the first": (moments[-1] - moments[0]) / max(1, len(moments) - 1),
        "ending s": monotonic() - graded,
    }


if __name__ == "__main__":
    main()
