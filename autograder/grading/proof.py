"""The proof before anybody is judged: the walls hold on this machine, and the solution earns all points."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import replace

from autograder.core.course import Assignment
from autograder.core.errors import SandboxError
from autograder.core.model import Grade
from autograder.grading import scoring
from autograder.grading.engines.supervision import Engine
from autograder.grading.submission import Task, grade, prove_walls, settled, task_of
from autograder.sandbox import Mode

PROOFS = 3
"""How often the judge may try to prove itself."""


class Proof:
    """The proof that nobody is judged wrongly on this machine: the sandbox holds, the solution earns all points.

    The walls are tried before the first submission is run. The solution is run beside the first ones, so that it takes
    one slot's time and not everybody's, and waited for before anybody hears of a row.
    """

    def __init__(self, assignment: Assignment, engine: Engine, send: Callable[[Task], Task], mode: Mode | None) -> None:
        self._assignment, self._engine, self._send, self._mode = assignment, engine, send, mode
        self._solution: tuple[Task, Future[Grade]] | None = None

    def begun(self, work: Iterable[Task | Grade]) -> Iterator[Task | Grade]:
        """The same work. Raises SandboxError if a wall does not hold."""
        begun = False
        for one in work:
            if isinstance(one, Task) and not begun:
                self._begin(self._send(one))
                begun = True
            yield one

    def passed(self, rows: Iterable[Grade]) -> Iterator[Grade]:
        """The same rows. Raises SandboxError if the solution fails: then nobody may be marked here."""
        for row in rows:
            if self._solution:
                self._look(*self._solution)
                self._solution = None
            yield row

    def _begin(self, first: Task) -> None:
        if self._mode is not Mode.UNCONFINED:
            self._engine.submit(prove_walls, first).result()
        if self._assignment.solution.exists():
            data = self._assignment.solution.read_bytes()
            solution = task_of(self._assignment, "solution", data, secrets.randbits(62), self._mode)
            task = self._send(replace(solution, private=first.private))
            self._solution = task, self._engine.submit(grade, task)

    def _look(self, task: Task, running: Future[Grade]) -> None:
        """A process may be killed by chance, so the solution has more than one try."""
        for tries_left in reversed(range(PROOFS)):
            problem = scoring.lost(settled(running, task, self._assignment))
            if not problem:
                return
            if tries_left:
                running = self._engine.submit(grade, task)
        raise SandboxError(
            f"We could not judge: on this machine the solution of {self._assignment.name} fails its own checks; "
            f"{problem} Nobody was graded. `autograder doctor` and `autograder verify {self._assignment.name}` may "
            "tell why."
        )
