"""What an assignment gives its students as files reaches them wherever they work; what is private reaches nobody."""

from __future__ import annotations

import contextlib
import functools
import os
import shlex
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import nbformat
import prices_course
import pytest
from plain_kernel import OpenKernel, PlainKernel, executed, told, troubles
from typer.testing import CliRunner

from autograder import cli
from autograder.authoring import audit, release
from autograder.core.course import Assignment, Course
from autograder.core.errors import CourseError
from autograder.grading import handed_in
from autograder.grading.engines.parcel import Parcel
from autograder.grading.submission import grade
from autograder.in_notebook import opening, setup_cell
from autograder.results.files import gradescope

INTRUDER = """
import pathlib
found = [str(path) for top, name in (("/", "more.csv"), (".", "*.csv")) for path in pathlib.Path(top).rglob(name)]
print("found", found)
try:
    pathlib.Path("prices.csv").write_text("town,kind,price")
except OSError as error:
    print("refused", type(error).__name__)
"""


@pytest.fixture(scope="module")
def prices(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """The data-file assignment of the guide, built."""
    assignment = prices_course.write(tmp_path_factory.mktemp("course"))
    release.build(assignment.root, "prices")
    return assignment


def set_up(path: Path) -> str:
    book: Any = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return next(cell.source for cell in book.cells if cell.id == "setup")


def test_files_lie_beside_the_release_and_in_its_set_up_cell_and_private_ones_do_not(prices: Assignment) -> None:
    for notebook in (prices.release, prices.solution):
        assert {path.name for path in notebook.parent.iterdir()} == {"prices.csv", notebook.name}
    assert setup_cell.given_files(set_up(prices.release)) == {"prices.csv": prices.files["prices.csv"].read_bytes()}
    assert "Kiel" not in setup_cell.readable(set_up(prices.release))
    assert release.leaks(prices.root, "prices") == []


@pytest.mark.sandbox
def test_stock_nbgrader_lays_the_files_beside_the_release_and_nothing_private(tmp_path: Path) -> None:
    assignment = prices_course.write(tmp_path)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "prices"]
    subprocess.run(command, cwd=tmp_path, env={**os.environ, "PATH": path}, check=True, capture_output=True)
    assert {one.name for one in assignment.release.parent.rglob("*") if one.is_file()} == {"prices.ipynb", "prices.csv"}
    assert release.leaks(tmp_path, "prices") == []


def test_a_small_file_needs_no_network(prices: Assignment, tmp_path: Path) -> None:
    book: Any = nbformat.read(prices.solution, as_version=4)  # type: ignore[no-untyped-call]
    cells = executed(book, tmp_path, PlainKernel)
    assert troubles(cells) == {}
    assert "The average price in Ulm is 2.15" in told(cells["average_demo"])
    assert "You may import pandas here." in told(cells["setup"])


def test_a_package_that_is_not_installed_where_a_student_works_is_asked_for() -> None:
    with pytest.raises(ImportError, match="This notebook needs no_such_package: install it"):
        opening.tell(["json", "no_such_package"])


def test_a_notebook_without_torch_waits_for_none_and_carries_only_what_it_needs(
    prices: Assignment, tmp_path: Path
) -> None:
    carried = setup_cell.unpacked(set_up(prices.release))
    unneeded = {f"autograder/in_notebook/{name}.py" for name in ("drawing_field", "guessing")}
    assert not unneeded & carried.keys()
    assert "autograder/in_notebook/files.py" in carried
    book: Any = nbformat.read(prices.solution, as_version=4)  # type: ignore[no-untyped-call]
    book.cells.append(nbformat.v4.new_code_cell("import sys\nprint('torch' in sys.modules)", id="loaded"))
    cells = executed(book, tmp_path, PlainKernel)
    assert troubles(cells) == {}
    assert told(cells["loaded"]).strip() == "False"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Assignment]:
    """The same course with a file of 1.3 MiB, served on this machine."""
    assignment = prices_course.write(tmp_path)
    more = "".join(f"Ort {number},bread,1.00\n" for number in range(60_000))
    path = assignment.folder / "files" / "prices.csv"
    path.write_text(path.read_text("utf-8") + more, encoding="utf-8")
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        with (tmp_path / "course.toml").open("a", encoding="utf-8") as settings:
            settings.write(f'\nfiles = "http://127.0.0.1:{server.server_port}"\n')
        yield Course(tmp_path).assignment("prices")
        server.shutdown()


def test_a_large_file_is_fetched_once_and_only_as_it_was_meant(served: Assignment, tmp_path: Path) -> None:
    release.build(served.root, "prices")
    assert len(set_up(served.solution)) < setup_cell.MOST_BYTES
    book: Any = nbformat.read(served.solution, as_version=4)  # type: ignore[no-untyped-call]
    book.cells = [cell for cell in book.cells if cell.id in ("setup", "imports", "average", "average_demo")]
    folder = tmp_path / "empty"
    folder.mkdir()
    cells = executed(book, folder, OpenKernel)
    assert troubles(cells) == {}
    assert "The average price in Ulm is 2.15" in told(cells["average_demo"])
    beside = served.release.parent / "prices.csv", served.solution.parent / "prices.csv"
    for path in beside:
        path.write_text("town,kind,price\n", encoding="utf-8")
    assert "Beside this notebook: prices.csv." in told(executed(book, folder, OpenKernel)["setup"])
    (folder / "prices.csv").unlink()
    assert "is another file than the one meant" in told(executed(book, folder, OpenKernel)["setup"])


def test_a_large_file_of_a_course_without_an_address_is_refused(prices: Assignment) -> None:
    data = {"small.csv": b"1", "large.csv": bytes(setup_cell.MOST_FILE_BYTES)}
    lesson = setup_cell.Ingredients({}, "", (), "", "", "", {}, files=data)
    assert lesson.small == {"small.csv": b"1"}
    with pytest.raises(CourseError, match=r"files/large\.csv is too large .* course\.toml"):
        _ = lesson.large


def test_student_code_reads_the_files_cannot_change_them_and_finds_nothing_private(prices: Assignment) -> None:
    notebooks = audit.Notebooks(prices)
    one = next(variant for variant, right in audit.bank(prices.folder) if right)
    row = grade(notebooks.task(replace(one, cells=(("extra", INTRUDER), *one.cells)), 1))
    assert row.points == row.max_points, row.checks
    assert "found ['prices.csv']" in row.printed
    assert "refused PermissionError" in row.printed


def test_files_travel_to_other_machines_and_containers(prices: Assignment, tmp_path: Path) -> None:
    wanted = {f"assignments/prices/{name}" for name in ("files/prices.csv", "private/more.csv", "test_prices.py")}
    archive = tmp_path / "parcel.zip"
    archive.write_bytes(Parcel.of(prices.root, prices.needed).data)
    gradescope.pack(prices, tmp_path / "gradescope.zip")
    for path in (archive, tmp_path / "gradescope.zip"):
        assert wanted <= {*zipfile.ZipFile(path).namelist()}, path


def test_a_repository_with_the_files_beside_the_notebook_is_one_submission(prices: Assignment, tmp_path: Path) -> None:
    for path in prices.solution.parent.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert not isinstance(handed_in.of_one(prices, tmp_path), str)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """The same course, whose hidden check imports a module from beside it, and in `graded/` the two wrong variants."""
    assignment = prices_course.write(tmp_path_factory.mktemp("class"))
    text = assignment.checks.read_text("utf-8").replace("import pandas as pd", "import pandas as pd\nimport reckoning")
    assignment.checks.write_text(text.replace('"Kiel"), 1.5', '"Kiel"), 1.5, reckoning.NEAR'), encoding="utf-8")
    (assignment.folder / "reckoning.py").write_text("NEAR = 0.1\n", encoding="utf-8")
    release.build(assignment.root, "prices")
    handed_in, notebooks = assignment.root / "handed_in", audit.Notebooks(assignment)
    handed_in.mkdir()
    for one, right in audit.bank(assignment.folder):
        if not right:
            (handed_in / f"{one.name}.ipynb").write_bytes(notebooks.of(one))
    with contextlib.chdir(assignment.root):
        typed("autograder grade prices handed_in --out graded --jobs 1")
    return assignment


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("place", "old", "new", "moved", "check"),
    [
        ("files/prices.csv", "3.50", "2.15", "all_towns", "test_average"),
        ("private/more.csv", "Kiel,milk,\n", "", "missing_counted", "test_missing_prices"),
        ("reckoning.py", "0.1", "0.6", "missing_counted", "test_missing_prices"),
    ],
)
def test_a_dry_regrade_runs_what_a_changed_byte_reaches_and_says_who_moves(
    place: str, old: str, new: str, moved: str, check: str, graded: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = graded.folder / place
    before = path.read_text("utf-8")
    monkeypatch.chdir(graded.root)
    path.write_text(before.replace(old, new, 1), encoding="utf-8")
    try:
        said = typed("autograder regrade prices --out graded --jobs 1 --dry-run")
    finally:
        path.write_text(before, encoding="utf-8")
    assert moved in said
    assert check in said
    assert "1 student unchanged." in said
    assert "Nobody moves" in typed("autograder regrade prices --out graded --jobs 1 --dry-run")


def test_a_changed_file_makes_the_release_stale(prices: Assignment) -> None:
    path = prices.files["prices.csv"]
    before = path.read_text("utf-8")
    path.write_text(before.replace("3.10", "3.11"), encoding="utf-8")
    try:
        assert {sentence.split(": ")[0] for sentence in release.stale(prices.root, "prices")} == {
            str(place) for one in (prices.release, prices.solution) for place in (one, one.parent / "prices.csv")
        }
    finally:
        path.write_text(before, encoding="utf-8")


def test_who_types_what_the_guide_says_has_an_assignment_that_verifies_and_audits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prices_course.begin(tmp_path)
    monkeypatch.chdir(tmp_path)
    begin, end = prices_course.commands()
    for line in begin:
        typed(line)
    prices_course.fill(Course(tmp_path).assignment("prices"))
    said = "\n".join(map(typed, end))
    assert "✗" not in said
    assert "wrongly failed: 0 of 1" in said
    assert "missed: 0 of 2" in said


def typed(line: str) -> str:
    """What a line of the guide prints; it must go well."""
    words = shlex.split(line)
    if words[0] != "autograder":
        return subprocess.run(line, shell=True, check=True, capture_output=True, text=True).stdout
    done = CliRunner().invoke(cli.app, words[1:], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output
