"""The checks of this assignment, judged by what the student's code does, never by how it is written.

Within a stub the checks climb a ladder (type, value, behaviour): the first that fails names the mistake.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from autograder.checks import expect
from autograder.checks.points import points


def check_average(student: Any, numbers: list[float]) -> None:
    """The average of one list of numbers: its type first, then its value."""
    looked_at = f"average(tensor({numbers}))"
    got, wanted = student.average(torch.tensor(numbers)), sum(numbers) / len(numbers)
    expect.that(
        isinstance(got, int | float),
        looked_at=looked_at,
        got=expect.type_name(got),
        wanted="an ordinary number",
        hint="not-a-number",
    )
    hint = "sum-not-mean" if abs(got - sum(numbers)) < 1e-3 else None
    expect.close(looked_at, got, wanted, 1e-3, hint=hint)


@points(1, stub="average")
def test_average(student: Any) -> None:
    """average gives the mean of the numbers"""
    check_average(student, [1.0, 2.0, 6.0])
    check_average(student, [-1.0, 1.0, 4.0, 8.0])


@points(1, stub="average", hidden=True)
def test_any_numbers(student: Any, seed: int) -> None:
    """average works for any numbers, and for any number of them"""
    dice = np.random.default_rng(seed)
    for count in (1, 5, 50):
        check_average(student, [float(number) for number in dice.uniform(-9, 9, count).round(2)])
