"""Running checks again and again: each submission is judged as if it were the only one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.checks.hints import Catalogue
from autograder.checks.runner import CheckRunner, points_by_stub
from autograder.core.errors import CourseError, SandboxError, StudentError
from autograder.core.model import Cell, Check, CheckResult, Failure, Outcome, Role, Script

CHECKS = '''
from autograder import expect
from autograder.points import points, probe

@probe
def answer(student):
    student.calls.append("answer")
    return student.answer()

@points(2, stub="one")
def test_answer(answer):
    """The answer is 42."""
    expect.that(answer == 42, looked_at="answer()", got=answer, wanted=42, hint="off")

@points(1, stub="one")
def test_answer_is_even(answer):
    """The answer is even."""
    assert answer % 2 == 0

@points(3, stub="two", hidden=True)
def test_other(student):
    """The other is called."""
    expect.advise("politer", "You could say please.")
    student.other()
'''
HINTS = """
[hint.off]
stub = "one"
text = "Think of the question."
costs = "points"
nudge = "Look again."

[hint.politer]
stub = "two"
text = "Say please."
costs = "advice"
nudge = "Hm."

[hint.unreadable-line]
stub = "notebook"
text = "Python cannot read this."
costs = "points"
nudge = "Look at the line."

[[rule]]
hint = "unreadable-line"
kinds = ["SyntaxError"]
"""


@dataclass
class Table:
    """A bench whose student is an ordinary object of this process."""

    student: object
    stand_ins: object = None
    returned: tuple[str, str] = ("", "")
    answers: tuple[tuple[str, object], ...] = ()
    cell_failures: dict[str, Failure] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, str]:
        return {name: type(value).__name__ for name, value in vars(self.student).items() if not callable(value)}

    @contextmanager
    def check(self, seconds: float) -> Iterator[None]:
        yield

    def fresh(self) -> None: ...


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> CheckRunner:
    return CheckRunner(written(tmp_path_factory.mktemp("checks"), CHECKS), Catalogue.parse(HINTS))


def written(folder: Path, text: str) -> Path:
    path = folder / "test_table.py"
    path.write_text(text, encoding="utf-8")
    return path


def raising(error: BaseException) -> object:
    def function() -> None:
        raise error

    return function


def judged(
    runner: CheckRunner, script: Script | None = None, failures: object = None, **names: object
) -> list[CheckResult]:
    names = {"answer": lambda: 42, "other": lambda: None, "calls": [], **names}
    table = Table(SimpleNamespace(**names), cell_failures=dict(failures or {}))  # type: ignore[call-overload]
    return list(runner.run(table, seed=1, script=script or Script(())))


def test_checks_are_known_with_their_prices(runner: CheckRunner) -> None:
    assert runner.checks[0] == Check("test_answer", "one", 2, "The answer is 42.")
    assert points_by_stub(runner.checks) == {"one": 3, "two": 3}


def test_a_right_answer_earns_its_points_and_advice_costs_none(runner: CheckRunner) -> None:
    results = judged(runner)
    assert [result.points for result in results] == [2, 1, 3]
    assert [advice.hint for advice in results[2].advice] == ["politer"]


def test_a_wrong_answer_costs_its_own_check_and_tells_the_hint(runner: CheckRunner) -> None:
    first, second, third = judged(runner, answer=lambda: 44)
    assert (first.outcome, first.hint) == (Outcome.FAILED, "off")
    assert "got 44; wanted 42" in first.message
    assert "Think of the question." in first.message
    assert (second.points, third.points) == (1, 3)


def test_a_name_that_is_no_function_fails_its_checks_and_waits_for_nobody(runner: CheckRunner) -> None:
    first, _, third = judged(runner, answer=42)
    assert first.outcome is Outcome.FAILED
    assert "what `answer` is in your notebook: got a value of type int" in first.message
    assert third.outcome is Outcome.PASSED


def test_what_a_public_check_shows_is_kept_and_what_a_hidden_one_shows_is_not(tmp_path: Path) -> None:
    text = "from autograder import expect\nfrom autograder.points import points\n" + "".join(
        f"@points(1, stub='one', hidden={hidden})\n"
        f"def test_{hidden}():\n    'A title.'\n    expect.show('A curve', [2.0, 1.0])\n"
        for hidden in (True, False)
    )
    secret, public = judged(CheckRunner(written(tmp_path, text), Catalogue.parse(HINTS)))
    assert secret.exhibits == ()
    assert [(one.title, one.curve) for one in public.exhibits] == [("A curve", (2.0, 1.0))]


def test_a_probe_runs_once_for_each_submission(runner: CheckRunner) -> None:
    calls: list[str] = []
    judged(runner, calls=calls)
    judged(runner, calls=calls)
    assert calls == ["answer", "answer"]


def test_what_a_probe_raises_is_shared_too(runner: CheckRunner) -> None:
    calls: list[str] = []
    failure = StudentError(Failure("ValueError", "no"))
    results = judged(runner, calls=calls, answer=raising(failure))
    assert [result.outcome for result in results] == [Outcome.FAILED, Outcome.FAILED, Outcome.PASSED]
    assert calls == ["answer"]


def test_an_open_stub_is_not_attempted_rather_than_failed(runner: CheckRunner) -> None:
    todo = StudentError(Failure("NotImplementedError", "TODO"))
    assert [result.outcome for result in judged(runner, other=raising(todo))][2] is Outcome.NOT_ATTEMPTED
    untouched = judged(runner, Script((), not_attempted=frozenset({"one"})))
    assert [result.outcome for result in untouched] == [Outcome.NOT_ATTEMPTED, Outcome.NOT_ATTEMPTED, Outcome.PASSED]


@pytest.mark.parametrize("error", [SandboxError("no room"), KeyError("grader"), TypeError("ours")])
def test_our_own_failure_is_never_the_students(runner: CheckRunner, error: Exception) -> None:
    assert judged(runner, other=raising(error))[2].outcome is Outcome.ERROR


def test_a_name_whose_cell_failed_is_explained_by_that_cell(runner: CheckRunner) -> None:
    missing = raising(StudentError(Failure("NameError", "name 'other' is not defined")))
    script = Script((Cell("cell 3 (two)", "def other(:", Role.STUB, "two"),))
    results = judged(runner, script, {"cell 3 (two)": Failure("SyntaxError", "invalid syntax")}, other=missing)
    assert results[2].hint == "unreadable-line"


@pytest.mark.parametrize("text", ["def test_free(): ...", "import nothing_of_this_name"])
def test_a_check_file_that_cannot_be_used_is_the_instructors_to_mend(tmp_path: Path, text: str) -> None:
    with pytest.raises(CourseError):
        CheckRunner(written(tmp_path, text), Catalogue.parse("")).checks  # noqa: B018
