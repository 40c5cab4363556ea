"""An adopted assignment on disk: a folder just like one that `autograder new` begins."""

from __future__ import annotations

import ast
import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import nbformat

from autograder.authoring.adopting.changes import changed_by, code_of
from autograder.authoring.adopting.master import Given, Item, Stub, Text, Words
from autograder.authoring.adopting.regions import without_marks
from autograder.authoring.adopting.suite import Suite
from autograder.authoring.release import BEGIN, END
from autograder.checks.names import bound, needs, parsed
from autograder.core.course import Assignment

STAND_INS = {
    "seed": '''
def seed(number: int) -> None:
    """Seeds everything that student code may draw from, so that a test knows what comes."""
    random.seed(number)
    np.random.seed(number)
''',
    "printed": '''
def printed(function: Any, *args: Any, **kwargs: Any) -> str:
    """What a call prints."""
    text = io.StringIO()
    with redirect_stdout(text):
        function(*args, **kwargs)
    return text.getvalue()
''',
    "apply": '''
def apply(name: str, *things: Any) -> Any:
    """What an operator or a function of Python's own gives, asked where the things are."""
    function = getattr(operator, name, None) or getattr(builtins, name)
    return function(*things)
''',
}
"""What checks may ask of the student's process, by name."""

_NEEDS = {
    "seed": ("import random", "import numpy as np"),
    "printed": ("import io", "from contextlib import redirect_stdout", "from typing import Any"),
    "apply": ("import builtins", "import operator", "from typing import Any"),
}
_SHOWING = (ast.Expr, ast.Assign, ast.AnnAssign, ast.For, ast.With, ast.If)


@dataclass(frozen=True)
class Contents:
    """What goes into the folder: the notebook's cells, the checks of each stub by its name, names that are kept for
    the checks of a stub, packages that are not always there, and files from beside the old notebook by folder."""

    title: str
    source: str
    items: Sequence[Item]
    suites: Mapping[str, Suite]
    kept: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    packages: Sequence[str] = ()
    files: Mapping[str, Sequence[Path]] = field(default_factory=dict)


def write(assignment: Assignment, contents: Contents) -> None:
    """Writes master, checks, hints, settings, the worked solution as a right variant, and files."""
    folder, name = assignment.folder, assignment.name
    (folder / "right").mkdir(parents=True)
    texts = {
        f"test_{name}.py": _checks(contents),
        "hints.toml": _hints(contents),
        "assignment.toml": _settings(contents),
        "right/as_adopted.py": _variant(contents),
        "stand_ins.py": _stand_ins(contents),
    }
    for file, text in texts.items():
        if text:
            (folder / file).write_text(text, encoding="utf-8")
    nbformat.write(_notebook(contents), assignment.master)  # type: ignore[no-untyped-call]
    for place, paths in contents.files.items():
        for path in paths:
            (folder / place).mkdir(exist_ok=True)
            shutil.copyfile(path, folder / place / path.name)


def _template(name: str) -> str:
    return (files("autograder.authoring") / "template" / name).read_text("utf-8")


# --- the notebook -----------------------------------------------------------------------------------------------------


def _notebook(contents: Contents) -> Any:
    """The master: the old cells in their order, between the set-up and the last looks of our own."""
    book = nbformat.reads(_template("NAME.ipynb"), as_version=4)  # type: ignore[no-untyped-call]
    ours = {cell.id: cell for cell in book.cells}
    stubs = [item.name for item in contents.items if isinstance(item, Stub)]
    story = ours["setup_story"]
    story.source = story.source.replace('"average"', f'"{stubs[0] if stubs else "part"}"')
    ours["setup"].source = ours["setup"].source.split("\n", 1)[0]
    cells = [cell for place, item in enumerate(contents.items) for cell in _cells(place, item, contents)]
    first = 1 if cells and cells[0].cell_type == "markdown" else 0
    title = [] if first else [_text_cell("story", f"# {contents.title}")]
    before = [ours["badge"], *title, *cells[:first], story, ours["setup"]]
    book.cells = [*before, *cells[first:], ours["submit"], ours["progress"], ours["ready"]]
    return book


def _cells(place: int, item: Item, contents: Contents) -> Iterator[Any]:
    match item:
        case Text(source=source, attachments=attachments):
            cell = _text_cell(f"text_{place}", source)
            if attachments:
                cell.attachments = attachments
            yield cell
        case Words():
            marks = {"grade": True, "solution": True, "locked": False, "points": item.points}
            yield _marked(_text_cell(item.name, _question(item)), item.name, marks)
        case Given():
            yield _given(place, item, contents)
        case Stub():
            yield from _stub(item, contents)


def _question(words: Words) -> str:
    asked = words.question or "Write your answer below the line."
    return (
        f"### YOUR TURN: {words.name}\n\n{asked}\n\n---\n{BEGIN}\n{words.answer or 'No answer was given here.'}\n{END}"
    )


def _given(place: int, item: Given, contents: Contents) -> Any:
    """Code that all have: what only shows something is no part of grading."""
    before = not any(isinstance(one, Stub) for one in contents.items[:place])
    stubs = [one for one in contents.items[:place] if isinstance(one, Stub)]
    asked = [one.name for one in stubs if set(bound(without_marks(one.source))) & set(needs(code_of(item)))]
    if _only_shows(place, item, contents):
        head = f"# demo: needs {', '.join(asked)}" if asked else "# demo"
        cell = _code_cell(f"demo_{place}", f"{head}\n{item.source}")
        cell.metadata["autograder"] = {"role": "demo"}
        return cell
    cell = _marked(_code_cell(f"given_{place}", item.source), f"given_{place}", {"locked": True})
    if before and code_of(item) == item.source:
        cell.metadata["autograder"] = {"role": "given"}
    return cell


def _only_shows(place: int, item: Given, contents: Contents) -> bool:
    """Whether nothing below a cell, and no check, needs what it does."""
    tree = parsed(code_of(item))
    if not tree or not all(isinstance(node, _SHOWING) for node in tree):
        return False
    used = {name for other in contents.items[place + 1 :] for name in needs(code_of(other))}
    used |= set(re.findall(r"\bstudent\.(\w+)", "\n".join(_functions(contents))))
    used |= {name for kept in contents.kept.values() for name in kept}
    calls = [node.value for node in tree if isinstance(node, ast.Expr)]
    is_quiet = all(not isinstance(one, ast.Call) or _is_shown(one) for one in calls)
    return is_quiet and not used & changed_by(item)


def _is_shown(call: ast.Call) -> bool:
    """Whether a call is there for what it shows: it changes nothing that belongs to somebody else."""
    named = {one.arg for one in call.keywords}
    words = ("seed", "use", "set_option", "append", "update", "add", "filterwarnings", "extend", "remove", "sort")
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return "inplace" not in named and name not in words


def _stub(item: Stub, contents: Contents) -> Iterator[Any]:
    by_hand = {"grade": True, "points": item.by_hand} if item.by_hand else {}
    yield _marked(_code_cell(item.name, item.source), item.name, {"solution": True, "locked": False, **by_hand})
    kept = contents.kept.get(item.name, {})
    if kept:
        lines = [
            "# The checks of this part look at these, whatever the cells below do.",
            "from copy import deepcopy",
            "",
        ]
        lines += [f"{new} = deepcopy({old})" for old, new in kept.items()]
        name = f"{item.name}_kept"
        yield _marked(_code_cell(name, "\n".join(lines)), name, {"locked": True})
    suite = contents.suites.get(item.name, Suite())
    if suite.checks:
        name = f"{item.name}_check"
        cell = _code_cell(name, f'check("{item.name}")')
        cell.metadata["autograder"] = {"role": "check"}
        points = round(suite.points, 12)
        yield _marked(cell, name, {"grade": True, "locked": True, "points": int(points) if points % 1 == 0 else points})


def _marked(cell: Any, name: str, marks: Mapping[str, Any]) -> Any:
    usual = {"grade": False, "solution": False, "locked": True, "task": False, "schema_version": 3, "grade_id": name}
    cell.metadata["nbgrader"] = {**usual, **marks}
    return cell


def _text_cell(name: str, source: str) -> Any:
    return nbformat.v4.new_markdown_cell(source, id=name[:60])  # type: ignore[no-untyped-call]


def _code_cell(name: str, source: str) -> Any:
    return nbformat.v4.new_code_cell(source, id=name[:60])  # type: ignore[no-untyped-call]


# --- the files beside it ----------------------------------------------------------------------------------------------


def _functions(contents: Contents) -> list[str]:
    return [check.text for suite in contents.suites.values() for check in suite.checks]


def _checks(contents: Contents) -> str:
    functions = _functions(contents)
    brought = {line for suite in contents.suites.values() for line in suite.imports}
    if any("np." in text for text in functions):
        brought.add("import numpy as np")
    ours = ["from autograder.checks import expect", "from autograder.checks.points import points"]
    if any("StudentError" in text for text in functions):
        ours.append("from autograder.core.errors import StudentError")
    blocks = [
        f'"""The checks of this assignment, made of the tests in {contents.source}."""',
        "from __future__ import annotations",
        "\n".join(sorted({"from typing import Any", *brought}, key=lambda line: (line.startswith("from"), line))),
        "\n".join(ours),
    ]
    return "\n\n".join(blocks) + "\n\n\n" + "\n\n\n".join(functions) + "\n"


def _hints(contents: Contents) -> str:
    """What the old tests said to whom they failed, and what every assignment has."""
    own = [
        f"[hint.{name}]\nstub = {_quoted(stub)}\n"
        'nudge = "Compare what was looked at with what the task asks for."\n'
        f'text = {_quoted(text)}\ncosts = "points"\n'
        for stub, suite in contents.suites.items()
        for name, text in suite.hints.items()
    ]
    usual = _template("hints.toml")
    head, _, rest = usual.partition("\n\n")
    kept = rest[rest.index("[hint.not-attempted]") :]
    return "\n".join([head, "", *own, kept])


def _settings(contents: Contents) -> str:
    text = _template("assignment.toml").replace('"TITLE"', _quoted(contents.title))
    if contents.packages:
        listed = ", ".join(map(_quoted, contents.packages))
        title, _, rest = text.partition("\n")
        text = f"{title}\npackages = [{listed}]\n{rest}"
    return text


def _variant(contents: Contents) -> str:
    parts = [
        f"# %% {item.name}\n{without_marks(item.source).removeprefix(f'# YOUR TURN: {item.name}').strip()}\n"
        for item in contents.items
        if isinstance(item, Stub)
    ]
    return '"""The solution as it stood in the notebook that was adopted."""\n' + "\n".join(parts)


def _stand_ins(contents: Contents) -> str:
    asked = sorted({name for text in _functions(contents) for name in re.findall(r"\bstand_ins\.(\w+)\(", text)})
    known = [name for name in asked if name in STAND_INS]
    if not known:
        return ""
    lines = sorted({line for name in known for line in _NEEDS[name]}, key=lambda line: (line.startswith("from"), line))
    head = (
        '"""What the checks bring into the student\'s process. No secrets."""\n\nfrom __future__ import annotations\n\n'
    )
    return head + "\n".join(lines) + "\n" + "".join(f"\n{STAND_INS[name]}" for name in known)


def _quoted(text: str) -> str:
    """A text as TOML has it."""
    return json.dumps(text, ensure_ascii=False)
