"""Whether `make_loader(dataset, batch_size, shuffle)` deals every item once, as it is, in the order asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import expect
from autograder.torchlab.evidence import rebuilt
from autograder.torchlab.inside.datasets import Dealt, DealtMany, Item
from autograder.torchlab.labels import described
from autograder.torchlab.task import Lab

MANY = 30_011
"""More items than anyone tries things out with; of so many a pass costs a tenth of a second."""

LARGE, SMALL = 2_500, 50
"""Batches larger than anyone caps them at, and smaller than anyone would think good for so many items."""

RANGES = ((0.0, 1.0), (-0.42, 2.82), (-1.0, 1.0), (0.2, 0.6), (-2.5, 5.3))
"""Least and most of an item's pixels, in turns: scaled, normalised in several ways, pale."""

ALIKE = 0.3
"""An image that is less like any item than this correlation is none of them, not even a changed one."""


class Loaders:
    """Experiments with the student's `make_loader`, and what must come of them."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab

    def deal_every_item(self, sizes: Iterable[tuple[int, int]]) -> None:
        """One pass gives every item once, as it is, in batches of the size asked for: (items, batch size) each."""
        self.lab.sandbox.seed(self.lab.seed)
        for count, batch_size in sizes:
            self._passes(count, batch_size, shuffle=False)

    def keep_the_order(self, sizes: Iterable[tuple[int, int, bool]], passes: int = 2) -> None:
        """And in the dataset's order, or in a new one each time: (items, batch size, shuffle) each."""
        self.lab.sandbox.seed(self.lab.seed + passes)
        for count, batch_size, shuffle in sizes:
            check_order(self._name(count), self._passes(count, batch_size, shuffle, passes), shuffle)

    def _name(self, count: int) -> str:
        return f"make_loader over {count:,} {self.lab.task.noun}s"

    def _passes(self, count: int, batch_size: int, shuffle: bool, passes: int = 2) -> list[list[int]]:
        """Numbers of the items of each pass, after every batch has been looked at."""
        lab, name = self.lab, f"{self._name(count)} with batch_size={batch_size}"
        images, labels = drawn(count, lab.task.shape)
        told = lab.stand_ins.look_at_loader(lab.student.make_loader, images, labels, batch_size, shuffle, passes)
        seen = rebuilt(Dealt, told)
        expect.that(
            seen.kind == "loader",
            looked_at=name,
            got=seen.type,
            wanted="a DataLoader that can be looped over again and again",
            hint="not-a-loader",
        )
        return [check_pass(name, batches, images, batch_size) for batches in seen.passes]


def deals_very_many(lab: Lab) -> None:
    """So it does for very many items, in batches of any size: of a pass in the dataset's order only the beginning is
    looked at."""
    for batch_size, shuffle, most in ((LARGE, True, MANY), (SMALL, False, 10)):
        name = f"make_loader over {MANY:,} {lab.task.noun}s with batch_size={batch_size:,}"
        lab.sandbox.seed(lab.seed)
        form = list(lab.task.shape), MANY, batch_size, shuffle, most
        seen = rebuilt(DealtMany, lab.stand_ins.deal_many(lab.student.make_loader, *form))
        numbers = seen.numbers.tolist()
        full = all(size == batch_size for size in seen.sizes[:-1])
        expect.that(
            full and torch.equal(seen.labels, seen.numbers % 10),
            looked_at=name,
            got="batches of another size, or with labels of others",
            wanted=f"batches of {batch_size:,}, each image with its label",
            hint=None if full else "loader-arguments-ignored",
        )
        if shuffle:
            check_complete(name, numbers, MANY, batch_size)
        check_order(name, [numbers], shuffle)


def drawn(count: int, shape: Sequence[int]) -> tuple[Tensor, list[int]]:
    """Images (count, *shape) of noise, no two alike and each in one of the RANGES; labels number % 10."""
    dice = torch.Generator().manual_seed(count)
    low, high = torch.tensor([RANGES[number % len(RANGES)] for number in range(count)]).T.view(2, count, 1, 1, 1)
    images = low + (high - low) * torch.rand(count, *shape, generator=dice)
    return images, [number % 10 for number in range(count)]


def numbers_of(shown: Tensor, images: Tensor) -> list[int]:
    """Which of `images` each of a batch (B, C, H, W) is, or was made of; -1 where none is like it."""
    rows, known = (F.normalize(some.flatten(1) - some.flatten(1).mean(dim=1, keepdim=True)) for some in (shown, images))
    likeness, numbers = (rows @ known.T).abs().max(dim=1)
    return numbers.where(likeness > ALIKE, -1).tolist()


def check_pass(name: str, batches: Sequence[Item], images: Tensor, batch_size: int) -> list[int]:
    """Each batch has the promised form and size, and together they hold every item once. The numbers in order."""
    numbers: list[int] = []
    count = len(images)
    expect.that(
        bool(batches) or count < batch_size, looked_at=name, got="an empty pass", wanted="batches", hint="not-a-loader"
    )
    for batch in batches:
        shown, labels = check_batch(name, batch, images)
        tags = numbers_of(shown, images)
        full = len(tags) == batch_size or (batch is batches[-1] and len(tags) < batch_size)
        expect.that(
            full and any(tag >= 0 for tag in tags),
            looked_at=name,
            got=f"a batch of {len(tags)}" if not full else "items that are none of the dataset's",
            wanted=f"batches of {batch_size} from the dataset that was given",
            hint="loader-arguments-ignored",
        )
        expect.that(
            torch.equal(shown, images[tags]),
            looked_at=f"the images of a batch of {name}",
            got="other pixels than those of the dataset's items",
            wanted="the items as they are",
            hint="batches-reshaped",
        )
        expect.that(
            labels.tolist() == [tag % 10 for tag in tags],
            looked_at=f"the labels of a batch of {name}",
            got="labels of other items",
            wanted="each image with its own label",
        )
        numbers += tags
    check_complete(name, numbers, count, batch_size)
    return numbers


def check_batch(name: str, batch: Item, wanted: Tensor) -> tuple[Tensor, Tensor]:
    """A batch is images (B, C, H, W), of the kind of `wanted`, and integer labels (B,); both of them."""
    images, labels = batch.image, batch.label
    single = isinstance(images, Tensor) and images.dim() == 3 and not isinstance(labels, Tensor)
    expect.that(
        not single, looked_at=name, got="single items", wanted="batches of images and labels", hint="not-a-loader"
    )
    fits = isinstance(images, Tensor) and images.dim() == 4 and images.shape[1:] == wanted.shape[1:]
    expect.that(
        fits,
        looked_at=f"the images of a batch of {name}",
        got=described(images) if batch.pair else batch.type,
        wanted=f"a tensor (B, {', '.join(map(str, wanted.shape[1:]))})",
        hint="batches-reshaped",
    )
    assert isinstance(images, Tensor)
    integers = isinstance(labels, Tensor) and labels.dtype in (torch.int64, torch.uint8)
    expect.that(
        images.dtype == wanted.dtype and integers and tuple(getattr(labels, "shape", ())) == (len(images),),
        looked_at=f"a batch of {name}",
        got=f"images {images.dtype} with labels {described(labels)}",
        wanted="float32 images with int64 labels (B,)",
        hint="batches-reshaped",
    )
    assert isinstance(labels, Tensor)
    if labels.dtype == torch.uint8:
        expect.advise("batches-reshaped", "The labels come as uint8.")
    return images, labels


def check_complete(name: str, numbers: Sequence[int], count: int, batch_size: int) -> None:
    """One pass gives every item exactly once."""
    missing, tail = count - len(set(numbers)), count % batch_size
    repeated = len(numbers) - len(set(numbers))
    expect.that(
        not missing and not repeated,
        looked_at=f"one pass over {name}",
        got=f"{missing} items never came, {repeated} came again",
        wanted="every item once",
        hint="items-repeated" if repeated else "last-batch-dropped" if missing == tail else None,
    )


def check_order(name: str, passes: Sequence[Sequence[int]], shuffle: bool) -> None:
    """Without shuffle the dataset's order, with it a new one in every pass."""
    kept = [order == list(range(len(order))) for order in passes]
    repeated = len(passes) > 1 and passes[0] == passes[1]
    expect.that(
        not (any(kept) or repeated) if shuffle else all(kept),
        looked_at=f"the order of passes over {name} and shuffle={shuffle}",
        got="the dataset's order" if any(kept) else "the same order twice" if shuffle else "another order",
        wanted="a new order in each pass" if shuffle else "the dataset's order",
        hint="shuffle-argument-ignored",
    )
