"""The release's set-up cell: the kit's run-time files, and of the checks what students may see, packed into one line.

Of the checks go in: the public ones, and every name of their module that these need in turn. Hidden checks are told by
stub, title and points. Unpacked, everything lies there as readable Python: `show_source` shows it. bz2 packs this much
text tighter than lzma and zlib do.
"""

from __future__ import annotations

import ast
import base64
import bz2
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files

from autograder.checks.hints import COMMON
from autograder.checks.reach import CheckFile
from autograder.core.bundle import lab_modules
from autograder.core.errors import CourseError
from autograder.core.handing_in import MIB
from autograder.core.model import Check
from autograder.in_notebook import files as in_notebook_files
from autograder.in_notebook.cells import SET_UP
from autograder.in_notebook.files import packed
from autograder.in_notebook.lesson import GUESSES, NAMES

FILES = (
    "__init__",
    "core.model",
    "core.errors",
    "core.packages",
    "core.values",
    "checks.points",
    "checks.names",
    "checks.expect",
    "checks.hints",
    "checks.functions",
    "checks.python_first",
    "checks.stumbles",
    "checks.verdict",
    "in_notebook.namespace",
    "in_notebook.tensors",
    "in_notebook.card",
    "in_notebook.cells",
    "in_notebook.runs",
    "in_notebook.patience",
    "in_notebook.ladder",
    "in_notebook.lesson",
    "in_notebook.opening",
    "in_notebook.source",
)
"""The kit's run-time files."""

CUT = ("checks.expect", "core.errors", "core.model")
"""Of these goes in what the others mention, each also those before it: much of them is for grading alone."""

HELPERS = ("in_notebook.lesson", "in_notebook.guessing", "in_notebook.source")
"""These keep the docstrings that `help(check)` shows; all others stand in the repository."""

PUBLIC, TESTS, NONE = r"(?!_)", r"(?i)test", r"(?!)"
"""Whose docstrings stay: those of public names, of checks (they are titles), of nothing."""

FILES_MODULE, GUESSING, FIELD = "in_notebook.files", "in_notebook.guessing", "in_notebook.drawing_field"
"""These go along where an assignment gives its students files, lets them guess, or lets them draw."""

OPTIONAL = (FILES_MODULE, GUESSING, FIELD)

MOST_BYTES = 100 * 1024
"""What the cell may weigh without the files of an assignment: every student's notebook carries these 100 KiB."""

MOST_FILE_BYTES, MOST_PACKED, MOST_ALTOGETHER = MIB, 900_000, 48 * MIB
"""Of an assignment's files: how much travels inside of the cell, also as it is packed, and how much may be at all."""

_TABLE = re.compile(r"^\[{1,2}(?P<kind>\w+)(?:\.(?P<id>[\w-]+))?\]", re.MULTILINE)
_REMARK = re.compile(r'^#.*\n|^costs = "points"\n|^stub = .*\n', re.MULTILINE)
"""What a notebook's hints can do without: remarks, and what only audits and tests look at."""
_PACKED = re.compile(re.escape(SET_UP) + r'"([^"\\]*)"')
GIVEN_FILES = "_files = "
_GIVEN = re.compile(rf'^{GIVEN_FILES}"([^"\\]*)"', re.MULTILINE)

_CELL = """\
# The checks, hints and pictures of this notebook: {count} files, packed into one long line. Nothing is downloaded.
# show_source("{example}") shows what a check does; show_source() says where all the files can be read.
import atexit as _atexit, base64 as _base64, bz2 as _bz2, json as _json
import shutil as _shutil, sys as _sys, tempfile as _tempfile
from pathlib import Path as _Path

{marker}"{packed}"
{files}_folder = _tempfile.mkdtemp(prefix="lesson-")
_atexit.register(_shutil.rmtree, _folder, ignore_errors=True)
for _name, _text in _json.loads(_bz2.decompress(_base64.b85decode(_packed))).items():
    _file = _Path(_folder, _name)
    _file.parent.mkdir(parents=True, exist_ok=True)
    _file.write_text(_text, encoding="utf-8")
for _name in [_name for _name in _sys.modules if _name.partition(".")[0] == "autograder"]:
    del _sys.modules[_name]
_sys.path.insert(0, _folder)

from autograder.in_notebook.opening import opened as _opened
{pictures}
{names} = _opened({given})
print("Set-up done. Go on with the next cell.")"""


@dataclass(frozen=True)
class Ingredients:
    """What one assignment's set-up cell is made of. `parts`: the names each stub defines; `given`: the imports' source;
    `checks`: all of them in file order, `check_source` and `stand_ins` their files (what these import of torchlab comes
    along), `hints` the catalogue's text, `pictures` the files of what shows pictures: source by path; `own`: the
    instructor's own lines; `address`: where the course can be read on the web, or nothing; `signatures`: how the
    task calls each function; `packages`: what this assignment lets students import beside what every one does;
    `files`: what lies beside the notebook, content by name, `source` where larger ones can be fetched from, by name;
    `guesses`: whether a cell asks for guesses."""

    parts: Mapping[str, Sequence[str]]
    given: str
    checks: Sequence[Check]
    check_source: str
    stand_ins: str
    hints: str
    pictures: Mapping[str, str]
    own: str = ""
    address: str = ""
    signatures: Mapping[str, str] = field(default_factory=dict)
    packages: Sequence[str] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    source: Callable[[str], str] = lambda name: ""
    guesses: bool = True

    @property
    def names(self) -> list[str]:
        """What the cell puts into the notebook, without what shows pictures."""
        return [name for name in NAMES if self.guesses or name not in GUESSES]

    @property
    def more(self) -> list[str]:
        """The kit's files that not every assignment needs, and this one does."""
        draws = any(FIELD in text for text in self.pictures.values())
        wanted = {FILES_MODULE: bool(self.files), GUESSING: self.guesses, FIELD: draws}
        return [name for name, needed in wanted.items() if needed]

    @cached_property
    def small(self) -> dict[str, bytes]:
        """The files that travel inside of the cell: the smallest ones, as many as there is room for."""
        taken: dict[str, bytes] = {}
        for name, data in sorted(self.files.items(), key=lambda file: (len(file[1]), file[0])):
            more = taken | {name: data}
            if sum(map(len, more.values())) > MOST_FILE_BYTES or len(packed(more)) > MOST_PACKED:
                break
            taken = more
        return taken

    @property
    def large(self) -> list[tuple[str, str, str]]:
        """The others: name, SHA-256 and address. Raises CourseError where they can be fetched from nowhere."""
        size = sum(map(len, self.files.values()))
        if size > MOST_ALTOGETHER:
            raise CourseError(
                f"files/ holds {size / MIB:.0f} MiB; at most {MOST_ALTOGETHER // MIB} MiB can be laid into each "
                "sandbox. Give students a part of the data."
            )
        left = {name: data for name, data in self.files.items() if name not in self.small}
        nowhere = next((name for name in left if not self.source(name)), None)
        if nowhere:
            raise CourseError(
                f"files/{nowhere} is too large to travel inside of the notebook, where {MOST_FILE_BYTES // MIB} MiB "
                "have room. Say in course.toml where notebooks can fetch it: `repository`, or `files` with the web "
                "address of the course's folder."
            )
        return [(name, hashlib.sha256(data).hexdigest(), self.source(name)) for name, data in left.items()]


def set_up(lesson: Ingredients) -> str:
    """The code of the set-up cell. Raises CourseError if it would be too large."""
    sources, files = packed_files(lesson), packed(lesson.small) if lesson.small else ""
    shown = offered(lesson.pictures)[len(NAMES) :]
    cell = _CELL.format(
        count=len(sources),
        example=next(iter(lesson.parts), ""),
        marker=SET_UP,
        packed=base64.b85encode(bz2.compress(json.dumps(sources, ensure_ascii=False).encode())).decode(),
        files=f'{GIVEN_FILES}"{files}"\n' if lesson.files else "",
        given="_files" if lesson.files else "",
        pictures=f"from autograder.assignment.pictures import {', '.join(shown)}\n" if shown else "",
        names=", ".join(lesson.names),
    )
    if len(cell) - len(files) > MOST_BYTES:
        raise CourseError(
            f"The set-up cell would hold {len(cell) - len(files):,} characters, and {MOST_BYTES:,} are allowed. "
            "Shorten what it carries: public checks and what they need, stand_ins.py, hints.toml, pictures."
        )
    return cell


def packed_files(lesson: Ingredients) -> dict[str, str]:
    """All that the set-up cell carries: text by path."""
    public = public_part(lesson.check_source, lesson.checks)
    stand_ins = CheckFile(lesson.stand_ins)
    users = "\n".join([public, *needed_probes(public).values()])
    needed = stand_ins.part(stand_ins.mentioned_by(users))
    probes = needed_probes(public, needed)
    said = "\n".join([public, needed, *probes.values()])
    told = {
        "parts": {stub: list(names) for stub, names in lesson.parts.items()},
        "given": lesson.given,
        "hidden": [(check.stub, check.title, check.points) for check in lesson.checks if check.hidden],
        "pictures": offered(lesson.pictures)[len(NAMES) :],
        "own": lesson.own,
        "address": lesson.address,
        "signatures": dict(lesson.signatures),
        "packages": list(lesson.packages),
        "elsewhere": lesson.large,
        "names": lesson.names,
    }
    carried = {
        **kit(said, lesson.more),
        **{_path(name): _bare(text) for name, text in probes.items()},
        **{f"autograder/assignment/{path}": _bare(source, PUBLIC) for path, source in lesson.pictures.items()},
        "autograder/assignment/stand_ins.py": needed,
        "autograder/assignment/checks.py": _bare(public, TESTS),
        "autograder/assignment/hints.toml": needed_hints(lesson.hints, said),
        "autograder/assignment/lesson.json": json.dumps(told, ensure_ascii=False),
    }
    _refuse_missing({path: text for path, text in carried.items() if path.endswith(".py")})
    return carried


def _refuse_missing(carried: Mapping[str, str]) -> None:
    """Raises CourseError where a module that notebooks carry takes a name from another that does not have it there."""
    bound = {path: {name for one in CheckFile(text).statements for name in one.binds} for path, text in carried.items()}
    for path, text in carried.items():
        for module, name in _taken(text):
            if name not in bound.get(_path(module), ()) and _path(f"{module}.{name}") not in carried:
                raise CourseError(
                    f"The set-up cell would not run: {path} takes {name} from {module}, and notebooks do not carry it "
                    "so. Import each name from the module that defines it, as in "
                    "`from autograder.torchlab.modules import Primer`."
                )


def _taken(source: str) -> Iterator[tuple[str, str]]:
    """Module and name of all that a file imports from the kit."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "autograder":
            yield from ((str(node.module), alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name.rpartition(".")[::2] for alias in node.names if alias.name.startswith("autograder."))


def unpacked(cell: str) -> dict[str, str]:
    """The files that a set-up cell carries, text by path; none if it carries none."""
    found = _PACKED.search(cell)
    files_: dict[str, str] = json.loads(bz2.decompress(base64.b85decode(found[1]))) if found else {}
    return files_


def given_files(cell: str) -> dict[str, bytes]:
    """What a set-up cell lays beside the notebook, of what it carries itself: content by name."""
    found = _GIVEN.search(cell)
    return in_notebook_files.unpacked(found[1]) if found else {}


def readable(cell: str) -> str:
    """The cell with the packed files as they read, code as this Python writes it; any other cell as it is."""
    if _PACKED.search(cell) is None:
        return cell
    texts = "\n".join(
        f"{path}:\n{ast.unparse(ast.parse(text)) if path.endswith('.py') else text}"
        for path, text in unpacked(cell).items()
    )
    laid = "\n".join(f"{name}:\n{data.decode('utf-8', 'replace')}" for name, data in given_files(cell).items())
    return _GIVEN.sub(lambda _: laid, _PACKED.sub(lambda _: texts, cell))


def kit(checks: str = "", more: Iterable[str] = ()) -> dict[str, str]:
    """The kit's run-time files and `more`, as far as they are needed by each other and by `checks`: source by path."""
    room = files("autograder")
    texts = {name: room.joinpath(*_path(name).split("/")).read_text("utf-8") for name in (*FILES, *more)}
    for name in CUT:
        said = "\n".join([checks, *(text for other, text in texts.items() if other not in CUT[CUT.index(name) :])])
        texts[name] = _needed(texts[name], said)
    bare = {_path(name): _bare(text, PUBLIC if name in HELPERS else NONE) for name, text in texts.items()}
    bare[f"checks/{COMMON}"] = _REMARK.sub("", room.joinpath("checks", COMMON).read_text("utf-8"))
    return {f"autograder/{path}": text for path, text in bare.items()}


def _path(module: str) -> str:
    return f"{module.replace('.', '/')}.py"


def _needed(source: str, said: str) -> str:
    file = CheckFile(source)
    return file.part(set(re.findall(r"\w+", said)) & {name for one in file.statements for name in one.binds})


def _bare(source: str, explained: str = NONE) -> str:
    """The code without what only explains it: comments, types, docstrings save those of names that are `explained`, and
    imports that are then of no use."""
    bare = ast.unparse(_Bare(explained).visit(ast.parse(source)))
    file = CheckFile(bare)
    own = [one for one in file.statements if not isinstance(one.node, ast.Import | ast.ImportFrom)]
    return file.part(name for one in own for name in one.binds) if own and all(one.only_binds for one in own) else bare


class _Bare(ast.NodeTransformer):
    """Takes types away that nobody checks in a notebook, save those of a class's fields, and docstrings."""

    def __init__(self, explained: str) -> None:
        self._explained = explained

    def visit(self, node: ast.AST) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            explains = len(node.body) > 1 and ast.get_docstring(node) is not None
            if explains and not re.match(self._explained, getattr(node, "name", "")):
                del node.body[0]
        if isinstance(node, ast.Module | ast.FunctionDef):
            node.body = [_untyped(one) for one in node.body]
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
        return node


def _untyped(node: ast.stmt) -> ast.stmt:
    if not isinstance(node, ast.AnnAssign) or node.value is None:
        return node
    return ast.copy_location(ast.Assign([node.target], node.value), node)


def offered(pictures: Mapping[str, str]) -> tuple[str, ...]:
    """All names that the set-up cell puts into a notebook: the lesson's own, and what `pictures` offers: the public
    functions of pictures.py, or what pictures/__init__.py imports from the files beside it."""
    front = ast.parse(pictures.get("pictures.py", pictures.get("pictures/__init__.py", "")))
    functions = [node.name for node in front.body if isinstance(node, ast.FunctionDef)]
    taken = [one.name for node in front.body if isinstance(node, ast.ImportFrom) and node.level for one in node.names]
    return (*NAMES, *(name for name in (*functions, *taken) if not name.startswith("_")))


def public_part(source: str, checks: Iterable[Check]) -> str:
    """The public checks of a check file and all they need, in file order. Raises CourseError if that is hidden."""
    hidden = {check.name for check in checks if check.hidden}
    return CheckFile(source).part((check.name for check in checks if not check.hidden), never=hidden)


def probes(*users: str) -> dict[str, str]:
    """The modules of torchlab that `users` import, as notebooks carry them: text by full name."""
    return {name: _bare(text) for name, text in lab_modules(*users).items()}


def needed_probes(*users: str) -> dict[str, str]:
    """Of the modules of torchlab what `users` import, and all that this needs: text by full name."""
    asked: dict[str, set[str]] = defaultdict(set)
    found = {}
    for user in users:
        _note_imports(user, asked)
    for name, source in reversed(lab_modules(*users).items()):
        found[name] = CheckFile(source).part(asked[name])
        _note_imports(found[name], asked)
    return found


def _note_imports(source: str, asked: dict[str, set[str]]) -> None:
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            asked[node.module] |= {alias.name for alias in node.names}


def needed_hints(toml: str, source: str) -> str:
    """The rules of a catalogue, and those hints that a rule or `source` names."""
    blocks = _blocks(toml)
    rules = "".join(text for kind, _, text in blocks if kind == "rule")
    named = rules + source
    return "".join(text for kind, name, text in blocks if kind == "rule" or (kind == "hint" and f'"{name}"' in named))


def _blocks(toml: str) -> list[tuple[str, str, str]]:
    """The tables of a TOML text without the remarks between them and what goes without saying: kind, id and text."""
    toml = _REMARK.sub("", toml)
    heads = list(_TABLE.finditer(toml))
    ends = [*(head.start() for head in heads[1:]), len(toml)][: len(heads)]
    return [
        (head["kind"], head["id"] or "", toml[head.start() : end].rstrip() + "\n\n")
        for head, end in zip(heads, ends, strict=True)
    ]
