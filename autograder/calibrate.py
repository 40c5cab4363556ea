"""Choosing thresholds by measurement: how likely correct work fails each number, and broken work passes it.

Variants that say `calibrate: yes` are run with many seeds: of the right ones the slowest, of the wrong ones the
nearest. Wherever a check decides by a number, the number is noted; a threshold is judged by where it lies between the
two heaps.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import NormalDist, fmean, stdev

from autograder.audit import Notebooks, bank, table
from autograder.course import Assignment
from autograder.errors import CourseError
from autograder.grading import Task, grade
from autograder.model import Weighed
from autograder.sandbox import Mode
from autograder.variant import Variant

_NEAREST_TO_CERTAIN = 1e-4
"""Shares of exactly 0 or 1 are moved inward by this, so that their logit is finite."""

COLUMNS = ("variant", "lowest", "mean", "highest", "wrong side", "chance of it")

REFERENCE = Variant("reference", "The assignment's own solution.", {}, ())


@dataclass(frozen=True)
class Threshold:
    """One number that decides, for one variant: `got` over all seeds against `needed`.

    `chance` is that of ending on the wrong side (a right variant below in each of `tries` attempts, a wrong one at or
    above in one of them), from a normal law fitted to the logits of the shares; `seen` is how often it happened.
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
    waiting = {}
    for one, right in variants:
        for seed in range(seeds):
            waiting[engine.submit(weigh, notebooks.task(one, 1 + seed * 7919, mode))] = (one.name, right)
    heaps: dict[tuple[str, str, bool, float, int], list[float]] = {}
    for future in as_completed(waiting):
        name, right = waiting[future]
        for number in future.result():
            heaps.setdefault((number.looked_at, name, right, number.needed, number.tries), []).append(number.got)
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


def _threshold(
    looked_at: str, variant: str, right: bool, needed: float, tries: int, heap: Iterable[float]
) -> Threshold:
    shares = sorted(heap)
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
        chance=_chance([_logit(share) for share in shares], _logit(needed), right, tries),
    )


def _chance(logits: Sequence[float], needed: float, right: bool, tries: int) -> float:
    """The chance of ending on the wrong side of `needed`; one draw alone tells no spread."""
    spread = max(stdev(logits) if len(logits) > 1 else 0.0, 1e-3)
    below = NormalDist(fmean(logits), spread).cdf(needed)
    return below**tries if right else 1 - below**tries


def _logit(share: float) -> float:
    inside = min(max(share, _NEAREST_TO_CERTAIN), 1 - _NEAREST_TO_CERTAIN)
    return math.log(inside / (1 - inside))


def _order(threshold: Threshold) -> tuple[str, bool, str]:
    return threshold.looked_at, not threshold.right, threshold.variant
