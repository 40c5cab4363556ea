"""Tests of other tools say in our words what they asked: each form of an assertion has one."""

from __future__ import annotations

import ast

import pytest

from autograder.authoring.adopting.master import Stub, TestCell
from autograder.authoring.adopting.scope import Notebook
from autograder.authoring.adopting.suite import Suite, suite_of

NOTEBOOK = Notebook(
    frozenset({"x", "table", "f", "g", "Box"}),
    frozenset({"Box"}),
    {
        "np": "import numpy as np",
        "pd": "import pandas as pd",
        "plt": "import matplotlib.pyplot as plt",
        "math": "import math",
    },
)


def suite(
    source: str, *earlier: str, shown: str = "", printed: str = "", hidden: frozenset[int] = frozenset()
) -> Suite:
    test = TestCell("t", 3, source, 1.0, hidden, shown=shown, printed=printed)
    return suite_of(Stub("part", 2, "", (test,)), NOTEBOOK, [TestCell("e", 1, one, 0.0) for one in earlier])


def body(source: str, *earlier: str, shown: str = "", printed: str = "") -> str:
    """The statements of the one check, as text without layout."""
    (check,) = suite(source, *earlier, shown=shown, printed=printed).checks
    (function,) = ast.parse(check.text).body
    assert isinstance(function, ast.FunctionDef)
    return "\n".join(ast.unparse(node) for node in function.body[1:])


FORMS = {
    "assert x == 3": "expect.equal('x', student.x, 3)",
    "assert 3 == x": "expect.equal('x', student.x, 3)",
    "assert x == 2.5": "expect.close('x', student.x, 2.5)",
    "assert f(2) == [1, 4]": "expect.equal('f(2)', student.f(2), [1, 4])",
    "assert abs(f(2) - 4) < 1e-3": "expect.close('f(2)', student.f(2), 4, 0.001)",
    "assert 1e-3 > abs(4 - f(2))": "expect.close('f(2)', student.f(2), 4, 0.001)",
    "assert np.isclose(x, 4.0)": "expect.close('x', student.x, 4.0, 4e-05)",
    "assert math.isclose(x, 4.0, abs_tol=0.1)": "expect.close('x', student.x, 4.0, 0.1)",
    "assert round(x, 2) == 0.33": "expect.close('round(x, 2)', round(student.x, 2), 0.33)",
    "assert np.array_equal(f(3), [1, 2])": "expect.equal('f(3)', student.f(3), [1, 2])",
    "assert (f(3) == np.ones(3)).all()": "expect.equal('f(3)', student.f(3), np.ones(3))",
    "assert all(f(3) == np.ones(3))": "expect.equal('f(3)', student.f(3), np.ones(3))",
    "assert isinstance(x, int)": "expect.kind('x', student.x, int)",
    "assert isinstance(x, (int, float))": "expect.kind('x', student.x, (int, float))",
    "assert x == 1 and table == 2": "expect.equal('x', student.x, 1)\nexpect.equal('table', student.table, 2)",
    "assert x != 3": "expect.that(student.x != 3, looked_at='x', got=repr(student.x), wanted='something else than 3')",
    "assert 3 < x": "expect.that(student.x > 3, looked_at='x', got=repr(student.x), wanted='more than 3')",
    "assert x in [1, 2]": (
        "expect.that(student.x in [1, 2], looked_at='x', got=repr(student.x), wanted='one of [1, 2]')"
    ),
    "assert 'a' in table": (
        "expect.that('a' in student.table, looked_at='table', got=repr(student.table), wanted=\"holds 'a'\")"
    ),
    "assert x": "expect.that(student.x, looked_at='x', got=repr(student.x), wanted='True')",
    "assert not x": "expect.that(not student.x, looked_at='x', got=repr(student.x), wanted='False')",
    "assert callable(f)": (
        "got = callable(student.f)\nexpect.that(got, looked_at='callable(f)', got=repr(got), wanted='True')"
    ),
    "assert 0 < x < 5": (
        "expect.that(0 < student.x < 5, looked_at='0 < x < 5', got=f'x = {student.x!r:.60}', wanted='that this holds')"
    ),
    "assert x == 3, 'Count once more.'": "expect.equal('x', student.x, 3, hint='part-1')",
    "assert x == 3, f'not {x}'": "expect.equal(f'x – not {student.x}', student.x, 3)",
    "for n in range(3):\n    assert f(n) == n": (
        "for n in range(3):\n    expect.equal(f'f({n!r:.60})', student.f(n), n)"
    ),
    "got = f(4)\nassert got == 4": "got = student.f(4)\nexpect.equal('f(4)', got, 4)",
    "a, b = f(4)\nassert b == 4": "a, b = student.f(4)\nexpect.equal('f(4)[1]', b, 4)",
    "assert all(n > 0 for n in f(4))": (
        "for n in student.f(4):\n    expect.that(n > 0, looked_at=f'{n!r:.60}', got=repr(n), wanted='more than 0')"
    ),
    "assert_equal(f(1), [1], 'no')": "expect.equal('f(1)', student.f(1), [1], hint='part-1')",
    "np.testing.assert_allclose(x, 2.0)": "expect.close('x', student.x, 2.0, 2e-07)",
    "np.testing.assert_array_equal(f(1), table)": "expect.equal('f(1)', student.f(1), student.table)",
    "assert_almost_equal(x, 2.0, places=3)": "expect.close('x', student.x, 2.0, 1.5 * 10.0 ** (-3))",
    "assert x == pytest.approx(2.0, rel=0.1)": "expect.close('x', student.x, 2.0, 0.2)",
    "try:\n    f(-1)\nexcept ValueError:\n    pass\nelse:\n    assert False": (
        "expect.raises('f(-1)', ValueError, student.f, -1)"
    ),
    "try:\n    f(-1)\n    assert False, 'no'\nexcept ValueError:\n    pass": (
        "expect.raises('f(-1)', ValueError, student.f, -1, hint='part-1')"
    ),
    "with pytest.raises(KeyError):\n    f(x, key=2)": (
        "expect.raises('f(x, key=2)', KeyError, lambda: student.f(student.x, key=2))"
    ),
    "pd.testing.assert_frame_equal(f(1), table)": "expect.equal('f(1)', student.f(1), student.table)",
    "pd.testing.assert_frame_equal(f(1), table, check_dtype=False)": (
        "pd.testing.assert_frame_equal(student.f(1), student.table, check_dtype=False)"
    ),
    "assert_raises(TypeError, f, 'a')": "expect.raises(\"f('a')\", TypeError, student.f, 'a')",
    "np.random.seed(3)\nassert f(1) == 2": (
        "np.random.seed(3)\nstand_ins.seed(3)\nexpect.equal('f(1)', student.f(1), 2)"
    ),
    "x = x + 1\nassert x == 4": "x = student.x\nx = x + 1\nexpect.equal('x', x, 4)",
    "def test_it(env):\n    assert env['x'] == 3": "expect.equal('x', student.x, 3)",
    "x == 3": "expect.equal('x', student.x, 3)",
    "print('done')\nassert x == 3": "expect.equal('x', student.x, 3)",
    "box = Box(1)\nassert box == Box(1)": (
        "box = student.Box(1)\n"
        "expect.that(stand_ins.apply('eq', box, student.Box(1)), looked_at='box == Box(1) (box was made by Box(1))', "
        "got=f'box = {box!r:.60}', wanted='that this holds')"
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_an_assertion_becomes_an_expectation(form: str) -> None:
    assert body(form) == FORMS[form]


@pytest.mark.parametrize(
    ("source", "outputs", "wanted"),
    [
        ("f(2)", {"shown": "4"}, "expect.equal('f(2)', student.f(2), 4)"),
        ("f(2)", {"shown": "np.float64(0.5)"}, "expect.close('f(2)', student.f(2), 0.5)"),
        ("f(2)", {"shown": "array([1., 2.])"}, "expect.equal('f(2)', student.f(2), np.array([1.0, 2.0]))"),
        (
            "x > 2",
            {"shown": "False"},
            "expect.that(not student.x > 2, looked_at='not x > 2', got=f'x = {student.x!r:.60}', "
            "wanted='that this holds')",
        ),
        ("print(x)", {"printed": "3\n"}, "expect.equal('x', student.x, 3)"),
        ("f(2)", {"printed": "hi\n"}, "expect.equal('what f(2) prints', stand_ins.printed(student.f, 2), 'hi\\n')"),
    ],
)
def test_what_a_test_showed_is_what_is_wanted(source: str, outputs: dict[str, str], wanted: str) -> None:
    assert body(source, **outputs) == wanted


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("import inspect\nassert 'for' not in inspect.getsource(f)", "how the code is written"),
        ("assert plt.gca().get_title() == 'a'", "the picture that was drawn last"),
        ("start = time.time()\nf(9)\nassert time.time() - start < 1", "time by a clock"),
        ("assert f.__name__ == 'f'", "does not cross"),
        ("%run other.ipynb\nassert x == 3", "a command of the notebook's"),
        ("assert x == elsewhere", "`elsewhere` is defined nowhere"),
        ("try:\n    f(1)\nexcept KeyError:\n    pass\nexcept ValueError:\n    pass", "tells several kinds"),
        ("assert x ==", "holds no Python"),
        ("from nose.tools import nottest\nnottest(f)", "belongs to the old tests"),
    ],
)
def test_what_cannot_be_mapped_is_told_with_its_place_and_marked(source: str, what: str) -> None:
    made = suite(source)
    (look,) = made.looks
    assert what in look.what
    assert look.cell == 3
    assert look.remedy
    assert look.note in made.checks[0].text


def test_a_test_in_which_nothing_is_left_passes_nobody() -> None:
    (check,) = suite("import inspect\nassert 'for' not in inspect.getsource(f)").checks
    assert "raise NotImplementedError" in check.text


def test_visible_and_hidden_parts_are_checks_of_their_own() -> None:
    made = suite("cases = [1, 2]\nassert f(1) == 1\nassert f(2) == cases[1]", hidden=frozenset({3}))
    assert [(check.hidden, check.points) for check in made.checks] == [(False, 0.5), (True, 0.5)]
    assert "cases = [1, 2]" in made.checks[1].text
    assert "f(1)" not in made.checks[1].text
    assert "all or none" in made.notes[0]


def test_what_earlier_test_cells_defined_comes_along() -> None:
    earlier = "def wanted(n):\n    return n * n\nassert f(1) == wanted(1)"
    assert body("assert f(3) == wanted(3)", earlier).startswith("def wanted(n):")


def test_of_a_name_that_changes_later_the_kept_value_is_asked_for() -> None:
    notebook = Notebook(frozenset({"x"}), kept={"x": "x_of_part"})
    made = suite_of(Stub("part", 2, "", (TestCell("t", 3, "assert x == 3", 1.0),)), notebook, [])
    assert 'expect.equal("x", student.x_of_part, 3)' in made.checks[0].text


def test_packages_that_a_check_needs_are_imported_and_others_are_not() -> None:
    assert suite("from nose.tools import ok_\nok_(x == np.pi)").imports == {"import numpy as np"}
