"""Items of a dataset against the pixels in the files."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor

from autograder.checks.expect import Mismatch
from autograder.torchlab.drawn import draw
from autograder.torchlab.images import Part, check_item, check_lines, check_picture, fit
from autograder.torchlab.inside.datasets import Item, Loaded

PIXELS, LABELS = draw(12, 3)


def scaled(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> Tensor:
    return torch.from_numpy(pixels.astype(np.float32))[None] / 255


def part(name: str, change: Callable[[Tensor], Tensor]) -> Part:
    """A part whose every item is its image in the file, changed."""
    items = tuple(
        Item(True, change(scaled(pixels)), int(label), "") for pixels, label in zip(PIXELS, LABELS, strict=True)
    )
    seen = Loaded("dataset", "", len(items), tuple(range(len(items))), items, items, 0.0)
    return Part(name, PIXELS, LABELS, None, seen)


def test_a_line_from_file_to_image_is_found_again() -> None:
    line = fit((scaled(PIXELS[0]) - 0.13) / 0.31, PIXELS[0])
    assert line.slope == pytest.approx(1 / 0.31, rel=1e-3)
    assert line.offset == pytest.approx(-0.13 / 0.31, rel=1e-3)
    assert line.correlation == pytest.approx(1)


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        (lambda x: 1 - x, "inverted-images"),
        (lambda x: x.mT, "transposed-images"),
        (lambda x: (x > 0.9).float(), "integer-division"),
        (lambda x: scaled(PIXELS[5]), "index-ignored"),
        (lambda x: torch.rand(1, 28, 28), None),
    ],
)
def test_an_image_that_is_not_its_pixels_is_named(change: Callable[[Tensor], Tensor], hint: str | None) -> None:
    parts = [part("training", change)]
    with pytest.raises(Mismatch) as raised:
        check_picture(parts, parts[0], 0, parts[0].seen.items[0])
    assert raised.value.hint == hint


@pytest.mark.parametrize(
    ("train", "test", "hint"),
    [
        (lambda x: x, lambda x: 2 * x - 1, "different-scaling-per-part"),
        (lambda x: x / 255, lambda x: x / 255, "scaled-twice"),
        (lambda x: 255 * x, lambda x: 255 * x, "unscaled-images"),
        (lambda x: x / x.mean(), lambda x: x / x.mean(), "per-image-normalisation"),
    ],
)
def test_other_scales_are_named(train: Callable[[Tensor], Tensor], test: Callable[[Tensor], Tensor], hint: str) -> None:
    with pytest.raises(Mismatch) as raised:
        check_lines([part("training", train), part("test", test)])
    assert raised.value.hint == hint


def test_usual_scales_are_right() -> None:
    for change in (lambda x: x, lambda x: (x - 0.1307) / 0.3081, lambda x: 2 * x - 1):
        check_lines([part("training", change), part("test", change)])


@pytest.mark.parametrize(
    ("item", "hint"),
    [
        (Item(True, torch.zeros(28, 28), 3, ""), "wrong-image-shape"),
        (Item(True, torch.zeros(3, 28, 28), 3, ""), "three-channel-statistics"),
        (Item(True, torch.zeros(1, 28, 28).double(), 3, ""), "images-not-float32"),
        (Item(True, torch.zeros(1, 28, 28), 3.0, ""), "label-not-an-integer"),
        (Item(True, 3, torch.zeros(1, 28, 28), ""), "item-not-image-and-label"),
        (Item(True, "picture", 3, "PIL.Image"), "pil-image"),
    ],
)
def test_an_item_of_another_kind_is_named(item: Item, hint: str) -> None:
    with pytest.raises(Mismatch) as raised:
        check_item("item 0", item, (1, 28, 28))
    assert raised.value.hint == hint
