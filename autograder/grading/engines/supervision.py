"""What every engine promises, wherever its workers run: a task whose worker dies is tried again, once.

The standard library's pools lose the whole batch when one worker dies. Here a death costs its task a second try, and
nobody else anything.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from autograder.core.errors import AutograderError, SandboxError, accident

K = TypeVar("K")
T = TypeVar("T")
AHEAD = 64
"""How many tasks wait in an engine at most: beyond, a class of thousands would only fill memory."""
TRIES = 2
"""How many workers one task may cost before it is given up as poison."""


@dataclass(eq=False)
class Job:
    """One task on its way through an engine, and whoever waits for it."""

    future: Future[Any]
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    deaths: int = 0

    def starts(self) -> bool:
        """False if nobody waits for it any more."""
        return self.future.set_running_or_notify_cancel()

    def ends(self, answer: object) -> None:
        """Gives what the task gave, or raised, to whoever waits; an exception that is not on purpose is ours."""
        if isinstance(answer, AutograderError):
            self.future.set_exception(answer)
        elif isinstance(answer, BaseException):
            self.future.set_exception(accident(answer))
        else:
            self.future.set_result(answer)

    def may_be_tried_again(self) -> bool:
        """Counts a worker that died over this task; where that is once too often, whoever waits hears of it."""
        self.deaths += 1
        if self.deaths >= TRIES:
            self.ends(SandboxError(f"{TRIES} workers died over this task; a person must look."))
        return self.deaths < TRIES


class Engine(Executor, ABC):
    """Runs functions in workers, one at a time in each; `submit` takes positional arguments only."""

    elsewhere = False
    """Whether workers may run on other machines: then a task must bring all that it reads."""

    @abstractmethod
    def take(self, job: Job) -> None:
        """Takes a job to be run."""

    @abstractmethod
    def stop(self) -> None:
        """Gives up all that is queued or running, at once."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Queues `fn(*args)`; keyword arguments are not taken."""
        assert not kwargs, "tasks take positional arguments only"
        future: Future[T] = Future()
        self.take(Job(future, fn, args))
        return future

    def deliver(self, root: Path, files: Iterable[Path], variables: Mapping[str, str]) -> str:
        """Sees to it that workers find `files` of the folder `root`, and have the environment's `variables`.

        Returns the name under which `parcel.folder_of` finds the folder there.
        """
        return str(root)

    def prepare_with(self, function: Callable[..., Any]) -> None:
        """Lets each new worker run this before its first task, with that task's arguments, where that helps."""


def ended_in_turn(start: Callable[[K], Future[T]], work: Iterable[K]) -> Iterator[tuple[K, Future[T]]]:
    """Each piece of work with the future that `start` gave for it, as they end; AHEAD are begun before the next."""
    waiting, running = iter(work), dict[Future[T], K]()
    while True:
        running |= {start(one): one for one in islice(waiting, AHEAD - len(running))}
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            yield running.pop(future), future
