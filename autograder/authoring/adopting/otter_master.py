"""Reading a master of otter-grader: cells between others say what they are, as do comments at the ends of lines."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from autograder.authoring.adopting.look import Look
from autograder.authoring.adopting.master import Given, Item, Master, Stub, TestCell, Text, Words, name_for
from autograder.authoring.adopting.regions import has_marks, stub_source, without_marks
from autograder.checks.names import bound, parsed
from autograder.checks.python_first import python_of

_FENCE = re.compile(r"```\w*\n(?P<inside>.*?)\n?```", re.DOTALL)
_SIGN = re.compile(
    r"\s*(?:#\s*)?(?P<sign>ASSIGNMENT CONFIG|(?:BEGIN|END) (?:ASSIGNMENT|QUESTION|SOLUTION|PROMPT|TESTS))\b"
    r"(?P<rest>.*)",
    re.DOTALL,
)
_TEST = re.compile(r"\s*#+\s*(?P<hidden>HIDDEN)?\s*(?P<test>TESTS?)?\s*#*\s*$", re.IGNORECASE)
_CONFIG = re.compile(r"\s*(\"\"\"|''')\s*#\s*BEGIN TEST CONFIG\n(?P<inside>.*?)\n\s*(\"\"\"|''');?[^\n]*\n?", re.DOTALL)
_QUOTED = re.compile(r"\s*(\"\"\"|''')\s*#?\s*(?P<sign>BEGIN QUESTION)\b(?P<rest>.*?)(\"\"\"|''')", re.DOTALL)
_WORDS = re.compile(r"\s*(?:\*\*|__|<b>|#+ *)?SOLUTION:?(?:\*\*|__|</b>)?:?\s*", re.IGNORECASE)
_IGNORED = re.compile(r"\s*#+\s*IGNORE\b", re.IGNORECASE)
_MACHINERY = re.compile(r"\b(?:import otter|otter\.Notebook|grader\.(?:check|check_all|export|run_plugin))\b")


@dataclass
class _Question:
    """One question while its cells are read."""

    config: Mapping[str, Any]
    cell: int
    block: str = ""
    code: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)
    tests: list[TestCell] = field(default_factory=list)
    own_points: dict[int, float] = field(default_factory=dict)


def is_of_otter(book: Any) -> bool:
    """Whether any cell begins an assignment or a question as otter has them."""
    signs = [_sign(cell)[0] for cell in book.cells]
    return any(sign in ("ASSIGNMENT CONFIG", "BEGIN ASSIGNMENT", "BEGIN QUESTION") for sign in signs)


def read(book: Any) -> Master:
    """The master in `book` (nbformat 4), of otter's first or second way to write it."""
    reader = _Reader({_sign(cell)[0] for cell in book.cells})
    for number, cell in enumerate(book.cells, 1):
        reader.read(number, cell)
    reader.end()
    return reader.master()


class _Reader:
    """Reads one cell after the other. `signs`: all that the notebook has, which tell the way it is written."""

    def __init__(self, signs: set[str]) -> None:
        self.has_ends = "END QUESTION" in signs
        self.items: list[Item] = []
        self.looks: list[Look] = []
        self.notes: list[str] = []
        self.config: Mapping[str, Any] = {}
        self.question: _Question | None = None

    def read(self, number: int, cell: Any) -> None:
        """Takes in the cell of this number."""
        sign, settings, text = _sign(cell)
        if sign in ("ASSIGNMENT CONFIG", "BEGIN ASSIGNMENT"):
            self.config = settings
            self._text(text, cell)
        elif sign == "BEGIN QUESTION":
            self.end()
            self._text(text, cell)
            self.question = _Question(settings, number)
            if cell.cell_type == "code" and text:
                self.question.code.append(text)
        elif sign == "END QUESTION":
            self.end()
        elif sign and self.question:
            kind, block = sign.split(" ")
            self.question.block = block if kind == "BEGIN" else ""
        elif not sign and not _IGNORED.match(cell.source):
            self._plain(number, cell)

    def end(self) -> None:
        """The question that was read is over."""
        question, self.question = self.question, None
        if question is None:
            return
        taken = [one.name for one in self.items if isinstance(one, Stub | Words)]
        name = name_for(str(question.config.get("name", "")), bound(without_marks("\n".join(question.code))), taken)
        is_manual, points = bool(question.config.get("manual")), _total(question.config.get("points"), 1.0)
        if question.code:
            source = "\n\n".join(question.code)
            shown = "\n".join(question.prompts)
            tests = _priced(question)
            by_hand = points if is_manual and not question.words else 0.0
            self.items.append(Stub(name, question.cell, stub_source(name, source, shown), tuple(tests), by_hand))
            name = name_for(f"{name}_words", [], [name, *taken])
        elif question.tests:
            self.looks.append(
                Look(question.cell, 1, "This question has tests but no answer.", "Move its tests to another stub.")
            )
        if question.words or (is_manual and not question.code):
            self.items.append(Words(name, points, "\n".join(question.prompts), "\n".join(question.words)))

    def master(self) -> Master:
        """All that was read."""
        files = [str(one) for one in self.config.get("files") or []]
        if self.config.get("seed") or self.config.get("generate"):
            self.notes.append("Settings of otter for seeds and for its own grading are left out.")
        return Master(str(self.config.get("name") or ""), self.items, files, self.notes, self.looks)

    def _plain(self, number: int, cell: Any) -> None:
        question = self.question
        if question is None:
            self._outside(number, cell)
        elif cell.cell_type == "code" and (question.block == "TESTS" or _is_test(cell)):
            question.tests.append(_test(number, cell, question))
        elif question.block == "PROMPT":
            question.prompts.append(cell.source)
        elif cell.cell_type == "code" and not question.tests and (self.has_ends or not question.code):
            self._answer(number, cell, question)
        elif cell.cell_type == "markdown" and (question.block == "SOLUTION" or _WORDS.match(cell.source)):
            question.words.append(_WORDS.sub("", cell.source, count=1))
        elif self.has_ends or (cell.cell_type == "markdown" and not (question.code or question.tests)):
            self._text(cell.source, cell)
        else:
            self.end()
            self._outside(number, cell)

    def _answer(self, number: int, cell: Any, question: _Question) -> None:
        """Code of a question: its answer, or what is given within it."""
        if question.block == "SOLUTION" or has_marks(cell.source) or not self.has_ends:
            question.code.append(cell.source)
        else:
            self._outside(number, cell)

    def _outside(self, number: int, cell: Any) -> None:
        if cell.cell_type == "markdown":
            self._text(cell.source, cell)
        elif cell.cell_type == "code" and (source := _without_otter(cell.source)):
            self.items.append(Given(number, without_marks(source) if has_marks(source) else source))

    def _text(self, text: str, cell: Any) -> None:
        if text.strip() and cell.cell_type == "markdown":
            self.items.append(Text(text.strip(), cell.get("attachments", {})))


def _without_otter(source: str) -> str:
    """A cell without the statements that call otter's own machinery."""
    lines: list[str | None] = list(source.split("\n"))
    for node in parsed(python_of(source)):
        if _MACHINERY.search(ast.unparse(node)):
            lines[node.lineno - 1 : node.end_lineno] = [None] * ((node.end_lineno or node.lineno) - node.lineno + 1)
    return "\n".join(line for line in lines if line is not None).strip()


def _sign(cell: Any) -> tuple[str, Mapping[str, Any], str]:
    """What a cell says of the cells around it, with its settings, and its text without that; nothing if it is none."""
    source = cell.source
    if cell.cell_type == "markdown":
        for fence in _FENCE.finditer(source):
            if found := _SIGN.match(fence["inside"]):
                return found["sign"], _settings(found["rest"]), source[: fence.start()] + source[fence.end() :]
        return "", {}, source
    if quoted := _QUOTED.match(source):
        return quoted["sign"], _settings(quoted["rest"]), source[quoted.end() :].strip()
    found = _SIGN.match(source)
    if found and (cell.cell_type == "raw" or not _is_code(source)):
        return found["sign"], _settings(found["rest"]), ""
    return "", {}, source


def _is_code(source: str) -> bool:
    """Whether a code cell holds more than comments: then its marks are those of an answer."""
    return any(line.strip() and not line.lstrip().startswith("#") for line in source.split("\n")[1:]) and (
        "# END SOLUTION" in source or "# END PROMPT" in source
    )


def _settings(text: str) -> Mapping[str, Any]:
    """The settings below a sign, written as YAML or as comments that hold it; none where they cannot be read."""
    plain = "\n".join(re.sub(r"^\s{0,3}#\s?", "", line) for line in text.split("\n"))
    try:
        found = yaml.safe_load(plain)
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}


def _is_test(cell: Any) -> bool:
    first = cell.source.lstrip().split("\n", 1)[0]
    found = _TEST.match(first)
    return bool(found and (found["hidden"] or found["test"])) or bool(_CONFIG.match(cell.source))


def _test(number: int, cell: Any, question: _Question) -> TestCell:
    """One test case; its lines keep their numbers."""
    source: str = cell.source
    settings: Mapping[str, Any] = {}
    if config := _CONFIG.match(source):
        settings = _settings(config["inside"])
        source = "\n" * config[0].count("\n") + source[config.end() :]
    lines = source.split("\n")
    at = next((at for at, line in enumerate(lines) if line.strip()), 0)
    sign = _TEST.match(lines[at])
    hidden = bool(settings.get("hidden")) or bool(sign and sign["hidden"])
    if sign and (sign["hidden"] or sign["test"]):
        lines[at] = ""
    lines = ["" if re.search(r"#\s*IGNORE\s*$", line, re.IGNORECASE) else line for line in lines]
    if "points" in settings:
        question.own_points[len(question.tests)] = float(settings["points"])
    return TestCell(
        str(question.config.get("name", "")),
        number,
        "\n".join(lines),
        0.0,
        frozenset(range(1, len(lines) + 1)) if hidden else frozenset(),
        str(settings.get("failure_message") or ""),
        *_outputs(cell),
    )


def _outputs(cell: Any) -> tuple[str, str]:
    """What the last expression of a cell gave when it was run, and what it printed."""
    shown = [one["data"].get("text/plain", "") for one in cell.get("outputs", []) if "data" in one]
    printed = [one["text"] for one in cell.get("outputs", []) if one.get("name") == "stdout"]
    return "".join(shown).strip(), "".join(printed)


def _priced(question: _Question) -> list[TestCell]:
    """The tests with their points: what the question gives beyond tests with a price of their own is shared evenly."""
    own, told = dict(question.own_points), question.config.get("points")
    if isinstance(told, list) and len(told) == len(question.tests):
        own, told = dict(enumerate(map(float, told))), None
    free = [at for at in range(len(question.tests)) if at not in own]
    if isinstance(told, Mapping) and "each" in told:
        share = float(told["each"])
    elif told is None and any(own.values()):
        share = 0.0
    else:
        share = max(_total(told, 1.0) - sum(own.values()), 0.0) / len(free) if free else 0.0
    return [replace(test, points=own.get(at, share)) for at, test in enumerate(question.tests)]


def _total(told: object, usual: float) -> float:
    """The points of a question: a number, or one for each of its tests."""
    if isinstance(told, list):
        return sum(map(float, told))
    return float(told) if isinstance(told, int | float) else usual
