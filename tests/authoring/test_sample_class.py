"""What the demo's class must show: marks, and causes that each sample's author meant."""

from __future__ import annotations

import pytest

from autograder.authoring.sample_class import surprises
from autograder.authoring.variant import Variant
from autograder.core.model import Check, CheckResult, Grade, Outcome, RunStatus

TRAIN = [Check(f"test_{name}", "train", 1, name) for name in ("first", "second")]
WHOLE = Check("test_whole", "whole", 2, "whole")
SAMPLE = Variant("emma", "", {"fails": "train", "hint": "missing-step"})


def row(*causes: str | None) -> Grade:
    failed = [CheckResult(check, Outcome.FAILED, cause) for check, cause in zip(TRAIN, causes, strict=False)]
    results = (*failed, CheckResult(WHOLE, Outcome.FAILED))
    return Grade("emma", "digits", "f", "s", RunStatus.GRADED, 0, 4, 1, results)


@pytest.mark.parametrize("causes", [("missing-step",), ("missing-step", "missing-step"), ("missing-step", None)])
def test_a_cause_that_was_meant_is_no_surprise(causes: tuple[str | None, ...]) -> None:
    assert surprises([SAMPLE], [row(*causes)]) == []


@pytest.mark.parametrize("causes", [(None,), ("missing-backward",), ("missing-step", "missing-backward")])
def test_another_cause_or_none_is_a_surprise(causes: tuple[str | None, ...]) -> None:
    assert "but what was meant is missing-step" in surprises([SAMPLE], [row(*causes)])[0].sentence
