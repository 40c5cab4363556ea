"""Grades for other programs: CSV for spreadsheets, JUnit XML for build servers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

from autograder.checks.hints import Hint
from autograder.core import untrusted, whole_file
from autograder.core.model import CheckResult, Grade, Outcome
from autograder.grading import scoring
from autograder.results import telling
from autograder.results.late import Final, Total

Value = str | float | None


def write_grades(grades: Sequence[Grade], path: Path, finals: Sequence[Final] = ()) -> None:
    """Write grades.csv: one line per submission with status, points, points of each stub and the reason.

    With `finals`, points are those that count, typed by a person or not, and there are columns for answers in words,
    late (hours), penalty, final, note and hold; the last is name, if any is known. Points are empty where nothing could
    be judged. No cell is a formula, no cell holds a line break.
    """
    whole_file.write(path, _grades(grades, finals))


def changed(finals: Sequence[Final], path: Path) -> set[str]:
    """The students of whom a grades.csv does not tell what `write_grades` would; all, where it has other columns."""
    grades = _sorted(one.grade for one in finals)
    header, *lines = _grades(grades, finals).split(_END)[:-1]
    told = set(path.read_bytes().decode().split(_END)) if path.exists() else set()
    return {one.student for one, line in zip(grades, lines, strict=True) if line not in told or header not in told}


_END = "\r\n"
"""Ends a line of CSV."""


def _grades(grades: Sequence[Grade], finals: Sequence[Final]) -> str:
    ends = {one.grade.student: one for one in finals}
    stubs = [result.check.stub for grade in grades for result in grade.checks]
    typed = [part.name for one in finals if one.total for part in one.total.parts]
    parts = list(dict.fromkeys([*stubs, *typed]))
    header = ["student", "status", "points", "max_points", *parts, "reason"]
    header += ["late", "penalty", "final", "note", "hold"] if finals else []
    rows = [_grade_row(grade, parts, ends.get(grade.student)) for grade in _sorted(grades)]
    if any(one.name for one in finals):
        names: list[Value] = [ends[grade.student].name if grade.student in ends else "" for grade in _sorted(grades)]
        header, rows = [*header, "name"], [[*row, name] for row, name in zip(rows, names, strict=True)]
    return _csv([header, *rows])


def write_checks(grades: Iterable[Grade], path: Path) -> None:
    """Write one line per submission and check, for the instructor: messages of hidden checks are in it."""
    header = ["student", "check", "stub", "points", "max_points", "outcome", "hint", "message"]
    rows = (_check_row(grade, result) for grade in _sorted(grades) for result in grade.checks)
    whole_file.write(path, _csv([header, *rows]))


def write_junit(grades: Iterable[Grade], path: Path, hints: Mapping[str, Hint]) -> None:
    """Write JUnit XML: a suite per submission, a case per check; of hidden checks it tells what students may read."""
    root = ElementTree.Element("testsuites")
    for grade in _sorted(grades):
        _add_suite(root, grade, hints)
    ElementTree.indent(root)
    whole_file.write(path, ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _sorted(grades: Iterable[Grade]) -> list[Grade]:
    return sorted(grades, key=lambda grade: grade.key)


def _grade_row(grade: Grade, parts: Sequence[str], final: Final | None) -> list[Value]:
    start: list[Value] = [grade.student, grade.status.value]
    if final is None:
        return [*start, grade.points, grade.max_points, *_points_of(grade, parts), grade.reason]
    return [*start, final.so_far, final.max_points, *_points_of(grade, parts, final.total), grade.reason, *_end(final)]


def _end(final: Final) -> list[Value]:
    hours = round(final.verdict.late.total_seconds() / 3600, 2)
    comments = [f"{part}: {comment}" for part, comment in final.comments]
    return [hours, final.penalty, final.points, " ".join([*final.sentences, *comments]), final.hold]


def _points_of(grade: Grade, parts: Iterable[str], total: Total | None = None) -> list[Value]:
    """Points of each part: those of the gradebook if it knows the part, else those of the checks."""
    results = {} if grade.points is None else scoring.by_stub(grade.checks)
    points: dict[str, float | None] = {
        stub: scoring.total(result.points for result in results[stub]) for stub in results
    }
    points |= {part.name: part.points for part in (total.parts if total else ())}
    return [points.get(part) for part in parts]


def _check_row(grade: Grade, result: CheckResult) -> list[Value]:
    check, points = result.check, None if result.outcome is Outcome.ERROR else result.points
    return [
        grade.student, check.name, check.stub, points, check.points, result.outcome.value, result.hint, result.message,
    ]  # fmt: skip


def _csv(rows: Iterable[Sequence[Value]]) -> str:
    table = io.StringIO(newline="")
    csv.writer(table, lineterminator=_END).writerows([untrusted.csv_cell(value) for value in row] for row in rows)
    return table.getvalue()


def _add_suite(root: ElementTree.Element, grade: Grade, hints: Mapping[str, Hint]) -> None:
    outcomes = [result.outcome for result in grade.checks]
    suite = ElementTree.SubElement(
        root,
        "testsuite",
        name=untrusted.visible(grade.student, keep=""),
        tests=str(len(outcomes) or 1),
        failures=str(outcomes.count(Outcome.FAILED)),
        skipped=str(outcomes.count(Outcome.NOT_ATTEMPTED)),
        errors=str(outcomes.count(Outcome.ERROR) if outcomes else 1),
        time=f"{grade.seconds:.3f}",
    )
    for result in grade.checks:
        _add_case(suite, grade, result, hints)
    if not grade.checks:
        case = ElementTree.SubElement(suite, "testcase", classname=grade.assignment, name="submission")
        ElementTree.SubElement(case, "error", message=untrusted.visible(grade.reason or grade.status.value))


def _add_case(suite: ElementTree.Element, grade: Grade, result: CheckResult, hints: Mapping[str, Hint]) -> None:
    case = ElementTree.SubElement(
        suite,
        "testcase",
        classname=untrusted.visible(f"{grade.assignment}.{result.check.stub}", keep=""),
        name=untrusted.visible(result.check.name, keep=""),
        time=f"{result.seconds:.3f}",
    )
    tags = {Outcome.FAILED: "failure", Outcome.NOT_ATTEMPTED: "skipped", Outcome.ERROR: "error"}
    if result.outcome in tags:
        text = untrusted.visible(telling.told(result, hints))
        child = ElementTree.SubElement(case, tags[result.outcome], message=text.partition("\n")[0])
        child.text = text
