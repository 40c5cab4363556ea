"""The catalogue of mistakes: what to tell a student, and how to read PyTorch's words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import Any, Literal

from autograder.checks.expect import Mismatch
from autograder.core.model import Advice, Failure, Frame

NOTEBOOK = "notebook"
"""The stub of hints that belong to no single stub."""

COMMON = "common.toml"
"""Beside this file: mistakes that are Python's own, in whatever assignment."""


@dataclass(frozen=True)
class Hint:
    """One mistake: `text` says how to mend it, `nudge` only where to look; `costs` is told, not enforced.

    Words in braces, as {name}, are filled with what is known of the student's code. `of`: the wider mistake that this
    is a kind of, under which it is counted.
    """

    id: str
    stub: str
    text: str
    costs: Literal["points", "advice"]
    nudge: str
    of: str = ""

    @property
    def in_general(self) -> str:
        """The text where nobody's code is spoken of."""
        return re.sub(r"\{\w+\}", "…", self.text)


@dataclass(frozen=True)
class Rule:
    """Words of an error message that mean one mistake; what is left empty matches everything.

    `contains`: one of these fragments stands in the message. `matches`, `inputs`: regular expressions for the message
    and for the last torch operation's inputs. `kinds`: names of exception classes. `function`: the last torch
    operation. `frames`: False for an error raised by our call itself, outside of the student's lines.
    """

    hint: str
    contains: tuple[str, ...] = ()
    matches: str = ""
    kinds: tuple[str, ...] = ()
    stubs: tuple[str, ...] = ()
    function: str = ""
    inputs: str = ""
    line: str = ""
    frames: bool | None = None
    facts: Mapping[str, object] = field(default_factory=dict)

    def fits(self, failure: Failure, stub: str, facts: Mapping[str, object]) -> bool:
        """True if every condition of the rule holds."""
        return all(self._answers(failure, stub, facts))

    def _answers(self, failure: Failure, stub: str, facts: Mapping[str, object]) -> Iterator[bool]:
        call = failure.torch_call
        yield not self.stubs or stub in self.stubs
        yield not self.kinds or failure.kind.rpartition(".")[2] in self.kinds
        yield not self.contains or any(words in failure.message for words in self.contains)
        yield re.search(self.matches, failure.message) is not None
        yield not self.function or (call is not None and re.search(self.function, call.function) is not None)
        yield not self.inputs or (call is not None and re.search(self.inputs, "; ".join(call.inputs)) is not None)
        yield not self.line or any(re.search(self.line, frame.text) for frame in failure.frames[-1:])
        yield self.frames is None or self.frames == bool(failure.frames)
        yield all(facts.get(name) == value for name, value in self.facts.items())


class Catalogue(Mapping[str, Hint]):
    """All hints of an assignment by id, and the ordered rules that lead from an error's words to a hint."""

    def __init__(self, hints: Mapping[str, Hint], rules: tuple[Rule, ...]) -> None:
        self._hints = dict(hints)
        self.rules = rules

    @classmethod
    def parse(cls, toml: str) -> Catalogue:
        """Reads `[hint.<id>]` tables and `[[rule]]` entries, and below them what is common to all assignments.

        Raises ValueError with the entry that is wrong.
        """
        own, common = tomllib.loads(toml), tomllib.loads(files(__package__).joinpath(COMMON).read_text("utf-8"))
        tables, usual = common["hint"] | own.get("hint", {}), {"stub": NOTEBOOK, "costs": "points"}
        hints = {name: _entry(Hint, name, {"id": name, **usual, **table}) for name, table in tables.items()}
        rules = tuple(_rule(table) for table in [*own.get("rule", []), *common["rule"]])
        for rule in rules:
            if rule.hint not in hints:
                raise ValueError(f"A rule of the hints names {rule.hint!r}, which is no hint: add [hint.{rule.hint}].")
        return cls(hints, rules)

    def __getitem__(self, hint: str) -> Hint:
        return self._hints[hint]

    def __iter__(self) -> Iterator[str]:
        return iter(self._hints)

    def __len__(self) -> int:
        return len(self._hints)

    def translate(self, failure: Failure, stub: str, facts: Mapping[str, object] | None = None) -> str | None:
        """The hint id that fits an exception of student code while `stub` was checked; None rather than a guess."""
        rule = self._rule(failure, stub, facts)
        return rule.hint if rule else None

    def said(self, failure: Failure, stub: str) -> dict[str, str]:
        """What the rule that fits takes from the message and from the student's line: its named groups."""
        rule = self._rule(failure, stub)
        if rule is None:
            return {}
        lines = [frame.text for frame in failure.frames[-1:]]
        found = [re.search(rule.matches, failure.message), *(re.search(rule.line, line) for line in lines)]
        return {name: text for one in found if one for name, text in one.groupdict().items() if text}

    def _rule(self, failure: Failure, stub: str, facts: Mapping[str, object] | None = None) -> Rule | None:
        return next((rule for rule in self.rules if rule.fits(failure, stub, facts or {})), None)

    def told(self, advice: Iterable[Advice]) -> tuple[Advice, ...]:
        """The same advice with full text: the detail that was seen, then the hint. Ids of no hint are left out."""
        known = [one for one in advice if one.hint in self._hints]
        return tuple(Advice(one.hint, f"{one.message} {self._hints[one.hint].text}".strip()) for one in known)

    def named(self, problem: AssertionError | Failure, stub: str) -> str | None:
        """The id of the hint that a check gave, or that an error's words lead to; None if there is none."""
        if isinstance(problem, Failure):
            return self.translate(problem, stub)
        hint = problem.hint if isinstance(problem, Mismatch) else None
        return hint if hint in self._hints else None

    def filled(self, hint: str | None, words: Mapping[str, str]) -> Hint | None:
        """A hint whose texts speak of the student's own names; None for no hint."""
        if hint is None:
            return None
        plain = self._hints[hint]
        return replace(plain, text=_filled(plain.text, words), nudge=_filled(plain.nudge, words))

    def message(self, problem: AssertionError | Failure, told: Hint | None) -> str:
        """All that the student is told: what was seen first, then how to mend it."""
        if isinstance(problem, Failure):
            return "\n".join([_raised(problem), *([told.text] if told else []), *_details(problem)])
        if not isinstance(problem, Mismatch):
            return str(problem)
        is_sure = problem.sure or (told is not None and told.id != problem.hint)
        advice = [told.text if is_sure else f"Perhaps this helps: {told.text}"] if told else []
        return "\n".join([str(problem), *advice, *(_details(problem.because) if problem.because else ())])

    def explain(self, problem: AssertionError | Failure, stub: str) -> tuple[str | None, str]:
        """The hint id, if one fits, and all that the student is told of a problem by itself."""
        hint = self.named(problem, stub)
        return hint, self.message(problem, self.filled(hint, {}))


def _filled(text: str, words: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: words.get(found[1], found[0]), text)


def _raised(failure: Failure) -> str:
    where = f" in {_place(failure.frames[-1])}, line {failure.frames[-1].line}" if failure.frames else ""
    return f"Your code raised {failure.kind}{where}."


def _place(frame: Frame) -> str:
    """Where a line stands, in the same words while the notebook is worked on and when it is graded."""
    part = re.fullmatch(r"cell(?: \d+)? \((.+)\)", frame.cell)
    return f"the cell of {part[1]}" if part else frame.cell


def _details(failure: Failure) -> Iterator[str]:
    """The student's failing line, the shapes there, and the original message below."""
    if failure.frames and failure.frames[-1].text:
        yield f"The line: {failure.frames[-1].text}"
    if failure.torch_call is not None:
        yield f"The last operation: {failure.torch_call.function}({', '.join(failure.torch_call.inputs)})"
    if failure.message:
        yield f"The message: {failure.message}"


def _rule(table: Mapping[str, Any]) -> Rule:
    lists = {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
    rule: Rule = _entry(Rule, str(table.get("hint", "without a hint")), lists)
    for pattern in (rule.matches, rule.function, rule.inputs, rule.line):
        re.compile(pattern)
    return rule


def _entry(kind: type[Any], name: str, table: Mapping[str, Any]) -> Any:
    try:
        return kind(**table)
    except TypeError as error:
        raise ValueError(f"The entry {name!r} of the hints does not fit: {error}.") from None
