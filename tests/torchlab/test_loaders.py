"""Loaders: every item once, also of very many."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset, Sampler, Subset, default_collate

from autograder.checks.expect import Mismatch
from autograder.torchlab.inside import datasets as inside
from autograder.torchlab.loaders import Loaders, deals_very_many, drawn, numbers_of
from autograder.torchlab.task import Lab, Task

Make = Callable[[Dataset[Any], int, bool], Any]


def lab(make: Make) -> Lab:
    """A laboratory in this process, without a sandbox."""

    def make_loader(dataset: Dataset[Any], batch_size: int, shuffle: bool) -> Any:
        return make(dataset, batch_size, shuffle)

    student = SimpleNamespace(make_loader=make_loader)
    return Lab(Task((1, 28, 28), 10), student, inside, SimpleNamespace(seed=torch.manual_seed), 3)


def test_a_plain_loader_is_right() -> None:
    loaders = Loaders(lab(DataLoader))
    loaders.deal_every_item([(11, 4), (8, 4)])
    loaders.keep_the_order([(40, 8, False), (40, 8, True)])
    deals_very_many(loaders.lab)


@pytest.mark.parametrize(
    ("make", "hint"),
    [
        (
            lambda dataset, size, shuffle: DataLoader(Subset(dataset, range(min(1500, len(dataset)))), size, shuffle),
            None,
        ),
        (
            lambda dataset, size, shuffle: DataLoader(dataset, size, shuffle, drop_last=len(dataset) > 200),
            "last-batch-dropped",
        ),
        (lambda dataset, size, shuffle: DataLoader(dataset, min(size, 64), shuffle), "loader-arguments-ignored"),
        (lambda dataset, size, shuffle: DataLoader(dataset, min(size, 1024), shuffle), "loader-arguments-ignored"),
        (
            lambda dataset, size, shuffle: DataLoader(dataset, size if shuffle else min(size, 100), shuffle),
            "loader-arguments-ignored",
        ),
        (
            lambda dataset, size, shuffle: DataLoader(dataset, size, shuffle or len(dataset) > 200),
            "shuffle-argument-ignored",
        ),
    ],
    ids=["cut", "tail dropped", "other size", "large ones capped", "capped in order", "always shuffled"],
)
def test_what_happens_to_very_many_items_only_is_seen(make: Make, hint: str | None) -> None:
    Loaders(lab(make)).deal_every_item([(101, 32)])
    with pytest.raises(Mismatch) as raised:
        deals_very_many(lab(make))
    assert raised.value.hint == hint


class Orders(Sampler[int]):
    """Two orders, drawn once and taken in turns; what a broken-off pass has left comes first if it `goes_on`."""

    def __init__(self, dataset: Dataset[Any], goes_on: bool) -> None:
        self.count, self.goes_on = len(dataset), goes_on  # type: ignore[arg-type]
        self.orders = itertools.cycle([torch.randperm(self.count).tolist() for _ in range(2)])
        self.left: list[int] = []

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[int]:
        self.left = (self.goes_on and self.left) or list(next(self.orders))
        while self.left:
            yield self.left.pop(0)


def test_an_order_that_comes_back_in_the_third_pass_is_seen() -> None:
    loaders = Loaders(lab(lambda dataset, size, shuffle: DataLoader(dataset, size, sampler=Orders(dataset, False))))
    with pytest.raises(Mismatch, match="the same order twice"):
        loaders.keep_the_order([(40, 8, True)], passes=3)


def test_a_pass_begins_anew_where_the_one_before_was_broken_off() -> None:
    loaders = Loaders(lab(lambda dataset, size, shuffle: DataLoader(dataset, size, sampler=Orders(dataset, True))))
    with pytest.raises(Mismatch, match="images never came"):
        loaders.deal_every_item([(40, 8)])


def changing(change: Callable[[Tensor], Tensor]) -> Make:
    """A loader that does something to the images of each batch."""

    def collate(items: list[Any]) -> Any:
        images, labels = default_collate(items)
        return change(images), labels

    return lambda dataset, size, shuffle: DataLoader(dataset, size, shuffle, collate_fn=collate)


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x.clamp(0, 1),
        lambda x: x.round(decimals=2),
        lambda x: (x > 0.5).float(),
        lambda x: (x * 255).to(torch.uint8).float() / 255,
        lambda x: x / 255 if x.max() > 1 else x,
        lambda x: x / x.amax(dim=(1, 2, 3), keepdim=True),
        lambda x: x.half().float(),
        lambda x: x.relu(),
        lambda x: 1 - x,
    ],
    ids=["clamped", "rounded", "binary", "bytes", "divided", "by image", "half", "no negatives", "inverted"],
)
def test_items_that_are_not_as_they_were_are_seen(change: Callable[[Tensor], Tensor]) -> None:
    with pytest.raises(Mismatch) as raised:
        Loaders(lab(changing(change))).deal_every_item([(101, 32)])
    assert raised.value.hint == "batches-reshaped"


def test_digits_of_another_dataset_are_told_from_changed_ones() -> None:
    images, _ = drawn(40, (1, 28, 28))
    assert numbers_of(images.flip(0), images) == list(range(39, -1, -1))
    assert set(numbers_of(torch.rand(50, 1, 28, 28), images)) == {-1}
