"""results.jsonl: one object per submission, for programs that read on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from autograder.core import whole_file
from autograder.core.decision import Decided
from autograder.core.model import CheckResult, Grade, Outcome

Row = dict[str, Any]


def to_row(grade: Grade) -> Row:
    """`grade` as an object of results.jsonl. Advice on a passed check stands in its hint and message."""
    return {
        "student": grade.student,
        "assignment": grade.assignment,
        "sha256": grade.sha256,
        "status": grade.status.value,
        "repairs": [repair.sentence for repair in grade.repairs],
        "points": grade.points,
        "max_points": grade.max_points,
        "seconds": grade.seconds,
        "student_cpu_seconds": grade.cpu_seconds,
        "checks": [_check_row(result) for result in grade.checks],
        "sandbox": list(grade.sandbox),
        "reason": grade.reason,
        "seed": grade.seed,
    }


def write_results(path: Path, grades: Iterable[Grade]) -> None:
    """Write results.jsonl: one ASCII line per grade, in the order of student id; the file is whole or not there."""
    lines = (json.dumps(to_row(grade)) + "\n" for grade in sorted(grades, key=lambda grade: grade.key))
    whole_file.write(path, "".join(lines), durable=True)


def read_results(path: Path) -> list[Row]:
    """The objects of a results.jsonl."""
    with path.open(encoding="ascii") as file:
        return [json.loads(line) for line in file]


def _check_row(result: CheckResult) -> Row:
    hint, message = result.hint, result.message
    if result.outcome is Outcome.PASSED and result.advice and not isinstance(result, Decided):
        hint, message = result.advice[0].hint, "\n\n".join(advice.message for advice in result.advice)
    return {
        "name": result.check.name,
        "stub": result.check.stub,
        "points": None if result.outcome is Outcome.ERROR else result.points,
        "max_points": result.check.points,
        "outcome": result.outcome.value,
        "hint": hint,
        "message": message,
    }
