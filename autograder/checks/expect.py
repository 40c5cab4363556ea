"""Sentences for authors of checks: looked at — got — wanted — hint."""

from __future__ import annotations

import contextlib
import itertools
import linecache
import math
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from types import TracebackType
from typing import Any

import numpy as np

from autograder.core.errors import SandboxEnded, StudentError
from autograder.core.model import Advice, Exhibit, Failure, Frame, Picture, Weighed

Hint = str | None | Callable[[], "str | None"]
MARKER = "# YOUR TURN:"
"""Begins the line that tells which part a cell answers."""
_PART = re.compile(rf"\s*{re.escape(MARKER)}\s*(\S+)\s*$")
LONGEST = 300
"""Characters of a value or message that a sentence may quote."""

SHORT = 100
"""Characters of a value in the middle of a sentence."""

_advice: ContextVar[list[Advice] | None] = ContextVar("advice", default=None)


_exhibits: ContextVar[list[Exhibit] | None] = ContextVar("exhibits", default=None)

_weighed: ContextVar[list[Weighed] | None] = ContextVar("weighed", default=None)


class Mismatch(AssertionError):  # noqa: N818 - an observation, not a fault of the kit
    """A promise was looked at and not kept.

    `hint` is a hint id; `sure` is False where it is only likely; `because` is the exception of student code behind it.
    `number` is the sentence of a number that decided: students read it even where the check is hidden.
    """

    def __init__(
        self,
        looked_at: str,
        got: object,
        wanted: object,
        hint: str | None = None,
        sure: bool = True,
        because: Failure | None = None,
        number: str = "",
    ) -> None:
        self.looked_at = looked_at
        self.got = _short(got)
        self.wanted = _short(wanted)
        self.hint = hint
        self.sure = sure
        self.because = because
        self.number = number
        super().__init__(f"{self.looked_at}: got {self.got}; wanted {self.wanted}.")


def that(ok: bool, *, looked_at: str, got: object, wanted: object, hint: Hint = None, sure: bool = True) -> None:
    """Raises Mismatch unless `ok`. A `hint` that needs more experiments may be a function; it runs only on failure."""
    if not ok:
        raise Mismatch(looked_at, got, wanted, hint() if callable(hint) else hint, sure)


def shape(looked_at: str, tensor: Any, wanted: Sequence[int], hint: Hint = None) -> None:
    """`tensor` is a tensor or array of exactly the shape `wanted`."""
    that(
        isinstance(tensor, np.ndarray) or is_tensor(tensor),
        looked_at=looked_at,
        got=type_name(tensor),
        wanted=f"a tensor of shape {tuple(wanted)}",
        hint=hint,
    )
    got = tuple(tensor.shape)
    that(got == tuple(wanted), looked_at=looked_at, got=f"shape {got}", wanted=f"shape {tuple(wanted)}", hint=hint)


def kind(looked_at: str, got: object, wanted: type | tuple[type, ...], hint: Hint = None) -> None:
    """`got` is of the type `wanted`, or of one of several. NumPy's numbers count as Python's, an int also as float."""
    kinds = wanted if isinstance(wanted, tuple) else (wanted,)
    names = " or ".join(map(_type_name, kinds))
    plain = got.item() if isinstance(got, np.generic) else got
    fits = (
        type(plain) in kinds
        if isinstance(plain, bool)
        else isinstance(plain, (*kinds, int) if float in kinds else kinds)
    )
    that(fits, looked_at=looked_at, got=described(got), wanted=f"a value of type {names}", hint=hint)


def raises(
    looked_at: str, wanted: str | type[BaseException], call: Callable[..., object], *given: object, hint: Hint = None
) -> None:
    """`call(*given)`, which is student code, raises `wanted`: an exception, or the name of one of the student's own."""
    name = wanted if isinstance(wanted, str) else wanted.__name__
    try:
        answer = call(*given)
    except StudentError as error:
        if isinstance(error, SandboxEnded) or error.failure.kind == "NotImplementedError" != name:
            raise
        that(error.failure.kind == name, looked_at=looked_at, got=f"{error}", wanted=f"an exception {name}", hint=hint)
        return
    that(
        False,
        looked_at=looked_at,
        got=f"{described(answer)}, and no exception",
        wanted=f"an exception {name}",
        hint=hint,
    )


def finite(looked_at: str, values: object, hint: Hint = None) -> None:
    """Every number in `values` (number, list, array or tensor) is neither NaN nor infinite."""
    numbers = _looked_at(looked_at, values, hint)
    bad = numbers[~np.isfinite(numbers)]
    that(not bad.size, looked_at=looked_at, got=f"{bad[0] if bad.size else ''}", wanted="finite numbers", hint=hint)


def close(looked_at: str, got: object, wanted: object, tolerance: float = 1e-6, hint: Hint = None) -> None:
    """`got` equals `wanted` up to `tolerance`, everywhere; NaN is close to nothing."""
    left, right = _looked_at(looked_at, got, hint), _numbers(wanted)
    that(
        left.shape == right.shape,
        looked_at=looked_at,
        got=f"shape {left.shape}",
        wanted=f"shape {right.shape}",
        hint=hint,
    )
    near = np.abs(left - right) <= tolerance
    if near.all():
        return
    where = int(np.argmin(near))
    place = f" at place {where}" if left.size > 1 else ""
    that(False, looked_at=looked_at + place, got=_number(left[where]), wanted=_number(right[where]), hint=hint)


def equal(looked_at: str, got: Any, wanted: Any, hint: Hint = None) -> None:
    """`got` equals `wanted`; of arrays and tensors shape and every entry, of tables index, columns and every entry."""
    if not _same(got, wanted):
        tables = all(hasattr(type(one), "iloc") for one in (got, wanted))
        told = _unlike(got, wanted) if tables else (repr(got), repr(wanted))
        that(False, looked_at=looked_at, got=told[0], wanted=told[1], hint=hint)


def _unlike(got: Any, wanted: Any) -> tuple[str, str]:
    """What is told of two unequal tables: columns, shapes or indices if these differ, else the first rows that do."""
    for part in ("columns", "shape", "index"):
        one, other = (list(getattr(table, part, ())) for table in (got, wanted))
        if one != other:
            return f"{part} {one}", f"{part} {other}"
    apart = [row for row in range(len(got)) if not _same(got.iloc[[row]], wanted.iloc[[row]])][:3]
    return repr(got.iloc[apart]), repr(wanted.iloc[apart])


def _same(got: Any, wanted: Any) -> bool:
    if any(isinstance(one, np.ndarray) or is_tensor(one) for one in (got, wanted)):
        return bool(np.array_equal(got, wanted))
    if not any(hasattr(type(one), "equals") for one in (got, wanted)):
        return bool(got == wanted)
    # As plain objects 3 equals 3.0, as it does everywhere else; a table's own dtypes would not.
    plain = [one.astype(object).where(one.notna(), None) for one in (got, wanted) if hasattr(type(one), "equals")]
    return type(got) is type(wanted) and bool(plain[0].equals(plain[1]))


def decreases(
    looked_at: str, before: float, after: float, margin: float = 0.1, hint: Hint = None, tries: int = 1
) -> None:
    """`after` is below `before` by the share `margin` or more (0.1 is 10 %), in the best of up to `tries` attempts."""
    _weigh(looked_at, 1 - after / before if before else 0.0, margin, tries)
    is_below = math.isfinite(after) and after <= before * (1 - margin)
    got = f"{_number(before)} before and {_number(after)} after"
    _decided(is_below, looked_at, got, f"a fall by {margin:.0%} or more", hint)


def accuracy(
    looked_at: str,
    got: float,
    needed: float,
    usually: str,
    hint: Hint = None,
    tries: int = 1,
    attempts: Sequence[float] = (),
) -> None:
    """The share `got`, the best of up to `tries` attempts, is at least `needed`; `usually` is what right solutions
    reach. `attempts`: what each gave so far, where each has more patience than the one before."""
    _weigh(looked_at, got, needed, tries, attempts)
    wanted = f"{needed:.0%} or more; right solutions usually reach {usually}"
    _decided(got >= needed, looked_at, f"{got:.1%}", wanted, hint)


def _decided(ok: bool, looked_at: str, got: str, wanted: str, hint: Hint) -> None:
    """Raises Mismatch unless `ok`, with the number that decided."""
    if not ok:
        named = hint() if callable(hint) else hint
        raise Mismatch(looked_at, got, wanted, named, number=f"It came to {got}; what counts is {wanted}.")


def type_name(value: object) -> str:
    """The name of a value's type, also of an object that stays in the student's process."""
    told = getattr(value, "__student_type__", None)
    return _short(told) if isinstance(told, str) else _type_name(type(value))


def _type_name(kind: type) -> str:
    """The name of a type, with its module where it is no type of Python's own or of the notebook's."""
    own = kind.__module__ in ("builtins", "__main__")
    return _short(kind.__qualname__ if own else f"{kind.__module__}.{kind.__qualname__}")


def described(value: object) -> str:
    """A value and its type, in short: of one that stays in the student's process only the type."""
    if value is None:
        return "None, which is nothing"
    kind = type_name(value)
    told = "" if hasattr(value, "__student_type__") else _short(repr(value), SHORT)
    return f"{told} of type {kind}" if told else f"something of type {kind}"


def advise(hint: str, detail: str = "") -> None:
    """Tells something that costs nothing; heard only inside `collecting`."""
    heard = _advice.get()
    if heard is not None and all(advice.hint != hint for advice in heard):
        heard.append(Advice(hint, detail))


@contextlib.contextmanager
def collecting() -> Iterator[list[Advice]]:
    """Gathers the advice given while the block runs, each hint once."""
    heard: list[Advice] = []
    token = _advice.set(heard)
    try:
        yield heard
    finally:
        _advice.reset(token)


MOST_POINTS, MOST_PICTURES = 200, 12
"""How much of an exhibit is kept: every row of a class carries it."""


def show(
    title: str,
    curve: Sequence[float] = (),
    lines: Sequence[tuple[str, float]] = (),
    pictures: Sequence[tuple[str, Any]] = (),
    best: bool = False,
) -> None:
    """Shows the student their own work on public data; heard only inside `showing`, and never decides anything.

    `curve`: numbers, cut at the first that is not finite. `pictures`: captions with uint8 arrays (height, width).
    `best`: this stands on top of the student's page, even if the check is hidden; let it hold no secret.
    """
    shown = _exhibits.get()
    if shown is None:
        return
    finite_part = list(itertools.takewhile(math.isfinite, map(float, curve)))[:MOST_POINTS]
    small = [Picture(caption, grey.shape[1], grey.astype(np.uint8).tobytes().hex()) for caption, grey in pictures]
    shown.append(Exhibit(title, tuple(finite_part), tuple(lines), tuple(small[:MOST_PICTURES]), best))


@contextlib.contextmanager
def showing() -> Iterator[list[Exhibit]]:
    """Gathers what is shown while the block runs."""
    shown: list[Exhibit] = []
    token = _exhibits.set(shown)
    try:
        yield shown
    finally:
        _exhibits.reset(token)


@contextlib.contextmanager
def weighing() -> Iterator[list[Weighed]]:
    """Gathers the numbers that decide while the block runs, in order; for measuring thresholds."""
    numbers: list[Weighed] = []
    token = _weighed.set(numbers)
    try:
        yield numbers
    finally:
        _weighed.reset(token)


def _weigh(looked_at: str, got: float, needed: float, tries: int, attempts: Sequence[float] = ()) -> None:
    numbers = _weighed.get()
    if numbers is not None:
        numbers.append(Weighed(looked_at, _finite(got), needed, tries, tuple(map(_finite, attempts))))


def _finite(share: float) -> float:
    return share if math.isfinite(share) else 0.0


def failure_of(error: BaseException) -> Failure:
    """What may be told of an exception: the one that crossed from the sandbox, or a live one of the notebook."""
    known = getattr(error, "failure", None)
    if isinstance(known, Failure):
        return known
    frames = tuple(_frames(error.__traceback__))
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return Failure(type(error).__name__, _short(error.msg), (*frames, _frame(error.filename, error.lineno)))
    return Failure(type(error).__name__, _short(error), frames)


def _frames(traceback: TracebackType | None) -> Iterator[Frame]:
    """The lines of a live traceback that the student wrote: those of the notebook's own namespace."""
    while traceback is not None:
        frame, line = traceback.tb_frame, traceback.tb_lineno
        if frame.f_globals.get("__name__") == "__main__":
            yield _frame(frame.f_code.co_filename, line)
        traceback = traceback.tb_next


def _frame(file: str, line: int) -> Frame:
    """A line of a cell, named after the part that the cell answers."""
    lines = linecache.getlines(file)
    part = next((found[1] for found in map(_PART.match, lines) if found), "")
    return Frame(f"cell ({part})" if part else "your notebook", line, "".join(lines[line - 1 : line]).strip())


def is_tensor(value: object) -> bool:
    """Whether this is a tensor of PyTorch, which is not imported for that."""
    return "torch" in sys.modules and isinstance(value, sys.modules["torch"].Tensor)


def _numbers(values: Any) -> np.ndarray:
    plain = values.detach().cpu() if is_tensor(values) else values
    if is_tensor(plain):
        plain = (plain.float() if str(plain.dtype) == "torch.bfloat16" else plain).numpy()  # NumPy has no such type
    return np.asarray(plain, dtype=np.float64).reshape(-1)


def _looked_at(looked_at: str, values: object, hint: Hint) -> np.ndarray:
    """The numbers of a value that student code gave. Raises Mismatch where there are none."""
    try:
        if values is not None:
            return _numbers(values)
    except (TypeError, ValueError, AttributeError):
        pass
    raise Mismatch(looked_at, described(values), "a number, or several", hint() if callable(hint) else hint)


def _number(value: float) -> str:
    return f"{float(value):.6g}"


def _short(value: object, most: int = LONGEST) -> str:
    text = str(value)
    return text if len(text) <= most else text[: most - 1] + "…"
