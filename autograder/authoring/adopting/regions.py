"""Answers between marks, so that what students get in their place is Python: of nbgrader's marks and of otter's."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.authoring.release import BEGIN, END

_MARK = re.compile(r"^\s*#+\s*(BEGIN|END) SOLUTION\b.*$", re.IGNORECASE)
_LINE = re.compile(r"\s*#\s*(SOLUTION(?P<silent>\s+NO PROMPT)?|(?P<seed>SEED))\s*$", re.IGNORECASE)
_PROMPT = re.compile(r"^\s*(\"\"\"|''')\s*;?\s*#\s*(BEGIN|END) PROMPT\s*$", re.IGNORECASE)
_GIVES = re.compile(r"^(?P<target>\s*[^=#()]*[^=!<>#()+\-*/%&|^@])=(?!=)")
_OPEN = "raise NotImplementedError"


@dataclass(frozen=True)
class _Line:
    """One line of a solution cell; `prompt` is shown to students in its place."""

    text: str
    is_answer: bool
    prompt: str = ""


def has_marks(source: str) -> bool:
    """Whether a cell says which of its lines are the answer."""
    return any(_MARK.match(line) or _LINE.search(line) for line in source.split("\n"))


def stub_source(name: str, source: str, prompt: str = "") -> str:
    """The cell of the stub `name`: its answers between our marks, and above them what is shown in their place.

    A cell without marks is an answer as a whole; `prompt` is then what students see. Where a part of a statement is the
    answer, the statement is.
    """
    lines = list(_lines(source))
    if not any(line.is_answer for line in lines):
        first = [_Line("", True, prompt)] if prompt else []
        lines = [*first, *(_Line(line.text, True) for line in lines)]
    return "\n".join([f"# YOUR TURN: {name}", *_marked(_whole(lines))])


def without_marks(source: str) -> str:
    """The cell as a worked answer: neither marks nor prompts."""
    return "\n".join(line.text for line in _lines(source) if line.text or not line.prompt)


def _lines(source: str) -> Iterator[_Line]:
    inside = in_prompt = False
    for text in source.split("\n"):
        if _PROMPT.match(text):
            in_prompt = not in_prompt
        elif in_prompt:
            yield _Line("", True, text)
        elif mark := _MARK.match(text):
            inside = mark[1].upper() == "BEGIN"
        elif found := _LINE.search(text):
            plain = text[: found.start()]
            yield _Line(plain, True, "" if found["silent"] or found["seed"] else _dots(plain))
        else:
            yield _Line(text, inside)


def _dots(text: str) -> str:
    """What students see of an assignment: `name = ...`; nothing of any other line."""
    found = _GIVES.match(text)
    return f"{found['target'].rstrip()} = ..." if found else ""


def _whole(lines: list[_Line]) -> list[_Line]:
    """The same with answers that are whole statements wherever students would get what is no Python."""
    try:
        ast.parse("\n".join(_as_handed_out(lines)))
        return lines
    except SyntaxError:
        pass
    full = [line for line in lines if line.text or not line.prompt]
    try:
        tree = ast.parse("\n".join(line.text for line in full))
    except SyntaxError:
        return [_Line(line.text, True, line.prompt) for line in lines]
    for node in tree.body:
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))]) - 1
        part = full[first : node.end_lineno]
        if any(line.is_answer for line in part) and not all(line.is_answer for line in part):
            kept = [_Line("", True, text) for text in _shown(part)]
            full[first : node.end_lineno] = [_Line(line.text, True) for line in part]
            return _whole([*full[:first], *kept, *full[first:]])
    return [_Line(line.text, True, line.prompt) for line in lines]


def _shown(part: list[_Line]) -> Iterator[str]:
    """What students see of a statement of which a part is the answer: dots where that stood."""
    for answer, run in _runs(part):
        prompts = [line.prompt for line in run if line.prompt]
        yield from (prompts or [f"{_indent(run)}..."]) if answer else (line.text for line in run if line.text)


def _as_handed_out(lines: list[_Line]) -> Iterator[str]:
    """The lines as students get them: one `raise` in place of each run of answers."""
    for answer, run in _runs(lines):
        if answer:
            yield f"{_indent(run)}{_OPEN}"
        else:
            yield from (line.text for line in run)


def _marked(lines: list[_Line]) -> Iterator[str]:
    for answer, run in _runs(lines):
        if not answer:
            yield from (line.text for line in run)
            continue
        indent = _indent(run)
        prompts = [line.prompt for line in run if line.prompt]
        if prompts:
            least = min(len(text) - len(text.lstrip()) for text in prompts)
            yield f"{indent}# TODO: write this, in your own way where dots stand:"
            yield from (f"{indent}# {text[least:].removeprefix('# ')}" for text in prompts)
        yield f"{indent}{BEGIN}"
        yield from (line.text for line in run if line.text or not line.prompt)
        yield f"{indent}{END}"


def _indent(run: list[_Line]) -> str:
    text = next((line.text or line.prompt for line in run if (line.text or line.prompt).strip()), "")
    return text[: len(text) - len(text.lstrip())]


def _runs(lines: list[_Line]) -> Iterator[tuple[bool, list[_Line]]]:
    """Lines that follow each other and are answers, or are not; blank lines between answers belong to them."""
    run: list[_Line] = []
    waiting: list[_Line] = []
    for line in lines:
        if run and run[-1].is_answer and not line.is_answer and not line.text.strip():
            waiting.append(line)
            continue
        if run and line.is_answer == run[-1].is_answer and not (line.is_answer and _is_outside(run, line)):
            run += [_Line(one.text, line.is_answer) for one in waiting] + [line]
        else:
            if run:
                yield run[-1].is_answer, run
            if waiting:
                yield False, waiting
            run = [line]
        waiting = []
    if run:
        yield run[-1].is_answer, run
    if waiting:
        yield False, waiting


def _is_outside(run: list[_Line], line: _Line) -> bool:
    """Whether an answer's line belongs to what stands around the answer before it: then it is another answer."""
    return bool(line.text.strip()) and len(_indent([line])) < len(_indent(run))
