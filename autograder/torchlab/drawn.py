"""Drawn digits that nobody has seen: seven strokes, moved, blurred, some of them dim."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

Bytes = npt.NDArray[np.uint8]

STROKES = ("abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgecd", "abc", "abcdefg", "abcdfg")
PLACES = {"a": (4, 9, 2, 10), "b": (5, 18, 8, 2), "c": (14, 18, 8, 2), "d": (21, 9, 2, 10)} | {
    "e": (14, 8, 8, 2),
    "f": (5, 8, 8, 2),
    "g": (13, 9, 2, 10),
}
"""Top, left, height and width of each stroke, in pixels."""


def _ink() -> npt.NDArray[np.float64]:
    """Where each stroke of each digit lies: (10, 7, 28, 28), 1 for ink."""
    ink = np.zeros((len(STROKES), len(PLACES), 28, 28))
    for digit, strokes in enumerate(STROKES):
        for number, (stroke, (top, left, height, width)) in enumerate(PLACES.items()):
            ink[digit, number, top : top + height, left : left + width] = stroke in strokes
    return ink


INK = _ink()


def draw(count: int, seed: int, dim: int = 5) -> tuple[Bytes, Bytes]:
    """Images uint8 (count, 28, 28) with labels uint8 (count,); one in `dim` is dim."""
    dice, places = np.random.default_rng(seed), np.arange(count)
    labels = dice.permutation(places % 10).astype(np.uint8)
    ink = (INK[labels] * dice.uniform(0.7, 1.0, (count, len(PLACES), 1, 1))).max(axis=1)
    spread = sum(np.roll(ink, move, axis=(1, 2)) for move in ((0, 0), (1, 0), (0, 1), (-1, 0)))
    blurred = np.minimum(spread / 3, 1.0)
    down, right = dice.integers(-3, 4, (2, count, 1))
    rows, columns = (np.arange(28) - down) % 28, (np.arange(28) - right) % 28
    moved = blurred[places[:, None, None], rows[:, :, None], columns[:, None, :]]
    light = np.where(places % dim == dim - 1, dice.uniform(80, 140, count), 255)
    return (moved * light[:, None, None]).astype(np.uint8), labels


def pixels_of(images: Bytes) -> Tensor:
    """Pixels 0..1, float32 (N, 1, 28, 28)."""
    return torch.from_numpy(images.astype(np.float32) / 255)[:, None]
