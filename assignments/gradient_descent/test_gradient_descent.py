"""The checks of the gradient descent assignment: 10 points, judged by where the student's code goes, step by step.

All landscapes are parabolas, bowls and waves whose slopes are computed here. Within a stub the checks climb a ladder
(type, length, start, direction, every step): the first that fails names the mistake.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from autograder.checks import expect
from autograder.checks.points import points

Numbers = npt.NDArray[np.float64]
Slope = Callable[[Numbers], Numbers]

NEAR = 2e-3
"""How far a number may be from ours: float32 and float64, and sums in any order, differ by less than a tenth of it."""

FAR = 1e9
"""No landscape of ours is walked so high on purpose."""

SECONDS = 6.0
"""What the walks of one check may take; they take milliseconds, unless they never end."""


def number(looked_at: str, value: object, hint: str) -> float:
    """`value` as a float, if it is a plain number."""
    expect.that(
        isinstance(value, int | float | np.number) and not isinstance(value, bool),
        looked_at=looked_at,
        got=expect.type_name(value),
        wanted="a plain number",
        hint="nothing-returned" if value is None else hint,
    )
    assert isinstance(value, int | float | np.number)
    return float(value)


def is_near(got: object, wanted: object) -> bool:
    """True if shapes agree and no number is further away than NEAR."""
    left, right = np.asarray(got, dtype=np.float64), np.asarray(wanted, dtype=np.float64)
    return left.shape == right.shape and bool((np.abs(left - right) <= NEAR).all())


def instead(got: object, mistakes: Sequence[tuple[str, object]]) -> str | None:
    """The hint of the first mistake that would give just `got`."""
    return next((hint for hint, value in mistakes if is_near(got, value)), None)


# --- tensors: line, mean_squared_error ------------------------------------------------------------------------------


class Pairs(NamedTuple):
    """What a line says and what it should have said, float32 (N,)."""

    predictions: Tensor
    targets: Tensor


SOME = Pairs(torch.tensor([1.0, 2.0, 3.0, 5.0]), torch.tensor([0.0, 1.0, 5.0, 4.0]))


@points(0.5, stub="tensors")
def test_line(student: Any) -> None:
    """line gives w · x + b for every number in x"""
    check_line(student, [0.0, 1.0, 2.0, 10.0], 2.0, -1.0)
    check_line(student, [-4.0, 0.5], 0.5, 3.0)


def check_line(student: Any, x: list[float], w: float, b: float) -> None:
    """All points of one line."""
    looked_at = f"line(tensor({x}), w={w:g}, b={b:g})"
    got, wanted = student.line(torch.tensor(x), w, b), [w * each + b for each in x]
    is_tensor = isinstance(got, Tensor)
    hint = "nothing-returned" if got is None else "tensor-lost"
    expect.that(is_tensor, looked_at=looked_at, got=expect.type_name(got), wanted="a tensor", hint=hint)
    mistakes = [("weights-swapped", [b * each + w for each in x]), ("bias-missing", [w * each for each in x])]
    expect.shape(looked_at, got, (len(x),))
    ok = is_near(got, wanted)
    expect.that(ok, looked_at=looked_at, got=got.tolist(), wanted=wanted, hint=instead(got, mistakes))


@points(0.5, stub="tensors")
def test_loss(student: Any) -> None:
    """mean_squared_error is the mean of the squared differences"""
    check_loss(student, SOME)
    check_loss(student, Pairs(SOME.targets, SOME.predictions))


def check_loss(student: Any, pairs: Pairs) -> None:
    """The loss of one set of predictions: a tensor without dimensions."""
    predictions, targets = pairs
    looked_at = f"mean_squared_error of {predictions.tolist()} and {targets.tolist()}"
    got, off = student.mean_squared_error(predictions, targets), (predictions - targets).double().numpy()
    hint = "nothing-returned" if got is None else "loss-not-a-tensor"
    expect.that(
        isinstance(got, Tensor),
        looked_at=looked_at,
        got=expect.type_name(got),
        wanted="a tensor of shape ()",
        hint=hint,
    )
    expect.shape(looked_at, got, (), "mean-missing")
    mistakes = [
        ("sum-not-mean", (off**2).sum()),
        ("square-missing", off.mean()),
        ("square-missing", np.abs(off).mean()),
        ("root-taken", math.sqrt((off**2).mean())),
        ("halved-loss", (off**2).mean() / 2),
        ("squared-too-late", off.mean() ** 2),
    ]
    wanted = (off**2).mean()
    ok = is_near(got, wanted)
    expect.that(ok, looked_at=looked_at, got=f"{got:.4g}", wanted=f"{wanted:.4g}", hint=instead(got, mistakes))


@points(0.5, stub="tensors")
def test_loss_can_be_derived(student: Any, stand_ins: Any) -> None:
    """The loss is a tensor that backward() can start from"""
    check_loss(student, SOME)
    gradient = stand_ins.gradient_of_loss(student.mean_squared_error, *SOME)
    looked_at = "the gradient of mean_squared_error"
    expect.that(gradient is not None, looked_at=looked_at, got="none", wanted="a gradient", hint="loss-not-a-tensor")
    wanted = 2 * (SOME.predictions - SOME.targets) / len(SOME.targets)
    expect.close(looked_at, gradient, wanted, NEAR, hint="loss-not-a-tensor")


@points(0.5, stub="tensors", hidden=True)
def test_any_number_of_points(student: Any, seed: int) -> None:
    """Both work for any numbers, and for any number of points"""
    dice = np.random.default_rng(seed)
    for count in (1, 7, 100):
        drawn = torch.from_numpy(dice.uniform(-3, 3, (2, count)).astype(np.float32))
        check_loss(student, Pairs(*drawn))
        w, b = dice.uniform(-3, 3, 2).round(2)
        check_line(student, [float(each) for each in dice.uniform(-3, 3, count).round(2)], float(w), float(b))


# --- derivative: slope_by_hand, slope -------------------------------------------------------------------------------


@points(0.5, stub="derivative")
def test_slope_by_hand(student: Any) -> None:
    """slope_by_hand gives the slope of (w - 3)² + 1"""
    for w in (4.0, 0.0, 3.0, -2.5):
        looked_at = f"slope_by_hand({w:g})"
        got = number(looked_at, student.slope_by_hand(w), "slope-not-a-number")
        mistakes = [
            ("value-not-slope", (w - 3) ** 2 + 1),
            ("constant-kept", 2 * (w - 3) + 1),
            ("factor-missing", w - 3),
            ("inner-part-lost", 2 * w),
            ("climbs-uphill", -2 * (w - 3)),
        ]
        wanted = 2 * (w - 3)
        ok = is_near(got, wanted)
        expect.that(ok, looked_at=looked_at, got=f"{got:g}", wanted=f"{wanted:g}", hint=instead(got, mistakes))


@points(1, stub="derivative")
def test_slope(student: Any, stand_ins: Any) -> None:
    """slope gives the slope of any valley at any place"""
    check_valley_slopes(student, stand_ins, -1.0, 2.0, (0.0, 1.5, -4.0))
    check_valley_slopes(student, stand_ins, 2.0, 0.5, (3, 0))


def check_valley_slopes(student: Any, stand_ins: Any, centre: float, width: float, places: Sequence[float]) -> None:
    """Slopes of one parabola, one place after the other."""
    f, heard = stand_ins.valley(centre, width), 0.0
    for w in places:
        wanted = 2 * (w - centre) / width**2
        looked_at = f"slope(f, {w:g}) with f(w) = ((w - {centre:g}) / {width:g})²"
        got = number(looked_at, student.slope(f, w), "slope-not-a-number")
        mistakes = [
            ("gradients-pile-up", heard + wanted),
            ("value-not-slope", ((w - centre) / width) ** 2),
            ("other-function", 2 * (w - 3)),
            ("climbs-uphill", -wanted),
        ]
        ok = is_near(got, wanted)
        expect.that(ok, looked_at=looked_at, got=f"{got:g}", wanted=f"{wanted:g}", hint=instead(got, mistakes))
        heard += wanted


@points(0.5, stub="derivative", hidden=True)
def test_slope_of_waves(student: Any, stand_ins: Any, seed: int) -> None:
    """slope also works for landscapes that are no parabola"""
    dice = np.random.default_rng(seed)
    length = float(dice.uniform(0.6, 1.5))
    f = stand_ins.waves(length)
    for w in dice.uniform(-4, 4, 4).round(2):
        got = number("slope of a landscape with waves", student.slope(f, float(w)), "slope-not-a-number")
        wanted = w / 5 + math.cos(w / length) / length
        hint = instead(got, [("other-function", 2 * (w - 3)), ("climbs-uphill", -wanted)])
        expect.close("slope of a landscape with waves", got, wanted, NEAR, hint=hint)


# --- descent: descend -----------------------------------------------------------------------------------------------


class Walk(NamedTuple):
    """A valley or bowl, and how to walk in it. `centre`, `widths` and `start` have one number per direction."""

    centre: tuple[float, ...]
    widths: tuple[float, ...]
    start: tuple[float, ...]
    rate: float
    steps: int

    def slope(self, place: Numbers) -> Numbers:
        """The gradient at a place, (D,) → (D,)."""
        gradient: Numbers = 2 * (place - np.array(self.centre)) / np.array(self.widths) ** 2
        return gradient

    def height(self, place: Numbers) -> Numbers:
        """The height at a place, (D,) → (1,), up to FAR: whoever walks by it soon leaves all numbers behind."""
        height = (((place - np.array(self.centre)) / np.array(self.widths)) ** 2).sum(keepdims=True)
        lowered: Numbers = np.minimum(height, FAR)
        return lowered

    def path(self) -> Numbers:
        """All places from the start on, (steps + 1, D)."""
        return walked(self.slope, self, self.rate)

    def told(self) -> str:
        """The arguments, in words."""
        start = self.start[0] if len(self.start) == 1 else list(self.start)
        return f"start={start}, learning_rate={self.rate:g}, steps={self.steps}"


def walked(slope: Slope, walk: Walk, rate: float, keeps: float = 0.0) -> Numbers:
    """Where gradient descent goes that `keeps` a share of what each step went by for the next one; plain if none."""
    path, pile = [np.array(walk.start, dtype=np.float64)], np.zeros(len(walk.start))
    for _ in range(walk.steps):
        gradient = slope(path[-1])
        pile = keeps * pile + gradient
        path.append(path[-1] - rate * pile)
    return np.stack(path)


def mistaken_paths(walk: Walk) -> Iterator[tuple[str, Numbers]]:
    """Where walks with one mistake go."""
    right = walk.path()
    yield "start-missing", np.vstack([right[1:], right[-1:] - walk.rate * walk.slope(right[-1])])
    yield "climbs-uphill", walked(walk.slope, walk, -walk.rate)
    yield "gradients-pile-up", walked(walk.slope, walk, walk.rate, keeps=1.0)
    yield "not-plain-steps", walked(walk.slope, walk, walk.rate, keeps=0.9)
    yield "value-not-slope", walked(walk.height, walk, walk.rate)
    yield "other-function", walked(lambda place: 2 * (place - 3), walk, walk.rate)
    yield "start-ignored", walked(walk.slope, walk._replace(start=(0.0,) * len(walk.start)), walk.rate)
    yield "same-place-again", np.repeat(right[-1:], len(right), axis=0)
    yield "same-place-again", np.vstack([right[:1], np.repeat(right[-1:], walk.steps, axis=0)])
    yield "slope-of-the-start", walked(lambda place: walk.slope(right[0]), walk, walk.rate)
    yield "no-step", np.repeat(right[:1], len(right), axis=0)
    yield "backwards", right[::-1]
    yield "one-direction-only", np.column_stack([right[:, :1], np.broadcast_to(right[:1, 1:], right[:, 1:].shape)])
    yield "direction-only", walked(lambda place: np.sign(walk.slope(place)), walk, walk.rate)
    yield "direction-only", walked(lambda place: _unit(walk.slope(place)), walk, walk.rate)
    for usual in (1.0, 0.5, 0.1, 0.05, 0.01, 0.001):
        yield "learning-rate-ignored", walked(walk.slope, walk, usual)


def _unit(gradient: Numbers) -> Numbers:
    return gradient / max(float(np.linalg.norm(gradient)), 1e-12)


def check_steps(looked_at: str, path: Numbers, walk: Walk) -> None:
    """The path has every place that plain gradient descent visits, in order; (steps + 1, D)."""
    wanted = walk.path()
    expect.finite(looked_at, path, hint="climbs-uphill")
    if is_near(path, wanted):
        return
    hint = instead(path, list(mistaken_paths(walk)))
    first = int(np.argmax((np.abs(path - wanted) > NEAR).any(axis=1)))
    place = "its first place, the start" if first == 0 else f"its place after {first} step{'s' * (first > 1)}"
    expect.that(
        False, looked_at=f"{looked_at}: {place}", got=_told(path[first]), wanted=_told(wanted[first]), hint=hint
    )


def show_heights(title: str, path: Numbers, walk: Walk) -> None:
    """How high the student was after each step."""
    heights = (((path - np.array(walk.centre)) / np.array(walk.widths)) ** 2).sum(axis=1)
    expect.show(title, heights.tolist(), [("the ground", 0.0)])


def _told(place: Numbers) -> str:
    return ", ".join(f"{each:.4g}" for each in place)


FIRST = Walk((1.0,), (2.0,), (5.0,), 0.5, 8)


def positions(student: Any, stand_ins: Any, walk: Walk, start: float | None = None) -> tuple[str, Numbers]:
    """What was looked at, and the student's path as (steps + 1, 1), if it is a list of plain numbers of that length."""
    f = stand_ins.valley(walk.centre[0], walk.widths[0])
    looked_at = f"descend(f, {walk.told()})"
    path = student.descend(f, walk.start[0] if start is None else start, walk.rate, walk.steps)
    if isinstance(path, int | float):
        expect.that(False, looked_at=looked_at, got="one number", wanted="a list", hint="last-place-only")
    expect.that(
        isinstance(path, list | tuple | np.ndarray),
        looked_at=looked_at,
        got=expect.type_name(path),
        wanted="a list of numbers",
        hint="nothing-returned" if path is None else "places-kept-as-tensors",
    )
    values = [number(f"place {at} of {looked_at}", place, "places-kept-as-tensors") for at, place in enumerate(path)]
    check_length(looked_at, np.array(values, dtype=np.float64)[:, None], walk)
    return looked_at, np.array(values)[:, None]


def check_length(looked_at: str, path: Numbers, walk: Walk) -> None:
    """One place for the start and one for each step."""
    steps, length = walk.steps, len(path)
    without_start = length == steps and is_near(path, walk.path()[1:])
    hint = "start-missing" if without_start else "one-step-missing" if length == steps else "steps-ignored"
    wanted = f"{steps + 1}: the start and {steps} steps"
    expect.that(length == steps + 1, looked_at=f"the length of {looked_at}", got=length, wanted=wanted, hint=hint)


def check_start(looked_at: str, path: Numbers, walk: Walk) -> None:
    """The walk begins where it was sent from."""
    hint = instead(path, list(mistaken_paths(walk))) or "start-ignored"
    ok, wanted = is_near(path[0], walk.start), _told(np.array(walk.start))
    expect.that(ok, looked_at=looked_at, got=_told(path[0]), wanted=wanted, hint=hint)


@points(0.5, stub="descent", seconds=SECONDS)
def test_positions(student: Any, stand_ins: Any) -> None:
    """descend gives a list of numbers: the start, and one place for each step"""
    for walk in (FIRST, FIRST._replace(steps=3)):
        looked_at, path = positions(student, stand_ins, walk)
        check_start(f"the first place of {looked_at}", path, walk)


@points(1.5, stub="descent", seconds=SECONDS)
def test_descent(student: Any, stand_ins: Any) -> None:
    """descend takes each step downhill: learning rate times slope, and no other way"""
    for walk in (FIRST, FIRST._replace(rate=0.2), FIRST._replace(start=(-3.0,), rate=1.8, steps=5)):
        looked_at, path = positions(student, stand_ins, walk)
        show_heights(
            f"The height after each step, with descend from w = {walk.start[0]:g} at {walk.rate:g}", path, walk
        )
        check_steps(looked_at, path, walk)


@points(1, stub="descent", hidden=True, seconds=SECONDS)
def test_other_descents(student: Any, stand_ins: Any, seed: int) -> None:
    """descend works for other valleys, learning rates and whole numbers, and one call does not disturb the next"""
    dice = np.random.default_rng(seed)
    for steps in (1, 4, 12, 0):
        walk = drawn_walk(dice, 1, steps)
        check_steps(*positions(student, stand_ins, walk), walk)
    whole = FIRST._replace(start=(4.0,))
    check_steps(*positions(student, stand_ins, whole, start=4), whole)


def drawn_walk(dice: np.random.Generator, directions: int, steps: int) -> Walk:
    """A landscape and a learning rate at which walks come closer; the first step may overshoot a little."""
    widths = dice.uniform(1.5, 3.0, directions).round(2)
    centre, start = dice.uniform(-4, 4, (2, directions)).round(2)
    away = np.where(np.abs(start - centre) < 1, centre + 2.5, start)
    rate = float((dice.uniform(0.1, 0.7) * widths.min() ** 2).round(3))
    return Walk(tuple(centre.tolist()), tuple(widths.tolist()), tuple(away.tolist()), rate, steps)


# --- bowl: descend_in_bowl ------------------------------------------------------------------------------------------

BOWL = Walk((1.0, -1.0), (1.0, 2.0), (3.0, 2.0), 0.4, 6)


def path_in_bowl(student: Any, stand_ins: Any, walk: Walk) -> tuple[str, Numbers]:
    """What was looked at, and the student's path (steps + 1, 2), if it is a tensor of that shape."""
    f, looked_at = stand_ins.bowl(list(walk.centre), list(walk.widths)), f"descend_in_bowl(f, {walk.told()})"
    seen = stand_ins.walk_in_bowl(student.descend_in_bowl, f, torch.tensor(walk.start), walk.rate, walk.steps)
    path = seen["path"]
    expect.that(
        isinstance(path, Tensor),
        looked_at=looked_at,
        got=seen["type"],
        wanted="one tensor",
        hint="nothing-returned" if path is None else "path-not-stacked",
    )
    shape = tuple(path.shape)
    if shape == (2,):
        expect.shape(looked_at, path, (walk.steps + 1, 2), "last-place-only")
    if len(shape) == 2 and shape[1] == 2:
        check_length(looked_at, path.double().numpy(), walk)
    expect.shape(looked_at, path, (walk.steps + 1, 2), "path-transposed" if shape == (2, walk.steps + 1) else None)
    values: Numbers = path.double().numpy()
    if is_near(values, walk.path()):
        expect.that(
            seen["start kept"],
            looked_at=f"the tensor given as start of {looked_at}",
            got="it has changed",
            wanted="it stays as it was",
            hint="start-changed",
        )
    return looked_at, values


@points(0.5, stub="bowl", seconds=SECONDS)
def test_path(student: Any, stand_ins: Any) -> None:
    """descend_in_bowl gives a tensor with one row for the start and one for each step"""
    for walk in (BOWL, BOWL._replace(steps=2)):
        looked_at, path = path_in_bowl(student, stand_ins, walk)
        check_start(f"the first row of {looked_at}", path, walk)


@points(1.5, stub="bowl", seconds=SECONDS)
def test_descent_in_bowl(student: Any, stand_ins: Any) -> None:
    """descend_in_bowl takes each step in both directions at once, against the gradient"""
    for walk in (BOWL, BOWL._replace(rate=0.15), BOWL._replace(start=(-2.0, 4.0), rate=0.8)):
        check_steps(*path_in_bowl(student, stand_ins, walk), walk)


@points(1, stub="bowl", hidden=True, seconds=SECONDS)
def test_other_bowls(student: Any, stand_ins: Any, seed: int) -> None:
    """descend_in_bowl works in other bowls, and one call does not disturb the next"""
    dice = np.random.default_rng(seed)
    for steps in (1, 5, 15, 0):
        walk = drawn_walk(dice, 2, steps)
        check_steps(*path_in_bowl(student, stand_ins, walk), walk)
