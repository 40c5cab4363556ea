"""Whether `load_digits(root, train)` gives the images and labels of the files in `root`, all scaled in one way.

Of one image to its pixels in the file there is a straight line; that of all of them must be the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from autograder.checks import expect
from autograder.torchlab.evidence import Sign, first, fitting, rebuilt
from autograder.torchlab.inside.datasets import Item, Loaded
from autograder.torchlab.labels import described, is_integer
from autograder.torchlab.mnist import raw_files
from autograder.torchlab.task import Lab

Bytes = npt.NDArray[np.uint8]
Source = tuple[Bytes, Bytes]
"""Pixels (N, H, W) and labels (N,) of one part, as they lie in the files."""

SAMPLED = (0.0, 0.02, 0.11, 0.17, 0.29, 0.31, 0.43, 0.57, 0.62, 0.71, 0.86, 0.94, 1.0)
"""Which items are looked at, as shares of the length: the first, the last and some between."""

MORE_PLACES = 20
"""Places in each part that nobody can foresee: the labels of one digit may be wrong, or items filled up."""

UNSCALED, FLAT = 20.0, 0.05
"""Least distance of black and white in pixels that nobody scaled; greatest in pixels that were scaled twice.

Right ones: 1 for 0..1, 2 for -1..1, 3.25 after MNIST's statistics.
"""

SLOW_ITEM = 20.0
"""Advice is given above so many times torchvision's own time for an item."""


@dataclass(frozen=True)
class Part:
    """The training or the test part: what lies in the files, and what the student's dataset gives."""

    name: str
    images: Bytes
    labels: Bytes
    dataset: object
    seen: Loaded

    @property
    def items(self) -> list[tuple[int, Item]]:
        """Looked-at indices and items."""
        return list(zip(self.seen.indices, self.seen.items, strict=True))


class Parts:
    """Both parts of a root, as the student loads them, and what must come of them."""

    def __init__(self, lab: Lab, train: Source, test: Source, files: Mapping[str, bytes] | None = None) -> None:
        """The root holds these two sources, as `files` where they have been written out before. The test part is loaded
        first: it has to do without what loading the training part leaves behind; looked at are both as they are
        then."""
        self.lab = lab
        root = lab.sandbox.files(files or raw_files(*train, *test))
        tested, trained = (lab.student.load_digits(root, train=part) for part in (False, True))
        self.parts = [
            Part(name, *source, dataset, rebuilt(Loaded, self._look(dataset, source)))
            for name, source, dataset in (("training", train, trained), ("test", test, tested))
        ]

    def _look(self, dataset: object, source: Source) -> object:
        return self.lab.stand_ins.look_at_digits(dataset, SAMPLED, len(source[0]))

    def hold_images_and_labels(self) -> None:
        """Each item is an image of the promised kind and shape, with one integer."""
        for part in self.parts:
            check_kind(part)
            for index, item in part.items[:4]:
                check_item(f"item {index} of the {part.name} part", item, self.lab.task.shape)

    def show_the_files(self) -> None:
        """Every image repeats, is that of its place in the files, and all follow one line from grey level to value."""
        for part in self.parts:
            check_kind(part)
            check_repeats(part, self.lab.task.shape)
            for index, item in part.items:
                check_picture(self.parts, part, index, item)
        check_lines(self.parts)


def have_every_item(parts: Parts, usual: Mapping[str, int]) -> None:
    """Each part is as long as its files, and every label is that of its place.

    `usual`: lengths by part that people write down.
    """
    dice = np.random.default_rng(parts.lab.seed + 5)
    for part in parts.parts:
        length, count = part.seen.length, len(part.images)
        cut = length < count - 1 and length != usual[part.name]
        expect.that(
            length == count,
            looked_at=f"the length of the {part.name} part",
            got=length,
            wanted=f"{count}, the digits in the files",
            hint="part-of-the-digits" if cut else "wrong-length",
        )
        for index, item in part.items:
            check_label(part, index, item)
        for index in dice.integers(0, count, MORE_PLACES).tolist():
            _check_unforeseen(parts, part, index)
    few = torch.from_numpy(parts.parts[0].images[:50])
    if parts.parts[0].seen.seconds > SLOW_ITEM * parts.lab.stand_ins.seconds_per_item(few):
        expect.advise("slow-items")


def _check_unforeseen(parts: Parts, part: Part, index: int) -> None:
    """An item that nobody knew would be looked at is as right as the others."""
    item = rebuilt(Item, parts.lab.stand_ins.look_at_item(part.dataset, index))
    check_item(f"item {index} of the {part.name} part", item, parts.lab.task.shape)
    check_picture(parts.parts, part, index, item)
    check_label(part, index, item)


# --- one item -------------------------------------------------------------------------------------------------------


def check_kind(part: Part) -> None:
    """The result is one dataset with items."""
    expect.that(
        part.seen.kind == "dataset",
        looked_at=f"what load_digits returns for the {part.name} part",
        got=part.seen.type,
        wanted="one Dataset of single digits",
        hint="not-a-dataset",
    )
    expect.that(
        bool(part.seen.items),
        looked_at=f"the length of the {part.name} part",
        got="0",
        wanted=f"{len(part.images)}, the digits in the files",
        hint="part-of-the-digits",
    )


def check_item(name: str, item: Item, shape: Sequence[int]) -> None:
    """An item is a pair, its image a float32 tensor of `shape`, its label one integer."""
    expect.that(
        item.pair and not _is_swapped(item),
        looked_at=name,
        got="the label first" if item.pair else item.type,
        wanted="a pair (image, label)",
        hint="item-not-image-and-label",
    )
    image = item.image
    expect.that(
        isinstance(image, Tensor),
        looked_at=f"the image of {name}",
        got=item.type,
        wanted="a tensor",
        hint="pil-image",
    )
    assert isinstance(image, Tensor)
    coloured = tuple(image.shape) == (3, *shape[1:])
    hint = "three-channel-statistics" if coloured else "wrong-image-shape"
    expect.shape(f"the image of {name}", image, shape, hint)
    expect.that(
        image.dtype == torch.float32,
        looked_at=f"the image of {name}",
        got=image.dtype,
        wanted="torch.float32",
        hint="images-not-float32",
    )
    expect.finite(f"the image of {name}", image)
    expect.that(
        is_integer(item.label),
        looked_at=f"the label of {name}",
        got=described(item.label),
        wanted="one integer from 0 to 9",
        hint="label-not-an-integer",
    )


def _is_swapped(item: Item) -> bool:
    label = item.label
    return is_integer(item.image) and isinstance(label, Tensor | np.ndarray) and label.size != 1


def _pixels(item: Item) -> Tensor:
    """The image of an item whose kind was looked at."""
    assert isinstance(item.image, Tensor)
    return item.image


def _label(item: Item) -> int:
    return int(item.label)  # type: ignore[call-overload,no-any-return]


def check_label(part: Part, index: int, item: Item) -> None:
    """The label is that at its place in the files."""
    expect.that(
        _label(item) == int(part.labels[index]),
        looked_at=f"the label of item {index} of the {part.name} part",
        got=_label(item),
        wanted=int(part.labels[index]),
        hint="labels-not-paired",
    )


# --- an item twice --------------------------------------------------------------------------------------------------


def check_repeats(part: Part, shape: Sequence[int]) -> None:
    """Reading an item twice gives the same."""
    for (index, once), again in zip(part.items, part.seen.again, strict=True):
        check_item(f"item {index} of the {part.name} part", once, shape)
        same = isinstance(again.image, Tensor) and torch.equal(_pixels(once), again.image)
        expect.that(
            same,
            looked_at=f"item {index} of the {part.name} part, read twice",
            got="two different images",
            wanted="the same image",
            hint=lambda: first(NOT_REPEATED, part),
        )
        expect.that(
            is_integer(again.label) and _label(again) == _label(once),
            looked_at=f"the label of item {index} of the {part.name} part, read twice",
            got=f"{_label(once)}, then {described(again.label)}",
            wanted="the same label",
            hint="labels-not-paired",
        )


def _twice(part: Part) -> list[tuple[Tensor, Tensor]]:
    """Images as they came first and as they came again, where they have the same shape."""
    both = [(_pixels(once), again.image) for (_, once), again in zip(part.items, part.seen.again, strict=True)]
    return [(once, again) for once, again in both if isinstance(again, Tensor) and again.shape == once.shape]


def one_memory_for_all(part: Part) -> bool:
    """Images of different places are one and the same."""
    pairs = _twice(part)
    return len(pairs) > 1 and torch.equal(pairs[0][0], pairs[-1][0])


def paler_each_time(part: Part) -> bool:
    """The same image with another contrast, in one way: it was scaled in place."""
    pairs = _twice(part)
    contrasts = [(float(once.max() - once.min()), float(again.max() - again.min())) for once, again in pairs]
    ratios = [after / before for before, after in contrasts if before > 0] or [0.0]
    alike = bool(pairs) and all(
        abs(fit(again, _levels(once)).correlation) > 0.98 or _is_flat(again) for once, again in pairs
    )
    return alike and (max(ratios) <= 1.001 or min(ratios) >= 0.999)


def of_another_place(part: Part) -> bool:
    """Images of the files, though not of the same place."""
    pairs = _twice(part)
    known = all(_likeness(again, part.images) > 0.999 for _, again in pairs)
    return bool(pairs) and known and min(fit(again, _levels(once)).correlation for once, again in pairs) < 0.99


def _is_flat(image: Tensor) -> bool:
    return float(image.std()) < 1e-3


NOT_REPEATED: tuple[Sign[Part], ...] = (
    Sign("stored-images-changed", one_memory_for_all),
    Sign("stored-images-changed", paler_each_time),
    Sign("index-ignored", of_another_place),
    Sign("random-images", lambda part: True),
)
"""What an item is a sign of that is another one when it is read again."""


# --- an image and the pixels in its file ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """The straight line `image = slope * pixel + offset` that fits best; slope is per 255 grey levels."""

    slope: float
    offset: float
    correlation: float

    @property
    def ends(self) -> str:
        """The values of black and white."""
        return f"black and white are {self.offset:.3g} and {self.offset + self.slope:.3g}"

    def is_like(self, other: Line) -> bool:
        """Whether both scale pixels in the same way."""
        scale = max(abs(self.slope), 1e-9)
        offset = max(scale, abs(self.offset))
        return abs(self.slope - other.slope) < 2e-3 * scale and abs(self.offset - other.offset) < 2e-3 * offset


def fit(image: Tensor, pixels: Bytes) -> Line:
    """The line from file to image, by least squares; correlation 0 for an image of one grey level."""
    x, y = pixels.astype(np.float64).ravel() / 255, image.double().numpy().ravel()
    spread, both = x.std() * y.std(), ((x - x.mean()) * (y - y.mean())).mean()
    slope = both / x.var() if x.std() else 0.0
    return Line(float(slope), float(y.mean() - slope * x.mean()), float(both / spread) if spread > 1e-12 else 0.0)


def _levels(image: Tensor) -> Bytes:
    spread = float(image.max() - image.min()) or 1.0
    levels: Bytes = ((image - image.min()) / spread * 255).numpy().astype(np.uint8)
    return levels


def _likeness(image: Tensor, sources: Bytes) -> float:
    """The correlation of one image with the source that is most like it."""
    y = image.numpy().ravel() - float(image.mean())
    best = -1.0
    for some in np.array_split(sources, 1 + len(sources) // 4_000):
        x = some.reshape(len(some), -1).astype(np.float32)
        x -= x.mean(axis=1, keepdims=True)
        lengths = np.linalg.norm(x, axis=1) * np.linalg.norm(y)
        best = max(best, float(((x @ y) / np.maximum(lengths, 1e-9)).max()))
    return best


@dataclass(frozen=True)
class Odd:
    """An image that does not follow the pixels at its place in the files."""

    parts: Sequence[Part]
    part: Part
    index: int
    image: Tensor

    @property
    def source(self) -> Bytes:
        """The pixels at that place."""
        source: Bytes = self.part.images[self.index]
        return source

    def is_another_of(self, part: Part) -> bool:
        """Whether it is an image of a part, at whatever place."""
        return _likeness(self.image, part.images) > 0.99


def check_picture(parts: Sequence[Part], part: Part, index: int, item: Item) -> None:
    """The image is a straight-line function of the pixels at its place in the files."""
    image = _pixels(item)
    if fit(image, part.images[index]).correlation > 0.99:
        return
    sign = fitting(ODD_IMAGES, Odd(parts, part, index, image))
    raise expect.Mismatch(
        f"the image of item {index} of the {part.name} part",
        sign.got if sign else "pixels that do not follow those of the file",
        "the digit at that place in the files",
        sign.hint if sign else None,
    )


def negative(odd: Odd) -> bool:
    """Dark where the file is bright."""
    return fit(odd.image, odd.source).correlation < -0.9


def on_its_side(odd: Odd) -> bool:
    """Rows and columns are swapped, or turned by a quarter."""
    return any(abs(fit(odd.image, turned).correlation) > 0.99 for turned in _turned(odd.source))


def _turned(source: Bytes) -> Iterator[Bytes]:
    yield source.T
    yield np.rot90(source)
    yield np.rot90(source, 3)


def of_the_other_part(odd: Odd) -> bool:
    """An image of the other part."""
    return any(odd.is_another_of(part) for part in odd.parts if part is not odd.part)


def with_gaps_before(odd: Odd) -> bool:
    """Another image of a part that is too short."""
    return odd.part.seen.length < len(odd.part.images) - 1 and odd.is_another_of(odd.part)


def few_values(odd: Odd) -> bool:
    """Whole numbers only, where the file has grey levels."""
    return len(np.unique(odd.image.numpy())) <= 3 < len(np.unique(odd.source))


ODD_IMAGES: tuple[Sign[Odd], ...] = (
    Sign("inverted-images", negative, "its negative: dark ink on bright ground"),
    Sign("transposed-images", on_its_side, "the digit on its side: rows and columns are swapped"),
    Sign("train-flag-ignored", of_the_other_part, "a digit of the other part"),
    Sign("part-of-the-digits", with_gaps_before, "another digit of this part"),
    Sign("index-ignored", lambda odd: odd.is_another_of(odd.part), "another digit of this part"),
    Sign("integer-division", few_values, "only two or three values"),
)
"""What an image is a sign of that is not the one at its place in the files."""


# --- all images -----------------------------------------------------------------------------------------------------


def _is_coarser(image: Tensor, source: Bytes) -> bool:
    """Whether many of the file's grey levels have become one."""
    return len(np.unique(image.numpy())) < 0.75 * len(np.unique(source))


def check_lines(parts: Sequence[Part]) -> None:
    """One line for all images of both parts, with a contrast that a model can learn from."""
    ends = []
    for part in parts:
        lines = [fit(_pixels(item), part.images[index]) for index, item in part.items]
        one_scale = all(line.is_like(lines[0]) for line in lines)
        expect.that(
            one_scale or not any(_is_coarser(_pixels(item), part.images[index]) for index, item in part.items),
            looked_at=f"the grey levels of images of the {part.name} part",
            got="fewer than in the file",
            wanted="all of them",
        )
        expect.that(
            one_scale,
            looked_at=f"how the {part.name} part scales its images",
            got="another scale for each image",
            wanted="one scale for all",
            hint="per-image-normalisation",
        )
        ends.append(lines[0])
    line, other = ends
    expect.that(
        line.is_like(other),
        looked_at="how the two parts scale their images",
        got=f"{line.ends} in one part, {other.offset:.3g} and {other.offset + other.slope:.3g} in the other",
        wanted="the same in both parts",
        hint="different-scaling-per-part",
    )
    expect.that(
        FLAT < line.slope < UNSCALED,
        looked_at="the scale of the pixels",
        got=line.ends,
        wanted="about 0 and 1, or normalised by one mean and one deviation",
        hint="scaled-twice" if line.slope <= FLAT else "unscaled-images",
    )
    expect.that(
        abs(line.offset) < UNSCALED,
        looked_at="the scale of the pixels",
        got=line.ends,
        wanted="about 0 and 1, or normalised by one mean and one deviation of such pixels",
    )
    if line.slope > 4.5 and line.offset < -1.5:
        expect.advise("swapped-mean-and-std", f"{line.ends.capitalize()}.")
