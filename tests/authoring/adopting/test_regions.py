"""Answers are found between the marks of either tool, and what students get in their place is Python."""

from __future__ import annotations

import ast
import re
from textwrap import dedent

import pytest

from autograder.authoring.adopting.regions import stub_source, without_marks
from autograder.authoring.release import BEGIN, END

CELLS = {
    "nbgrader": "def f(x):\n    ### BEGIN SOLUTION\n    if x:\n        return 3\n    return 4\n    ### END SOLUTION",
    "several": "a = 1\n### BEGIN SOLUTION\nb = 2\n### END SOLUTION\n#\n### BEGIN SOLUTION\nc = 3\n### END SOLUTION",
    "in a dict": '{\n"a":\n### BEGIN SOLUTION\n1,\n### END SOLUTION\n"b": 2,\n}',
    "lines": "def f(x):\n    y = x # SOLUTION NO PROMPT\n    return y # SOLUTION\nz = f(3) # SOLUTION",
    "in a bracket": "t = (table # SOLUTION\n  .mean() # SOLUTION\n)",
    "prompt": (
        "if True:\n    # BEGIN SOLUTION NO PROMPT\n    r = 3\n    # END SOLUTION\n"
        '    """ # BEGIN PROMPT\n    r = ...\n    """; # END PROMPT'
    ),
    "no marks": "import math\n\nx = math.pi",
    "seed": "np.random.seed(4) # SEED\nx = np.random.rand() # SOLUTION",
}


def handed_out(source: str) -> str:
    """What students get: `raise` in place of each answer."""
    return re.sub(rf"([ \t]*){BEGIN}.*?{END}", r"\1raise NotImplementedError()", source, flags=re.DOTALL)


@pytest.mark.parametrize("name", CELLS)
def test_both_the_solution_and_what_is_handed_out_are_python(name: str) -> None:
    source = stub_source("part", CELLS[name])
    assert source.startswith("# YOUR TURN: part\n")
    ast.parse(source)
    ast.parse(handed_out(source))


@pytest.mark.parametrize("name", CELLS)
def test_nothing_of_an_answer_is_handed_out(name: str) -> None:
    answer = ast.unparse(ast.parse(without_marks(CELLS[name])))
    code = "\n".join(line for line in handed_out(stub_source("part", CELLS[name])).split("\n") if "#" not in line)
    for secret in ("return", "b = 2", "c = 3", "r = 3", "f(3)", "math.pi", "seed(", "table"):
        assert secret not in code or secret not in answer, code


def test_what_students_saw_of_an_answer_stands_above_it() -> None:
    source = stub_source("part", CELLS["lines"])
    assert "# z = ...\n### BEGIN SOLUTION\nz = f(3)" in source
    assert "# r = ..." in stub_source("part", CELLS["prompt"])
    assert '# "a":\n# ...\n# "b": 2,' in stub_source("part", CELLS["in a dict"])


def test_a_worked_answer_has_neither_marks_nor_prompts() -> None:
    assert without_marks(CELLS["prompt"]) == "if True:\n    r = 3"
    assert (
        without_marks(stub_source("part", CELLS["lines"]))
        == dedent(
            """
        # YOUR TURN: part
        def f(x):
            y = x
            return y
        # TODO: write this, in your own way where dots stand:
        # z = ...
        z = f(3)
        """
        ).strip()
    )
