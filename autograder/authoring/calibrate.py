"""Choosing thresholds by measurement: how likely correct work fails each number, and broken work passes it.

Variants that say `calibrate: yes` are run with many seeds: of the right ones the slowest, of the wrong ones the
nearest. Wherever a check decides by a number, the number is noted; a threshold is judged by where it lies between the
two heaps.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import NormalDist, fmean, stdev

from rich.table import Table

from autograder.authoring.audit import Notebooks, bank, table
from autograder.authoring.variant import Variant
from autograder.core.course import Assignment
from autograder.core.errors import CourseError
from autograder.core.model import Weighed
from autograder.grading.engines.supervision import ended_in_turn
from autograder.grading.submission import Task, grade
from autograder.sandbox import Mode

_HALF_A_DIGIT, _NEAREST_TO_CERTAIN = 1 / 64, 1e-4
"""Shares nearer to 0 or 1 than half of one digit in 32 are moved inward to there, so that their logit is finite and the
step from all to all but one is no larger than others; not as far as a threshold that is nearer still."""

_FEWEST = 3
"""Draws from which a law may be fitted to an attempt's shares."""

COLUMNS = ("variant", "lowest", "mean", "highest", "wrong side", "chance of it")

REFERENCE = Variant("reference", "The assignment's own solution.", {}, ())


@dataclass(frozen=True)
class Threshold:
    """One number that decides, for one variant: `got` over all seeds against `needed`.

    `chance` is that of ending on the wrong side (a right variant below in each of `tries` attempts, a wrong one at or
    above in one of them), from a normal law fitted to the logits of the shares, of each attempt by itself where the
    check tells them apart; `seen` is how often it happened.
    """

    looked_at: str
    variant: str
    right: bool
    needed: float
    tries: int
    seeds: int
    lowest: float
    mean: float
    highest: float
    seen: int
    chance: float

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands in a table below `COLUMNS`."""
        shares = (f"{share:.3f}" for share in (self.lowest, self.mean, self.highest))
        kind = "right" if self.right else "wrong"
        return f"{self.variant} ({kind})", *shares, f"{self.seen} of {self.seeds}", f"{self.chance:.1e}"


def calibrate(
    assignment: Assignment,
    engine: Executor,
    *,
    seeds: int,
    mode: Mode | None = None,
    done: Callable[[object], None] = lambda _: None,
) -> list[Threshold]:
    """Thresholds by what was looked at, then by variant. Raises CourseError if no variant is marked for it."""
    variants = marked(assignment)
    notebooks = Notebooks(assignment)
    trials = (
        (one.name, right, notebooks.task(one, 1 + seed * 7919, mode))
        for one, right in variants
        for seed in range(seeds)
    )
    heaps: dict[tuple[str, str, bool], list[Weighed]] = {}
    for (name, right, _), future in ended_in_turn(lambda trial: engine.submit(weigh, trial[-1]), trials):
        for number in future.result():
            heaps.setdefault((number.looked_at, name, right), []).append(number)
        done(future)
    return sorted((_threshold(*key, heap) for key, heap in heaps.items()), key=_order)


def weigh(task: Task) -> list[Weighed]:
    """Grades a submission and returns the numbers that decided, of each thing looked at the last."""
    return list(grade(task).weighed)


def marked(assignment: Assignment) -> list[tuple[Variant, bool]]:
    """The reference, and the variants that say `calibrate: yes`. Raises CourseError if there are none."""
    chosen = [(one, right) for one, right in bank(assignment.folder) if one.keys.get("calibrate") == "yes"]
    if not chosen:
        raise CourseError(
            f"{assignment.folder}: no variant says `calibrate: yes`. Mark the slowest right and the nearest wrong ones."
        )
    return [(REFERENCE, True), *chosen]


def write(thresholds: Sequence[Threshold], path: Path, facts: Mapping[str, object]) -> None:
    """Writes thresholds as JSON, with the facts of the run."""
    content = {**facts, "thresholds": [asdict(threshold) for threshold in thresholds]}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def overview(thresholds: Sequence[Threshold]) -> Table:
    """For the terminal: a line for each number that decides and each variant."""
    shown = Table("looked at", "needed", *COLUMNS)
    for one in thresholds:
        shown.add_row(one.looked_at, f"{one.needed:.3f}", *one.cells)
    return shown


def page(thresholds: Sequence[Threshold], facts: Mapping[str, object]) -> str:
    """The run as a page of Markdown: a table for each number that decides."""
    lines = [
        f"# The thresholds of `{facts['assignment']}`, measured",
        "",
        f"Written by `autograder calibrate {facts['assignment']}`: {facts['seeds']} seeds for each variant, on "
        f"{facts['data']}. A right variant must reach the number that is needed in one of the attempts, a wrong one "
        "is told apart where it does not. The chance is that of ending on the wrong side, from a normal law fitted to "
        "the logits of the shares; a wrong variant that passes here is caught by another check.",
    ]
    for looked_at in sorted({one.looked_at for one in thresholds}):
        some = [one for one in thresholds if one.looked_at == looked_at]
        lines += ["", f"## {looked_at}: {some[0].needed:.2f} needed, in the best of {some[0].tries} attempts", ""]
        lines += table(COLUMNS, (one.cells for one in some))
    return "\n".join(lines) + "\n"


def _threshold(looked_at: str, variant: str, right: bool, heap: Sequence[Weighed]) -> Threshold:
    needed, tries = heap[0].needed, heap[0].tries
    shares = sorted(number.got for number in heap)
    wrong_side = [share for share in shares if (share < needed) is right]
    return Threshold(
        looked_at=looked_at,
        variant=variant,
        right=right,
        needed=needed,
        tries=tries,
        seeds=len(shares),
        lowest=shares[0],
        mean=fmean(shares),
        highest=shares[-1],
        seen=len(wrong_side),
        chance=chance_of_failing(heap) if right else 1 - chance_of_failing(heap),
    )


def chance_of_failing(heap: Sequence[Weighed]) -> float:
    """The chance that every attempt stays below what is needed.

    Each attempt by itself where more patient ones follow; one that was hardly ever called for counts as the one before.
    """
    needed, tries = heap[0].needed, heap[0].tries
    below = _below([number.attempts[0] if number.attempts else number.got for number in heap], needed)
    chance = below
    for place in range(1, tries):
        shares = [number.attempts[place] for number in heap if len(number.attempts) > place]
        below = _below(shares, needed) if len(shares) >= _FEWEST else below
        chance *= below
    return chance


def _below(shares: Sequence[float], needed: float) -> float:
    """The chance of one share to be below, from a normal law; one draw alone tells no spread."""
    edge = max(min(_HALF_A_DIGIT, needed / 4, (1 - needed) / 4), _NEAREST_TO_CERTAIN)
    logits = [_logit(share, edge) for share in shares]
    spread = max(stdev(logits) if len(logits) > 1 else 0.0, 1e-3)
    return NormalDist(fmean(logits), spread).cdf(_logit(needed, edge))


def _logit(share: float, edge: float) -> float:
    inside = min(max(share, edge), 1 - edge)
    return math.log(inside / (1 - inside))


def _order(threshold: Threshold) -> tuple[str, bool, str]:
    return threshold.looked_at, not threshold.right, threshold.variant
