"""How long what comes from a submission may be: each text of a row has a length, and says where it was cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from autograder.core.model import CheckResult, Exhibit, Repair

MESSAGE_CHARACTERS, NAME_CHARACTERS = 4_000, 200
MOST_REPAIRS, MOST_EXHIBITS, MOST_LINES = 100, 8, 20
_GREY_CHARACTERS = 2 * 64 * 64
"""Of a picture of 64 × 64 pixels, two hex digits each."""


def shortened(text: str, most: int = MESSAGE_CHARACTERS) -> str:
    """The first `most` characters, and how many more there were."""
    return text if len(text) <= most else f"{text[:most]} [cut here: {len(text) - most} more characters]"


def result_in_bounds(result: CheckResult) -> CheckResult:
    """The same result without what a student's code made too long. A picture that is too large is left out."""
    advice = tuple(replace(one, message=shortened(one.message)) for one in result.advice)
    exhibits = tuple(map(_exhibit, result.exhibits[:MOST_EXHIBITS]))
    message, remedy = shortened(result.message), shortened(result.remedy)
    return replace(result, message=message, remedy=remedy, advice=advice, exhibits=exhibits)


def repairs_in_bounds(repairs: Sequence[Repair]) -> tuple[Repair, ...]:
    """The same repairs, each of a length; of very many the first, and how many more there were."""
    kept = [replace(one, sentence=shortened(one.sentence)) for one in repairs[:MOST_REPAIRS]]
    left = len(repairs) - len(kept)
    return (*kept, *([Repair(f"There were {left} more of such sentences.", notice=True)] if left else []))


def _exhibit(one: Exhibit) -> Exhibit:
    small = [each for each in one.pictures if len(each.grey) <= _GREY_CHARACTERS]
    return replace(
        one,
        title=shortened(one.title, NAME_CHARACTERS),
        lines=tuple((shortened(name, NAME_CHARACTERS), level) for name, level in one.lines[:MOST_LINES]),
        pictures=tuple(replace(each, caption=shortened(each.caption, NAME_CHARACTERS)) for each in small),
    )
