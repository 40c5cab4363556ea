"""What can go wrong, by who must act.

AutograderError
├── CourseError       the instructor: a master, a check, a setting or a roster must be corrected
│   └── ClusterError  the same: the machines that grade are lost or unfit; start again
├── SubmissionError   the student: what was handed in cannot be read or breaks a rule
├── SandboxError      us or the host: confinement is not to be had or broke; the submission waits, never zero
└── StudentError      no fault of the kit: student code raised, and a check may want to know how
    ├── CheckTimeout  student code used up its time
    └── SandboxEnded  the student's process ended (exit, signal, memory, broken protocol)
"""

from __future__ import annotations

from autograder.core.model import Failure, RunStatus


class AutograderError(Exception):
    """Root of everything the kit raises on purpose; its text is a complete sentence."""


class CourseError(AutograderError):
    """The instructor must correct something; the text names path, cause and next step."""


class ClusterError(CourseError):
    """The machines that grade are lost or unfit: nobody may be marked by what is missing; start again."""


class SubmissionError(AutograderError):
    """What the student handed in cannot be used; the text tells the student what to do."""


class SandboxError(AutograderError):
    """Confinement failed on this host; the submission stays ungraded and waits."""


def accident(error: BaseException) -> SandboxError:
    """What is told of an exception that nobody raised on purpose: ours, so the submission waits for a person."""
    return SandboxError(f"The grader itself failed: {type(error).__name__}: {error}")


class StudentError(AutograderError):
    """Student code raised an exception inside the sandbox.

    `failure` is everything known about it: class, message, the student's own traceback, the last torch operation.
    All of it is untrusted text.
    """

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.kind}: {failure.message}")
        self.failure = failure


class SandboxEnded(StudentError):  # noqa: N818 - a fact of the student's process, not a fault of the kit
    """The student's process ended by itself or was ended; `status` says how a row must be marked."""

    def __init__(self, failure: Failure, status: RunStatus) -> None:
        super().__init__(failure)
        self.status = status


class CheckTimeout(SandboxEnded):
    """Student code did not answer in time, and its process was killed."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure, RunStatus.TIMED_OUT)
