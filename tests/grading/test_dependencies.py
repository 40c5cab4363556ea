"""A change of a check file reaches the checks that it can reach, and no others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import prices_course
import pytest
import tiny_class

from autograder.checks.reach import CheckFile
from autograder.core.course import Assignment
from autograder.grading.dependencies import State

CHECKS = '''
"""Checks."""
import numpy as np
from autograder.points import points, probe

LEAST, MOST = 1, 2
TABLE = {}

def share(values):
    """A helper."""
    return np.mean(values) >= LEAST

@probe
def trained(student):
    return student.train()

@points(1, stub="one")
def test_alone(student):
    """Alone"""
    assert student.value() < MOST

@points(2, stub="two", hidden=True, seconds=5)
def test_shared(student, trained):
    """Shared"""
    assert share(trained)

@points(1, stub="two")
def test_once_more(trained):
    """Once more"""
    assert trained
'''
ALL = {"test_alone", "test_shared", "test_once_more"}


def digestible(text: str) -> dict[str, str]:
    return CheckFile(text).digestible()


def reached(old: str, new: str) -> set[str]:
    """The checks that a change of the text reaches."""
    assert old in CHECKS
    before, after = digestible(CHECKS), digestible(CHECKS.replace(old, new))
    return {name for name, text in after.items() if before.get(name) != text}


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("student.value() < MOST", "student.value() <= MOST", {"test_alone"}),
        ("np.mean(values)", "np.median(values)", {"test_shared"}),
        ("student.train()", "student.train(2)", {"test_shared", "test_once_more"}),
        ("seconds=5", "seconds=6", {"test_shared"}),
        ('points(1, stub="one")', 'points(1, stub="two")', {"test_alone"}),
        ("LEAST, MOST = 1, 2", "LEAST, MOST = 1, 3", {"test_alone", "test_shared"}),
        ("import numpy as np", "import numpy.ma as np", {"test_shared"}),
        ("TABLE = {}", "TABLE = {}\nTABLE[1] = 2", ALL),
        ("TABLE = {}", "TABLE = dict(least=LEAST)", {"test_alone", "test_shared"}),
        ("return student.train()", "return globals()['TABLE']", {"test_shared", "test_once_more"}),
        ("def test_once_more", "def test_new", {"test_new"}),
    ],
)
def test_a_change_reaches_all_that_can_see_it_and_no_more(old: str, new: str, wanted: set[str]) -> None:
    assert reached(old, new) == wanted


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("points(2,", "points(3,"),
        ("points(2,", "points(worth=2,"),
        ("hidden=True, ", ""),
        ('"""Shared"""', '"""Said otherwise"""'),
        ('"""A helper."""', '"""A helper, # told at length."""'),
        ("    return student.train()", "    # why\n    return student.train()"),
        ('"""Checks."""', '"""Checks of all kinds."""'),
    ],
)
def test_prices_words_and_layout_reach_nothing(old: str, new: str) -> None:
    assert reached(old, new) == set()


def test_a_function_that_looks_names_up_in_roundabout_ways_sees_all(tmp_path: Path) -> None:
    text = CHECKS.replace("return student.train()", "return globals()['TABLE']")
    other = text.replace("TABLE = {}", "TABLE = {1: 2}")
    assert {name for name, seen in digestible(other).items() if digestible(text)[name] != seen} == ALL - {"test_alone"}


PRICED = """
{imports}

@{price}
def test_one(student):
    return {value}
"""


@pytest.mark.parametrize(
    ("imports", "price"),
    [
        ("from autograder.points import points", "points(worth={worth}, stub='one')"),
        ("from autograder.points import points as p", "p({worth}, stub='one')"),
        ("from autograder import points as p", "p.points({worth}, stub='one')"),
        ("from autograder.checks import points", "points.points({worth}, stub='one', hidden={hidden})"),
        ("import autograder.points as p", "p.points(worth={worth}, stub='one')"),
        ("import autograder.points", "autograder.points.points({worth}, stub='one')"),
    ],
)
def test_a_check_is_read_however_its_price_is_written(imports: str, price: str) -> None:
    def written(value: int, worth: int = 1, hidden: bool = False) -> dict[str, str]:
        return digestible(PRICED.format(imports=imports, price=price.format(worth=worth, hidden=hidden), value=value))

    assert written(1).keys() == {"test_one"}
    assert written(1) != written(2)
    assert written(1) == written(1, worth=5) == written(1, hidden=True)


@pytest.fixture
def tiny(tmp_path: Path) -> Assignment:
    return tiny_class.course(tmp_path)


def changed(assignment: Assignment, file: Path, old: str, new: str) -> set[str]:
    """The checks that a change of a file of the tiny course concerns."""
    before = State.of(assignment)
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    after = State.of(replace(assignment))
    assert before.fingerprint != after.fingerprint
    return set(after.changed_since(before))


def test_stand_ins_and_limits_concern_every_check(tiny: Assignment) -> None:
    every = set(State.of(tiny).checks)
    assert changed(tiny, tiny.folder / "stand_ins.py", "[:, :10]", "[:, :10] * 1") == every
    assert changed(tiny, tiny.folder / "assignment.toml", "cpu_seconds = 3", "cpu_seconds = 4") == every


@pytest.fixture
def prices(tmp_path: Path) -> Assignment:
    """An assignment with files and private data; its hidden check imports a module from beside it."""
    assignment = prices_course.write(tmp_path)
    assignment.release.parent.mkdir(parents=True)
    assignment.release.write_text("{}", encoding="utf-8")
    text = assignment.checks.read_text("utf-8").replace("import pandas as pd", "import pandas as pd\nimport reckoning")
    assignment.checks.write_text(text.replace('"Kiel"), 1.5', '"Kiel"), reckoning.KIEL'), encoding="utf-8")
    (assignment.folder / "reckoning.py").write_text("KIEL = 1.5\n", encoding="utf-8")
    return assignment


@pytest.mark.parametrize(
    ("place", "old", "new", "reached"),
    [
        ("files/prices.csv", "3.10", "3.11", {"test_average", "test_missing_prices"}),
        ("private/more.csv", "1.00", "1.01", {"test_missing_prices"}),
        ("reckoning.py", "1.5", "1.6", {"test_missing_prices"}),
    ],
)
def test_a_changed_byte_beside_the_checks_reaches_those_that_can_read_it(
    place: str, old: str, new: str, reached: set[str], prices: Assignment
) -> None:
    assert changed(prices, prices.folder / place, old, new) == reached


def test_the_release_is_kept_apart(tiny: Assignment) -> None:
    before = State.of(tiny)
    assert changed(tiny, tiny.release, "nn.Module", "nn.Module ") == set()
    assert State.of(replace(tiny)).release != before.release
