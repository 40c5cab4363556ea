"""(e) Writing a large class into nbgrader's gradebook and the ledger: SQLite, and PostgreSQL where it is installed."""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import classes
from record import machine, publish

from autograder import notebook
from autograder.checks.hints import Catalogue
from autograder.checks.runner import CheckRunner
from autograder.core.model import Cell, CheckResult, Grade, Outcome, Submission
from autograder.grading import scoring
from autograder.grading.ledger import Ledger
from autograder.results import gradebook
from autograder.results.gradebook import Entry, Folders

import postgres  # isort: skip - lies among the tests


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--count", type=int, default=1_000)
    wanted = words.parse_args()
    grades, cells = made_up(wanted.count)
    rows = []
    with tempfile.TemporaryDirectory(prefix="autograder-books-") as place:
        for name, urls in databases(Path(place)):
            rows.append(written(name, urls, Path(place) / name, grades, cells))
    publish("books", f"{wanted.count} students", rows, {"machine": machine(), "students": wanted.count})


def made_up(count: int) -> tuple[list[Grade], tuple[Cell, ...]]:
    """Grades of a class, half of the checks passed, and the cells that all of them handed in."""
    assignment = classes.digits()
    checks = CheckRunner(assignment.checks, Catalogue.parse(assignment.hints)).checks
    outcomes = (Outcome.PASSED, Outcome.FAILED)
    results = [CheckResult(check, outcomes[place % 2], message="got 3") for place, check in enumerate(checks)]
    book = notebook.parse(assignment.solution.read_bytes())
    script = notebook.restore(book, notebook_of(assignment.release))
    people = [Submission(f"s{number:05}", "", hashlib.sha256(b"%d" % number).hexdigest()) for number in range(count)]
    terms, evidence = scoring.Terms(assignment.name, "f" * 64, 1, checks), scoring.Evidence(results)
    return [scoring.grade_of(one, terms, evidence) for one in people], script.cells


def notebook_of(path: Path) -> dict[str, Any]:
    import json

    book: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return book


def databases(place: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each kind of database, with the URLs of an empty one for the ledger and one for the gradebook."""
    (place / "sqlite").mkdir()
    yield "sqlite", (f"sqlite:///{place / 'sqlite' / 'ledger.db'}", f"sqlite:///{place / 'sqlite' / 'gradebook.db'}")
    programs = postgres.programs()
    if programs:
        with postgres.server(programs) as url:
            yield "postgresql", (postgres.new_database(url, "ledger"), postgres.new_database(url, "gradebook"))


def written(
    name: str, urls: tuple[str, str], place: Path, grades: list[Grade], cells: tuple[Cell, ...]
) -> dict[str, Any]:
    """One line: seconds for the ledger row by row, for the gradebook, and for the gradebook once more."""

    def enter() -> None:
        folders = Folders(place / "submitted", place / "autograded", urls[1])
        entries = [Entry(Submission(grade.student, "", grade.sha256), grade, cells) for grade in grades]
        gradebook.write(entries, release=classes.digits().release, folders=folders, hints={})

    def keep() -> None:
        with Ledger.open(urls[0]) as ledger:
            for grade in grades:
                ledger.add(grade)

    times = {"ledger s": timed(keep), "gradebook s": timed(enter), "gradebook again s": timed(enter)}
    return {"database": name, **times, "gradebook ms a student": 1000 * times["gradebook s"] / len(grades)}


def timed(function: Callable[[], None]) -> float:
    begin = monotonic()
    function()
    return monotonic() - begin


if __name__ == "__main__":
    main()
