"""Promises of what students get: current, complete, and free of secrets."""

from __future__ import annotations

import ast
import base64
import bz2
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
import pytest
from places import ROOT

from autograder import notebook
from autograder.authoring import release
from autograder.checks.hints import Catalogue
from autograder.checks.runner import CheckRunner
from autograder.core.course import Assignment, Course
from autograder.core.errors import CourseError
from autograder.core.model import Check
from autograder.in_notebook import setup_cell
from autograder.in_notebook.lesson import TODO

DIGITS = Course(ROOT).assignment("digits")
STUBS = ["dataset", "model", "train", "accuracy", "predict"]


def cells(path: Path) -> dict[str, Any]:
    return {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}  # type: ignore[no-untyped-call]


def text(path: Path) -> str:
    return "\n".join(cell.source for cell in cells(path).values())


@pytest.fixture
def course(tmp_path: Path) -> Assignment:
    """A copy of this course that a test may spoil."""
    for folder in ("assignments", "release", "solutions"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("wrong", "right"))
    for name in ("course.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    return Course(tmp_path).assignment("digits")


@pytest.mark.sandbox
def test_generated_notebooks_are_what_the_master_gives() -> None:
    assert release.stale(ROOT, "digits") == []


@pytest.mark.sandbox
def test_stock_nbgrader_commands_give_the_committed_notebooks(course: Assignment) -> None:
    shutil.rmtree(course.root / "release")
    shutil.rmtree(course.root / "solutions")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    for command in ("generate_assignment", "generate_solution"):
        subprocess.run(
            [sys.executable, "-m", "nbgrader", command, "digits"],
            cwd=course.root,
            env={**os.environ, "PATH": path},
            check=True,
            capture_output=True,
        )
    assert release.stale(course.root, "digits") == []
    assert [path.name for path in course.release.parent.iterdir()] == ["digits.ipynb"]
    assert [path.name for path in course.solution.parent.iterdir()] == ["digits.ipynb"]


@pytest.mark.sandbox
def test_a_changed_master_makes_the_generated_notebooks_stale(course: Assignment) -> None:
    course.master.write_text(
        course.master.read_text("utf-8").replace("Teach a computer", "Teach your computer"), "utf-8"
    )
    assert len(release.stale(course.root, "digits")) == 2


@pytest.mark.sandbox
def test_after_a_public_check_was_corrected_notebooks_handed_out_before_are_untouched(course: Assignment) -> None:
    descent = Course(course.root).assignment("gradient_descent")
    handed_out, text = descent.release.read_bytes(), descent.checks.read_text("utf-8")
    first = next(check for check in checks_of(descent) if not check.hidden)
    descent.checks.write_text(text.replace(first.title, f"{first.title}, of course"), encoding="utf-8")
    release.build(course.root, descent.name)
    assert descent.release.read_bytes() != handed_out
    assert release.stale(course.root, descent.name) == []
    script = notebook.restore(notebook.parse(handed_out), json.loads(descent.release.read_text("utf-8")))
    assert (script.repairs, script.unsure) == ((), None)


def checks_of(assignment: Assignment) -> Sequence[Check]:
    return CheckRunner(assignment.checks, Catalogue.parse(assignment.hints)).checks


def test_nothing_hidden_stands_in_the_release() -> None:
    assert release.leaks(ROOT, "digits") == []


@pytest.mark.parametrize(
    "secret",
    [
        "test_whole",
        "### BEGIN SOLUTION",
        "WHOLE_DIGITS, WHOLE_BATCH, WHOLE_EPOCHS, HELD_OUT = 2_100, 16, 2, 800",
        "pixels = images.flatten(1)",
    ],
)
def test_a_secret_in_the_release_is_found(course: Assignment, secret: str) -> None:
    book = nbformat.read(course.release, as_version=4)  # type: ignore[no-untyped-call]
    book.cells[-1].source += f"\n{secret}\n"
    nbformat.write(book, course.release)  # type: ignore[no-untyped-call]
    assert any(secret in sentence for sentence in release.leaks(course.root, "digits"))


def test_a_longer_name_is_not_that_of_a_hidden_check(course: Assignment) -> None:
    book = nbformat.read(course.release, as_version=4)  # type: ignore[no-untyped-call]
    book.cells[-1].source += "\ntest_whole_rows\n"
    nbformat.write(book, course.release)  # type: ignore[no-untyped-call]
    assert not any("'test_whole'" in sentence for sentence in release.leaks(course.root, "digits"))


def test_a_file_beside_the_release_is_found(course: Assignment) -> None:
    shutil.copy(course.checks, course.release.parent)
    assert any("test_digits.py" in sentence for sentence in release.leaks(course.root, "digits"))


def test_the_solution_reads_as_if_there_had_been_no_task() -> None:
    solution = cells(DIGITS.solution)
    answers = "\n".join(solution[stub].source for stub in STUBS)
    assert "BEGIN SOLUTION" not in text(DIGITS.solution)
    assert "END SOLUTION" not in text(DIGITS.solution)
    assert "TODO" not in answers
    assert "NotImplementedError" not in answers


@pytest.mark.parametrize("stub", STUBS)
def test_a_stub_keeps_its_marker_definitions_and_docstrings_and_says_todo(stub: str) -> None:
    source, answer = cells(DIGITS.release)[stub].source, cells(DIGITS.solution)[stub].source
    assert source.startswith(f"# YOUR TURN: {stub}\n")
    assert outline(source) == outline(answer)
    assert source.count(TODO) == source.count("# TODO") == len(functions(source))


def outline(source: str) -> list[tuple[str, str | None]]:
    kinds = (ast.FunctionDef, ast.ClassDef)
    return [(node.name, ast.get_docstring(node)) for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]


def functions(source: str) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]


def test_cells_keep_their_ids() -> None:
    without_badge = [name for name in cells(DIGITS.master) if name != "badge"]
    assert without_badge == list(cells(DIGITS.release)) == list(cells(DIGITS.solution))


@pytest.mark.sandbox
def test_the_badge_leads_to_the_release_that_the_settings_name(course: Assignment) -> None:
    (course.root / "course.toml").write_text(
        'title = "x"\nrepository = "a-school/course"\nbranch = "spring"\n', "utf-8"
    )
    release.build(course.root, "digits")
    place = "a-school/course/blob/spring/release/digits/digits.ipynb"
    carried = setup_cell.unpacked(cells(course.release)["setup"].source)
    assert f"](https://colab.research.google.com/github/{place})" in cells(course.release)["badge"].source
    assert f"https://github.com/{place}" in carried["autograder/assignment/lesson.json"]


def test_without_a_repository_there_is_no_badge_and_the_text_tells_how_to_upload() -> None:
    assert "badge" not in cells(DIGITS.release)
    assert "**File → Upload notebook**" in cells(DIGITS.release)["colab"].source


def test_placeholders_are_named_with_their_place(course: Assignment) -> None:
    assert release.placeholders(course.root, "digits") == []
    (course.root / "course.toml").write_text('title = "x"\nrepository = "OWNER/course"\n', "utf-8")
    course.master.write_text(course.master.read_text("utf-8").replace("Teach a computer", "TODO Teach"), "utf-8")
    assert release.placeholders(course.root, "digits") == [
        f"{course.root / 'course.toml'}: 'OWNER' is a placeholder. Write what belongs there.",
        f"{course.master}: 'TODO' is a placeholder. Write what belongs there.",
    ]


def test_the_set_up_cell_is_folded_small_and_holds_the_kit() -> None:
    setup = cells(DIGITS.release)["setup"]
    carried = setup_cell.unpacked(setup.source)
    assert setup.source.startswith("#@title ")
    assert setup.metadata.jupyter.source_hidden is True
    assert setup.metadata.cellView == "form"
    assert setup.source.count("\n") < 30
    assert len(setup.source) <= setup_cell.MOST_BYTES
    assert setup_cell.kit().keys() <= carried.keys()
    assert setup_cell.kit()["autograder/checks/verdict.py"] == carried["autograder/checks/verdict.py"]


ASKING = """import math
import os

@points(1, stub='a')
def test_open(stand_ins):
    stand_ins.one(math.pi)
"""
ASKED = """from json import dumps, loads

def one(x):
    return two(x)

def two(x):
    return dumps(x)

def three():
    return loads('3')
"""


def test_of_stand_ins_and_imports_only_what_public_checks_ask_for_is_carried() -> None:
    packed = setup_cell.packed_files(setup_cell.Ingredients({}, "", [OPEN], ASKING, ASKED, "", {}))
    needed = packed["autograder/assignment/stand_ins.py"]
    assert "import os" not in packed["autograder/assignment/checks.py"]
    assert "from json import dumps\n" in needed
    assert ("def one" in needed, "def two" in needed, "three" in needed) == (True, True, False)


def test_a_secret_inside_the_packed_files_is_found(course: Assignment) -> None:
    book = nbformat.read(course.release, as_version=4)  # type: ignore[no-untyped-call]
    setup = next(cell for cell in book.cells if cell.id == "setup")
    lesson = setup_cell.Ingredients({}, "", [], "", "", "", {"pictures.py": "def test_whole():\n    pass\n"})
    setup.source = setup_cell.set_up(lesson)
    nbformat.write(book, course.release)  # type: ignore[no-untyped-call]
    assert any("test_whole" in sentence for sentence in release.leaks(course.root, "digits"))


@pytest.mark.sandbox
def test_files_packed_by_another_compressor_are_no_change(course: Assignment) -> None:
    book = nbformat.read(course.release, as_version=4)  # type: ignore[no-untyped-call]
    setup = next(cell for cell in book.cells if cell.id == "setup")
    packed = re.search(r'"([^"]{9999,})"', setup.source)
    assert packed is not None
    again = bz2.compress(bz2.decompress(base64.b85decode(packed[1])), 1)
    setup.source = setup.source.replace(packed[1], base64.b85encode(again).decode())
    nbformat.write(book, course.release)  # type: ignore[no-untyped-call]
    assert release.stale(course.root, "digits") == []


def test_every_helper_of_the_lesson_is_defined_by_the_set_up_cell() -> None:
    source = cells(DIGITS.release)["setup"].source
    names = {alias.asname or alias.name for node in ast.parse(source).body for alias in getattr(node, "names", [])}
    stored = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    assert set(setup_cell.offered(DIGITS.pictures)) <= names | stored


def test_pictures_may_be_several_files_whose_front_offers_names() -> None:
    front = {"pictures/__init__.py": "from .curves import show_losses\nfrom math import pi\n", "pictures/curves.py": ""}
    assert setup_cell.offered(front)[-1:] == ("show_losses",)
    assert setup_cell.offered({"pictures.py": "def show_x(): ...\ndef _y(): ...\n"})[-1:] == ("show_x",)


CHECKS = '''
"""Checks."""
from __future__ import annotations

import math
from json import dumps, loads

LIMIT = 3
SECRET = 4


def helper(x):
    return math.floor(x)


# Why this is so.
@probe
def experiment(student):
    return helper(student.x), dumps({})


@points(1, stub="a")
def test_open(experiment):
    """Open"""
    assert experiment[0] < LIMIT


@points(1, stub="a", hidden=True)
def test_closed(experiment):
    """Closed"""
    assert experiment[0] < SECRET
'''
OPEN, CLOSED = Check("test_open", "a", 1, "Open"), Check("test_closed", "a", 1, "Closed", hidden=True)


def test_of_the_checks_only_what_public_ones_need_is_embedded() -> None:
    public = setup_cell.public_part(CHECKS, [OPEN, CLOSED])
    assert public == (
        "from __future__ import annotations\n\nimport math\n\nfrom json import dumps\n\nLIMIT = 3\n\n"
        "def helper(x):\n    return math.floor(x)\n\n"
        "# Why this is so.\n@probe\ndef experiment(student):\n    return helper(student.x), dumps({})\n\n"
        '@points(1, stub="a")\ndef test_open(experiment):\n    """Open"""\n    assert experiment[0] < LIMIT\n'
    )


def test_a_public_check_that_needs_a_hidden_one_is_refused() -> None:
    source = CHECKS.replace("assert experiment[0] < LIMIT", "test_closed(experiment)")
    with pytest.raises(CourseError, match="test_closed is needed by a public one"):
        setup_cell.public_part(source, [OPEN, CLOSED])


@pytest.mark.parametrize(
    ("module", "name"), [("autograder.torchlab", "predicting"), ("autograder.torchlab.memory", "Primer")]
)
def test_a_probe_that_notebooks_would_not_find_where_a_check_imports_it_is_refused(module: str, name: str) -> None:
    brought = "from autograder.checks.points import points\nfrom autograder.torchlab.memory import has_learnt"
    check = f'@points(1, stub="a")\ndef test_open():\n    {name}, has_learnt\n'
    source = f"from {module} import {name}\n{brought}\n\n{check}"
    with pytest.raises(CourseError, match=f"takes {name} from {module},"):
        setup_cell.set_up(setup_cell.Ingredients({}, "", [OPEN], source, "", "", {}))


def test_what_teaching_needs_goes_along() -> None:
    needed = setup_cell.needed_probes("from autograder.torchlab.modules import teach\n")
    assert "def put_into_new" in needed["autograder.torchlab.weights"]


def test_a_line_of_the_solution_that_probes_have_too_is_no_secret(course: Assignment) -> None:
    line = "def watch_training(train, model, images, labels, batch_size, epochs, root):"  # in torchlab with types
    assert line in setup_cell.readable(cells(course.release)["setup"].source)
    book = nbformat.read(course.master, as_version=4)  # type: ignore[no-untyped-call]
    answer = next(cell for cell in book.cells if cell.id == "predict")
    answer.source = answer.source.replace("### BEGIN SOLUTION\n", f"### BEGIN SOLUTION\n    {line}\n        pass\n")
    nbformat.write(book, course.master)  # type: ignore[no-untyped-call]
    assert release.leaks(course.root, "digits") == []


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("[hint.mine]\ntext = 'open\n", "hints.toml: "),
        ('[hint.mine]\ntext = "1"\n', "hints.toml: The entry 'mine' of the hints does not fit"),
        ('[[rule]]\nhint = "missing-step"\nmatches = "("\n', "hints.toml: missing "),
    ],
)
def test_hints_that_cannot_be_read_are_named_with_their_file(course: Assignment, entry: str, words: str) -> None:
    path = course.folder / "hints.toml"
    path.write_text(f"{path.read_text('utf-8')}\n{entry}", "utf-8")
    with pytest.raises(CourseError, match=words):
        release.plan(course.root, "digits")


def test_hints_that_nothing_public_names_stay_with_the_instructor() -> None:
    toml = '[hint.one]\ntext = "1"\n\n[hint.two]\ntext = "2"\n\n[hint.three]\ntext = "3"\n\n[[rule]]\nhint = "two"\n'
    assert setup_cell.needed_hints(toml, 'hint="one"') == toml.replace('[hint.three]\ntext = "3"\n\n', "") + "\n"


def test_a_set_up_cell_that_would_be_too_large_is_refused() -> None:
    noise = "".join(random.Random(1).choices("0123456789abcdef", k=3 * setup_cell.MOST_BYTES))
    with pytest.raises(CourseError, match="Shorten what it carries"):
        setup_cell.set_up(setup_cell.Ingredients({}, "", [], "", "", "", {"pictures.py": f"NOISE = '{noise}'"}))
