"""A run that gives a class its files: who is in the class then, who is new, and who is no longer there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from autograder.core.errors import CourseError
from autograder.core.model import Submission
from autograder.intake.files import sha256_of
from autograder.intake.record import HandIns


@dataclass(frozen=True)
class Addition:
    """The class after a run: all that was handed in, and by student what that changed.

    `kept` are hand-ins of earlier runs that this one says nothing of. `renamed` are ids whose files belong to another
    now (old → new), that of a file which was nobody's among them; of `gone` ones nothing is there any more.
    `given_away`: students who are still there, though a file of theirs is another's now.
    """

    given: HandIns
    kept: tuple[Submission, ...] = ()
    new: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    given_away: Mapping[str, str] = field(default_factory=dict)

    @property
    def leaving(self) -> tuple[str, ...]:
        """The ids under which nobody is in the class any more."""
        return tuple(sorted({*self.gone, *self.renamed}))


def added(before: HandIns | None, now: HandIns, *, exactly: bool = False) -> Addition:
    """The class of `before` with the files of `now`, or `exactly` these.

    A file that `now` has in the same place, be it for another student, goes before what lay there. A hand-in that was
    there before keeps its place among the runs.
    """
    if before is None:
        return Addition(now, new=tuple(sorted(now.students)))
    known = {one.key: one.added for one in before.submissions}
    run = 1 + max(known.values(), default=-1)
    fresh = [replace(one, added=known.get(one.key, run)) for one in now.submissions]
    stays = [] if exactly else list(_untouched(before.submissions, now))
    unresolved, left_out = ((), ()) if exactly else (before.unresolved, before.left_out)
    places = set(_places(now))
    given = replace(
        now,
        submissions=(*stays, *fresh),
        unresolved=(*(pair for pair in unresolved if pair[0].path not in places), *now.unresolved),
        lms=now.lms or before.lms,
        left_out=(*(pair for pair in left_out if pair[0] not in places), *now.left_out),
    )
    owners = {_content(one): one.student for one in now.submissions}
    missing = (before.students - given.students) | (before.everybody - given.everybody)
    moved = {
        one.student: owners[_content(one)]
        for one in (*(stray for stray, _ in before.strays), *before.submissions)
        if owners.get(_content(one), one.student) != one.student
    }
    renamed = {old: new for old, new in moved.items() if old in missing}
    return Addition(
        given,
        kept=tuple(stays),
        new=tuple(sorted(given.students - before.students - {*renamed.values()})),
        renamed=renamed,
        gone=tuple(sorted(missing - renamed.keys())),
        given_away={old: new for old, new in moved.items() if old not in missing},
    )


def lost(submissions: Iterable[Submission]) -> Iterator[Submission]:
    """Those whose files are no longer where they lay, or hold something else by now."""
    for one in submissions:
        try:
            holds = sha256_of(one.path)
        except CourseError:  # the zip is damaged by now
            holds = ""
        if holds != one.sha256:
            yield one


def _untouched(submissions: Iterable[Submission], now: HandIns) -> Iterator[Submission]:
    """Earlier hand-ins that `now` says nothing of."""
    keys, places = {one.key for one in now.submissions}, set(_places(now))
    contents = {_content(one) for one in now.submissions}
    for one in submissions:
        if one.key not in keys and one.path not in places and _content(one) not in contents:
            yield one


def _places(now: HandIns) -> Iterator[str]:
    yield from (one.path for one in now.submissions)
    yield from (one.path for one, _ in now.unresolved)
    yield from (path for path, _ in now.left_out)


def _content(one: Submission) -> tuple[str, str]:
    """The same for one file of an LMS in two of its zips, which have other names each time."""
    return one.sha256, one.path.partition("!/")[2] or one.path
