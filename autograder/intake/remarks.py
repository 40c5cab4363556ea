"""What an instructor should know of what was handed in, beside the files that are graded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from autograder.core.model import Submission
from autograder.intake.addition import Addition
from autograder.intake.hand_ins import Collected
from autograder.intake.layouts import IS_OWN, beginning
from autograder.intake.record import HandIns
from autograder.intake.roster import Roster

Remark = tuple[bool, str, str]
"""Whether all is as it should be, what is spoken of, and a sentence."""
SHOWN = 10
"""Of files that hold no work and are left out for one reason, how many are named; notebooks and zips are all named."""


_WORKS = (".ipynb", ".zip")


def remarks(collected: Collected, assignment: str) -> Iterator[Remark]:
    """What is left out and why, times that cannot be read, names of a system not known here."""
    yield from _left_out(collected)
    for path, text in collected.untimed:
        yield (
            False,
            f"{path}:",
            f'its time stamp "{text[:60]}" cannot be read: it is not known when it was handed in, and nothing is taken '
            "off. Give the time in the roster's column received.",
        )
    yield from _unfamiliar(collected, assignment)


def of_addition(
    after: Addition, before: HandIns | None, roster: Roster, expected: Set[str] | None = None
) -> Iterator[Remark]:
    """Who is in the class now, and who no longer.

    Of the roster only those `expected` need have handed in; None: everybody.
    """
    there = after.given.students
    if before is not None and after.new:
        yield True, "Added to the class:", f"{_counted(after.new)}; {_students(len(there))} in all."
    if after.gone:
        yield False, "No longer in the class:", f"{_counted(after.gone)}. {_KEPT_APART}"
    for old, new in after.renamed.items():
        yield False, f"{old}:", f"is called {new} now. What a person gave goes along. {_KEPT_APART}"
    for old, new in after.given_away.items():
        yield False, f"{old}:", f"a file of theirs is {new}'s now. What a person gave stays with {old}: look at both."
    wanted = [one for one in roster.without(()) if expected is None or one.student in expected]
    missing = [one.label for one in wanted if one.student not in there]
    if missing:
        yield False, "Handed in nothing:", f"{len(missing)} of {_students(len(wanted))}: {', '.join(missing)}."


def of_lost(lost: Sequence[Submission]) -> Iterator[Remark]:
    """Which hand-ins of earlier runs are no longer where they lay."""
    if lost:
        named = ", ".join(one.path for one in lost[:SHOWN]) + (" …" if len(lost) > SHOWN else "")
        sentence = f"{len(lost)} file{'s' * (len(lost) > 1)} of earlier runs ({named})."
        yield (
            False,
            "No longer where they lay:",
            f"{sentence} Their grades stay; --replace takes whoever is not given out of the class.",
        )


_KEPT_APART = "What pages and gradebook have under the old name goes, and is kept in the folder gone/."


def _counted(students: Sequence[str]) -> str:
    return f"{_students(len(students))} ({', '.join(students)})"


def _students(count: int) -> str:
    return f"{count} student{'s' * (count != 1)}"


def _left_out(collected: Collected) -> Iterator[Remark]:
    reasons: dict[str, list[str]] = {}
    for path, reason in collected.left_out:
        reasons.setdefault(reason, []).append(path)
    for reason, paths in reasons.items():
        works = [path for path in paths if path.casefold().endswith(_WORKS)]
        others = [path for path in paths if not path.casefold().endswith(_WORKS)]
        named = [*works, *others[:SHOWN]]
        rest = f" and {len(paths) - len(named)} more" if len(paths) > len(named) else ""
        files = f"{len(paths)} file{'s' * (len(paths) > 1)}"
        yield reason == IS_OWN, "Left out:", f"{files} ({reason}): {', '.join(named)}{rest}."


_OF_A_SYSTEM = re.compile(
    r"\d{4}-?\d\d-?\d\d|\d{8,}|(?:submission|attempt|assign|abgabe)\w*[-_ ]?\d|[^\W_]+_\d{3,}_|_\d{3,}_[^\W_]",
    re.IGNORECASE,
)


def _unfamiliar(collected: Collected, assignment: str) -> Iterator[Remark]:
    """Names of which something is no student's: a time, a number among words, or what is the same in all of them."""
    names = {one.student for one in collected.submissions} | {one.submission.student for one in collected.unresolved}
    shared = beginning(names).casefold() if len(names) > 2 else ""
    is_shared = re.search(r"[^\W\d_]{2,}.*[-_ ]", shared.removeprefix("student")) is not None
    strange = [
        name
        for name in sorted(names)
        if is_shared or _OF_A_SYSTEM.search(name) or (assignment and assignment.casefold() in name.casefold())
    ]
    if not collected.lms and len(strange) > len(names) / 2:
        yield (
            False,
            "The names look like those of a system that is not known here:",
            f"{strange[0]}, for example. Each was taken for a student as it is. If only a part of it says who the "
            "student is, say which: --pattern '(?P<student>[^_/]+)_', with (?P<received>...) for the time if any.",
        )
