"""How long a check may take while somebody waits for it."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from autograder.checks.expect import failure_of
from autograder.core.errors import StudentError
from autograder.core.model import Failure


class _OutOfPatience(BaseException):
    """Raised wherever the student's code is; no `except Exception` holds it up."""


@contextlib.contextmanager
def patient(seconds: float) -> Iterator[None]:
    """Ends the block after so many seconds. Raises StudentError that names the student's line that was running.

    Where there are no alarms, as on Windows and outside of the main thread, the block has all the time it wants.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _OutOfPatience as end:
        frames = failure_of(end).frames
        at = f"; line {frames[-1].line} was running: {frames[-1].text}" if frames else ""
        sentence = f"This took more than {seconds:g} seconds and was stopped{at}"
        raise StudentError(Failure("TimeoutError", sentence)) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(number: int, frame: FrameType | None) -> None:
    raise _OutOfPatience
