"""Adopting: from the master of another tool to an assignment's folder, and a report of what could not be mapped."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat

from autograder.authoring import new
from autograder.authoring.adopting import autotest, folder, nbgrader_master, otter_master
from autograder.authoring.adopting.changes import changed_after, code_of
from autograder.authoring.adopting.look import Look
from autograder.authoring.adopting.master import Given, Item, Master, Stub, TestCell, Text, Words
from autograder.authoring.adopting.scope import Notebook, imports_of
from autograder.authoring.adopting.suite import Suite, suite_of
from autograder.checks.names import bound, imported, needs, parsed
from autograder.checks.python_first import python_of
from autograder.core.course import Assignment, Course
from autograder.core.errors import CourseError
from autograder.core.packages import PROVIDED, STOOD_IN, is_known
from autograder.sandbox import Mode

_WHO = re.compile(r"^(?:name|names|collaborators|student_name|student_id|id)$", re.IGNORECASE)
_SPEAKS = ("YOUR CODE HERE", "YOUR ANSWER HERE", "Validate", "grader.check", "Cell -> Run All", "Run All")


@dataclass(frozen=True)
class Adopted:
    """What became of a master: points by part, what a person may want to know, and what a person must look at."""

    assignment: Assignment
    points: Mapping[str, float]
    notes: Sequence[str] = ()
    looks: Sequence[Look] = ()


def adopt(course: Course, old: Path, name: str, mode: Mode | None = None) -> Adopted:
    """Makes the assignment `name` of the notebook `old`, an nbgrader or otter master; nothing of it runs here.

    AUTOTEST lines ask what the solution gives: it runs in the sandbox. Raises CourseError where `old` is no master of
    either tool, and for a name that cannot be taken.
    """
    assignment = new.place(course, name)
    master = _read(old)
    if asked := autotest.asked_in(master):
        files = {
            path.relative_to(old.parent).as_posix(): path.read_bytes() for path in _shown(master, asked, old.parent)
        }
        master = autotest.answered(master, [str(course.root), str(old.resolve())], files, mode)
    items, notes = _kept_cells(master.items)
    modules = _modules(items, old.parent)
    notebook = _names(items, modules)
    suites, kept, looks = _suites(items, notebook)
    contents = folder.Contents(
        master.title or name.replace("_", " ").capitalize(),
        old.name,
        items,
        suites,
        kept,
        _packages(items, modules),
        _files(replace(master, items=items), asked, old.parent),
    )
    folder.write(assignment, contents)
    met = [note for suite in suites.values() for note in suite.notes]
    gone = [f"{name} is named in the settings but does not lie beside the notebook." for name in master.files]
    gone = [note for note, name in zip(gone, master.files, strict=True) if not (old.parent / name).is_file()]
    told = [*master.notes, *notes, *gone, *met, *_told(contents)]
    points = {item.name: _worth(item, suites) for item in items if isinstance(item, Stub | Words)}
    every = [*master.looks, *looks, *(look for suite in suites.values() for look in suite.looks)]
    _mark_what_is_left(assignment, [*master.looks, *looks])
    return Adopted(assignment, points, told, every)


def _worth(item: Stub | Words, suites: Mapping[str, Suite]) -> float:
    """The points of a part, whether checks give them or a person."""
    return item.points if isinstance(item, Words) else suites[item.name].points + item.by_hand


def _read(old: Path) -> Master:
    try:
        book: Any = nbformat.read(old, as_version=4)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, nbformat.reader.NotJSONError, nbformat.ValidationError) as error:
        raise CourseError(f"{old}: cannot be read as a notebook: {error}. Name the master's .ipynb file.") from error
    language = str(book.metadata.get("kernelspec", {}).get("language", "python"))
    if language.lower() != "python":
        raise CourseError(f"{old}: is written in {language}. Name a notebook that is written in Python.")
    if otter_master.is_of_otter(book):
        master = otter_master.read(book)
    elif nbgrader_master.is_of_nbgrader(book):
        master = nbgrader_master.read(book)
    else:
        raise CourseError(
            f"{old}: is no master of nbgrader (no cell is marked as an answer or a test) or otter (no cell begins a "
            "question). Name the notebook that the instructor wrote, or begin with `autograder new`."
        )
    if not any(isinstance(item, Stub) for item in master.items):
        raise CourseError(f"{old}: has no answer cell with code. Checks need one; begin with `autograder new` instead.")
    return master


def _kept_cells(items: Sequence[Item]) -> tuple[list[Item], list[str]]:
    """The items without what ours has of itself, and a note for each that was left out."""
    kept, notes = list[Item](), list[str]()
    for item in items:
        if isinstance(item, Given) and _asks_who(item.source):
            notes.append(
                f"cell {item.cell}: asked for names; whose a notebook is follows from the file that is handed in."
            )
        elif not (isinstance(item, Given) and not item.source.strip()):
            kept.append(item)
    return kept, notes


def _asks_who(source: str) -> bool:
    tree = parsed(source)
    names = bound(source)
    return bool(names) and all(isinstance(node, ast.Assign) for node in tree) and all(map(_WHO.match, names))


# --- names ------------------------------------------------------------------------------------------------------------


def _modules(items: Sequence[Item], beside: Path) -> set[str]:
    """Names of imported modules that are files beside the old notebook."""
    return {name for item in items for name in imported(code_of(item)) if (beside / f"{name}.py").is_file()}


def _names(items: Sequence[Item], modules: set[str]) -> Notebook:
    trees = [ast.Module(parsed(code_of(item)), []) for item in items]
    lines = {name: line for tree in trees for name, line in imports_of(tree)}
    local = {name for name, line in lines.items() if line.split()[1].partition(".")[0] in modules}
    names = {name for item in items for name in bound(code_of(item))} - lines.keys() | local
    classes = {node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)}
    known = {name: line for name, line in lines.items() if name not in local}
    return Notebook(frozenset(names), frozenset(classes), {**_of_stars(trees), **known})


def _of_stars(trees: Sequence[ast.Module]) -> dict[str, str]:
    """What an import of everything brings, of modules that are Python's own."""
    found: dict[str, str] = {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*" and node.module in ("math", "random"):
            module = __import__(node.module)
            found |= {name: f"from {node.module} import {name}" for name in vars(module) if not name.startswith("_")}
    return found


def _suites(
    items: Sequence[Item], notebook: Notebook
) -> tuple[dict[str, Suite], dict[str, dict[str, str]], list[Look]]:
    """The checks of each stub; the names whose value is kept for them, as it changes below; and what wants a look."""
    suites: dict[str, Suite] = {}
    kept: dict[str, dict[str, str]] = {}
    earlier: list[TestCell] = []
    looks: list[Look] = []
    defined: dict[str, str] = {}
    for place, item in enumerate(items):
        if not isinstance(item, Stub):
            continue
        asked = {name for test in item.tests for name in needs(python_of(test.source))} & notebook.names
        kept[item.name] = {name: f"{name}_of_{item.name}" for name in sorted(asked & changed_after(items, place))}
        suites[item.name] = suite_of(item, replace(notebook, kept=kept[item.name]), earlier)
        earlier += item.tests
        for node in parsed(code_of(item)):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                if node.name in defined:
                    what = f"`{node.name}` is also what students define for `{defined[node.name]}`."
                    looks.append(Look(item.cell, 1, what, "Give one of the two another name, also in its checks."))
                defined.setdefault(node.name, item.name)
    return suites, kept, looks


# --- what else belongs to it ------------------------------------------------------------------------------------------


def _packages(items: Sequence[Item], modules: set[str]) -> list[str]:
    """What the notebook imports beyond what is always there; pandas computes, so it counts."""
    names = {name for item in items for name in imported(code_of(item))} - modules
    shows = STOOD_IN - {"pandas"}
    return sorted(name for name in names if name not in PROVIDED | shows and not (is_known(name) and name != "pandas"))


def _files(master: Master, asked: Sequence[str], beside: Path) -> dict[str, list[Path]]:
    """Files beside the old notebook: for students what is `_shown`, for checks what only tests name."""
    shown = _shown(master, asked, beside)
    tests = [test.source for item in master.items if isinstance(item, Stub) for test in item.tests]
    secret = {path for source in tests for path in _named(python_of(source), beside)} - shown
    return {"files": sorted(shown), "private": sorted(secret)}


def _shown(master: Master, asked: Sequence[str], beside: Path) -> set[Path]:
    """Files that students' code opens: what code, settings or the expressions `asked` of it name."""
    sources = [*map(code_of, master.items), *asked]
    named = {path for source in sources for path in _named(source, beside)}
    named |= {path for name in master.files if (path := beside / name).is_file()}
    return named | {beside / f"{name}.py" for name in _modules(master.items, beside)}


def _named(source: str, beside: Path) -> Iterator[Path]:
    for node in (node for top in parsed(source) for node in ast.walk(top)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and 0 < len(node.value) < 200:
            path = beside / node.value
            if "\0" not in node.value and path.is_file() and path.resolve().is_relative_to(beside.resolve()):
                yield path


def _told(contents: folder.Contents) -> Iterator[str]:
    texts = "\n".join(item.source for item in contents.items if isinstance(item, Text))
    words = [word for word in _SPEAKS if word in texts]
    if words:
        yield f'The texts speak of {", ".join(words)}: write what students do here, such as check("NAME").'
    for place, paths in contents.files.items():
        for path in paths:
            yield f"{path.name} was copied to {place}/."
    for stub, kept in contents.kept.items():
        if kept:
            names = ", ".join(f"`{name}`" for name in kept)
            yield f"A cell below `{stub}` keeps {names} for its checks, since later cells change it."


def _mark_what_is_left(assignment: Assignment, looks: Sequence[Look]) -> None:
    """Looks that belong to no check are marked at the end of the check file."""
    if looks:
        text = assignment.checks.read_text("utf-8")
        assignment.checks.write_text(text + "\n\n" + "\n".join(f"# {look.note}" for look in looks) + "\n", "utf-8")
