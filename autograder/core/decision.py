"""What a person decided about one check of one submission, over the judge's head."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from autograder.core.model import CheckResult


class Act(StrEnum):
    """What a person did: gave points, took the own points back, or noted that a student asks for another look."""

    MARKED = "marked"
    WITHDREW = "withdrew"
    NOTED = "noted"


@dataclass(frozen=True)
class Hand:
    """Who decides, when (with a zone) and why."""

    who: str
    when: datetime
    why: str


@dataclass(frozen=True)
class Decision:
    """One line of the trail: who did what to which check of a submission, when and why.

    `before` and `after` are the points that counted; None where there were none. A note may concern no single check:
    then `check` is empty.
    """

    student: str
    sha256: str
    check: str
    act: Act
    who: str
    when: datetime
    why: str
    before: float | None = None
    after: float | None = None

    @property
    def subject(self) -> tuple[str, str, str]:
        """What was decided about: of several marks for one subject the last counts."""
        return self.student, self.sha256, self.check


@dataclass(frozen=True)
class Decided(CheckResult):
    """A check's result whose points a person gave, with the reason; `judged` is what the judge had found."""

    given: float = field(kw_only=True)
    why: str = field(kw_only=True)
    judged: CheckResult = field(kw_only=True)

    @property
    def points(self) -> float:
        """The points that the person gave."""
        return self.given
