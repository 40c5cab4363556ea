"""Masters of nbgrader and of otter in the forms that courses use, to be adopted: built here, cell by cell.

Each comes with a wrong answer that must be told readably.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import dedent
from typing import Any

from nbformat import v4


@dataclass(frozen=True)
class Foreign:
    """One master. `wrong`: a stub and a wrong answer to it, `told` words that its message must have; `looks`: how many
    places a person must look at; `beside`: files that lie beside the notebook."""

    name: str
    cells: Sequence[Any]
    wrong: tuple[str, str]
    told: tuple[str, ...]
    looks: int = 0
    beside: Mapping[str, str] = field(default_factory=dict)

    @property
    def book(self) -> Any:
        """The notebook."""
        return v4.new_notebook(cells=list(self.cells))


def text(source: str) -> Any:
    """A text cell."""
    return v4.new_markdown_cell(dedent(source).strip())


def raw(source: str) -> Any:
    """A raw cell, as otter's first way has them."""
    return v4.new_raw_cell(dedent(source).strip())


def code(source: str, shown: str = "", printed: str = "") -> Any:
    """A code cell with no marks; `shown` and `printed` are what it left when it was run."""
    cell = v4.new_code_cell(dedent(source).strip())
    if printed:
        cell.outputs.append(v4.new_output("stream", name="stdout", text=printed))
    if shown:
        cell.outputs.append(v4.new_output("execute_result", data={"text/plain": shown}, execution_count=1))
    return cell


def _nbgrader(cell: Any, grade_id: str, **marks: Any) -> Any:
    usual = {"grade": False, "solution": False, "locked": True, "schema_version": 3, "task": False}
    cell.metadata["nbgrader"] = {**usual, "grade_id": grade_id, **marks}
    return cell


def answer(grade_id: str, source: str) -> Any:
    """nbgrader's autograded answer."""
    return _nbgrader(code(source), grade_id, solution=True, locked=False)


def tests(grade_id: str, points: float, source: str) -> Any:
    """nbgrader's autograder tests."""
    return _nbgrader(code(source), grade_id, grade=True, points=points)


def written(grade_id: str, points: float, source: str) -> Any:
    """nbgrader's manually graded answer in words."""
    return _nbgrader(text(source), grade_id, grade=True, solution=True, locked=False, points=points)


def task(grade_id: str, points: float, source: str) -> Any:
    """nbgrader's manually graded task."""
    return _nbgrader(text(source), grade_id, task=True, points=points)


def given(grade_id: str, source: str) -> Any:
    """nbgrader's read-only code."""
    return _nbgrader(code(source), grade_id)


VARIABLES = Foreign(
    "variables",
    [
        text("# Numbers and names\n\nRead, think, and write."),
        code("NAME = ''\nCOLLABORATORS = ''"),
        given("cell-0123456789abcdef", "import math\nimport numpy as np"),
        text("## Question 1\n\nPut the number of minutes of a week into `minutes`, and that of a year into `year`."),
        answer("q1", "### BEGIN SOLUTION\nminutes = 7 * 24 * 60\nyear = 365.25 * 24 * 60\n### END SOLUTION"),
        tests(
            "q1_test",
            1,
            """
            assert isinstance(minutes, int), "minutes is a whole number"
            assert minutes == 10080
            ### BEGIN HIDDEN TESTS
            assert abs(year - 525960) < 1e-6, "A year has 365.25 days."
            ### END HIDDEN TESTS
            print("All tests passed!")
            """,
        ),
        text("## Question 2\n\nWrite the circumference of a circle with radius 2 as `around`."),
        answer("q2", "### BEGIN SOLUTION\naround = 2 * math.pi * 2\n### END SOLUTION"),
        tests("q2_visible", 0.5, "assert around is not None\nassert 12 < around < 13"),
        tests("q2_hidden", 0.5, "### BEGIN HIDDEN TESTS\nassert np.isclose(around, 4 * np.pi)\n### END HIDDEN TESTS"),
        text("## Question 3\n\nNow let `minutes` be those of a day."),
        answer("q3", "### BEGIN SOLUTION\nminutes = 24 * 60\n### END SOLUTION"),
        tests("q3_test", 1, "assert minutes == 1440, f'a day has not {minutes} minutes'"),
        written("why", 2, "Because a week has seven days."),
    ],
    wrong=("q1", "minutes = 7 * 24\nyear = 1.0"),
    told=("minutes", "168", "10080"),
)

FUNCTIONS = Foreign(
    "functions",
    [
        text("# Squares\n\nFill in any place that says `YOUR CODE HERE`."),
        text("Write `squares(n)`: the squares of 1 to n. It raises a ValueError if n is below 1."),
        answer(
            "squares",
            '''
            def squares(n):
                """The squares of 1 to n."""
                ### BEGIN SOLUTION
                if n < 1:
                    raise ValueError("n must be 1 or more")
                return [i ** 2 for i in range(1, n + 1)]
                ### END SOLUTION
            ''',
        ),
        code("squares(10)"),
        tests(
            "correct_squares",
            1,
            '''
            """Check that squares returns the correct output for several inputs"""
            from nose.tools import assert_equal
            assert_equal(squares(1), [1])
            assert_equal(squares(2), [1, 4])
            for n, wanted in [(3, [1, 4, 9]), (4, [1, 4, 9, 16])]:
                assert squares(n) == wanted, "The squares begin with that of 1."
            ''',
        ),
        tests(
            "squares_invalid",
            1,
            """
            try:
                squares(0)
            except ValueError:
                print("Good.")
            else:
                raise AssertionError("squares(0) must raise a ValueError")
            """,
        ),
        text("Now write `sum_of_squares(n)`."),
        answer(
            "cell-aaaabbbbccccdddd",
            "def sum_of_squares(n):\n    ### BEGIN SOLUTION\n    return sum(squares(n))\n    ### END SOLUTION",
        ),
        tests(
            "sums",
            2,
            """
            ### BEGIN HIDDEN TESTS
            def reference(n):
                return n * (n + 1) * (2 * n + 1) // 6

            for n in range(1, 8):
                assert sum_of_squares(n) == reference(n)
            ### END HIDDEN TESTS
            """,
        ),
    ],
    wrong=("squares", "def squares(n):\n    return [i ** 2 for i in range(n)]"),
    told=("squares(1)", "[0]", "[1]"),
)

REGIONS = Foreign(
    "regions",
    [
        text("# A table and a walk"),
        given("imports", "import numpy as np\nimport random\nimport time"),
        answer(
            "table",
            """
            weights = {
                "apple":
                ### BEGIN SOLUTION
                    150,
                ### END SOLUTION
                "pear":
                ### BEGIN SOLUTION
                    170,
                ### END SOLUTION
            }
            """,
        ),
        tests("table_tests", 1, "assert weights['apple'] == 150\nassert set(weights) == {'apple', 'pear'}"),
        answer(
            "walk",
            """
            def step(place):
                ### BEGIN SOLUTION
                return place + random.choice([-1, 1])
                ### END SOLUTION

            def walk(count):
                place = 0
                ### BEGIN SOLUTION
                for _ in range(count):
                    place = step(place)
                ### END SOLUTION
                return place

            def noise(count):
                ### BEGIN SOLUTION
                return np.random.normal(size=count)
                ### END SOLUTION
            """,
        ),
        tests(
            "walk_tests",
            2,
            """
            random.seed(7)
            first = walk(20)
            random.seed(7)
            assert walk(20) == first
            assert all(abs(walk(n)) <= n for n in range(5)), "A walk of n steps ends at most n away."
            ### BEGIN HIDDEN TESTS
            np.random.seed(3)
            wanted = np.random.normal(size=4)
            np.random.seed(3)
            np.testing.assert_allclose(noise(4), wanted, rtol=1e-7)
            start = time.time()
            walk(1000)
            assert time.time() - start < 1, "Too slow"
            ### END HIDDEN TESTS
            """,
        ),
    ],
    wrong=("table", 'weights = {"apple": 15, "pear": 170}'),
    told=("weights['apple']", "15", "150"),
    looks=1,
)

CLASSES = Foreign(
    "accounts",
    [
        text("# Accounts"),
        answer(
            "account",
            '''
            class Account:
                """An account with a balance."""

                def __init__(self, balance=0):
                    ### BEGIN SOLUTION
                    self.balance = balance
                    ### END SOLUTION

                def deposit(self, amount):
                    ### BEGIN SOLUTION
                    if amount <= 0:
                        raise ValueError("nothing to put in")
                    self.balance += amount
                    ### END SOLUTION

                def __add__(self, other):
                    ### BEGIN SOLUTION
                    return Account(self.balance + other.balance)
                    ### END SOLUTION

                def __eq__(self, other):
                    ### BEGIN SOLUTION
                    return self.balance == other.balance
                    ### END SOLUTION

                def __str__(self):
                    ### BEGIN SOLUTION
                    return f"{self.balance} coins"
                    ### END SOLUTION
            ''',
        ),
        tests(
            "account_tests",
            3,
            """
            mine = Account(5)
            assert isinstance(mine, Account)
            assert hasattr(mine, "balance")
            mine.deposit(3)
            assert mine.balance == 8, "deposit adds to the balance"
            assert str(mine) == "8 coins"
            assert mine + Account(2) == Account(10)
            try:
                mine.deposit(-1)
                assert False, "deposit must refuse what is not above 0"
            except ValueError:
                pass
            ### BEGIN HIDDEN TESTS
            assert Account().balance == 0
            ### END HIDDEN TESTS
            """,
        ),
        task(
            "reflect",
            1,
            "Draw a picture of two accounts.\n\n=== BEGIN MARK SCHEME ===\n1 point for both.\n=== END MARK SCHEME ===",
        ),
    ],
    wrong=(
        "account",
        "class Account:\n    def __init__(self, balance=0):\n        self.balance = balance\n"
        "    def deposit(self, amount):\n        self.balance = amount\n    def __str__(self):\n        return 'x'",
    ),
    told=("mine.balance", "3", "8", "deposit adds to the balance"),
)

AUTOTESTS = Foreign(
    "autotests",
    [
        text("# Areas"),
        answer("area", "def area(a, b):\n    ### BEGIN SOLUTION\n    return a * b\n    ### END SOLUTION\n"),
        tests("area_tests", 2, "### AUTOTEST area(2, 3); area(2.5, 2)\n### HASHED AUTOTEST area(7, 8)"),
        answer("sides", "### BEGIN SOLUTION\nsides = [2, 3, 4]\nlargest = max(sides)\n### END SOLUTION\n"),
        tests("sides_tests", 2, "### AUTOTEST sides\n### AUTOTEST largest\nassert callable(area)\nlargest == 4"),
    ],
    wrong=("area", "def area(a, b):\n    return a + b"),
    told=("area(2, 3)", "5", "6"),
)


def question(
    name: str, *cells: Any, settings: str = "", block: Sequence[Any] = (), prompt: Sequence[Any] = ()
) -> list[Any]:
    """A question of otter's first way: signs in raw cells. `block` is its answer, `cells` are its tests."""
    asked = [raw(f"# BEGIN QUESTION\nname: {name}\n{settings}"), text(f"**{name}.** What the task is.")]
    prompted = [raw("# BEGIN PROMPT"), *prompt, raw("# END PROMPT")] if prompt else []
    answered = [raw("# BEGIN SOLUTION"), *block, raw("# END SOLUTION")]
    tested = [raw("# BEGIN TESTS"), *cells, raw("# END TESTS")] if cells else []
    return [*asked, *prompted, *answered, *tested, raw("# END QUESTION")]


LINES = Foreign(
    "lines",
    [
        raw("# ASSIGNMENT CONFIG\nname: lab01\nexport_cell: false\nfiles:\n    - notes.txt\n    - missing.txt"),
        text("# Lab 1"),
        code("import numpy as np\nimport otter\ngrader = otter.Notebook()"),
        *question(
            "q1",
            code("# TEST\nnine == 9", "True"),
            code("# HIDDEN TEST\nsquare(5)", "25"),
            block=[
                code(
                    """
                    def square(x):
                        y = x * x # SOLUTION NO PROMPT
                        return y # SOLUTION

                    nine = square(3) # SOLUTION
                    """
                )
            ],
            settings="points: 2",
        ),
        *question(
            "q2",
            code("np.round(circumference(2), 3)", "np.float64(12.566)"),
            code("print(radius)", printed="3\n"),
            code("hello('Ada')", printed="Hello, Ada!\n"),
            block=[
                code(
                    '''
                    pi = np.pi
                    if True:
                        # BEGIN SOLUTION
                        radius = 3
                        # END SOLUTION

                    def circumference(r):
                        # BEGIN SOLUTION NO PROMPT
                        return 2 * pi * r
                        # END SOLUTION
                        """ # BEGIN PROMPT
                        # Next, the circumference.
                        ...
                        """; # END PROMPT

                    def hello(name):
                        print(f"Hello, {name}!") # SOLUTION
                    '''
                )
            ],
        ),
        *question("q3", block=[text("Because it is round.")], settings="manual: true\npoints: 4"),
        *question("q4", block=[code("sketch = [1, 2] # SOLUTION")], settings="manual: true\npoints: 3"),
        code("grader.check_all()"),
    ],
    wrong=("q1", "def square(x):\n    return x + x\n\nnine = square(3)"),
    told=("nine", "6", "9"),
    beside={"notes.txt": "some notes\n"},
)

CONFIGURED = Foreign(
    "configured",
    [
        raw("# ASSIGNMENT CONFIG\nname: hw02\ntests:\n    ok_format: false"),
        text("# Homework 2"),
        code("import numpy as np"),
        *question(
            "sieve",
            code(
                '''
                """ # BEGIN TEST CONFIG
                points: 1
                failure_message: Look at the numbers below 4.
                """ # END TEST CONFIG
                def test_low(sieve):
                    assert sieve(1) == []
                    assert sieve(3) == [2, 3]

                test_low(sieve) # IGNORE
                '''
            ),
            code(
                '''
                """ # BEGIN TEST CONFIG
                points: 2
                hidden: true
                success_message: Very good.
                """ # END TEST CONFIG
                def test_high(env):
                    found = env["sieve"](20)
                    assert found == [2, 3, 5, 7, 11, 13, 17, 19]
                    assert 20 not in found
                    assert len(found) > 7, f"only {len(found)} numbers"
                '''
            ),
            block=[
                code(
                    """
                    def sieve(n):
                        # BEGIN SOLUTION
                        return [k for k in range(2, n + 1) if all(k % d for d in range(2, k))]
                        # END SOLUTION
                    """
                )
            ],
        ),
        *question(
            "means",
            code(
                """
                def test_means(np, rows, means):
                    assert means.shape == (3,)
                    assert np.allclose(means, rows.mean(axis=1))
                """
            ),
            block=[code("rows = np.arange(12.0).reshape(3, 4)\nmeans = rows.mean(axis=1) # SOLUTION")],
            prompt=[code("rows = np.arange(12.0).reshape(3, 4)\nmeans = ...")],
        ),
    ],
    wrong=("sieve", "def sieve(n):\n    return [k for k in range(1, n + 1) if all(k % d for d in range(2, k))]"),
    told=("sieve(1)", "[1]", "[]", "below 4"),
)

FENCED = Foreign(
    "fenced",
    [
        text("# Old homework\n\n```\nBEGIN ASSIGNMENT\ninit_cell: false\n```\n"),
        code("import numpy as np\nseeds = [3, 1, 2]"),
        text("**Question 1.** Sort the seeds.\n\n```\nBEGIN QUESTION\nname: q1\npoints: 1\n```\n"),
        code("ordered = sorted(seeds) # SOLUTION\nsmallest = ordered[0] # SOLUTION"),
        code("# TEST\nordered == [1, 2, 3]", "True"),
        code("# HIDDEN TEST\nsmallest == min(seeds)", "True"),
        code("## Hidden Test ##\nlen(ordered)", "3"),
        text(
            "**Question 2.** What is their mean?\n\n```\nBEGIN QUESTION\nname: q1.2\npoints:\n    - 1\n    - 2\n```\n"
        ),
        code("mean = np.mean(seeds) # SOLUTION"),
        code("# TEST\n0 < mean < 10", "True"),
        code("# TEST\nmean", "2.0"),
        text("Nothing more is asked. Next, a text."),
        text("**Question 3.** Why?\n\n```\nBEGIN QUESTION\nname: q3\nmanual: true\n```\n"),
        text("**SOLUTION:** Since their sum is 6."),
        code("## Ignore ##\nprint('mine')"),
        text("The end."),
    ],
    wrong=("q1", "ordered = seeds\nsmallest = ordered[0]"),
    told=("ordered", "[3, 1, 2]", "[1, 2, 3]"),
)

ORDERED = Foreign(
    "ordered",
    [
        code("# ASSIGNMENT CONFIG\nname: order\n"),
        text("# Order matters"),
        code("values = [4, 8, 15]"),
        code("# BEGIN QUESTION\nname: q1\npoints: 1"),
        text("Double them."),
        code("# BEGIN SOLUTION"),
        code("values = [2 * value for value in values] # SOLUTION"),
        code("# END SOLUTION"),
        code("# BEGIN TESTS"),
        code("assert values == [8, 16, 30]\nassert sum(values) == 54"),
        code("# END TESTS"),
        code("# END QUESTION"),
        code("values.append(0)"),
        code("# BEGIN QUESTION\nname: q2\npoints: 2"),
        code("# BEGIN SOLUTION"),
        code("values = [value for value in values if value] # SOLUTION\ncount = len(values) # SOLUTION"),
        code("# END SOLUTION"),
        code("# BEGIN TESTS"),
        code("wanted = [8, 16, 30]\nassert 0 not in values\nassert values == wanted"),
        code("# HIDDEN\nassert count == len(wanted), 'Count what is left.'\nassert type(count) == int"),
        code("# END TESTS"),
        code("# END QUESTION"),
    ],
    wrong=("q2", "values = [8]\ncount = len(values)"),
    told=("values", "[8]", "[8, 16, 30]"),
)

LOOKED = Foreign(
    "looked",
    [
        raw("# ASSIGNMENT CONFIG\nname: looks"),
        text("# What nobody can map"),
        code("import inspect\nimport io\nfrom contextlib import redirect_stdout"),
        *question(
            "q1",
            code("assert 'for' not in inspect.getsource(total), 'Take sum.'\nassert total([1, 2]) == 3"),
            code(
                """
                shout = io.StringIO()
                with redirect_stdout(shout):
                    say("hi")
                assert shout.getvalue() == "HI\\n"
                """
            ),
            block=[
                code(
                    """
                    def total(numbers):
                        return sum(numbers) # SOLUTION

                    def say(word):
                        print(word.upper()) # SOLUTION
                    """
                )
            ],
        ),
    ],
    wrong=("q1", "def total(numbers):\n    return len(numbers)\n\ndef say(word):\n    print(word.upper())"),
    told=("total([1, 2])", "2", "3"),
    looks=1,
)

FILED = Foreign(
    "filed",
    [
        text("# Prices"),
        given("imports", "import csv"),
        answer(
            "total",
            """
            def total(path):
                ### BEGIN SOLUTION
                with open(path) as file:
                    return sum(int(row["price"]) for row in csv.DictReader(file))
                ### END SOLUTION

            prices = total("prices.csv")
            """,
        ),
        tests(
            "total_tests",
            2,
            """
            ### AUTOTEST total("prices.csv")
            ### HASHED AUTOTEST total("others.csv")
            """,
        ),
    ],
    wrong=("total", "def total(path):\n    return len(open(path).readlines())\n\nprices = 3"),
    told=("total", "3", "5"),
    beside={"prices.csv": "town,price\nUlm,2\nBonn,3\n", "others.csv": "town,price\nKiel,4\nRom,5\n"},
)

NBGRADER = (VARIABLES, FUNCTIONS, REGIONS, CLASSES, AUTOTESTS)
OTTER = (LINES, CONFIGURED, FENCED, ORDERED, LOOKED)
