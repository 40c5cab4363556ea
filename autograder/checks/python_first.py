"""What the text of a cell tells before PyTorch has its say: mistakes that are Python's own.

Nothing here decides a mark. Where a check has failed, the text of the student's cells is read, never run, for a cause
that a beginner can mend: each cause is a hint id with the student's own names, which fill the hint's text.
"""

from __future__ import annotations

import ast
import builtins
import difflib
import inspect
import math
import re
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import import_module
from pkgutil import resolve_name
from typing import NamedTuple

from autograder.checks.expect import Mismatch
from autograder.checks.functions import (
    Function,
    body,
    classes_in,
    functions_in,
    gives_something,
    last_print,
    local_names,
    members,
    parameters,
    unused_parameters,
)
from autograder.checks.names import bound, names_bound_by, parsed
from autograder.core.model import Failure, Frame
from autograder.core.packages import PROVIDED

UNREADABLE = (
    ("expected ':'", "a colon `:` is missing at the end of this line"),
    ("was never closed", "a bracket is opened here and never closed"),
    (r"unmatched '[)\]}]'|does not match opening", "there is a closing bracket too many, or of the wrong kind"),
    ("expected an indented block", "the line above ends in a colon, so this line must be indented by four spaces"),
    ("unexpected indent", "it begins with more spaces than the line above: give both the same"),
    ("unindent does not match", "its spaces at the beginning fit no line above: count them"),
    ("inconsistent use of tabs", "tabs and spaces are mixed at its beginning: use spaces only"),
    ("unterminated|EOL while scanning", "a quotation mark is missing at the end of a text"),
    ("forgot a comma", "probably a comma is missing between two values"),
    (r"==' or ':='|cannot assign|Maybe you meant '=='", "one `=` gives a name a value; to compare, write `==`"),
    ("'return' outside function", "this `return` stands outside of its function: indent it by four spaces"),
    ("'(break|continue)' (outside|not properly in) loop", "`break` and `continue` stand inside a loop only: indent it"),
    ("Missing parentheses in call", "`print` needs parentheses: `print(...)`"),
    ("invalid (non-printable )?character", "it holds a character that is no Python, perhaps copied from a web page"),
    ("invalid decimal literal", "a name must not begin with a digit, or a bracket is missing behind a number"),
    ("follows (default|keyword) argument", "arguments with a default or a name come after those without"),
    ("duplicate argument", "two arguments have the same name"),
    ("__future__", "remove it"),
    ("forgot parentheses|expression cannot contain", "brackets are missing around a part of it"),
)
"""What Python says of a line that it cannot read, and what that means."""

LONG_ENOUGH = 3
"""Letters of a name that is too short to be told from others: `net` is no misspelt `next`."""

_USUAL = {
    "np": "import numpy as np",
    "plt": "import matplotlib.pyplot as plt",
    "pd": "import pandas as pd",
    "F": "import torch.nn.functional as F",
    "nn": "from torch import nn",
    "optim": "from torch import optim",
    "tqdm": "from tqdm.auto import tqdm",
}
_MAGIC = re.compile(r"^([ \t]*)(?:%%?[A-Za-z_]|!(?!=)).*$", re.MULTILINE)
_SHELL = re.compile(r"(?:cd|cp|git|ls|mkdir|pip|rm|wget) +[-\w./]")
_INIT = re.compile(r"_*(init|int|inti|ini)_*")
_NAME = re.compile(r"(?:variable|name) '(\w+)'")
_OF_MODULE = re.compile(r"module '([\w.]+)' has no attribute '(\w+)'")
_ATTRIBUTE = re.compile(r"'(\w+)' object has no attribute '(\w+)'")


class Cause(NamedTuple):
    """A hint of the catalogue, and what fills its text; without `sure`, an assignment's own hint knows better."""

    hint: str
    words: Mapping[str, str]
    sure: bool = True


@dataclass(frozen=True)
class Texts:
    """A notebook as it reads.

    `answers`: by stub the text of its cell. `signatures`: by name how the task calls it, "train(model, loader)".
    `given`: the imports that every notebook has. `failed`: the text of each cell that raised, and what it raised.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    signatures: Mapping[str, str] = field(default_factory=dict)
    given: str = ""
    failed: Sequence[tuple[str, Failure]] = ()


@dataclass(frozen=True)
class Problem:
    """One check that failed: what was raised, of which stub, what student code returned last, and all names known."""

    raised: Failure | Mismatch
    stub: str
    returned: tuple[str, str]
    defined: Callable[[], Iterable[str]]
    texts: Texts

    @cached_property
    def failure(self) -> Failure:
        """The exception of student code behind it; an empty one if there is none."""
        known = self.raised if isinstance(self.raised, Failure) else self.raised.because
        return known or Failure("", "")

    @cached_property
    def frame(self) -> Frame:
        """The student's line that raised; an empty one if there is none."""
        return self.failure.frames[-1] if self.failure.frames else Frame("", 0, "")

    @cached_property
    def answer(self) -> str:
        """The text of the cell that raised, else of the stub's own."""
        part = re.search(r"\((\S+)\)$", self.frame.cell)
        stub = part[1] if part else "" if self.frame.cell else self.stub
        return python_of(self.texts.answers.get(stub, ""))

    @cached_property
    def functions(self) -> list[Function]:
        """The answer's functions and methods, outer ones first."""
        return functions_in(self.answer)

    @cached_property
    def promised(self) -> list[Function]:
        """Those of the answer's functions that the task asks for; of two with one name the last, which counts."""
        asked = [one for one in self.functions if one.name in self.texts.signatures and not one.col_offset]
        return list({one.name: one for one in asked}.values())

    @cached_property
    def line(self) -> int:
        """Where the line that raised stands; cells that were split or begin with magics are counted otherwise."""
        lines, text = [line.strip() for line in self.answer.split("\n")], self.frame.text
        known = lines[self.frame.line - 1 : self.frame.line] == [text] or text not in lines
        return self.frame.line if known else lines.index(text) + 1

    @cached_property
    def function(self) -> Function | None:
        """The innermost function around the line that raised."""
        around = [one for one in self.functions if one.lineno <= self.line <= (one.end_lineno or 0)]
        return around[-1] if around else None


def cause(problem: Problem) -> Cause | None:
    """The first of Python's own mistakes that explains a failed check; None if there is none to be seen."""
    return next((found for look in _LOOKS if (found := look(problem)) is not None), None)


def base_words(problem: Problem) -> dict[str, str]:
    """What may be said of any failed check: how the task calls the answer's functions, which package is missing,
    and how many numbers each picture or row has that went into the last operation."""
    here = [problem.texts.signatures[one.name] for one in problem.promised]
    missing = re.search(r"No module named '(\w+)", problem.failure.message)
    called = problem.failure.message.partition("()")[0]
    call = problem.failure.torch_call
    sizes = re.findall(r"\d+(?=[,)])", call.inputs[0]) if call and call.inputs else []
    return {
        "each": str(math.prod(map(int, sizes[1:]))),
        "signature": "`, `".join(here) or problem.texts.signatures.get(called, "as it is given there"),
        "own": ", ".join(map(_call_of, problem.promised)) or "another",
        "package": missing[1] if missing else "that this cell imports",
    }


def signatures(sources: Iterable[str]) -> dict[str, str]:
    """How each function at the top of `sources` is called: its name and arguments, as the task has them."""
    nodes = [node for source in sources for node in parsed(source) if isinstance(node, Function)]
    return {node.name: _call_of(node) for node in nodes}


def python_of(source: str) -> str:
    """A cell's text line by line, without magics and shell lines; the % of a line that goes on is an operator."""
    return source if parsed(source) else _MAGIC.sub(r"\1pass", source)


def lacks(source: str, name: str) -> bool:
    """Whether a cell's text can be read and gives nothing this name, so that it answers another task."""
    text = python_of(source)
    return bool(parsed(text)) and name not in bound(text)


def _call_of(function: Function) -> str:
    return f"{function.name}({', '.join(parameters(function))})"


# --- one look for each mistake, the surest first ----------------------------------------------------------------------


def _unreadable(problem: Problem) -> Cause | None:
    if problem.failure.kind not in ("SyntaxError", "IndentationError", "TabError"):
        return None
    told = (said for pattern, said in UNREADABLE if re.search(pattern, problem.failure.message))
    is_empty = problem.frame.text.partition("#")[0].rstrip().endswith("=")
    reason = "a value is missing behind the `=`" if is_empty else next(told, "")
    if _SHELL.match(problem.frame.text):
        reason = "it is a command, no Python: remove it, or begin the line with `!`"
    at = f"line {problem.frame.line}" if problem.frame.line else "this cell"
    reason = f"{reason}." if reason else "is a bracket, comma or colon missing here or above?"
    return Cause("syntax-error", {"at": at, "reason": reason})


def _raise_left_over(problem: Problem) -> Cause | None:
    """The task's line that raises, beside code that somebody wrote."""
    function, text = problem.function, problem.frame.text
    if function is None or problem.failure.kind != "NotImplementedError" or not text.startswith("raise"):
        return None
    own = [one for one in map(ast.unparse, body(function)) if not one.startswith(("raise", "pass", "super()"))]
    if not own or text not in problem.answer:
        return None
    return Cause("raise-left-over", {"name": function.name, "line": str(problem.line)})


def _still_empty(problem: Problem) -> Cause | None:
    """What the task's line raises in, as handed out, beside lines of somebody's that stand outside of it."""
    if problem.failure.kind != "NotImplementedError" or not problem.frame.text.startswith("raise"):
        return None
    tops = [node for node in parsed(problem.answer) if not isinstance(node, ast.Import | ast.ImportFrom)]
    names = {node.lineno: getattr(node, "name", "") for node in tops}
    inside = next((name for line, name in reversed(names.items()) if line <= problem.line), "")
    beside = {*names.values()} - {inside, *problem.texts.signatures}
    return Cause("still-empty", {"name": inside}) if inside and beside else None


def _fetched_elsewhere(problem: Problem) -> Cause | None:
    """A download that another part's cell begins by itself, before any of its functions is called."""
    cell, message = problem.frame.cell, problem.failure.message
    if not cell or cell.endswith(f"({problem.stub})") or problem.function is not None:
        return None
    return Cause("nothing-can-be-fetched", {}) if re.search("Error downl|Dataset not f|urlopen e", message) else None


def _constructor_misspelt(problem: Problem) -> Cause | None:
    for node in classes_in(problem.answer):
        methods = [one.name for one in node.body if isinstance(one, Function)]
        wrong = [name for name in methods if _INIT.fullmatch(name)]
        if wrong and "__init__" not in wrong:
            return Cause("constructor-misspelt", {"name": wrong[0]})
    return None


def _undefined(problem: Problem) -> Cause | None:
    """A name that nobody defined, with the nearest thing that was probably meant."""
    found = _NAME.search(problem.failure.message)
    if found is None or not problem.frame.cell or problem.failure.kind not in ("NameError", "UnboundLocalError"):
        return None
    name, function = found[1], problem.function
    if function and name in local_names(function):
        return Cause("used-before-value", {"name": name})
    looks = (_of_self, _of_other_method, _of_failed_cell, _of_package, _of_argument, _of_near_names)
    meant = next((cause for look in looks if (cause := look(name, problem)) is not None), None)
    unused = unused_parameters(function) if function else []
    if meant or not function or not unused:
        return meant or Cause("hidden-state", {"name": name}, sure=False)
    return Cause("argument-unused", {"name": name, "argument": unused[0], "function": function.name}, sure=False)


def _of_self(name: str, problem: Problem) -> Cause | None:
    own = {member for node in classes_in(problem.answer) for member in members(node)}
    rest = name.removeprefix("self").lstrip("_")
    if name == "self":
        return Cause("self-not-an-argument", {})
    if rest in own and not (problem.function and problem.function.name == rest):
        hint = "self-missing" if rest == name else "self-without-dot"
        return Cause(hint, {"name": name, "meant": f"self.{rest}"})
    return None


def _of_other_method(name: str, problem: Problem) -> Cause | None:
    """A name that another method of the same class keeps to itself."""
    here = problem.function.lineno if problem.function else 0
    for node in classes_in(problem.answer):
        methods = {one.lineno: one for one in node.body if isinstance(one, Function)}
        for method in methods.values() if here in methods else ():
            if name in {one for line in method.body for one in names_bound_by(line)}:
                return Cause("local-of-method", {"name": name, "method": method.name, "meant": f"self.{name}"})
    return None


def _of_argument(name: str, problem: Problem) -> Cause | None:
    """An argument's name that stands alone, where it should get a value."""
    calls = [node for top in parsed(problem.answer) for node in ast.walk(top) if isinstance(node, ast.Call)]
    for call in calls:
        if name in map(ast.unparse, call.args) and name in _arguments_of(ast.unparse(call.func), problem.texts.given):
            return Cause("argument-without-value", {"name": name, "function": ast.unparse(call.func)})
    return None


def _arguments_of(function: str, given: str) -> Collection[str]:
    """The names of the arguments of a function or class that the imports `given` bring along."""
    head, _, rest = function.partition(".")
    imports = [node for node in parsed(given) if isinstance(node, ast.ImportFrom)]
    for path in (
        f"{node.module}.{one.name}" for node in imports for one in node.names if head == (one.asname or one.name)
    ):
        if path.partition(".")[0] in PROVIDED:
            try:
                return inspect.signature(resolve_name(".".join(filter(None, (path, rest))))).parameters
            except (ImportError, AttributeError, TypeError, ValueError):
                return ()
    return ()


def _of_failed_cell(name: str, problem: Problem) -> Cause | None:
    for text, failure in reversed(problem.texts.failed):
        if name in bound(python_of(text)):
            line = f" at `{failure.frames[-1].text}`" if failure.frames else ""
            package = base_words(replace(problem, raised=failure))["package"]
            is_package = failure.kind == "ModuleNotFoundError"
            words = {"name": name, "raised": f"{failure.kind}: {failure.message}", "line": line, "package": package}
            return Cause("package-of-name-missing" if is_package else "defining-cell-failed", words)
    return None


def _of_package(name: str, problem: Problem) -> Cause | None:
    """Where a name comes from: a module that every notebook has, or one that is to be imported first."""
    if not re.search(rf"\b{name}\s*[.(]", problem.frame.text):
        return None
    is_stdlib = name in sys.stdlib_module_names and f"{name}." in problem.frame.text
    if line := _USUAL.get(name) or (f"import {name}" if is_stdlib else ""):
        return Cause("import-missing", {"name": name, "meant": line})
    for node in parsed(problem.texts.given):
        for alias in node.names if isinstance(node, ast.Import | ast.ImportFrom) else ():
            path = f"{node.module}.{alias.name}" if isinstance(node, ast.ImportFrom) else alias.name
            for inner in ("", ".optim"):
                if _has(path + inner, name):
                    return Cause(
                        "module-missing", {"name": name, "meant": f"{alias.asname or alias.name}{inner}.{name}"}
                    )
    return None


def _has(path: str, name: str) -> bool:
    try:
        return path.partition(".")[0] in PROVIDED and hasattr(import_module(path), name)
    except ImportError:
        return False


def _of_near_names(name: str, problem: Problem) -> Cause | None:
    """A name that is alike but for a letter or two, or for the case of its letters."""
    inside = local_names(problem.function) if problem.function else []
    usual = [one for one in dir(builtins) if len(name) > LONG_ENOUGH < len(one)]
    known = [*inside, *bound(problem.answer), *problem.defined(), *usual]
    near = _nearest(name, known)
    return Cause("name-misspelt", {"name": name, "meant": near}) if near else None


def _nearest(name: str, known: Iterable[str]) -> str | None:
    others = [one for one in dict.fromkeys(known) if one != name and not one.startswith("_")]
    same = [one for one in others if one.lower() == name.lower()]
    return next(iter([*same, *difflib.get_close_matches(name, others, n=1, cutoff=0.77)]), None)


def _attribute_misspelt(problem: Problem) -> Cause | None:
    """A name behind a dot that is not there, where one that is there is alike."""
    if problem.failure.kind != "AttributeError" or not problem.frame.cell:
        return None
    found = _OF_MODULE.search(problem.failure.message) or _ATTRIBUTE.search(problem.failure.message)
    near = _nearest(found[2], _attributes_of(found[1], problem)) if found else None
    if found is None or near is None:
        return None
    return Cause("attribute-misspelt", {"name": found[2], "meant": near}, sure=found[2].lower() == near.lower())


_HOMES = ("torch", "torch.nn", "torch.optim", "torch.utils.data")
"""Modules whose classes a message may name, looked at if they are imported."""


def _attributes_of(owner: str, problem: Problem) -> list[str]:
    """What stands behind the dot of a module, of a class of PyTorch's, or of a class that the student wrote."""
    classes = [node for text in problem.texts.answers.values() for node in classes_in(python_of(text))]
    homes = (*filter(None, map(sys.modules.get, _HOMES)), builtins)
    known = [sys.modules.get(owner), *(getattr(home, owner, None) for home in homes)]
    own = [name for node in classes if node.name == owner for name in members(node)]
    return own + [name for one in known if one is not None for name in dir(one)]


def _own_layer(problem: Problem) -> Cause | None:
    """An attribute of the student's own class, asked of a model that is not the student's."""
    found = _ATTRIBUTE.search(problem.failure.message)
    if found is None or problem.function is None:
        return None
    for owner in (node for text in problem.texts.answers.values() for node in classes_in(python_of(text))):
        if owner.name != found[1] and found[2] in members(owner):
            words = {"attribute": found[2], "name": owner.name, "function": problem.function.name}
            return Cause("own-layer", words)
    return None


def _arguments_changed(problem: Problem) -> Cause | None:
    """Arguments in another order than the task has them, or others altogether."""
    if problem.frame.cell and problem.function is None:
        return None  # the cell itself failed, before anybody called
    for function in problem.promised:
        signature, own = problem.texts.signatures[function.name], parameters(function)
        wanted = re.findall(r"\w+", signature)[1:]
        too_few = len(own) < len(wanted) and not function.args.vararg
        too_many = len(own) - len(function.args.defaults) > len(wanted)
        if too_few or too_many or _is_moved(own, wanted) or _is_foreign(problem, function, wanted):
            return Cause("signature-changed", {"signature": signature, "own": _call_of(function)})
    return None


def _is_moved(own: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether an argument stands where the task has another one of that name."""
    for name, task in zip(own, wanted, strict=False):
        alike = [other for other in wanted if other in name.split("_")]
        if alike and task not in alike:
            return True
    return False


def _is_foreign(problem: Problem, function: Function, wanted: Sequence[str]) -> bool:
    """Whether a function takes its arguments for something else: asks one for what the task's does not have."""
    message, text = problem.failure.message, problem.frame.text
    if message.startswith(f"{function.name}() got an unexpected keyword"):
        return True
    asked = "has no attribute" in message or "unsupported operand" in message
    others = [name for name, task in zip(parameters(function), wanted, strict=False) if name != task]
    return asked and problem.function is function and any(re.search(rf"\b{name}\b", text) for name in others)


def _nothing_returned(problem: Problem) -> Cause | None:
    """None, from a function in which no `return` gives anything back."""
    said = problem.failure.message or str(getattr(problem.raised, "got", ""))
    if problem.returned[1] != "NoneType" and not re.search(r"\bNone(Type)?\b", said):
        return None
    for function in [*problem.promised, *(one for one in problem.functions if one.name == "forward")]:
        if not gives_something(function):
            printed = last_print(function)
            words = {"name": function.name, "line": str(printed.lineno if printed else "")}
            return Cause("prints-instead" if printed else "returns-nothing", words)
    return None


def _argument_overwritten(problem: Problem) -> Cause | None:
    """An argument that gets a value which has nothing to do with what was given."""
    for function in problem.promised:
        for node in function.body:
            if isinstance(node, ast.Assign):
                taken = {one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)}
                for name in {*parameters(function)} & {*names_bound_by(node)} - taken:
                    words = {"name": name, "function": function.name, "line": str(node.lineno)}
                    return Cause("argument-overwritten", words, sure=False)
    return None


_LOOKS = (
    _unreadable,
    _raise_left_over,
    _still_empty,
    _fetched_elsewhere,
    _constructor_misspelt,
    _undefined,
    _own_layer,
    _attribute_misspelt,
    _arguments_changed,
    _nothing_returned,
    _argument_overwritten,
)
