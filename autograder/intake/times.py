"""When something was handed in: the time stamps that programs write, into files and into names."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from autograder.core.errors import SubmissionError
from autograder.intake.files import blocks

ABBREVIATIONS = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "SAST": 2, "SGT": 8, "HKT": 8, "JST": 9, "KST": 9, "AWST": 8, "ACST": 9.5,
    "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "NST": -3.5, "NDT": -2.5, "AST": -4, "ADT": -3,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8,
    "HST": -10,
}  # fmt: skip
"""Hours east of Greenwich of the zones that clocks write in letters. Of a name that several have, the assignment's own
zone goes before; IST, which no two countries mean alike, is read there only."""

_MONTHS = (
    ("jan", "ene", "gen"), ("feb", "fév", "fev"), ("mar", "mär"), ("apr", "avr", "abr"), ("may", "mai", "mag"),
    ("jun", "juin", "giu"), ("jul", "juil", "lug"), ("aug", "aoû", "ago"), ("sep", "set"), ("oct", "okt", "out", "ott"),
    ("nov",), ("dec", "dez", "déc", "dic"),
)  # fmt: skip
"""How each month's name begins in English, German, French, Spanish, Portuguese or Italian."""
_ZONE = r"\s*(?P<zone>[+-]\d\d(?::?\d\d)?|[A-Za-z][\w/+-]*)?"
_DATE = r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
_FORMATS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DATE}[ T_](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?{_ZONE}",
        rf"{_DATE}[-T_ ](?P<hour>\d\d)-(?P<minute>\d\d)-(?P<second>\d\d)",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)[T_-]?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)"
        rf"(?P<fraction>\d{{3}})?{_ZONE}",
        r"(?P<word>[^\W\d]+)\.? (?P<day>\d{1,2}),? (?P<year>\d{4}),? (?P<hour>\d{1,2})[:.]?(?P<minute>\d\d)"
        rf"(?: ?(?P<half>[ap]m))?{_ZONE}",
        r"(?P<day>\d{1,2}) (?P<word>[^\W\d]+)\.?,? (?P<year>\d{4}),? (?P<hour>\d{1,2})[:.]?(?P<minute>\d\d)"
        rf"(?: ?(?P<half>[ap]m))?{_ZONE}",
    )
)


def stamp(path: str) -> str:
    """The text of a file that holds a time stamp, what is no text among it marked; empty where it cannot be read."""
    try:
        return b"".join(blocks(path, 1024)).decode(errors="backslashreplace").strip()
    except SubmissionError:
        return "a file that cannot be read"


def time_of(text: str, local: tzinfo = UTC) -> datetime | None:
    """A time such as `2026-11-23 01:02:03.5 Europe/Berlin` or `Nov 23, 2026 102 AM`; None where it cannot be read.

    One that does not tell its zone is in `local`.
    """
    found = next((match for form in _FORMATS if (match := form.fullmatch(text.strip()))), None)
    if found is None:
        return None
    part = {name: value for name, value in found.groupdict().items() if value}
    if not MINYEAR < int(part["year"]) < MAXYEAR:  # by another zone's clock it may be a year that Python does not know
        return None
    try:
        month = int(part["month"]) if "month" in part else _month(part["word"].lower())
        clock = (_hour(part), int(part["minute"]), int(part.get("second", 0)))
        moment = datetime(
            int(part["year"]), month, int(part["day"]), *clock, int(f"{part.get('fraction', ''):0<6}"[:6])
        )
        return moment.replace(tzinfo=_zone(part.get("zone", ""), local, moment))
    except (ValueError, KeyError, OSError):
        return None


def moment_of(value: object, local: tzinfo = UTC) -> datetime | None:
    """A time that a program wrote as a time or as text; None where it is none."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=local)
    return time_of(value, local) if isinstance(value, str) else None


def _month(name: str) -> int:
    numbers = [number for number, beginnings in enumerate(_MONTHS, 1) if name.startswith(beginnings)]
    if len(numbers) != 1:
        raise ValueError("no month is called so")
    return numbers[0]


def _hour(part: dict[str, str]) -> int:
    hour = int(part["hour"])
    if "half" not in part:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError("no such hour in half a day")
    return hour % 12 + 12 * (part["half"].lower() == "pm")


def _zone(name: str, local: tzinfo, moment: datetime) -> tzinfo:
    if not name or name == local.tzname(moment):
        return local
    if name[0] in "+-":
        sign, digits = (-1 if name[0] == "-" else 1), f"{name[1:].replace(':', ''):0<4}"
        return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))
    if name.upper() in ABBREVIATIONS:
        return timezone(timedelta(hours=ABBREVIATIONS[name.upper()]), name.upper())
    return ZoneInfo(name)
