"""Loaders: every item once, also of very many."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch.utils.data import DataLoader, Dataset, Subset

from autograder.checks.expect import Mismatch
from autograder.torchlab.inside import datasets as inside
from autograder.torchlab.loaders import Loaders, deals_very_many
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
        (
            lambda dataset, size, shuffle: DataLoader(dataset, size, shuffle or len(dataset) > 200),
            "shuffle-argument-ignored",
        ),
    ],
    ids=["cut", "tail dropped", "other size", "always shuffled"],
)
def test_what_happens_to_very_many_items_only_is_seen(make: Make, hint: str | None) -> None:
    Loaders(lab(make)).deal_every_item([(101, 32)])
    with pytest.raises(Mismatch) as raised:
        deals_very_many(lab(make))
    assert raised.value.hint == hint
