"""What returned weights prove about a training: which images gave a gradient, and what else moved a weight.

Each group of items lights a few pixels that no other group lights, and some pixels stay dark in all of them. A step by
a gradient changes the first layer's columns of lit pixels only; weight decay shortens all columns alike; noise,
ready-made weights and images that were changed on the way move the dark ones too. All of it is computed from the
weights, labels and images that the grader knows, and assumes nothing about loss, optimiser or number of calls.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks.expect import Mismatch
from autograder.torchlab.task import DIGITS, Task

FIRST, BIAS = "hidden.weight", "hidden.bias"
"""The layer of the stand-in model that meets the pixels: (units, pixels)."""

UNLEARNT = 0.01
"""A group whose columns changed by less than this share of the most was not learnt from."""

_GREYS = (-0.4, 0.2, 0.5, 0.8, 1.0, 2.6)
"""Pixels of the ground: negative, grey, and larger than 1, as normalised digits have them."""

_DARK = 60
"""Pixels that no item lights."""


@dataclass(frozen=True)
class World:
    """Images (N, C, H, W) with labels (N,) that have nothing to do with them, so that every batch has something to
    teach; the pixels that each group of items lights alone (groups, pixels), and those that stay dark."""

    images: Tensor
    labels: Tensor
    own: Tensor
    dark: Tensor
    batch_size: int

    @classmethod
    def draw(
        cls, count: int, batch_size: int, group: int, seed: int, task: Task = DIGITS, by_place: bool = False
    ) -> World:
        """`count` items, of which `group` in a row share their own pixels: up to three, if there is room.

        By place it is the items at the same place of each batch that do. Raises ValueError where a picture has too few
        pixels for one of each group's own.
        """
        dice = torch.Generator().manual_seed(seed)
        place = torch.arange(count) % (batch_size if by_place else count) // group
        groups = int(place.max()) + 1
        own = min(3, (task.pixels - 2 * _DARK) // groups)
        if own < 1:
            raise ValueError(f"Pictures of {task.pixels} pixels are too small here: {groups + 2 * _DARK} are needed.")
        pixels = torch.randperm(task.pixels, generator=dice)
        mine, dark = pixels[: groups * own].view(groups, own), pixels[groups * own :][:_DARK]
        greys = torch.tensor(_GREYS)[torch.randint(len(_GREYS), (count, task.pixels), generator=dice)]
        images = greys * (torch.rand(count, task.pixels, generator=dice) < 0.3)
        images[:, torch.cat([mine.flatten(), dark])] = 0.0
        images.scatter_(1, mine[place], 1.0)
        labels = torch.randperm(count, generator=dice) % task.classes
        return cls(images.view(count, *task.shape), labels, mine, dark, batch_size)


@dataclass(frozen=True)
class Pass:
    """One pass over the dataset: a number of each weight when its first and when its last item was read."""

    first: tuple[float, ...]
    last: tuple[float, ...]


@dataclass(frozen=True)
class Run:
    """One training of the stand-in model: weights before and after, what was returned, the passes that were read, and
    the first batches that the model was shown with gradients on.

    `marks`: a number of each of the weights `names` before each batch was read, and at the end.
    """

    before: Mapping[str, Tensor]
    after: Mapping[str, Tensor]
    returned: object
    passes: tuple[Pass, ...]
    shown: tuple[Tensor, ...]
    names: tuple[str, ...] = ()
    marks: tuple[tuple[float, ...], ...] = ()

    @classmethod
    def of(cls, seen: Mapping[str, Any]) -> Run:
        """What the student's process says, taken field by field. Raises Mismatch where it is no such thing."""
        try:
            before, after = ({str(name): _tensor(value) for name, value in seen[key].items()} for key in _WEIGHTS)
            passes = tuple(Pass(*map(_floats, pair)) for pair in seen["passes"])
            names, marks = tuple(map(str, seen.get("names", ()))), tuple(map(_floats, seen.get("marks", ())))
            shown = tuple(_tensor(one) for one in seen["shown"])
            return cls(before, after, seen["returned"], passes, shown, names, marks)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise Mismatch("what train left behind", type(error).__name__, "the weights of a trained model") from None

    @property
    def is_the_same_model(self) -> bool:
        """Whether the weights after training have the names and shapes of those before, and are finite."""
        shapes = [{name: value.shape for name, value in weights.items()} for weights in (self.before, self.after)]
        return shapes[0] == shapes[1] and all(bool(torch.isfinite(value).all()) for value in self.after.values())

    @property
    def learning_passes(self) -> int:
        """Passes during which weights changed, and were not put back at the end: at least so many were learnt from."""
        starts = [one.first for one in self.passes[1:]]
        after = [*starts, ()]
        return sum(one.first not in (one.last, next_) for one, next_ in zip(self.passes, after, strict=True))

    @property
    def fresh_starts(self) -> int:
        """How often a pass began with the very weights of the first one, although they had changed in between."""
        first = self.passes[0].first if self.passes else ()
        pairs = zip(self.passes, self.passes[1:], strict=False)
        return sum(one.last != one.first and after.first == first for one, after in pairs)

    @property
    def moved(self) -> tuple[frozenset[str], ...]:
        """The names of the weights that had changed from one mark to the next."""
        return tuple(map(self._moved, self.marks, self.marks[1:]))

    @property
    def moved_by_pass(self) -> tuple[frozenset[str], ...]:
        """The same from the beginning of each pass to that of the next, or to the end."""
        firsts = [one.first for one in self.passes]
        return tuple(map(self._moved, firsts, [*firsts[1:], *self.marks[-1:]]))

    def _moved(self, one: Sequence[float], other: Sequence[float]) -> frozenset[str]:
        return frozenset(name for name, was, is_ in zip(self.names, one, other, strict=False) if was != is_)

    @property
    def longest_move(self) -> float:
        """By how much the number that changed most among the weights `names` has changed."""
        kept = [name for name in self.names if name in self.before and name in self.after]
        return max((float((self.after[name] - self.before[name]).abs().max()) for name in kept), default=0.0)

    @property
    def still(self) -> list[str]:
        """Weights that were the same all the time."""
        return [name for name in self.names if not any(name in moved for moved in self.moved_by_pass)]

    @property
    def left_behind(self) -> list[str]:
        """Weights that changed in the first pass and never again, while others went on."""
        later = self.moved_by_pass[1:]
        if not later or not frozenset.intersection(*later):
            return []
        return [name for name in self.names if name in self.moved_by_pass[0] and not any(name in one for one in later)]


_WEIGHTS = ("before", "after")


def _floats(numbers: object) -> tuple[float, ...]:
    return tuple(map(float, numbers))  # type: ignore[call-overload]


def _tensor(value: object) -> Tensor:
    if not isinstance(value, Tensor):
        raise TypeError("a tensor was expected")
    return value.float()


@dataclass(frozen=True)
class Proof:
    """What the weights say of one run.

    `traceless`: which groups gave no gradient, though units answer to their images (groups,). `own` and `dark`: how
    long the change of a column is, decay taken off, of lit pixels that one group owns (nine in ten are shorter) and of
    pixels that nobody lights (the median).
    `untrained`: names of weights that were only scaled.
    """

    traceless: Tensor
    own: float
    dark: float
    untrained: tuple[str, ...]

    @classmethod
    def of(cls, world: World, run: Run) -> Proof | None:
        """The proof; None where the weights are not those of the same model any more, which other checks tell."""
        if not run.is_the_same_model or FIRST not in run.after:
            return None
        change = _change(world, run.before[FIRST], run.after[FIRST])
        own = change[:, world.own].square().sum(dim=(0, 2)).sqrt() / math.sqrt(world.own.shape[1])
        return cls(
            traceless=(own <= UNLEARNT * float(own.quantile(0.97))) & _heard(world, run) & ~_in_turns(world, run),
            own=float(own.quantile(0.9)),
            dark=float(change[:, world.dark].norm(dim=0).median()),
            untrained=tuple(name for name in run.before if _only_scaled(run.before[name], run.after[name])),
        )

    @property
    def unlearnt(self) -> float:
        """The share of groups that are traceless."""
        return float(self.traceless.double().mean())

    @property
    def is_blurred(self) -> bool:
        """Whether dark pixels moved weights as well: images were changed on the way, or chance moves weights."""
        return self.dark > 1e-3 * self.own

    @property
    def is_moved_by_images(self) -> bool:
        """Whether lit pixels changed more than pixels that nobody lights: true wherever images are learnt from as they
        are."""
        return self.own > 1.3 * self.dark


def _change(world: World, before: Tensor, after: Tensor) -> Tensor:
    """What was added to each column, decay taken off, and what was added to all of them alike, as it is where gradients
    are centred."""
    decay = _scale(*(_centred(weight[:, world.dark]) for weight in (before, after)))
    change = after - decay * before
    return change - change[:, world.dark].mean(dim=1, keepdim=True)


def _centred(columns: Tensor) -> Tensor:
    return columns - columns.mean(dim=1, keepdim=True)


def _heard(world: World, run: Run) -> Tensor:
    """Of which groups (groups,) most images light some unit at the end: where large steps have left every unit dark, no
    gradient comes from images that were learnt from all the same."""
    images = world.images.flatten(1)
    lit = (F.linear(images, run.after[FIRST], run.after.get(BIAS)) > 0).any(dim=1).float()
    of_group = images[:, world.own[:, 0]]  # 1 in the images of a group, 0 in all others
    return lit @ of_group > 0.5 * of_group.sum(dim=0)


def _in_turns(world: World, run: Run) -> Tensor:
    """Groups (groups,) of one batch each whose batch moved other layers than the first: layers may learn in turns."""
    if len(run.moved) != len(world.own):
        return torch.zeros(len(world.own), dtype=torch.bool)
    return torch.tensor([bool(moved) and not moved & {FIRST, BIAS} for moved in run.moved])


def _scale(before: Tensor, after: Tensor) -> float:
    """The factor that turns `before` into `after` best."""
    length = float(before.square().sum())
    return float((before * after).sum()) / length if length else 1.0


def _only_scaled(before: Tensor, after: Tensor) -> bool:
    """Whether a weight changed, and all that happened to it is a factor, up to rounding."""
    change, rest = float((after - before).norm()), float((after - _scale(before, after) * before).norm())
    return before.numel() > 1 and change > 1e-5 * float(before.norm()) and rest <= 0.01 * change


def same_weights(one: Run, other: Run) -> bool:
    """Whether two runs ended with the very same weights."""
    return one.after.keys() == other.after.keys() and all(
        value.shape == other.after[name].shape and bool(torch.allclose(value, other.after[name], rtol=1e-6, atol=1e-8))
        for name, value in one.after.items()
    )


# --- what the model was shown ---------------------------------------------------------------------------------------


def other_shape(world: World, shown: Sequence[Tensor]) -> tuple[int, ...] | None:
    """The shape of the first batch that holds no images of the loader's shape, if there is one."""
    return next((tuple(one.shape) for one in shown if one.shape[1:] != world.images.shape[1:]), None)


def as_given(world: World, shown: Sequence[Tensor]) -> float:
    """The share of shown images that are some image of the loader; 1 where nothing was seen."""
    if not shown or other_shape(world, shown):
        return 1.0
    seen, given = torch.cat(list(shown)).flatten(1), world.images.flatten(1)
    nearest = torch.cdist(seen, given, p=math.inf).min(dim=1).values
    return float((nearest < 0.02 * float(given.abs().max())).float().mean())


def fixed_change(world: World, shown: Sequence[Tensor]) -> str | None:
    """How all images differ from those of the loader, where the same is done to every one of them in each pass; None
    where some are as they were, or where chance had a part in it: that is augmentation."""
    if not shown or other_shape(world, shown):
        return None
    seen, given = torch.cat(list(shown)).flatten(1), world.images.flatten(1)
    if len(seen) < 2 * len(given) or as_given(world, shown) > 0.05:
        return None
    first, second = seen[: len(given)], seen[len(given) : 2 * len(given)]
    if not torch.allclose(first, second, rtol=1e-3, atol=1e-3) or not _by_grey_level(given, first):
        return None
    low, high = float(seen.min()), float(seen.max())
    return f"pixels from {low:.2g} to {high:.2g} instead of {float(given.min()):.2g} to {float(given.max()):.2g}"


def _by_grey_level(given: Tensor, shown: Tensor) -> bool:
    """Whether pixels of one image that were alike still are: `shown` follows from the grey levels, not from places."""
    for grey in (0.0, *_GREYS):
        alike = given == grey
        means = (shown * alike).sum(dim=1) / alike.sum(dim=1).clamp(min=1)
        if float(((shown - means[:, None]).abs() * alike).max()) > 1e-3 * float(shown.abs().max()):
            return False
    return True
