"""The one judge: what a check raised becomes an outcome, a hint and a message, when graded and in the notebook alike.

"We could not judge" is never "the student failed": what is ours to mend ends as an error, which costs nobody points.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from autograder.checks import expect, python_first, stumbles
from autograder.checks.expect import Mismatch
from autograder.checks.functions import classes_in, defined_in
from autograder.checks.hints import Catalogue, Hint
from autograder.checks.python_first import Cause, Problem, Texts, lacks, python_of
from autograder.checks.stumbles import Answer
from autograder.core.errors import AutograderError, StudentError
from autograder.core.model import Check, Failure, Outcome

OPEN = "not-attempted"
"""The hint of a part that nobody has begun."""
KIND = "another-kind"
"""The hint of a value that a check could not work with."""
ALIKE = 0.8
"""From which likeness on one name is taken for another: `acuracy` for `accuracy`, not `make_data` for `make_loader`."""
BROKE = "This check itself broke; that is not your fault."
_SHOWS = re.compile("plot|show|print|draw|display")
"""How names of functions begin that are for looking on, and answer no task."""
_MISSING = re.compile(r"name '(\w+)' is not defined")
STOPPED = "This check was stopped before it was done, so nothing is known of it. Run it again."


class Verdict(NamedTuple):
    """How a check ended, which known mistake it showed if one did, all that is told of it, and the hint in it.

    `number` is the number that decided, in a sentence; `place` the line of the check that stumbled over a value of the
    student's, if one did.
    """

    outcome: Outcome
    hint: str | None = None
    message: str = ""
    told: Hint | None = None
    number: str = ""
    place: str = ""


def _nothing_unrun(name: str) -> str:
    """Where whole notebooks are run, no cell was left out."""
    return ""


@dataclass(frozen=True)
class Context:
    """What is known of the notebook beside the exception.

    `failed` says by stub what its cell raised when it last ran, `answered` which stubs have a cell; `values` which type
    of plain value a name holds; `returned` what a check last had from student code: whose answer, and of which type;
    `defined` gives the names that there are. `unrun` has a sentence where the cell that defines a name was not run yet,
    which only happens while the notebook is worked on; `texts` are the notebook's cells as they read; `given` is what
    student code gave lately, `folder` where the check file lies.
    """

    failed: Mapping[str, Failure] = field(default_factory=dict)
    answered: Collection[str] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    returned: tuple[str, str] = ("", "")
    defined: Callable[[], Iterable[str]] = tuple
    unrun: Callable[[str], str] = _nothing_unrun
    texts: Texts = field(default_factory=Texts)
    given: Iterable[Answer] = ()
    folder: str = ""


def verdict(raised: BaseException | None, check: Check, catalogue: Catalogue, context: Context) -> Verdict:
    """How `check` ended that raised `raised`, or returned (None)."""
    match raised:
        case None:
            return Verdict(Outcome.PASSED)
        case StudentError():
            return _of_failure(raised.failure, check, catalogue, context)
        case Mismatch():
            return _explained(raised, check, catalogue, context)
        case AssertionError():
            return Verdict(Outcome.FAILED, None, _said(raised) or _in_words(raised, check, context))
        case KeyboardInterrupt():
            return Verdict(Outcome.ERROR, None, STOPPED)
        case AutograderError():
            return Verdict(Outcome.ERROR, None, str(raised))
        case _:
            return _of_stumble(raised, check, catalogue, context)


def _said(raised: AssertionError) -> str:
    """The author's own words in an `assert`; what pytest may have made of its expression is for nobody."""
    first = str(raised).strip().split("\n")[0]
    return "" if first.startswith("assert ") else first


def _in_words(raised: AssertionError, check: Check, context: Context) -> str:
    """What a bare `assert` leaves unsaid: the check's title, and the value of the student's that it looked at."""
    found = stumbles.culprit(raised, stumbles.place(raised, context.folder), context.given)
    title = f"This does not hold yet: {check.title}"
    return f"{title}. Here `{found[0]}` gave {expect.described(found[1])}." if found else title


def _of_failure(failure: Failure, check: Check, catalogue: Catalogue, context: Context) -> Verdict:
    """Student code raised, or a name that the check asked for is not there."""
    missing = _MISSING.fullmatch(failure.message) if failure.kind == "NameError" and not failure.frames else None
    if missing:
        if sentence := context.unrun(missing[1]):
            return Verdict(Outcome.NOT_ATTEMPTED, OPEN, sentence)
        cell = _failed_cell(check.stub, context)
        if cell is None or _is_unwritten(missing[1], check.stub, context):
            return _no_such_name(missing[1], check, catalogue, context)
        failure = cell
    if _is_open(failure, check, catalogue, context):
        return Verdict(Outcome.NOT_ATTEMPTED, OPEN)
    return _explained(failure, check, catalogue, context)


def _explained(
    raised: Failure | Mismatch, check: Check, catalogue: Catalogue, context: Context, named: Cause | None = None
) -> Verdict:
    """A failed check, told by the surest cause: Python's own mistakes come before what PyTorch or a check says."""
    problem = _problem(raised, check, context)
    own = catalogue.named(raised, check.stub)
    cause = named or python_first.cause(problem)
    if cause and (cause.sure or own is None):
        told = catalogue.filled(cause.hint, cause.words)
    else:
        words = python_first.base_words(problem) | catalogue.said(problem.failure, check.stub)
        told = catalogue.filled(own, words)
    known = catalogue[own] if own else told
    hint = known.of or known.id if known else None
    number = raised.number if isinstance(raised, Mismatch) else ""
    return Verdict(Outcome.FAILED, hint, catalogue.message(raised, told), told, number)


def _problem(raised: Failure | Mismatch, check: Check, context: Context) -> Problem:
    return Problem(raised, check.stub, context.returned, context.defined, context.texts)


def _failed_cell(stub: str, context: Context) -> Failure | None:
    """How the cell ended that answers a stub, if badly; of a stub without a cell of its own, any that did."""
    if stub in context.failed or stub in context.answered:
        return context.failed.get(stub)
    return next(iter(context.failed.values()), None)


def _is_unwritten(name: str, stub: str, context: Context) -> bool:
    """Whether the cell of a stub, or every cell where it has none of its own, has no such name, however it ended."""
    answers = context.texts.answers
    texts = [answers[stub]] if stub in answers else list(answers.values())
    return bool(texts) and all(lacks(text, name) for text in texts)


def _no_such_name(name: str, check: Check, catalogue: Catalogue, context: Context) -> Verdict:
    """A name of the task that no cell defines: what this stub's cell defines instead, if that is plain."""
    answers, signatures = context.texts.answers, context.texts.signatures
    kin = _of_its_kind(name, answers.get(check.stub, ""))
    others = [one for one in kin if one not in signatures]
    elsewhere = {*signatures} - {name}
    meant = [one for one in others if not _SHOWS.match(one) and not any(f"_{known}" in one for known in elsewhere)]
    near = difflib.get_close_matches(name, meant, n=1, cutoff=ALIKE)
    instead = next(iter(near or meant), "") if near or len(others) == 1 else ""
    got = f"no such name, but `{instead}`" if instead else "no such name"
    how = "use the name that the task gives" if others else "write your lines inside of it"
    where = "Your notebook" if answers and check.stub not in answers else "This cell"
    instead = instead and f", not `{instead}`"
    cause = Cause("name-missing", {"where": where, "name": name, "instead": instead, "how": how})
    mismatch = Mismatch(f"`{name}` in your notebook", got, "the name that the task gives")
    return _explained(mismatch, check, catalogue, context, cause)


def _of_its_kind(name: str, source: str) -> list[str]:
    """What a cell defines that could be meant for `name`: its classes for a class; else all, if functions are there."""
    text = python_of(source)
    classes, every = [node.name for node in classes_in(text)], defined_in(text)
    return classes if name[:1].isupper() else every if every != classes else []


def _of_stumble(raised: BaseException, check: Check, catalogue: Catalogue, context: Context) -> Verdict:
    """The check itself stumbled: over what student code is or gave, or by a mistake of its author."""
    place, words = stumbles.place(raised, context.folder), f"{type(raised).__name__}: {raised}"
    found = stumbles.culprit(raised, place, context.given)
    mismatch = _no_function(raised, context) or _nothing_returned(raised, context)
    if mismatch is None:
        if found is None:
            return Verdict(Outcome.ERROR, None, f"{BROKE} {words}{f' ({place})' if place else ''}")
        words = words.replace("'Handle'", repr(expect.type_name(found[1])))
        wanted = f"a value that can be used as the task says (Python says {words})"
        mismatch = Mismatch(f"what `{found[0]}` gives", expect.described(found[1]), wanted, KIND)
    return _explained(mismatch, check, catalogue, context)._replace(place=f"{words} ({place})")


def _is_open(failure: Failure, check: Check, catalogue: Catalogue, context: Context) -> bool:
    """True where a line of the student's says "not yet"; not for PyTorch's own, as of a module without `forward`."""
    if failure.kind != "NotImplementedError":
        return False
    if failure.frames:
        is_alone = python_first.cause(_problem(failure, check, context)) is None
        return is_alone and failure.frames[-1].text.startswith("raise")
    return catalogue.translate(failure, check.stub) in (None, OPEN)


def _no_function(raised: BaseException, context: Context) -> Mismatch | None:
    """The name that a check called and that the notebook bound to a value, such as a number, if that is why."""
    named = ((name, kind) for name, kind in context.values.items() if str(raised) == f"'{kind}' object is not callable")
    name, kind = next(named, ("", "")) if isinstance(raised, TypeError) else ("", "")
    wanted = "the function or class that the notebook asks for"
    return Mismatch(f"what `{name}` is in your notebook", f"a value of type {kind}", wanted) if name else None


def _nothing_returned(raised: BaseException, context: Context) -> Mismatch | None:
    """A check that went on with None, where student code had just returned None."""
    asked, kind = context.returned
    if kind != "NoneType" or kind not in str(raised) or not isinstance(raised, TypeError | AttributeError):
        return None
    return Mismatch(f"what `{asked}` returned", "None, which is nothing", "a value: end it with `return`", "no-return")
