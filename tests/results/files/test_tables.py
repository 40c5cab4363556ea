"""Files for other programs hold every grade, and nothing that a spreadsheet or a parser would run."""

from __future__ import annotations

import csv
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sample_grades import CHECKS, CLASS, FULL, HINTS, HOSTILE, SECRET, hostile

from autograder.results.files import tables


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_grades_have_one_line_per_student_with_points_of_each_stub(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    tables.write_grades(CLASS[::-1], path)
    rows = read(path)
    assert list(rows[0]) == ["student", "status", "points", "max_points", "model", "train", "whole", "reason"]
    assert [row["student"] for row in rows] == ["ada", "bela", "carl", "dora", "emil"]
    assert list(rows[1].values())[:-1] == ["bela", "graded-after-repair", "3.5", "8.0", "2.0", "0.5", "1.0"]


def test_what_was_not_judged_has_empty_points(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    tables.write_grades(CLASS, path)
    assert [(row["points"], row["model"]) for row in read(path)[3:]] == [("", ""), ("", "")]


def test_checks_have_one_line_each(tmp_path: Path) -> None:
    path = tmp_path / "checks.csv"
    tables.write_checks(CLASS, path)
    rows = read(path)
    assert len(rows) == 4 * len(CHECKS)
    assert rows[6]["message"] == SECRET
    assert [row["points"] for row in rows[15:20]] == ["2.0", "", "2.5", "0.5", "1.0"]


@pytest.mark.parametrize("write", [tables.write_grades, tables.write_checks], ids=["grades", "checks"])
def test_hostile_text_is_no_formula_and_adds_no_row(tmp_path: Path, write: object) -> None:
    path = tmp_path / "file.csv"
    write([hostile(text) for text in HOSTILE], path)  # type: ignore[operator]
    rows = read(path)
    assert len(path.read_text().splitlines()) == len(rows) + 1
    assert len(rows) in (len(HOSTILE), len(HOSTILE) * len(CHECKS))
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.strip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))]


def suites(path: Path) -> list[ElementTree.Element]:
    return list(ElementTree.parse(path).getroot())


def test_junit_has_a_suite_per_submission_and_a_case_per_check(tmp_path: Path) -> None:
    path = tmp_path / "junit.xml"
    tables.write_junit(CLASS, path, HINTS)
    counts = [
        tuple(suite.attrib[name] for name in ("tests", "failures", "skipped", "errors")) for suite in suites(path)
    ]
    assert counts == [
        ("5", "0", "0", "0"),
        ("5", "2", "0", "0"),
        ("5", "0", "5", "0"),
        ("5", "0", "0", "1"),
        ("1", "0", "0", "1"),
    ]
    assert [len(suite) for suite in suites(path)] == [5, 5, 5, 5, 1]
    assert suites(path)[0][0].attrib["classname"] == "digits.model"


def test_junit_tells_nothing_hidden(tmp_path: Path) -> None:
    path = tmp_path / "junit.xml"
    tables.write_junit(CLASS, path, HINTS)
    assert SECRET not in path.read_text()
    assert "CrossEntropyLoss applies softmax itself" in path.read_text()


def test_hostile_text_adds_no_element_to_junit(tmp_path: Path) -> None:
    path = tmp_path / "junit.xml"
    tables.write_junit([FULL, *map(hostile, HOSTILE)], path, HINTS)
    root = ElementTree.parse(path).getroot()
    assert len(root.findall("testsuite")) == len(HOSTILE) + 1
    assert len(root.findall("*/testcase")) == (len(HOSTILE) + 1) * len(CHECKS)
    assert {each.tag for each in root.iter()} == {"testsuites", "testsuite", "testcase", "failure"}
