"""When something was handed in: the time stamps that programs write."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from autograder.core.errors import SubmissionError
from autograder.intake.files import blocks


def time_in(path: str) -> datetime | None:
    """The time that nbgrader's time stamp file tells, None where it tells none."""
    try:
        return time_of(b"".join(blocks(path, 1024)).decode())
    except (SubmissionError, UnicodeDecodeError):
        return None


_TIME = re.compile(r"\s*(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d{1,6})?)\s*(\S*)\s*")


def time_of(text: str) -> datetime | None:
    """A time such as `2026-11-23 01:02:03.5 Europe/Berlin`; without a zone it is UTC, as nbgrader reads it."""
    match = _TIME.fullmatch(text)
    try:
        return datetime.fromisoformat(f"{match[1]} {match[2]}").replace(tzinfo=_zone(match[3])) if match else None
    except (ValueError, KeyError, OSError):
        return None


def _zone(name: str) -> tzinfo:
    if re.fullmatch(r"[+-]\d\d:?\d\d", name):
        return datetime.strptime(name, "%z").tzinfo or UTC
    return ZoneInfo(name) if name else UTC


def moment_of(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return time_of(value) if isinstance(value, str) else None
