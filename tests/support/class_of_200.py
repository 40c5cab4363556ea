"""A made class of 200 for tests of pages: everything that a real class may hold, the same at every run."""

from __future__ import annotations

import random
from dataclasses import replace

from sample_grades import CHECKS, HINTS, PARTLY, SECRET, UNREADABLE, failed, grade_for, hostile, passed

from autograder.core.model import Advice, CheckResult, Grade, Outcome, Repair, RunStatus, Weighed

FIRST = ("Ada", "Jürgen", "Zoë", "Ngũgĩ", "李", "محمد", "O’Neill", "Søren", "Łucja", "Мария")
SLIPS = tuple(HINTS)
SEEN = "The loss went from 2.31 to 2.30.\nThe line:    loss.backward()"
LATE = {f"Ada {number:03}": "2 days late: 20 % of the points are taken off." for number in range(0, 200, 40)}
HELD = frozenset({"Zoë 002", "Мария 009"})


def made_class(size: int = 200) -> list[Grade]:
    """`size` grades: most judged, some mended, late, stopped, waiting, and one whose every text is an attack."""
    dice = random.Random(20)
    grades = [_one(f"{FIRST[number % 10]} {number:03}", number, dice) for number in range(size - 3)]
    return [*grades, replace(UNREADABLE, student="Emil"), replace(PARTLY, student="Bela"), hostile("<b>&\"'\u202e</b>")]


def _one(student: str, number: int, dice: random.Random) -> Grade:
    skill = dice.random()
    results = [_result(at, skill, dice) for at in range(len(CHECKS))]
    grade = replace(grade_for(student, *results), sha256=f"{dice.getrandbits(256):064x}", seconds=3 + 9 * dice.random())
    accuracy = min(0.97, max(0.05, 0.45 + 0.5 * skill + dice.gauss(0, 0.08)))
    fall = min(0.95, 0.2 + 0.7 * skill * dice.random())
    numbers = (Weighed("the loss while training", fall, 0.1), Weighed("the accuracy on unseen digits", accuracy, 0.5))
    grade = replace(grade, weighed=numbers)
    if number % 17 == 0:
        mended = Repair(f"The file of {student} had lost its metadata; cells were found again by their text.")
        return replace(grade, status=RunStatus.REPAIRED, repairs=(mended,), reason="The notebook was mended.")
    if number % 41 == 0:
        return replace(grade, status=RunStatus.TIMED_OUT, reason="Training did not end within 20 seconds.")
    return grade


def _result(at: int, skill: float, dice: random.Random) -> CheckResult:
    check = CHECKS[at]
    if dice.random() < 0.35 + 0.7 * skill - 0.05 * at:
        return passed(check, Advice(SLIPS[1], "Two Conv2d layers.")) if dice.random() < 0.1 else passed(check)
    if dice.random() < 0.1:
        return CheckResult(check, Outcome.NOT_ATTEMPTED, message="Not written yet.")
    return failed(check, SECRET if check.hidden else SEEN, SLIPS[0])
