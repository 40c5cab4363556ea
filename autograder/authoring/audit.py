"""Judging the judge: grades banks of right and wrong variants and counts its own mistakes.

An autograder is a classifier. A right variant that loses a point is a wrongful failure, a wrong one that keeps all of
them is a miss; both are counted over every variant and seed, and the rates are told with their confidence bounds.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from rich.table import Table
from rich.text import Text

from autograder.authoring import variant
from autograder.authoring.variant import Variant
from autograder.core import untrusted
from autograder.core.course import DATA_VARIABLE, Assignment
from autograder.core.errors import CourseError, SandboxError
from autograder.core.model import CheckResult, Grade, Outcome, RunStatus
from autograder.grading.engines.supervision import ended_in_turn
from autograder.grading.ledger import Ledger
from autograder.grading.submission import Task, grade, task_of
from autograder.results import telling
from autograder.sandbox import Mode

WHOLE = "whole"
ANY = "any"
_HIGHEST = 2**63


class Verdict(StrEnum):
    """What came of one variant with one seed."""

    RIGHT = "full points"
    ADVISED = "full points, but advice that is not deserved"
    CAUGHT = "caught"
    OTHER_HINT = "caught, another hint first"
    OTHER_WORDS = "caught, in other words"
    MISSED = "missed"
    WRONGLY_FAILED = "wrongly failed"
    UNJUDGED = "not judged"


GOOD = frozenset({Verdict.RIGHT, Verdict.CAUGHT, Verdict.OTHER_HINT})
CAUGHT = GOOD - {Verdict.RIGHT} | {Verdict.OTHER_WORDS}
"""The wrong variants that lost what they should."""


@dataclass(frozen=True)
class Trial:
    """One variant graded with one seed: what was hoped for, what came, and the sentence that explains a miss.

    `advice`: hints told without costing anything; `worded`: the variant says what the first message must hold.
    """

    variant: str
    right: bool
    seed: int
    verdict: Verdict
    wanted: str
    told: str
    points: float | None
    detail: str
    seconds: float
    advice: tuple[str, ...] = ()
    worded: bool = False


@dataclass(frozen=True)
class Rate:
    """`hits` of `trials`, with the exact (Clopper-Pearson) upper 95 % bound of the chance behind them."""

    hits: int
    trials: int
    bound: float

    def __str__(self) -> str:
        return f"{self.hits} of {self.trials} (at most {self.bound:.2%} with 95 % confidence)"


def bank(folder: Path) -> list[tuple[Variant, bool]]:
    """All variants below `right/` (True) and `wrong/` (False) of a folder, by place. Raises CourseError if none."""
    found = [(one, kind == "right") for kind in ("right", "wrong") for one in variant.below(folder / kind)]
    if not found:
        raise CourseError(f"{folder}: neither right/ nor wrong/ holds a variant. Name the folder that holds them.")
    return found


def audit(
    assignment: Assignment,
    variants: Sequence[tuple[Variant, bool]],
    engine: Executor,
    *,
    seeds: int,
    wrong_seeds: int = 1,
    mode: Mode | None = None,
    ledger: Ledger | None = None,
    done: Callable[[Trial], None] = lambda trial: None,
) -> list[Trial]:
    """Grades each right variant with `seeds` seeds, each wrong one with `wrong_seeds`; trials by variant and seed.

    What `ledger` holds for the assignment and the kit as they are now is not graded again, and all that is graded goes
    there. What could not be judged is tried again.
    """
    notebooks = Notebooks(assignment)
    state = _state(assignment) if ledger else ""
    before = _judged(ledger, assignment.name, state) if ledger else {}
    trials = []

    def heard(trial: Trial) -> None:
        trials.append(trial)
        done(trial)

    def left() -> Iterator[tuple[Variant, bool, int, Task]]:
        for one, right in variants:
            for seed in range(1, 1 + (seeds if right else wrong_seeds)):
                task = notebooks.task(one, _spread(one.name, seed), mode, f"{one.name}, seed {seed}")
                if task.submission.key in before:
                    heard(judge(one, right, seed, before[task.submission.key]))
                else:
                    yield one, right, seed, task

    for (one, right, seed, _), future in ended_in_turn(lambda trial: engine.submit(grade, trial[-1]), left()):
        try:
            row = future.result()
        except SandboxError as error:
            wanted = one.fails or "full points"
            heard(Trial(one.name, right, seed, Verdict.UNJUDGED, wanted, "", None, str(error), 0.0))
        else:
            if ledger:
                ledger.add(replace(row, fingerprint=state))
            heard(judge(one, right, seed, row))
    return sorted(trials, key=lambda trial: (trial.right, trial.variant, trial.seed))


def _state(assignment: Assignment) -> str:
    """SHA-256 (hex) of all that decides a trial: the assignment, each line of the kit, and the data in use."""
    digest = hashlib.sha256(f"{assignment.fingerprint} {os.environ.get(DATA_VARIABLE)}".encode())
    package = Path(__file__).parents[1]
    for path in sorted(package.rglob("*.py")):
        digest.update(f"\0{path.relative_to(package)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _judged(ledger: Ledger, name: str, state: str) -> dict[tuple[str, str], Grade]:
    done = ledger.done(state)
    return {row.key: row for row in ledger.grades(name, state) if row.key in done}


class Notebooks:
    """Turns an assignment's variants into the notebooks that students would hand in."""

    def __init__(self, assignment: Assignment) -> None:
        """Raises CourseError where the assignment was not built."""
        assignment.must_be_built()
        self._assignment = assignment
        self._release = _notebook(assignment.release)
        self._answers = {
            stub: str(cell["source"])
            for cell in _notebook(assignment.solution)["cells"]
            if (stub := variant.stub_of(cell)) is not None
        }

    def of(self, one: Variant) -> bytes:
        """The notebook's bytes."""
        return json.dumps(variant.notebook(one, self._release, self._answers), ensure_ascii=False).encode()

    def task(self, one: Variant, seed: int, mode: Mode | None = None, student: str = "") -> Task:
        """The notebook as a hand-in to grade, by a student called `student` or like the variant."""
        return task_of(self._assignment, student or one.name, self.of(one), seed, mode)


def judge(one: Variant, right: bool, seed: int, row: Grade) -> Trial:
    """What `row` says of the judge, given what the variant's author promised."""
    failed = {result.check.stub: result for result in reversed(row.checks) if result.outcome is not Outcome.PASSED}
    told = first_hint(row, one.fails)
    verdict, detail = _verdict(one, right, row, set(failed), told)
    lost = "; ".join(f"{stub}: {_said(result)}" for stub, result in sorted(failed.items()))
    wanted = " or ".join(one.hints) or (one.fails or "full points")
    if verdict in GOOD and (complaint := _complaint(one, row)):
        verdict, detail = (Verdict.OTHER_WORDS, complaint)
    advice = tuple(sorted({heard.hint for result in row.checks for heard in result.advice}))
    worded = bool(one.says or one.silent)
    return Trial(
        one.name, right, seed, verdict, wanted, told or "", row.points, detail or lost, row.seconds, advice, worded
    )


def _complaint(one: Variant, row: Grade) -> str:
    """What is wrong with the words that the student reads first; nothing if they are as the author promised."""
    told = first_message(row, one.fails)
    if one.says and not re.search(one.says, told, re.DOTALL):
        return f"does not say /{one.says}/: {told}"
    found = re.search(one.silent, told, re.DOTALL) if one.silent else None
    return f"says {found[0]!r}: {told}" if found else ""


def first_message(row: Grade, stub: str | None) -> str:
    """What the student reads first of the stub's first failed check; where nothing fails, all advice and remarks."""
    failed = [result for result in row.checks if result.outcome is not Outcome.PASSED]
    there = [result for result in failed if result.check.stub == stub] or failed
    if there:
        return telling.told(there[0], {}) or f"({there[0].outcome}, without a word)"
    advice = [f"{heard.hint} {heard.message}" for result in row.checks for heard in result.advice]
    return "\n".join([*advice, *(repair.sentence for repair in row.repairs)])


def first_hint(row: Grade, stub: str | None) -> str | None:
    """The hint that the student is told first: that of the stub's first failed check, else of any, else advice."""
    failed = [result for result in row.checks if result.outcome is not Outcome.PASSED]
    there = [result for result in failed if result.check.stub == stub]
    repaired = [repair.hint for repair in row.repairs if repair.hint]
    advice = [one.hint for result in row.checks for one in result.advice]
    hints = [result.hint for result in (there or failed)[:1]]
    return next((hint for hint in [*hints, *advice, *repaired] if hint), None)


def rates(trials: Iterable[Trial]) -> dict[str, Rate]:
    """How often the judge was wrong, how often it told the right hint first, and how often there was no judgement."""
    every = list(trials)
    judged = [trial for trial in every if trial.verdict is not Verdict.UNJUDGED]
    rights = [trial for trial in judged if trial.right]
    wrongs = [trial for trial in judged if not trial.right]
    hinted = [trial for trial in wrongs if trial.verdict in CAUGHT]
    worded = [trial for trial in judged if trial.worded]
    return {
        "wrongly failed": _rate(rights, lambda trial: trial.verdict not in (Verdict.RIGHT, Verdict.ADVISED)),
        "missed": _rate(wrongs, lambda trial: trial.verdict not in CAUGHT),
        "another hint first": _rate(hinted, lambda trial: trial.verdict is Verdict.OTHER_HINT),
        "in other words": _rate(worded, lambda trial: trial.verdict is Verdict.OTHER_WORDS),
        "advised though right": _rate(rights, lambda trial: trial.verdict is Verdict.ADVISED),
        "not judged": _rate(every, lambda trial: trial.verdict is Verdict.UNJUDGED),
    }


def write(trials: Sequence[Trial], path: Path) -> None:
    """Writes all trials and rates as JSON."""
    content = {
        "rates": {name: asdict(rate) for name, rate in rates(trials).items()},
        "trials": [asdict(t) for t in trials],
    }
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def overview(trials: Sequence[Trial]) -> Table:
    """For the terminal: how many trials came to each verdict, and every one that is not as it should be."""
    shown = Table("variant", "seed", "verdict", "wanted", "told first", "points", title="The judge, judged")
    for trial in trials:
        if trial.verdict not in (Verdict.RIGHT, Verdict.CAUGHT):
            points = "–" if trial.points is None else f"{trial.points:g}"
            told = untrusted.visible(f"{trial.told}\n{trial.detail}".strip())
            shown.add_row(trial.variant, str(trial.seed), trial.verdict, trial.wanted, Text(told), points)
    for hint, count in Counter(hint for trial in trials if trial.right for hint in trial.advice).most_common():
        shown.add_row("right ones", "", "advised", "no advice", hint, str(count))
    for verdict in Verdict:
        count = sum(trial.verdict is verdict for trial in trials)
        shown.add_row("all", "", verdict, "", str(count), "", style="bold")
    return shown


def page(trials: Sequence[Trial], name: str) -> str:
    """The run as a page of Markdown: the rates, then a line per mistake that was looked for."""
    rights, wrongs = ([trial for trial in trials if trial.right is kind] for kind in (True, False))
    lines = [
        f"# The judge of `{name}`, judged",
        "",
        f"Written by `autograder audit {name}`: {_counted(rights)} that must earn full points, "
        f"{_counted(wrongs)} that must be caught.",
        "",
        *table(
            ("the judge's own mistakes", "of all trials"), ((title, str(one)) for title, one in rates(trials).items())
        ),
        "",
        "Told first is the mistake that the student reads of before any other. A mistake that costs nothing is advice.",
        "",
        *table(("mistake", "trials", "caught", "told first"), _mistakes(wrongs)),
    ]
    return "\n".join(lines) + "\n"


def _counted(trials: Sequence[Trial]) -> str:
    return f"{len({trial.variant for trial in trials})} variants in {len(trials)} trials"


def _mistakes(wrongs: Sequence[Trial]) -> Iterator[tuple[str, ...]]:
    by_wanted: dict[str, list[Trial]] = {}
    for trial in wrongs:
        by_wanted.setdefault(trial.wanted, []).append(trial)
    for wanted, some in sorted(by_wanted.items()):
        caught, told = (sum(one.verdict in kinds for one in some) for kinds in (CAUGHT, {Verdict.CAUGHT}))
        yield wanted, str(len(some)), str(caught), str(told)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table in Markdown."""
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(row)} |"


def _verdict(one: Variant, right: bool, row: Grade, failed: set[str], told: str | None) -> tuple[Verdict, str]:
    if row.points is None and row.status is not RunStatus.UNREADABLE:
        return Verdict.UNJUDGED, row.reason
    if right or one.is_advice:
        if row.points != row.max_points:
            return Verdict.WRONGLY_FAILED, ""
        advice = {advice.hint for result in row.checks for advice in result.advice}
        if right:
            needless = sorted(advice - {*one.deserved})
            return (Verdict.ADVISED, f"the advice {', '.join(needless)}") if needless else (Verdict.RIGHT, "")
        heard = advice | {r.hint for r in row.repairs}
        if one.hints and not heard & set(one.hints):
            return Verdict.MISSED, f"the advice was not told; told: {sorted(h for h in heard if h)}"
        return Verdict.CAUGHT, ""
    if not (failed if one.fails == ANY else failed & {one.fails}):
        return Verdict.MISSED, ""
    unexpected = set() if one.fails == ANY else failed - {one.fails, WHOLE, *one.also}
    if unexpected:
        return Verdict.WRONGLY_FAILED, _first_messages(row, unexpected)
    return (Verdict.CAUGHT if not one.hints or told in one.hints else Verdict.OTHER_HINT), ""


def _said(result: CheckResult) -> str:
    """What a check says that did not pass, and where it stumbled if it did: the author must look there."""
    return f"{result.check.name}: {result.message} {result.place}".strip()


def _first_messages(row: Grade, stubs: set[str]) -> str:
    """What the first failed check of each stub says, and which others failed: most tell of the same cause."""
    failed = [one for one in row.checks if one.check.stub in stubs and one.outcome is not Outcome.PASSED]
    firsts = {one.check.stub: one for one in reversed(failed)}
    told = (f"{stub} lost points too: {_said(first)}" for stub, first in sorted(firsts.items()))
    others = ", ".join(one.check.name for one in failed if one is not firsts[one.check.stub])
    return "; ".join(told) + (f" Also: {others}." if others else "")


def _rate(trials: Sequence[Trial], is_hit: Callable[[Trial], bool]) -> Rate:
    hits = sum(map(is_hit, trials))
    return Rate(hits, len(trials), _upper_bound(hits, len(trials)))


def _upper_bound(hits: int, trials: int, confidence: float = 0.95) -> float:
    """The Clopper-Pearson upper bound, by bisection: the chance under which so few hits are just still likely."""
    if hits >= trials:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(hits, trials, middle) > 1 - confidence else (low, middle)
    return high


def _at_most(hits: int, trials: int, chance: float) -> float:
    """The binomial chance of `hits` or fewer."""
    total, term = 0.0, (1 - chance) ** trials
    for count in range(hits + 1):
        total += term
        term *= (trials - count) / (count + 1) * chance / (1 - chance)
    return total


def _spread(name: str, seed: int) -> int:
    digest = hashlib.sha256(f"{name} {seed}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % _HIGHEST


def _notebook(path: Path) -> dict[str, list[dict[str, object]]]:
    book: dict[str, list[dict[str, object]]] = json.loads(path.read_text(encoding="utf-8"))
    for cell in book["cells"]:
        lines = cell["source"]
        cell["source"] = "".join(lines) if isinstance(lines, list) else lines
    return book
