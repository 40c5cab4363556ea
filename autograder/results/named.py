"""What a run named beside a folder of results and later runs need as well: the folder remembers it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from autograder.core import whole_file
from autograder.core.errors import CourseError

NAME = "named.json"


@dataclass(frozen=True)
class Named:
    """The roster, and folders of `earlier` results whose late days count: absolute paths."""

    roster: Path | None = None
    earlier: tuple[Path, ...] = ()

    def __or__(self, before: Named) -> Named:
        """The same, and what was named before where nothing is named here."""
        return Named(self.roster or before.roster, self.earlier or before.earlier)

    def missing(self, before: Named) -> Named:
        """What was named before and is not named here. Raises CourseError where that is no longer there."""
        found = Named(None if self.roster else before.roster, () if self.earlier else before.earlier)
        for path in filter(None, (found.roster, *found.earlier)):
            if not path.exists():
                raise CourseError(
                    f"{path}: was named with these results before, and is no longer there. Name it where it lies now "
                    "(--roster, --earlier), or add --forget."
                )
        return found

    def __str__(self) -> str:
        parts = [f"the roster {self.roster}"] if self.roster else []
        return " and ".join([*parts, *(f"late days used in {path}" for path in self.earlier)])


def remember(named: Named, folder: Path) -> None:
    """Write it into a folder of results; the file is whole or not there."""
    table = {"roster": str(named.roster or ""), "earlier": [str(path) for path in named.earlier]}
    whole_file.write(folder / NAME, json.dumps(table, indent=1) + "\n")


def remembered(folder: Path) -> Named:
    """What `remember` wrote; nothing is named where nothing was. Raises CourseError where the file is damaged."""
    path = folder / NAME
    if not path.exists():
        return Named()
    try:
        table = json.loads(path.read_text(encoding="ascii"))
        roster = Path(table["roster"]) if table["roster"] else None
        return Named(roster, tuple(Path(one) for one in table["earlier"]))
    except (ValueError, KeyError, TypeError) as error:
        raise CourseError(
            f"{path}: this file is damaged ({error!r}). Name roster and --earlier anew, with --forget."
        ) from error
