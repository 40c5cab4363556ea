"""What checks do with answers that nobody hopes for: every function of the task returns nothing, text, an empty list.

The commonest beginners' mistakes give such values. A check that breaks over one of them leaves a person waiting.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Executor

from autograder.authoring import variant
from autograder.authoring.audit import Notebooks
from autograder.authoring.variant import Variant
from autograder.checks.functions import Function
from autograder.checks.names import parsed
from autograder.core.course import Assignment
from autograder.core.errors import SandboxError
from autograder.core.model import Grade, Outcome
from autograder.grading.engines.supervision import ended_in_turn
from autograder.grading.submission import grade
from autograder.sandbox import Mode

RETURNS = {"None": "None", "text": "'text'", "an empty list": "[]"}


def variants(assignment: Assignment) -> list[Variant]:
    """The solution, in each one function of one stub replaced by one that takes anything and returns an odd value.

    Raises CourseError where the assignment was not built.
    """
    assignment.must_be_built()
    cells = json.loads(assignment.solution.read_text("utf-8"))["cells"]
    answers = ((variant.stub_of(cell), "".join(cell["source"])) for cell in cells)
    return [
        Variant(f"{name} returns {said}", "", {"fails": stub}, ((stub, f"{source}\n\n{_odd(name, value)}"),))
        for stub, source in answers
        if stub is not None
        for name in (node.name for node in parsed(source) if isinstance(node, Function))
        for said, value in RETURNS.items()
    ]


def _odd(name: str, value: str) -> str:
    return f"def {name}(*_, **__):\n    return {value}"


def tried(
    assignment: Assignment,
    found: list[Variant],
    engine: Executor,
    mode: Mode | None = None,
    done: Callable[[], None] = lambda: None,
) -> list[str]:
    """A sentence for each of `found` over which a check breaks, or which nothing notices."""
    notebooks, told = Notebooks(assignment), list[str]()
    work = ((one, notebooks.task(one, 1, mode)) for one in found)
    for (one, _), future in ended_in_turn(lambda pair: engine.submit(grade, pair[1]), work):
        done()
        try:
            told += _warnings(one, future.result())
        except SandboxError as error:
            told.append(f"Where {one.name}, nothing could be judged: {error}")
    return sorted(told)


def _warnings(one: Variant, row: Grade) -> Iterator[str]:
    mine = [result for result in row.checks if result.check.stub == one.fails]
    for result in mine:
        if result.outcome is Outcome.ERROR:
            yield f"Where {one.name}, {result.check.name} breaks and a person must decide: {result.message}"
    if mine and all(result.outcome is Outcome.PASSED for result in row.checks):
        yield f"Where {one.name}, nobody notices: all checks pass."
