"""Digits that count how often they are read, and what the student's own datasets and loaders give."""

from __future__ import annotations

import itertools
import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from autograder.torchlab.inside.scripted import told

MANY_BATCHES = 5_000
"""A pass over a loader is cut here: an endless one would never come back."""


class EndlessTraining(Exception):  # noqa: N818 - read by students as a sentence
    """Training went on far beyond the promised number of epochs."""


class Digits(Dataset[tuple[Tensor, int]]):
    """Images float32 (N, 1, 28, 28) with labels 0..9; counts how often each item is read."""

    def __init__(
        self, images: Tensor, labels: Sequence[int], most_reads: int | None = None, root: str | None = None
    ) -> None:
        self.root = root
        self.data = images.clone()
        self.targets = torch.tensor(list(labels), dtype=torch.int64)
        self.transform: Callable[[Tensor], Tensor] | None = None
        self.target_transform: Callable[[int], int] | None = None
        self.classes = [str(digit) for digit in range(10)]
        self.reads = [0] * len(images)
        self.most_reads = most_reads

    @property
    def data(self) -> Tensor:
        """All images; kept apart as well, since to cut one out of the whole costs as much as a step of training."""
        return self._data

    @data.setter
    def data(self, images: Tensor) -> None:
        self._data, self._images = images, list(images)

    @property
    def targets(self) -> Tensor:
        """All labels."""
        return self._targets

    @targets.setter
    def targets(self, labels: Tensor) -> None:
        self._targets, self._labels = labels, list(labels)

    def __len__(self) -> int:
        return len(self._images)

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        image, label = self._images[index], int(self._labels[index])
        self.reads[index] += 1
        if self.most_reads is not None and self.reads[index] > self.most_reads:
            raise EndlessTraining(f"The digits were read more than {self.most_reads} times; that is no epoch any more.")
        image = self.transform(image) if self.transform else image
        return image, self.target_transform(label) if self.target_transform else label


class Numbered(Dataset[tuple[Tensor, int]]):
    """Very many images of `shape`: the first pixels of image n are the bits of n, its label is n % 10.

    They overlap in memory, so that they cost little: the bits of the next images follow in each.
    """

    def __init__(self, count: int, shape: Sequence[int]) -> None:
        size = math.prod(shape)
        bits = (torch.arange(count)[:, None] >> torch.arange(BITS)) & 1
        row = torch.cat([bits.flatten().float(), torch.zeros(size)])
        steps = (BITS, *torch.empty(tuple(shape), device="meta").stride())
        self._images = row.as_strided((count, *shape), steps)

    def __len__(self) -> int:
        return len(self._images)

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        return self._images[index], index % 10


BITS = 16


# --- the student's dataset ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Item:
    """One item: whether it is a pair, its two parts, and the type of its first part, or of what is no pair."""

    pair: bool
    image: object
    label: object
    type: str


@dataclass(frozen=True)
class Loaded:
    """A part as the student loads it: what kind of thing it is, its length, and the looked-at items, read twice."""

    kind: str
    type: str
    length: int
    indices: tuple[int, ...]
    items: tuple[Item, ...]
    again: tuple[Item, ...]
    seconds: float


def type_of(value: object) -> str:
    """The full name of a value's type."""
    kind = type(value)
    own = kind.__module__ in ("builtins", "__main__")
    return kind.__qualname__ if own else f"{kind.__module__}.{kind.__qualname__}"


def look_at_digits(dataset: Any, places: Sequence[float], count: int) -> dict[str, Any]:
    """Tells what is Loaded, with items at `places` (0 first, 1 last of `count`); `seconds` for an item.

    The first item is held while others are read: one that lends its memory to the next does not stay what it was.
    """
    kind = _kind_of(dataset)
    if kind != "dataset":
        return told(Loaded(kind, type_of(dataset), 0, (), (), (), 0.0))
    length = len(dataset)
    last = min(length, count) - 1
    indices = sorted({round(place * last) for place in places}) if last >= 0 else []
    first = [dataset[index] for index in indices[:1]]
    times, others = [time.perf_counter()], list[Item]()
    for index in indices[1:]:
        others.append(_item(dataset[index]))
        times.append(time.perf_counter())
    seconds = statistics.median([after - before for before, after in itertools.pairwise(times)] or [0.0])
    items = (*map(_item, first), *others)
    again = tuple(_item(dataset[index]) for index in reversed(indices))[::-1]
    return told(Loaded(kind, type_of(dataset), length, tuple(indices), items, again, seconds))


def look_at_item(dataset: Any, index: int) -> dict[str, Any]:
    """Tells one Item."""
    return told(_item(dataset[index]))


def _kind_of(dataset: object) -> str:
    if isinstance(dataset, DataLoader):
        return "loader"
    if dataset is None or isinstance(dataset, (tuple, dict, str, Tensor, np.ndarray)):
        return "no dataset"
    return "dataset" if hasattr(dataset, "__getitem__") else "no dataset"


def _item(item: Any) -> Item:
    if not isinstance(item, (tuple, list)) or len(item) != 2:
        return Item(False, None, None, type_of(item))
    image, label = item
    return Item(True, _plain(image), label, type_of(image))


def _plain(image: Any) -> Any:
    return image.detach().clone() if isinstance(image, Tensor) else image


def seconds_per_item(images: Tensor) -> float:
    """What converting one digit costs here, the way that torchvision does it: picture, then tensor. Seconds."""
    from PIL import Image
    from torchvision.transforms import functional

    began = time.perf_counter()
    for image in images:
        functional.to_tensor(Image.fromarray(image.numpy()))
    return (time.perf_counter() - began) / len(images)


# --- the student's loader -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Dealt:
    """What a loader is, and the batches of each pass: of each its two parts as an Item."""

    kind: str
    type: str
    passes: tuple[tuple[Item, ...], ...]


@dataclass(frozen=True)
class DealtMany:
    """One pass over very many numbered items: the numbers that the pixels tell, the labels, and the size of each batch;
    nothing of batches that have another form."""

    numbers: Tensor
    labels: Tensor
    sizes: tuple[int, ...]


def look_at_loader(
    make_loader: Callable[..., Any], images: Tensor, labels: Sequence[int], batch_size: int, shuffle: bool, passes: int
) -> dict[str, Any]:
    """Tells what the student's loader over our digits has Dealt in some passes.

    Before them its first batch is looked at alone, as people do.
    """
    dataset = Digits(images, labels)
    loader = make_loader(dataset, batch_size=batch_size, shuffle=shuffle)
    kind = _kind_of_loader(loader, dataset)
    if kind == "loader":
        next(iter(loader), None)
    dealt = [
        tuple(map(_item, itertools.islice(loader, MANY_BATCHES))) for _ in range(passes if kind == "loader" else 0)
    ]
    return told(Dealt(kind, type_of(loader), tuple(dealt)))


def deal_many(
    make_loader: Callable[..., Any], shape: Sequence[int], count: int, batch_size: int, shuffle: bool, most: int
) -> dict[str, Any]:
    """Tells what is DealtMany by the student's loader over `count` numbered images, in `most` batches at most."""
    numbers, labels, sizes = [torch.zeros(0, dtype=torch.int64)], [torch.zeros(0, dtype=torch.int64)], list[int]()
    loader = make_loader(Numbered(count, shape), batch_size=batch_size, shuffle=shuffle)
    for batch in itertools.islice(loader, min(most, MANY_BATCHES)):
        images, names = batch if isinstance(batch, (tuple, list)) and len(batch) == 2 else (None, None)
        if isinstance(images, Tensor) and isinstance(names, Tensor) and images.shape[1:] == tuple(shape):
            bits = images.flatten(1)[:, :BITS] > 0.5
            numbers.append((bits.long() << torch.arange(BITS)).sum(dim=1))
            labels.append(names.detach().long().flatten())
            sizes.append(len(bits))
    return told(DealtMany(torch.cat(numbers), torch.cat(labels), tuple(sizes)))


def _kind_of_loader(loader: object, dataset: object) -> str:
    if loader is dataset or isinstance(loader, (Dataset, list, tuple, dict)) or not hasattr(loader, "__iter__"):
        return "no loader"
    if hasattr(loader, "__next__") and iter(loader) is loader:
        return "iterator"
    return "loader" if hasattr(loader, "__len__") else "no length"
