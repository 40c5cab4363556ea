"""What marks depend on, check by check: so that a change costs only the checks that it can reach."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.checks.reach import CheckFile
from autograder.core import kit
from autograder.core.course import Assignment
from autograder.in_notebook import setup_cell

_PRIVATE = re.compile(r"private|__file__")
"""What a check mentions that may read below private/."""


@dataclass(frozen=True)
class State:
    """An assignment as one run of grading found it: its fingerprint, and digests of what each part can see.

    Two states give a check the same digest only if nothing that decides how it ends differs: its own text and all that
    it can reach in the check file and beside it, stand-ins, hints, limits, given files, the kit. Prices, titles and
    `hidden` decide nothing. The release is kept apart, since only what reaches the student's cells matters there.
    """

    fingerprint: str
    release: str
    checks: dict[str, str]

    @classmethod
    def of(cls, assignment: Assignment) -> State:
        """The state of the files as they lie there now."""
        limits = assignment.settings.limits.model_dump_json()
        offered = setup_cell.offered(assignment.pictures)
        shared = (kit.version(), assignment.stand_ins, assignment.hints, limits, *offered, _digests(assignment.files))
        base, private = json.dumps(shared), json.dumps(_digests(assignment.private))
        reached = CheckFile(assignment.checks.read_text(encoding="utf-8"), assignment.helpers).digestible()
        if assignment.private:
            reached = {name: f"{text}\0{private}" if _PRIVATE.search(text) else text for name, text in reached.items()}
        return cls(
            fingerprint=assignment.fingerprint,
            release=hashlib.sha256(assignment.release.read_bytes()).hexdigest(),
            checks={name: hashlib.sha256(f"{base}\0{text}".encode()).hexdigest() for name, text in reached.items()},
        )

    def changed_since(self, other: State) -> frozenset[str]:
        """The checks that may end otherwise than under `other`, new ones among them."""
        return frozenset(name for name, digest in self.checks.items() if other.checks.get(name) != digest)


def _digests(files: Mapping[str, Path]) -> dict[str, str]:
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
