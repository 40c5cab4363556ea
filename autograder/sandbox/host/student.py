"""What a check holds: the student's names and objects, each use of them a question across the wire.

Nothing that arrives is executed, imported or unpickled. Values are rebuilt from exact built-in types; all else is a
Handle.
"""

from __future__ import annotations

import weakref
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from autograder.core.errors import StudentError
from autograder.sandbox.host.process import Process

if TYPE_CHECKING:
    from autograder.sandbox.session import Room


MOST_ANSWERS, MOST_ANSWER_BYTES = 64, 16 << 20
"""How many answers are remembered, and how large their arrays may be together."""


class MissingName(StudentError, AttributeError):  # noqa: N818
    """A name that the notebook does not define, or an attribute that an object of it does not have."""


class Handle:
    """An object in the student's process: call it, index it, iterate over it, ask for its attributes or its length.

    It can be passed as an argument. `__student_type__` is its type as the student's process tells it: untrusted text.
    """

    __slots__ = ("__student_type__", "__weakref__", "_label", "_name", "_number", "_room", "_session")

    def __init__(self, room: Room, session: Session, number: int, type_name: str) -> None:
        self._room, self._session, self._number, self._name, self._label = room, session, number, "", ""
        self.__student_type__ = type_name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return self._noted(f".{name}", self._room.value("attribute", of=self, name=name))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        answer = self._room.value("call", of=self, args=args, kwargs=kwargs)
        if self._name:
            self._room.returned = f"{self._name}(…)", type(answer).__name__
        if isinstance(answer, Handle) and not answer._name:
            answer._name = f"{self._name}(…)" if self._name else ""
        return self._noted("(…)", answer)

    def __getitem__(self, key: Any) -> Any:
        return self._noted("[…]", self._room.value("index", of=self, key=key))

    def __len__(self) -> int:
        return int(self._room.exact(int, "length", of=self))

    def __bool__(self) -> bool:
        return bool(self._room.exact(bool, "truth", of=self))

    def __iter__(self) -> Iterator[Any]:
        iterator = self._room.value("iterate", of=self)
        while "end" not in (reply := self._room.ask("next", of=iterator)):
            yield self._noted("[…]", reply.get("value"))

    def _noted(self, how: str, answer: Any) -> Any:
        """The same answer, known as the student's: what is given by an object of the stand-ins is not."""
        if self._label:
            asked = f"{self._label}{how}"
            if isinstance(answer, Handle):
                answer._label = answer._label or asked
            self._room.answers.add(asked, answer)
        return answer

    def __repr__(self) -> str:
        return f"<{self.__student_type__} in the student's process>"


class Names:
    """The names that a notebook defines, or the stand-ins: `names.train` is a value or a Handle."""

    def __init__(self, room: Room, of: str) -> None:
        self.__room, self.__of = room, of

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if self.__of == "stand_ins":
            return self.__room.stand_in(name)
        value = self.__room.value("name", of=self.__of, name=name)
        if isinstance(value, Handle):
            value._name = value._label = name
        else:
            self.__room.answers.add(name, value)
            self.__room.values[name] = type(value).__name__
        return value

    def __repr__(self) -> str:
        return f"<names of the {self.__of}>"


class Answers:
    """What student code gave lately, each value with how it was asked; older ones go where they take too much room."""

    def __init__(self) -> None:
        self._kept: deque[tuple[str, object, int]] = deque(maxlen=MOST_ANSWERS)
        self._bytes = 0
        self.arrived = 0
        """Bytes of arrays in what arrived last."""

    def add(self, asked: str, value: object) -> None:
        """Keeps what arrived last."""
        if len(self._kept) == MOST_ANSWERS:
            self._bytes -= self._kept.popleft()[2]
        self._kept.append((asked, weakref.ref(value) if isinstance(value, Handle) else value, self.arrived))
        self._bytes += self.arrived
        while self._bytes > MOST_ANSWER_BYTES:
            self._bytes -= self._kept.popleft()[2]

    def __iter__(self) -> Iterator[tuple[str, object]]:
        return ((asked, value() if isinstance(value, weakref.ref) else value) for asked, value, _ in self._kept)


class Session:
    """One process and the handles to objects in it; the process is told of lost handles, so that it forgets them."""

    def __init__(self, process: Process, kernel_kills: int) -> None:
        self.process, self.kernel_kills = process, kernel_kills
        self.asked = 0
        self.handles: weakref.WeakValueDictionary[int, Handle] = weakref.WeakValueDictionary()
        self.lost: list[int] = []
        self.stand_ins: dict[str, Any] = {}

    def handle(self, room: Room, number: int, type_name: str) -> Handle:
        """The handle with this number: the same one as long as anybody holds it."""
        known = self.handles.get(number)
        if known is not None:
            return known
        if number in self.lost:
            self.lost.remove(number)
        handle = self.handles[number] = Handle(room, self, number, type_name)
        weakref.finalize(handle, self.lost.append, number).atexit = False
        return handle

    def take_lost(self) -> list[int]:
        """Numbers of handles that nobody holds any more, each once."""
        lost = list(self.lost)
        del self.lost[: len(lost)]
        return lost
