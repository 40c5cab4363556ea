"""Which cells answer a stub, and where only a person can tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from autograder.notebook.cells import CLOSED, JUDGING, Handed, Kind, Original, Way
from autograder.notebook.code import Code
from autograder.notebook.matching import stubs_answered


@dataclass(frozen=True)
class Answer:
    """The cells that concern one stub.

    `own` are its own cells and copies of them, `answers` the cells that count (none: not attempted), `idle` the copies
    that do not run, `others` further cells that define its names.
    """

    stub: Original
    own: tuple[Handed, ...]
    answers: tuple[Handed, ...]
    idle: tuple[Handed, ...]
    others: tuple[Handed, ...]

    @property
    def is_copied(self) -> bool:
        """Whether two cells answer the stub; its untouched cell beside one new cell, or parts apart, do not count."""
        touched = [cell for cell in (*self.own, *self.others) if cell.code.normal != self.stub.code.normal]
        defined = Counter(name for cell in touched for name in cell.code.definitions if name in self.stub.promised)
        silent = [cell for cell in self.own if not self.stub.promised.keys() & cell.code.definitions]
        is_untouched_beside = len(self.own) > 1 and any(cell not in touched for cell in self.own)
        return max(defined.values(), default=0) > 1 or is_untouched_beside or len(silent) > 1


def answer_to(stub: Original, cells: list[Handed], stubs: list[Original]) -> Answer:
    """Who answers `stub`: of each of its names the last cell that defines it, else its own cell, else an assignment."""
    own = [cell for cell in cells if cell.is_stub(stub)]
    open_cells = [cell for cell in cells if cell.kind not in CLOSED and not cell.is_given_unchanged]
    closed = [cell for cell in cells if cell.kind in CLOSED and (cell.is_changed or not cell.original)]
    picked = {
        _last(that_touch(name, stub, open_cells)) or _last(that_touch(name, stub, closed)) for name in stub.promised
    }
    answers = [cell for cell in cells if cell in picked] or _last_of(_touched_own(stub, own, stubs))
    answers = answers or _last_of([cell for cell in open_cells if not cell.original and _assigns(cell, stub)])
    return Answer(
        stub=stub,
        own=tuple(own),
        answers=tuple(answers),
        idle=tuple(_idle(stub, own, answers)),
        others=tuple(c for c in open_cells if c not in own and stub.code.definitions.keys() & c.code.definitions),
    )


def that_touch(name: str, stub: Original, cells: Iterable[Handed]) -> list[Handed]:
    """The cells that define `name` otherwise than it was handed out."""
    given = stub.code.definitions.get(name)
    return [cell for cell in cells if given is not None and cell.code.definitions.get(name, given) != given]


def _touched_own(stub: Original, own: list[Handed], stubs: list[Original]) -> list[Handed]:
    """A stub's own cells with any work in them; of a cell that answers others and does not name this one, none."""
    return [
        cell
        for cell in own
        if cell.code.normal
        and cell.code.normal != stub.code.normal
        and (stubs_answered(cell, stubs) in ([], [stub]) or cell.code.markers == {stub.name})
    ]


def _assigns(cell: Handed, stub: Original) -> bool:
    names = cell.code.assigned if stub.is_of_values else cell.code.aliases
    return bool(stub.promised.keys() & names)


def _idle(stub: Original, own: list[Handed], answers: list[Handed]) -> list[Handed]:
    """Untouched copies that must not undo an answer; the first stays where a name would be missing without it."""
    untouched = [cell for cell in own if cell.code.normal == stub.code.normal]
    covered = {name for cell in answers for name in cell.code.definitions}
    is_whole = bool(answers) and stub.code.definitions.keys() <= covered
    is_late = bool(answers and untouched) and untouched[0].number > answers[0].number
    return untouched if is_whole or is_late else untouched[1:]


def _last(cells: Sequence[Handed]) -> Handed | None:
    return cells[-1] if cells else None


def _last_of(cells: list[Handed]) -> list[Handed]:
    return cells[-1:]


def strangeness(cells: list[Handed], answers: list[Answer]) -> Iterator[str]:
    """Says so where the notebook is none of this assignment's: one name, such as `train`, may be there by chance."""
    is_ours = any(cell.kind is Kind.CHECK and cell.way is not Way.LIKENESS for cell in cells)
    held = any(cell.way is not Way.LIKENESS for answer in answers for cell in answer.own)
    answered = [answer.stub.name for answer in answers if answer.answers]
    if not is_ours and not held and 2 * len(answered) <= len(answers):
        missing = ", ".join(f"`{answer.stub.name}`" for answer in answers if not answer.answers)
        yield (
            f"This looks like another notebook: the parts {missing} of this assignment are not in it. Open the "
            "course's notebook, write the answers into its cells that begin with `# YOUR TURN`, and hand in that one."
        )


def unread(answers: list[Answer]) -> Iterator[str]:
    """Stubs that count as untouched although there is work in their cell: all of it stands behind a `#`."""
    for answer in answers:
        for cell in answer.own if not answer.answers else ():
            bare = Code(_HASHES.sub("", cell.code.source))
            holds = bare.definitions.keys() | bare.assigned | {name for _, name in _NAMED.findall(bare.source)}
            if not cell.code.normal and holds & answer.stub.promised.keys() and bare.normal != answer.stub.code.normal:
                yield (
                    f"All of cell {cell.number} (`{answer.stub.name}`) is a comment, but it seems to hold an answer: "
                    "its line ends may be lost, or a # may stand before each line. A person must look at it."
                )


_HASHES = re.compile(r"^[ \t]*#+ ?", re.MULTILINE)
_NAMED = re.compile(r"(def|class)[ \t]+(\w+)")


def contradictions(cells: list[Handed], answers: list[Answer]) -> Iterator[str]:
    """Cells of which one would undo the other, and nobody can say which one is meant."""
    for answer in answers:
        running = [cell for cell in cells if cell in (*answer.own, *answer.others) and cell not in answer.idle]
        rivals = [cell for cell in cells if cell.kind in JUDGING and cell.is_changed and cell not in answer.answers]
        for name, given in answer.stub.code.definitions.items():
            touched = that_touch(name, answer.stub, running)
            defining = [cell for cell in running if name in cell.code.definitions]
            if touched and defining[-1].code.definitions[name] == given:
                yield (
                    f"Cell {touched[-1].number} defines `{name}`, and cell {defining[-1].number} below it holds "
                    f"`{name}` as it was handed out: a person must say which one counts."
                )
            for rival in that_touch(name, answer.stub, rivals):
                if touched and rival.code.definitions[name] != touched[-1].code.definitions[name]:
                    yield (
                        f"Cell {touched[-1].number} and the instructor's cell {rival.number}, which was edited, both "
                        f"define `{name}`, in different ways: a person must say which one counts."
                    )
