"""The settings of an assignment mean what an instructor would take them for, or are refused with the next step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import made_class
import pytest

from autograder.core.course import Assignment
from autograder.core.errors import CourseError
from autograder.results import late


@pytest.mark.parametrize(
    ("settings", "last_second"),
    [
        ('zone = "Europe/Berlin"\ndeadline = 2026-10-24', datetime(2026, 10, 24, 21, 59, 59, tzinfo=UTC)),
        ('zone = "Europe/Berlin"\ndeadline = 2026-10-25', datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)),
        ('deadline = 2026-03-29\nzone = "Europe/Berlin"', datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC)),
        ('zone = "America/Los_Angeles"\ndeadline = 2026-12-01', datetime(2026, 12, 2, 7, 59, 59, tzinfo=UTC)),
        ('zone = "Europe/Berlin"\ndeadline = 2026-07-01T18:00:00', datetime(2026, 7, 1, 16, tzinfo=UTC)),
        ('zone = "Europe/Berlin"\ndeadline = 2026-07-01T18:00:00Z', datetime(2026, 7, 1, 18, tzinfo=UTC)),
        ("deadline = 2026-07-01T18:00:00+02:00", datetime(2026, 7, 1, 16, tzinfo=UTC)),
    ],
)
def test_a_deadline_is_in_its_zone_and_a_date_lasts_all_day(
    settings: str, last_second: datetime, tmp_path: Path
) -> None:
    policy = late.policy_of(made_class.course(tmp_path, settings + "\n[late]\nper_day = 0.1\n").settings)
    assert late.judge(policy, last_second).share == 0.0
    assert late.judge(policy, last_second + timedelta(seconds=1)).share == 0.1


@pytest.mark.parametrize(
    ("settings", "zone"),
    [
        ('zone = "Asia/Kolkata"', "Asia/Kolkata"),
        ('zone = "Asia/Kolkata"\ndeadline = 2026-07-01T18:00:00Z', "Asia/Kolkata"),
        ("deadline = 2026-07-01T18:00:00+02:00", "UTC+02:00"),
        ("", "UTC"),
    ],
)
def test_times_without_a_zone_are_in_the_assignments(settings: str, zone: str, tmp_path: Path) -> None:
    found: tzinfo = made_class.course(tmp_path, settings).settings.local_zone
    assert str(found) == zone


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("deadline = 2026-10-25", "has no time zone; add a line such as zone"),
        ("deadline = 2026-10-25T18:00:00", "has no time zone"),
        ('zone = "Berlin"', 'no time zone is called "Berlin"'),
        ('zone = "../../etc/passwd"', "no time zone is called"),
        ('zone = "CEST"\ndeadline = 2026-10-25', 'no time zone is called "CEST"'),
        ('zone = "Europe/Berlin"\ndeadline = "2026-10-25"', "stands in quotes"),
    ],
)
def test_a_deadline_that_could_be_misunderstood_is_refused(settings: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=words):
        _ = made_class.course(tmp_path, settings).settings


def test_a_moved_deadline_or_zone_grades_nothing_again(tmp_path: Path) -> None:
    one = made_class.course(tmp_path / "a", 'zone = "Europe/Berlin"\ndeadline = 2026-10-25')
    other = made_class.course(tmp_path / "b", "deadline = 2026-10-26T00:00:00Z")
    assert one.fingerprint == other.fingerprint


def test_what_was_not_built_is_named(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="there is no release yet"):
        Assignment(tmp_path, "averages").must_be_built()
