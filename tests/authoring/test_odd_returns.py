"""An author hears of checks that break over an answer which beginners give, and of answers that nobody notices."""

from __future__ import annotations

from pathlib import Path

import prices_course
import pytest

from autograder.authoring import odd_returns, release
from autograder.grading.engines.local import LocalEngine

BREAKS = """
    found = [str(got)]
    expect.close("its length", len(found[0]) + found, 4)  # a list and a number
"""
LOOKS_ONLY = """
@points(2, stub="average")
def test_average(student: Any) -> None:
    \"\"\"average can be called\"\"\"
    got = student.average(pd.DataFrame({"town": ["Ulm"], "price": [1]}), "Ulm")
"""


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ("", "nobody notices: all checks pass."),
        (BREAKS, "test_average breaks and a person must decide: This check itself broke"),
    ],
    ids=["looks only", "breaks"],
)
def test_a_check_is_tried_with_what_beginners_return(more: str, sentence: str, tmp_path: Path) -> None:
    assignment = prices_course.write(tmp_path)
    head = assignment.checks.read_text("utf-8").partition("@points")[0]
    assignment.checks.write_text(head + LOOKS_ONLY + more, encoding="utf-8")
    release.build(tmp_path, "prices")
    found = odd_returns.variants(assignment)
    assert [one.name for one in found] == [f"average returns {said}" for said in ("None", "text", "an empty list")]
    engine = LocalEngine(1)
    told = odd_returns.tried(assignment, found, engine)
    engine.shutdown()
    assert [sentence in one for one in told] == [True] * 3, told
