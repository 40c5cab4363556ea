"""What students get: nbgrader's release and solution versions of a master, and what must never stand in them.

`configure` teaches nbgrader the course's folders and adds three steps of our own to its chain: the set-up cell is
filled, the badge gets its address, and the solution version loses the marks around its answers.
"""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import json
import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from filecmp import cmp
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.converters import BaseConverter, GenerateAssignment, GenerateSolution
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    IncludeHeaderFooter,
    LockCells,
    NbGraderPreprocessor,
    SaveCells,
)
from nbgrader.utils import is_solution
from traitlets.config import Config

from autograder.authoring import master
from autograder.checks.collection import import_beside
from autograder.checks.hints import Catalogue
from autograder.checks.names import bound
from autograder.checks.points import checks_of
from autograder.checks.python_first import signatures
from autograder.core.course import Assignment, Course
from autograder.core.errors import CourseError
from autograder.core.model import Check
from autograder.in_notebook import setup_cell
from autograder.in_notebook.lesson import TODO
from autograder.notebook.earlier import remember

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
NOT_FOR_STUDENTS = [
    "*.py",
    "*.toml",
    "right",
    "wrong",
    "class",
    "pictures",
    "files",
    "private",
    "__pycache__",
    ".ipynb_checkpoints",
    "*.pyc",
]
"""Files and folders of an assignment that nbgrader must not copy beside the notebook."""

CELL_SECONDS = 300
"""What nbgrader's own autograding allows one cell, since some checks train for a while."""

SHORTEST_SECRET = 12
"""Shorter lines of hidden code, such as `else:`, give nothing away."""

_PLACEHOLDER = re.compile(r"\b(?:OWNER|REPOSITORY|TODO|FIXME|XXX|Lorem ipsum)\b")
_BADGE = re.compile(r"(\[!\[[^]]*\]\([^)]*\)\]\()[^)]*\)")


class FillSetUp(NbGraderPreprocessor):  # type: ignore[misc]
    """Puts the packed sources below the set-up cell's first comment, and the instructor's own lines into them."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        assignment = _assignment_of(resources)
        for cell in nb.cells:
            if cell.metadata.get("autograder", {}).get("role") == "setup":
                title, _, rest = cell.source.partition("\n")
                cell.source = f"{title}\n{setup_cell.set_up(_ingredients(assignment, nb, rest.strip()))}"
        outputs = resources.setdefault("outputs", {})  # nbconvert writes these beside the notebook
        outputs.update({name: path.read_bytes() for name, path in assignment.files.items()})
        return nb, resources


class FillBadge(NbGraderPreprocessor):  # type: ignore[misc]
    """Gives the "Open in Colab" badge its address; takes it away where the course's settings name no repository."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        assignment = _assignment_of(resources)
        path = assignment.release.relative_to(assignment.root).as_posix()
        address = Course(assignment.root).settings.badge(path)
        badges = [cell for cell in nb.cells if cell.cell_type == "markdown" and "colab-badge" in cell.source]
        if not address:
            nb.cells = [cell for cell in nb.cells if cell not in badges]
        for cell in badges:
            cell.source = _BADGE.sub(lambda match: f"{match[1]}{address})", cell.source)
        return nb, resources


class StripMarks(NbGraderPreprocessor):  # type: ignore[misc]
    """Makes answers read as if there had never been a task: no solution marks, no TODO above them."""

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        cell.source = _without_marks(cell.source)
        return cell, resources


RELEASE_STEPS = [
    IncludeHeaderFooter,
    FillSetUp,
    FillBadge,
    LockCells,
    ClearSolutions,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    SaveCells,
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,
    CheckCellMetadata,
]
SOLUTION_STEPS = [
    IncludeHeaderFooter,
    FillSetUp,
    FillBadge,
    StripMarks,
    LockCells,
    ClearOutput,
    ClearHiddenTests,
    ClearMarkScheme,
]


def configure(c: Any) -> None:
    """Fills nbgrader's configuration `c`: folders, what stays with the instructor, and our steps."""
    c.CourseDirectory.source_directory = "assignments"
    c.CourseDirectory.release_directory = "release"
    c.CourseDirectory.solution_directory = "solutions"
    c.CourseDirectory.ignore = NOT_FOR_STUDENTS
    c.ClearSolutions.begin_solution_delimeter = BEGIN
    c.ClearSolutions.end_solution_delimeter = END
    c.ClearSolutions.code_stub = {"python": f"raise NotImplementedError({json.dumps(TODO)})"}
    c.Execute.timeout = CELL_SECONDS
    c.GenerateAssignment.preprocessors = RELEASE_STEPS
    c.GenerateSolution.preprocessors = SOLUTION_STEPS


def build(course_root: Path, name: str) -> None:
    """Writes `release/<name>/` and `solutions/<name>/` anew, through nbgrader. Raises CourseError if it refuses."""
    assignment = Course(course_root.resolve()).assignment(name)
    made = plan(assignment.root, name)
    for path, text in made.items():
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        for below, source in assignment.files.items():
            (path.parent / below).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, path.parent / below)


def plan(course_root: Path, name: str) -> dict[Path, str]:
    """What `build` would write: the text of the release and of the solution by path. Writes nothing in the course."""
    assignment = Course(course_root.resolve()).assignment(name)
    book = _notebook(assignment.master)
    master.refuse_foreign(assignment, book, lambda: _namespace(assignment))
    setup_cell.set_up(_ingredients(assignment, book))  # its complaints drown in nbgrader's
    with tempfile.TemporaryDirectory() as folder:
        places = {assignment.release: Path(folder, "release"), assignment.solution: Path(folder, "solutions")}
        _convert(GenerateAssignment, assignment, places[assignment.release], folder)
        _convert(GenerateSolution, assignment, places[assignment.solution], folder)
        made = {path: (place / name / path.name).read_text("utf-8") for path, place in places.items()}
    return made | {assignment.release: _remembering(made[assignment.release], assignment.release)}


def _remembering(text: str, before: Path) -> str:
    """The text of a release with what students may still have of the one that lies there `before` it is written."""
    if not before.exists():
        return text
    made, there = json.loads(text), json.loads(before.read_text("utf-8"))
    same = {_readable(cell): cell for cell in made["cells"]}  # also where another compressor packed it
    there["cells"] = [same.get(_readable(cell), cell) for cell in there["cells"]]
    book = remember(made, there)
    return json.dumps(book, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _readable(cell: Mapping[str, Any]) -> str:
    return setup_cell.readable("".join(cell["source"]))


def stale(course_root: Path, name: str) -> list[str]:
    """A sentence for each generated notebook that is not what its master now gives; empty if all are current."""
    planned, given = plan(course_root, name), Course(course_root.resolve()).assignment(name).files
    old = [
        path
        for path, text in planned.items()
        if not path.exists() or _content(path.read_text("utf-8")) != _content(text)
    ]
    laid = [(path.parent / below, source) for path in planned for below, source in given.items()]
    old += [path for path, source in laid if not path.exists() or not cmp(path, source, shallow=False)]
    return [f"{path}: is not what the master gives. Run `autograder build {name}` and commit it." for path in old]


def _content(notebook: str) -> Any:
    """A notebook with its packed files as they read: packed form and checksum differ between compressors."""
    book = json.loads(notebook)
    for cell in book["cells"]:
        source = "".join(cell["source"])
        cell["source"] = setup_cell.readable(source)
        if cell["source"] != source:
            cell["metadata"].get("nbgrader", {}).pop("checksum", None)
    return book


def leaks(course_root: Path, name: str) -> list[str]:
    """A sentence for each secret that stands in the release, or lies beside it; empty if there is none."""
    assignment = Course(course_root.resolve()).assignment(name)
    release, book = assignment.release, _notebook(assignment.release)
    text = "\n".join(setup_cell.readable(cell.source) for cell in book.cells)
    lines = _lines(text)
    names = [check.name for check in _checks(assignment) if check.hidden] + [BEGIN, END]
    known = {release, *(release.parent / below for below in assignment.files)}
    beside = [path for path in sorted(release.parent.rglob("*")) if path.is_file() and path not in known]
    return [
        *(f"{release}: holds {secret!r}, which is not for students." for secret in names if _stands_in(text, secret)),
        *(f"{release}: holds the line {line!r}, which is not for students." for line in _secrets(assignment) & lines),
        *(f"{path}: lies beside the release, but is neither the notebook nor of files/. Remove it." for path in beside),
        *(f"{release}: cell {cell.id} has outputs. Build it anew." for cell in book.cells if cell.get("outputs")),
    ]


def _stands_in(text: str, name: str) -> bool:
    """Whether a name stands in a text as a whole word: `test_rows` is no part of `test_rows_of_a_table`."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def placeholders(course_root: Path, name: str) -> list[str]:
    """A sentence for each place where something still stands for what the instructor was to write; empty if none."""
    course = Course(course_root.resolve())
    assignment = course.assignment(name)
    texts = {course.root / "course.toml": f"{course.settings.title} {course.settings.repository}"}
    texts[assignment.master] = "\n".join(
        cell.source for cell in _notebook(assignment.master).cells if cell.cell_type == "markdown"
    )
    return [
        f"{path}: {word!r} is a placeholder. Write what belongs there."
        for path, text in texts.items()
        for word in dict.fromkeys(_PLACEHOLDER.findall(text))
    ]


def _secrets(assignment: Assignment) -> set[str]:
    """Lines that only hidden checks and answers have: not those that also stand where students may look."""
    checks = _checks(assignment)
    source = assignment.checks.read_text("utf-8")
    cells = [cell.source for cell in _notebook(assignment.master).cells]
    own = assignment.own_stand_ins
    seen = [setup_cell.public_part(source, checks), own, assignment.hints, *assignment.pictures.values()]
    seen += [path.read_text("utf-8", "replace") for path in assignment.files.values()]
    seen += [*setup_cell.kit(more=setup_cell.OPTIONAL).values(), *setup_cell.probes(source, own).values()]
    seen += [_without_answers(cell) for cell in cells] + [check.title for check in checks]
    hidden = _lines("\n".join([source, *(_answer(cell) for cell in cells)])) - _lines("\n".join(seen))
    return {line for line in hidden if len(line) >= SHORTEST_SECRET and not line.startswith(("import ", "from ", "#"))}


def _lines(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines()}


def _convert(step: type[BaseConverter], assignment: Assignment, output: Path, scratch: str) -> None:
    """Runs one of nbgrader's converters with a gradebook of its own. Raises CourseError with nbgrader's words."""
    config = Config()
    configure(config)
    config.CourseDirectory.root = str(assignment.root)
    config.CourseDirectory.assignment_id = assignment.name
    config.CourseDirectory.db_url = f"sqlite:///{scratch}/gradebook.db"
    config.CourseDirectory.release_directory = config.CourseDirectory.solution_directory = str(output)
    converter = step(coursedir=CourseDirectory(config=config), config=config)
    converter.log = logging.getLogger("autograder.authoring.release")
    with _tools_on_path(), _complaints(converter.log) as complaints:
        try:
            converter.start()
        except Exception as error:
            told = "\n".join(complaints) or str(error)
            raise CourseError(f"{assignment.master}: nbgrader cannot convert this master:\n{told}") from error


@contextlib.contextmanager
def _tools_on_path() -> Iterator[None]:
    """nbgrader calls `alembic` by its bare name; it lies beside this Python."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before


@contextlib.contextmanager
def _complaints(log: logging.Logger) -> Iterator[list[str]]:
    """Collects what is logged as an error, instead of printing it."""
    heard: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    log.addHandler(handler)
    log.propagate = False
    try:
        yield heard
    finally:
        log.removeHandler(handler)


def _assignment_of(resources: Any) -> Assignment:
    folder = Path(resources["metadata"]["path"]).resolve()
    return Assignment(folder.parent.parent, folder.name)


def _hints(assignment: Assignment) -> str:
    """The text of the hints. Raises CourseError where an entry does not fit."""
    try:
        Catalogue.parse(assignment.hints)
    except (ValueError, re.error) as error:
        raise CourseError(f"{assignment.folder / 'hints.toml'}: {error}") from error
    return assignment.hints


def _ingredients(assignment: Assignment, book: Any, own: str = "") -> setup_cell.Ingredients:
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    answers = {cell.metadata.nbgrader.grade_id: bound(cell.source) for cell in code if is_solution(cell)}
    given = [cell.source for cell in code if cell.metadata.get("autograder", {}).get("role") == "given"]
    source = assignment.checks.read_text("utf-8")
    return setup_cell.Ingredients(
        answers,
        "\n".join(given),
        _checks(assignment),
        source,
        assignment.own_stand_ins,
        _hints(assignment),
        assignment.pictures,
        own,
        Course(assignment.root).settings.address(assignment.release.relative_to(assignment.root).as_posix()),
        signatures(cell.source for cell in code if is_solution(cell)),
        assignment.settings.packages,
        {name: path.read_bytes() for name, path in assignment.files.items()},
        lambda name: Course(assignment.root).settings.source(f"release/{assignment.name}/{name}"),
        any(re.search(r"^guess(ed)?\(", cell.source, re.MULTILINE) for cell in code),
    )


def _checks(assignment: Assignment) -> list[Check]:
    """The priced checks of the check file. Raises CourseError if it cannot be imported."""
    return checks_of(_namespace(assignment))


def _namespace(assignment: Assignment) -> dict[str, object]:
    name = f"autograder_checks_of_{assignment.name}"
    spec = importlib.util.spec_from_file_location(name, assignment.checks)
    assert spec is not None
    assert spec.loader is not None
    import_beside(assignment.folder)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise CourseError(f"{assignment.checks}: cannot be imported: {type(error).__name__}: {error}") from error
    finally:
        del sys.modules[name]
    return vars(module)


def _notebook(path: Path) -> Any:
    try:
        return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (OSError, nbformat.reader.NotJSONError, nbformat.ValidationError) as error:
        raise CourseError(f"{path}: cannot be read as a notebook: {error}. Run `autograder build` first.") from error


def _without_marks(source: str) -> str:
    """The cell without solution marks and the TODO comments just above them."""
    kept: list[str] = []
    for line in source.split("\n"):
        if line.strip() == BEGIN:
            while kept and _todo_above(kept):
                kept.pop()
        elif line.strip() != END:
            kept.append(line)
    return "\n".join(kept)


def _todo_above(lines: list[str]) -> bool:
    """True if the last line belongs to a comment that began with TODO."""
    comment = list(itertools.takewhile(lambda line: line.lstrip().startswith("#"), reversed(lines)))
    return any(line.lstrip().startswith("# TODO") for line in comment)


def _answer(source: str) -> str:
    """What stands between the solution marks of a cell."""
    return "\n".join(part.partition(END)[0] for part in source.split(BEGIN)[1:])


def _without_answers(source: str) -> str:
    return "\n".join(part.partition(END)[2] if at else part for at, part in enumerate(source.split(BEGIN)))
