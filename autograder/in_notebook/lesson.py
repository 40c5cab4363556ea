"""The checks, hints and overviews of a notebook, for the student who works in it.

The build embeds this file and all it needs into the release's set-up cell. Hidden checks are known here by title and
points alone.
"""

from __future__ import annotations

import builtins
import linecache
import os
import re
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.error import URLError

from autograder.checks import expect
from autograder.checks.expect import MARKER
from autograder.checks.hints import Catalogue, Hint
from autograder.checks.names import imported
from autograder.checks.points import Experiments, checks_of
from autograder.checks.python_first import Texts, lacks
from autograder.checks.verdict import STOPPED, Context, verdict
from autograder.core.errors import StudentError
from autograder.core.model import Check, CheckResult, Outcome
from autograder.core.packages import is_known
from autograder.in_notebook import card
from autograder.in_notebook.card import Card, Line
from autograder.in_notebook.cells import SET_UP, Borrowed, Cells, borrowed, cells_of, is_demo, marks, run_afresh
from autograder.in_notebook.ladder import rungs
from autograder.in_notebook.namespace import Missing, Names, desk, heard_of
from autograder.in_notebook.patience import patient
from autograder.in_notebook.runs import Runs

TODO = "This part is still a TODO: write it, then delete this line."
"""What an untouched stub raises, as a NotImplementedError."""

NAMES = ("check", "hint", "progress", "ready_to_submit", "show_source", "guess", "guessed")
"""What the set-up cell puts into the notebook."""

GUESSES = ("guess", "guessed")
"""Of these what only an assignment needs that asks for guesses."""

SEED = 1
ELSEWHERE = "Probably for the same reason as above."
"""Said of a check that failed with the hint of the first one of its part: one cause is told once."""
_DEMO_NEEDS = re.compile(r"#\s*demo\b(?:\s*:\s*needs\s+(?P<stubs>[\w\s,]*))?")
_MARK = {
    Outcome.PASSED: card.PASSED,
    Outcome.FAILED: card.FAILED,
    Outcome.NOT_ATTEMPTED: card.OPEN,
    Outcome.ERROR: card.OPEN,
}
_NO_DATA = (
    "The data could not be fetched, since this computer does not reach the internet just now: check the connection and "
    "run this cell again. (It has to work only once; after that the data lie beside the notebook.)"
)


class Lesson:
    """One notebook's checks.

    `parts`: the names that each stub defines; `given`: the imports every notebook has; `hidden`: (stub, title, points)
    of checks that run only when graded; `checks`, `stand_ins`: namespaces; `pictures`: names that the set-up cell
    offers besides the lesson's own; `signatures`: how the task calls each function;
    `packages`: what may be imported beside what every assignment has; `shell`: the IPython shell whose
    names are looked at, by default the running one.
    """

    def __init__(
        self,
        parts: Mapping[str, Sequence[str]],
        given: str,
        hidden: Iterable[tuple[str, str, float]],
        checks: Mapping[str, object],
        stand_ins: Mapping[str, object],
        hints: str,
        shell: Any = None,
        pictures: Sequence[str] = (),
        signatures: Mapping[str, str] | None = None,
        packages: Sequence[str] = (),
    ) -> None:
        self._parts, self._given, self._offered = dict(parts), given, (*NAMES, *pictures)
        self._hidden = tuple(Check("", stub, points, title, hidden=True) for stub, title, points in hidden)
        self._checks, self._stand_ins = checks, stand_ins
        self._public = tuple(checks_of(checks))
        self._catalogue = Catalogue.parse(hints)
        self._signatures, self._packages = signatures or {}, packages
        self._told: dict[str, Hint] = {}
        self._steps: dict[str, tuple[str, ...]] = {}
        self._known: dict[str, tuple[tuple[object, ...], tuple[CheckResult, ...]]] = {}
        self._runs, self._folder = Runs(self._parts), Path.cwd()
        self._shell = shell if shell is not None else _shell()
        if self._shell is not None:
            self._attach(self._shell)
            self._runs.listen(self._shell)

    def steps(self, stub: str, *texts: str) -> None:
        """Keeps the hints of a stub, from a nudge to nearly everything."""
        self._steps[stub] = texts

    def check(self, stub: str) -> float | None:
        """Shows what of one part works. Where nbgrader runs it, returns the points of passed visible checks."""
        if not self._knows(stub):
            return None
        results = self._run(stub)
        if reason := os.environ.get("NBGRADER_EXECUTION"):
            # What is less than the points of all checks, hidden ones too, is called a failure by `nbgrader validate`.
            done = reason == "validate" and all(result.points == result.check.points for result in results)
            return None if done else float(sum(result.points for result in results))
        card.show(self._card(stub, results))
        return None

    def hint(self, stub: str, level: int = 1) -> None:
        """Shows what may help with one part: level 1 is a nudge, higher levels tell more."""
        if not self._knows(stub):
            return
        texts = self._help(stub)
        if not texts:
            card.show(Card(f"{stub}: all visible checks pass. There is nothing to mend."))
            return
        level = min(max(int(level), 1), len(texts))
        more = (f'Still stuck? hint("{stub}", {level + 1}) tells more.',) if level < len(texts) else ()
        card.show(Card(f"Hint {level} of {len(texts)} for {stub}", notes=(texts[level - 1], *more)))

    def progress(self) -> None:
        """Shows all parts and the points that can still be earned."""
        lines = [self._overview(stub) for stub in self._stubs]
        earned = sum(result.points for stub in self._stubs for result in self._results(stub))
        visible, later = _total(self._public), _total(self._hidden)
        still = f"{visible - earned:g} of them can still be earned" if earned < visible else "All of them are yours"
        notes = (f"{still}; {later:g} more are given when your work is graded.",)
        card.show(Card("Your progress", f"{earned:g} of {visible:g} visible points", tuple(lines), notes))

    def ready_to_submit(self) -> None:
        """Runs the parts afresh, without what memory still holds, and says what would surprise you when graded."""
        if self._shell is None:
            print("ready_to_submit() looks at the cells of a notebook: open this file in Jupyter or Colab.")
            return
        cells = cells_of(self._shell)
        found = {stub: cells.answers(stub, names) for stub, names in self._parts.items()}
        parts = [copies[-1] for copies in found.values() if copies]
        extra = borrowed(parts, cells, self._given, self._offered)
        namespace, raised = run_afresh([self._given, extra.code, *parts])
        lines = [self._readiness(stub, copies, cells.live, namespace, raised) for stub, copies in found.items()]
        ready = all(line.mark == card.PASSED for line in lines) and not extra.from_demo and not extra.from_nowhere
        unknown = _foreign_imports(cells, self._packages)
        verdict = "ready to hand in" if ready and not unknown and not cells.open_answers else "not yet"
        notes = [
            *unknown,
            *_unseen_answers(cells),
            *_remarks(extra, cells.live, ready and not unknown and not cells.open_answers),
        ]
        card.show(Card("Before you hand in", verdict, (*lines, *_answers_in_words(cells)), tuple(notes)))

    @property
    def _stubs(self) -> list[str]:
        return list(dict.fromkeys([*self._parts, *(check.stub for check in (*self._public, *self._hidden))]))

    @property
    def _namespace(self) -> Mapping[str, object]:
        if self._shell is not None:
            names: Mapping[str, object] = self._shell.user_ns
            return names
        import __main__

        return vars(__main__)

    def _knows(self, stub: str) -> bool:
        if stub not in self._stubs:
            print(f"There is no part called {stub!r}. There are: {', '.join(self._stubs)}.")
        return stub in self._stubs

    def _run(
        self, stub: str, namespace: Mapping[str, object] | None = None, cells: Mapping[str, str] | None = None
    ) -> tuple[CheckResult, ...]:
        """Results of a stub's visible checks on the notebook's names, or on those of a namespace that `cells` made."""
        names = self._namespace if namespace is None else namespace
        answers = self._runs.answers() if cells is None else cells
        student = Names(names)
        with desk(names) as sandbox:
            given = {"student": student, "stand_ins": Names(self._stand_ins), "sandbox": sandbox, "seed": SEED}
            given["files"] = self._folder
            experiments = Experiments(self._checks, **given)
            checks = [check for check in self._public if check.stub == stub]
            context = partial(self._context, student, answers)
            results = tuple(self._judged(checks, experiments, context))
        if namespace is None:
            self._known[stub] = (self._objects(stub), results)
        return results

    def _results(self, stub: str) -> tuple[CheckResult, ...]:
        """The newest results of a stub; its checks run again only if one of its names has changed since."""
        then, results = self._known.get(stub, ((), ()))
        now = self._objects(stub)
        same = len(then) == len(now) and all(old is new for old, new in zip(then, now, strict=True))
        return results if same and stub in self._known else self._run(stub)

    def _objects(self, stub: str) -> tuple[object, ...]:
        every = [name for names in self._parts.values() for name in names]
        return tuple(self._namespace.get(name) for name in self._parts.get(stub, every))

    def _judged(
        self, checks: Sequence[Check], experiments: Experiments, context: Callable[[], Context]
    ) -> Iterator[CheckResult]:
        """Each check's result; after one that was stopped, or that took too long, the others are not begun."""
        stopped = None
        for check in checks:
            result = self._result(check, experiments, context) if stopped is None else stopped
            yield replace(result, check=check)
            if result.message == STOPPED or "TimeoutError" in result.message:
                stopped = replace(result, message="")

    def _result(self, check: Check, experiments: Experiments, context: Callable[[], Context]) -> CheckResult:
        with expect.collecting() as advice:
            raised = self._raised(check, experiments)
        ended = verdict(raised, check, self._catalogue, context())
        if ended.told is not None:
            self._told[ended.message] = ended.told
        return CheckResult(check, ended.outcome, ended.hint, ended.message, self._catalogue.told(advice))

    def _raised(self, check: Check, experiments: Experiments) -> BaseException | None:
        """What a check raises; of a cell whose last run failed and defined nothing new, what the cell raised."""
        function: Any = self._checks[check.name]
        if self._runs.stale(check.stub):
            answer = self._runs.answers().get(check.stub, "")
            unwritten = [name for name in self._parts[check.stub] if lacks(answer, name)]
            return Missing(unwritten[0]) if unwritten else StudentError(self._runs.failed[check.stub])
        try:
            with patient(check.seconds):
                experiments.run(function)
        except (Exception, KeyboardInterrupt) as error:
            return error
        return None

    def _context(self, student: Names, answers: Mapping[str, str]) -> Context:
        texts = Texts(answers, self._signatures, self._given, self._runs.broken)
        heard, folder = heard_of(student), str(Path(str(self._checks.get("__file__", ""))).parent)
        return Context(
            self._runs.failed,
            self._parts,
            heard.values,
            heard.returned,
            lambda: self._own_names,
            self._unrun,
            texts,
            heard.answers,
            folder,
        )

    @property
    def _own_names(self) -> list[str]:
        """The notebook's names that may be meant for one of the task's."""
        return [name for name in self._namespace if not name.startswith("_") and name not in self._offered]

    def _unrun(self, name: str) -> str:
        """A sentence where the cell that defines a name was not run yet."""
        owner = next((stub for stub, names in self._parts.items() if name in names), "")
        if not owner:
            return f"Run the cells above first: {name} is not there yet."
        sources = self._shell.history_manager.input_hist_raw if self._shell is not None else ()
        if any(marks(source, owner) for source in sources):
            return ""
        begins = f"{MARKER} {owner}"
        return f"Run the cell that begins with {begins} first, then this one again. Is that line gone? Write it back."

    def _card(self, stub: str, results: Sequence[CheckResult]) -> Card:
        broken = next((result for result in results if result.outcome is not Outcome.PASSED), None)
        lines = [_line(result, broken, self._told.get(result.message)) for result in results]
        lines += [Line(card.LATER, check.title, f"{check.points:g} when graded") for check in self._later(stub)]
        told = dict.fromkeys(advice.message for result in results for advice in result.advice)
        lines += [Line(card.TOLD, f"Advice, costs nothing: {message}") for message in told]
        earned, all_points = sum(result.points for result in results), _total(self._of(stub))
        return Card(
            stub, f"{earned:g} of {all_points:g} points so far", tuple(lines), tuple(self._notes(stub, results))
        )

    def _notes(self, stub: str, results: Sequence[CheckResult]) -> Iterable[str]:
        outcomes = {result.outcome for result in results}
        if not results:
            yield "There is nothing to see here yet: this part is looked at when your work is graded."
        elif outcomes == {Outcome.NOT_ATTEMPTED}:
            yield f'Not attempted yet. For a nudge: hint("{stub}")'
        elif Outcome.FAILED in outcomes:
            yield f'For more help: hint("{stub}")'
        elif outcomes == {Outcome.PASSED}:
            yield "Well done: every visible check passes."

    def _help(self, stub: str) -> tuple[str, ...]:
        """The hints of a stub as it stands: of its first mistake, if that is a known one; none if it is right."""
        results = self._results(stub)
        failed = [result for result in results if result.outcome is Outcome.FAILED]
        if results and all(result.outcome is Outcome.PASSED for result in results):
            return ()
        steps = self._steps.get(stub, ())
        known = failed[0] if failed else None
        if known is not None and known.hint:
            told = self._told.get(known.message) or self._catalogue[str(known.hint)]
            answer = self._runs.answers().get(stub, "")
            return rungs(told.nudge, told.text, known.message, answer, steps)
        return steps or ("Read the explanation above the cell once more, then its TODO lines.",)

    def _overview(self, stub: str) -> Line:
        results = self._results(stub)
        outcomes = {result.outcome for result in results}
        later = _total(self._later(stub))
        earned, visible = sum(result.points for result in results), _total(result.check for result in results)
        value = ", ".join(
            [f"{earned:g} of {visible:g} points"] * bool(results) + [f"{later:g} when graded"] * bool(later)
        )
        if not results:
            return Line(card.LATER, stub, value)
        if outcomes == {Outcome.PASSED}:
            return Line(card.PASSED, stub, value)
        if outcomes <= {Outcome.NOT_ATTEMPTED, Outcome.ERROR}:
            return Line(card.OPEN, f"{stub}: not attempted yet", value)
        return Line(card.FAILED, f'{stub}: see check("{stub}")', value)

    def _readiness(
        self,
        stub: str,
        copies: Sequence[str],
        notebook: bool,
        namespace: Mapping[str, object],
        raised: Mapping[str, BaseException],
    ) -> Line:
        """One line of `ready_to_submit`: how a part does afresh."""
        if not copies:
            lost = "no cell of this notebook answers it" if notebook else "its cell has not been run"
            return Line(card.OPEN, f"{stub}: {lost}. It is the one that begins with {MARKER} {stub}.")
        twice = (f"It stands in {len(copies)} cells; the last one counts. Delete the others.",)
        details = twice if notebook and len(copies) > 1 else ()
        if copies[-1] in raised:
            error = raised[copies[-1]]
            return Line(card.FAILED, f"{stub}: its cell does not run: {type(error).__name__}: {error}", details=details)
        results = self._run(stub, namespace, {stub: copies[-1]})
        earned, visible = sum(result.points for result in results), _total(result.check for result in results)
        value = f"{earned:g} of {visible:g} points"
        if all(result.outcome is Outcome.PASSED for result in results):
            return Line(card.PASSED, stub, value, details)
        if all(result.outcome is Outcome.NOT_ATTEMPTED for result in results):
            return Line(card.OPEN, f"{stub}: still a TODO", value, details)
        broken = next(result for result in results if result.outcome is not Outcome.PASSED)
        told = broken.message or "A part of it is still a TODO."
        if earned < sum(result.points for result in self._results(stub)):
            told = f"It works here only because of something left in memory. Afresh it fails:\n{told}"
        return Line(card.FAILED, stub, value, (*details, told))

    def _of(self, stub: str) -> list[Check]:
        return [check for check in (*self._public, *self._hidden) if check.stub == stub]

    def _later(self, stub: str) -> list[Check]:
        return [check for check in self._hidden if check.stub == stub]

    def _attach(self, shell: Any) -> None:
        """Lets IPython skip demo cells that cannot run yet, and be kind where a stub is still open."""
        name = "_skip_demo_cell"
        kept = [step for step in shell.input_transformers_cleanup if getattr(step, "__name__", "") != name]
        shell.input_transformers_cleanup[:] = [self._skip_demo_cell, *kept]
        shell.set_custom_exc((NotImplementedError, RuntimeError, URLError), self._on_error)

    def _skip_demo_cell(self, lines: list[str]) -> list[str]:
        match = _DEMO_NEEDS.match(next((line.strip() for line in lines if line.strip()), ""))
        if match is None:
            return lines
        if "NBGRADER_EXECUTION" in os.environ:
            return ["pass\n"]
        wanted = re.findall(r"\w+", match["stubs"] or "")
        open_parts = [stub for stub in wanted if not self._written(stub)]
        if not open_parts:
            return lines
        sentence = f"– Not yet: this cell needs {' and '.join(open_parts)}, which you write above."
        return [f"print({sentence!r})\n"]

    def _written(self, stub: str) -> bool:
        names = self._parts.get(stub, ())
        return all(name in self._namespace and not is_todo(self._namespace[name]) for name in names)

    def _on_error(self, shell: Any, kind: Any, error: Any, traceback: Any, tb_offset: int | None = None) -> None:
        if isinstance(error, NotImplementedError) and TODO in str(error):
            part = _part_of(traceback)
            cell = f"the cell that begins with {MARKER} {part}" if part else "its cell above"
            print(f"– {part or 'One part'} is still a TODO: write {cell}, and run it.")
        elif isinstance(error, URLError) or "Error downloading" in str(error):
            print(_NO_DATA)
        else:
            shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)


def is_todo(thing: object) -> bool:
    """True for a function that is an untouched stub, and for a class with such a method."""
    if isinstance(thing, type):
        return any(is_todo(value) for value in vars(thing).values() if isinstance(value, types.FunctionType))
    code = getattr(thing, "__code__", None)
    return isinstance(code, types.CodeType) and TODO in code.co_consts


def _remarks(extra: Borrowed, notebook: bool, ready: bool) -> Iterable[str]:
    """Sentences below the card of `ready_to_submit`."""
    for name in extra.from_demo:
        yield f"{name} is made by a demo cell only; those are not run when graded. Take it from the arguments instead."
    for name in extra.from_nowhere:
        yield f"{name} is used, but no cell defines it."
    if extra.names:
        yield f"Your parts also use {', '.join(extra.names)} from other cells: keep these cells in the notebook."
    if not notebook:
        yield "Looked at: the cells that you have run, as you ran them last. Save the notebook before you download it."
    if ready:
        yield "Now download the notebook (.ipynb) and hand in this one file."


def _answers_in_words(cells: Cells) -> Iterable[Line]:
    """A line for each answer in words that is still empty."""
    again = "" if cells.live else " (If it is written already: save the notebook, and run this cell again.)"
    told = f"Double-click that text, and write below its line.{again}"
    for part in cells.open_answers or ():
        yield Line(card.OPEN, f"{part}: your answer in words is still empty", details=(told,))


def _unseen_answers(cells: Cells) -> Iterable[str]:
    """A sentence where text cells cannot be seen."""
    if cells.open_answers is None:
        yield "Answers in words cannot be seen from here: if the notebook asks for one, look that it is written."


def _foreign_imports(cells: Cells, packages: Sequence[str]) -> list[str]:
    """Sentences about packages that are not there when work is graded, each with the cell that wants it."""
    told = {}
    for source in cells.sources:
        for name in imported(source) if not is_demo(source) and SET_UP not in source else ():
            if not is_known(name) and name not in packages:
                first = next(line for line in source.split("\n") if line.strip())
                told[name] = (
                    f"The package {name} is not there when your work is graded. Remove it from the cell that begins "
                    f"with `{first.strip()[:60]}`, and all that uses it."
                )
    return list(told.values())


def _line(result: CheckResult, broken: CheckResult | None, told: Hint | None) -> Line:
    """One check on the card; `broken` is the part's first that did not pass, which alone is explained, and `told` what
    it says is to be done."""
    check, details = result.check, tuple[str, ...]()
    if result is broken:
        details = tuple(result.message.split("\n")) if result.message else ()
    elif broken and result.outcome is Outcome.FAILED and (result.hint, broken.outcome) == (broken.hint, Outcome.FAILED):
        details = (ELSEWHERE,)
    act = told.text if told else ""
    return Line(_MARK[result.outcome], check.title, f"{result.points:g} of {check.points:g}", details, act)


def _part_of(traceback: Any) -> str | None:
    """The stub whose cell raised: the first marker in the source of the innermost frame."""
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    lines = linecache.getlines(traceback.tb_frame.f_code.co_filename) if traceback is not None else []
    marked = (line.partition(MARKER)[2].strip() for line in lines if MARKER in line)
    return next(marked, None)


def _total(checks: Iterable[Check]) -> float:
    return sum(check.points for check in checks)


def _shell() -> Any:
    """The running IPython shell, or None."""
    ask: Callable[[], Any] | None = getattr(builtins, "get_ipython", None)
    if ask is not None:
        return ask()
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return None
    return get_ipython()
