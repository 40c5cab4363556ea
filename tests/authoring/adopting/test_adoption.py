"""Masters of other tools become assignments that keep their promises, and tell students what is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import foreign_masters
import nbformat
import pytest
from foreign_masters import NBGRADER, OTTER, Foreign
from places import ROOT
from typer.testing import CliRunner

from autograder.authoring import release, variant
from autograder.authoring.adopting import adoption, look
from autograder.authoring.adopting.adoption import Adopted
from autograder.authoring.verify import verify
from autograder.cli import app
from autograder.core.course import Assignment, Course
from autograder.core.errors import CourseError
from autograder.core.model import Grade
from autograder.grading.submission import grade, task_of


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / "course.toml").write_text('title = "A course"\n', encoding="utf-8")
    return Course(tmp_path)


def adopted(course: Course, one: Foreign) -> Adopted:
    """The master, written to a file and adopted; nobody has looked yet."""
    old = course.root / "old" / f"{one.name}.ipynb"
    old.parent.mkdir()
    for name, text in one.beside.items():
        (old.parent / name).write_text(text, encoding="utf-8")
    nbformat.write(one.book, old)  # type: ignore[no-untyped-call]
    return adoption.adopt(course, old, one.name)


def somebody_looks(assignment: Assignment) -> None:
    """What a person does at least: reads each mark and the lines below that could not be mapped, and deletes both."""
    kept: list[str] = []
    below = False
    for line in assignment.checks.read_text("utf-8").splitlines():
        below = look.MARK in line or (below and line.lstrip().startswith("#     "))
        kept += [] if below else [line]
    assignment.checks.write_text("\n".join(kept) + "\n", "utf-8")


def problems(assignment: Assignment) -> dict[str, str]:
    return {promise.title: promise.problem for promise in verify(assignment) if promise.problem}


def graded(assignment: Assignment, stub: str, source: str) -> Grade:
    """The grade of the solution with another answer to one stub."""
    solution = json.loads(assignment.solution.read_text("utf-8"))
    answers = {name: "".join(cell["source"]) for cell in solution["cells"] if (name := variant.stub_of(cell))}
    one = variant.Variant("wrong", "Wrong.", {}, ((stub, source),))
    book = variant.notebook(one, json.loads(assignment.release.read_text("utf-8")), answers)
    return grade(task_of(assignment, "wrong", json.dumps(book).encode(), 1))


@pytest.mark.sandbox
@pytest.mark.parametrize("one", [*NBGRADER, *OTTER], ids=lambda one: one.name)
def test_a_master_of_another_tool_builds_verifies_and_tells_what_is_wrong(course: Course, one: Foreign) -> None:
    made = adopted(course, one)
    assert len(made.looks) == one.looks
    assert len(look.waiting(made.assignment.folder)) == one.looks
    somebody_looks(made.assignment)
    release.build(course.root, one.name)
    assert problems(made.assignment) == {}
    row = graded(made.assignment, *one.wrong)
    first = next(result for result in row.checks if result.message)
    assert row.points < row.max_points
    assert first.check.stub == one.wrong[0]
    assert [words for words in one.told if words not in first.message] == []


@pytest.mark.sandbox
def test_verify_fails_until_somebody_has_looked(course: Course) -> None:
    made = adopted(course, foreign_masters.LOOKED)
    release.build(course.root, "looked")
    assert list(problems(made.assignment)) == ["Nothing adopted waits for a look."]
    assert "cell 10, line 1" in look.waiting(made.assignment.folder)[0]


def test_the_verb_says_what_was_left_out_what_to_look_at_and_what_to_do_next(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course.root)
    nbformat.write(foreign_masters.LOOKED.book, course.root / "old.ipynb")  # type: ignore[no-untyped-call]
    result = CliRunner().invoke(app, ["adopt", "old.ipynb", "looked"])
    assert result.exit_code == 0, result.output
    for words in ("q1 1", "cell 10, line 1", "how the code is written", "autograder verify looked"):
        assert words in result.output


@pytest.mark.sandbox
def test_what_the_guide_says_to_type_works_from_the_master_to_the_audit(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = (ROOT / "docs" / "assignment.md").read_text("utf-8").partition("### Or adopt")[2]
    lines = re.findall(r"^autograder (.+)$", guide.partition("## 2.")[0], re.MULTILINE)
    (course.root / "old").mkdir()
    nbformat.write(foreign_masters.ORDERED.book, course.root / "old" / "lab01.ipynb")  # type: ignore[no-untyped-call]
    monkeypatch.chdir(course.root)
    assert [line.split()[0] for line in lines] == ["adopt", "build", "verify", "audit"]
    for line in lines:
        result = CliRunner().invoke(app, line.split())
        assert result.exit_code == 0, result.output


def test_points_hints_files_and_words_come_along(course: Course) -> None:
    made = adopted(course, foreign_masters.LINES)
    book = nbformat.read(made.assignment.master, as_version=4)  # type: ignore[no-untyped-call]
    marks = {
        cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader for cell in book.cells if "nbgrader" in cell.metadata
    }
    assert made.points == {"q1": 2, "q2": 1, "q3": 4, "q4": 3}
    assert (marks["q1_check"].points, marks["q3"].points, marks["q3"].solution) == (2, 4, True)
    assert (made.assignment.folder / "files" / "notes.txt").read_text("utf-8") == "some notes\n"
    assert any("missing.txt" in note for note in made.notes)
    assert "otter" not in made.assignment.master.read_text("utf-8")


@pytest.mark.sandbox
def test_autotests_may_read_the_files_beside_their_master(course: Course) -> None:
    made = adopted(course, foreign_masters.FILED)
    assert made.looks == []
    assert {*made.assignment.files} == {"prices.csv", "others.csv"}
    release.build(course.root, "filed")
    assert problems(made.assignment) == {}
    row = graded(made.assignment, *foreign_masters.FILED.wrong)
    lost = [result.message for result in row.checks if result.message]
    assert all(words in lost[0] for words in foreign_masters.FILED.told)
    assert [result.check.hidden for result in row.checks] == [False, True]
    assert [result.points for result in row.checks] == [0, 0]


def test_what_an_author_says_to_whom_it_fails_becomes_a_hint(course: Course) -> None:
    made = adopted(course, foreign_masters.CONFIGURED)
    assert 'text = "Look at the numbers below 4."' in made.assignment.hints
    assert 'hint="sieve-1"' in made.assignment.checks.read_text("utf-8")


def test_the_solution_is_the_first_right_variant(course: Course) -> None:
    made = adopted(course, foreign_masters.ORDERED)
    one = next(variant.below(made.assignment.folder / "right"))
    assert [stub for stub, _ in one.cells] == ["q1", "q2"]
    assert "SOLUTION" not in str(one.cells)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ([foreign_masters.code("x = 3")], "no master of nbgrader"),
        ([foreign_masters.answer("q", "# YOUR CODE HERE\nraise NotImplementedError()")], "is a release"),
        ([foreign_masters.written("q", 1, "Because.")], "no answer cell with code"),
    ],
    ids=("of no tool", "a release", "only words"),
)
def test_what_is_no_master_is_refused_with_what_to_do(course: Course, cells: list[object], words: str) -> None:
    with pytest.raises(CourseError, match=words):
        adopted(course, Foreign("refused", cells, ("", ""), ()))
    assert not (course.root / "assignments").exists()


def test_a_cell_that_only_shows_something_is_a_demo_and_one_that_changes_something_is_not(course: Course) -> None:
    cells = [
        foreign_masters.answer("prices", "prices = {'tea': 2}"),
        foreign_masters.code("print(prices)"),
        foreign_masters.code("prices['rice'] = 3"),
        foreign_masters.code("total = prices['rice'] + 1\ntotal"),
        foreign_masters.answer("sums", "total = sum(prices.values())"),
        foreign_masters.tests("sums_test", 1, "assert total == 5"),
    ]
    made = adopted(course, Foreign("shop", cells, ("", ""), ()))
    book = nbformat.read(made.assignment.master, as_version=4)  # type: ignore[no-untyped-call]
    demos = [cell.source for cell in book.cells if cell.metadata.get("autograder") == {"role": "demo"}][:-2]
    assert demos == ["# demo: needs prices\nprint(prices)"]


def test_pictures_in_texts_come_along(course: Course) -> None:
    picture = foreign_masters.text("![a cat](attachment:cat.png)")
    picture.attachments = {"cat.png": {"image/png": "aGk="}}
    cells = [foreign_masters.text("# Cats"), picture, foreign_masters.answer("q", "x = 3")]
    made = adopted(course, Foreign("cats", cells, ("", ""), ()))
    assert "aGk=" in made.assignment.master.read_text("utf-8")


def test_what_is_written_in_another_language_is_refused(course: Course) -> None:
    book = foreign_masters.VARIABLES.book
    book.metadata["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    nbformat.write(book, course.root / "old.ipynb")  # type: ignore[no-untyped-call]
    with pytest.raises(CourseError, match="written in R"):
        adoption.adopt(course, course.root / "old.ipynb", "refused")


def test_a_file_that_is_no_notebook_is_refused(course: Course) -> None:
    (course.root / "old.ipynb").write_text("no notebook", "utf-8")
    with pytest.raises(CourseError, match="cannot be read as a notebook"):
        adoption.adopt(course, course.root / "old.ipynb", "refused")


def test_nothing_that_is_there_is_overwritten(course: Course) -> None:
    (course.root / "assignments" / "mine").mkdir(parents=True)
    with pytest.raises(CourseError, match="there already"):
        adoption.adopt(course, course.root / "old.ipynb", "mine")
