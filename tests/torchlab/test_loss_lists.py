"""What a list of losses says of how it was made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean, median

import pytest
import torch

from autograder.torchlab import evidence, loss_lists
from autograder.torchlab.loss_lists import Followed, Lists
from autograder.torchlab.task import DIGITS, Task

Epoch = Callable[[Sequence[float], int], float]
"""From the mean losses of an epoch's batches and their size to its entry."""

RIGHT, WRONG = 0.01, 3.0
"""What a batch of right and one of wrong answers cost."""


def lists(epoch: Epoch, reads: int = 1, right: float = RIGHT) -> Followed:
    """What a training would return that makes its entries by `epoch`; it reads all items `reads` times in each epoch,
    and learns from the last of these passes. The scale of its loss grows with the epochs."""

    def entries(kinds: Sequence[str], size: int) -> tuple[float, ...]:
        cost = {"w": WRONG, "r": right}
        return tuple(epoch([cost[kind] * (1 + at) for kind in some], size) for at, some in enumerate(kinds))

    found = {name: entries([world.kinds] * world.epochs, world.size) for name, world in loss_lists.WORLDS.items()}
    last = [reads * (number + 1) - 1 for number in range(loss_lists.CHANGING_EPOCHS)]
    changing = ["wwww" if loss_lists.is_wrong(number) else "rrrr" for number in last]
    return Followed(Lists(found, False, ()), entries(changing, 4), reads * loss_lists.CHANGING_EPOCHS)


def mean(batches: Sequence[float], size: int) -> float:
    return fmean(batches)


def test_brightness_alone_says_nothing_of_right_and_wrong() -> None:
    right, wrong = (loss_lists.WORLDS[name].images(DIGITS) for name in ("right", "wrong"))
    assert torch.equal(right, wrong)


def broken(some: Lists) -> dict[str, str | None]:
    """The promises that are not kept, each with its hint."""
    promises = (*loss_lists.PROMISES, *loss_lists.SHARES)
    return {promise.looked_at: promise.why_not(some) for promise in promises if not promise.kept(some)}


@pytest.mark.parametrize("reads", [1, 2, 7])
@pytest.mark.parametrize("right", [RIGHT, -5.0])
def test_a_mean_keeps_all_promises_whatever_its_sign_and_scale(reads: int, right: float) -> None:
    some = lists(mean, reads, right)
    assert broken(some.levels) == {}
    assert some.is_true


@pytest.mark.parametrize(
    ("epoch", "hint"),
    [
        (lambda batches, size: sum(batches), "loss-sum-not-mean"),
        (lambda batches, size: fmean(batches) * size, "summed-loss"),
        (lambda batches, size: sum(batches) / (size * len(batches)), "loss-divided-again"),
        (lambda batches, size: batches[-1], "last-batch-loss-only"),
        (lambda batches, size: fmean(batches[-20:]), "last-batch-loss-only"),
        (lambda batches, size: fmean(batches[len(batches) // 100 * 100 :]), "last-batch-loss-only"),
        (lambda batches, size: (min(batches) + max(batches)) / 2, None),
        (lambda batches, size: fmean([one**2 for one in batches]) ** 0.5, None),
        (lambda batches, size: median(batches), None),
        (lambda batches, size: (batches[0] + batches[-1]) / 2, None),
    ],
)
def test_what_is_no_mean_breaks_one_and_is_named(epoch: Epoch, hint: str | None) -> None:
    assert list(broken(lists(epoch).levels).values())[:1] == [hint]


@pytest.mark.parametrize(
    ("end", "hint"),
    [
        (sorted, "made-up-losses"),
        (lambda entries: sorted(entries, reverse=True), "made-up-losses"),
        (lambda entries: entries[::-1], "made-up-losses"),
        (
            lambda entries: [0.6 * one + 0.4 * two for one, two in zip(entries[:1] + entries, entries, strict=False)],
            None,
        ),
        (lambda entries: [entries[0] * 0.9**epoch for epoch in range(len(entries))], "made-up-losses"),
    ],
)
def test_a_list_that_does_not_follow_its_epochs_is_told(
    end: Callable[[list[float]], list[float]], hint: str | None
) -> None:
    some = steady(end)
    assert not some.is_true
    assert evidence.first(loss_lists.NOT_FOLLOWED, some) == hint


def steady(end: Callable[[list[float]], list[float]]) -> Followed:
    """The same where no epoch has a scale of its own."""
    wrong = [loss_lists.is_wrong(number) for number in range(loss_lists.CHANGING_EPOCHS)]
    levels = {name: tuple(end([level] * loss_lists.EPOCHS)) for name, level in (("right", 0.1), ("wrong", 2.0))}
    losses = tuple(end([2.0 if one else 0.1 for one in wrong]))
    return Followed(Lists(levels, False, ()), losses, loss_lists.CHANGING_EPOCHS)


def test_a_mean_since_the_start_and_a_total_that_goes_on_are_named() -> None:
    so_far = steady(lambda entries: [fmean(entries[: end + 1]) for end in range(len(entries))])
    total = steady(lambda entries: [sum(entries[: end + 1]) for end in range(len(entries))])
    assert evidence.first(loss_lists.NOT_FOLLOWED, so_far) == "loss-sum-not-mean"
    assert evidence.first(loss_lists.NOT_FOLLOWED, total) == "loss-sum-not-mean"
    assert total.levels.adds_up
    assert not so_far.levels.adds_up


def test_nothing_is_said_of_passes_that_cannot_be_told_apart() -> None:
    kept = steady(lambda entries: entries)
    assert Followed(kept.levels, (2.0,) * loss_lists.CHANGING_EPOCHS, 1).is_true


def test_images_of_both_kinds_are_equally_bright() -> None:
    for task in (DIGITS, Task(shape=(3, 16, 16), classes=6)):
        known, unknown = (loss_lists.image(kind, task) for kind in "rw")
        assert known.shape == (1, *task.shape)
        assert float(known.sum()) == pytest.approx(float(unknown.sum()))


def ragged(epoch: Callable[[list[tuple[float, int]]], float]) -> Lists:
    """What a training would return for batches of which the last is smaller; `epoch` makes an entry of their mean
    losses and sizes."""

    def entry(name: str) -> tuple[float, ...]:
        world = loss_lists.WORLDS[name]
        sizes = [world.size] * (len(world.kinds) - 1) + [world.size - world.short]
        costs = [WRONG if kind == "w" else RIGHT for kind in world.kinds]
        return (epoch(list(zip(costs, sizes, strict=True))),) * world.epochs

    return Lists({name: entry(name) for name in loss_lists.WORLDS}, False, ())


def over_items(batches: list[tuple[float, int]]) -> float:
    return sum(cost * size for cost, size in batches) / sum(size for _, size in batches)


@pytest.mark.parametrize(
    ("epoch", "kept"),
    [
        (over_items, True),
        (lambda batches: fmean(cost for cost, _ in batches), True),
        (lambda batches: fmean(cost for cost, size in batches if size == batches[0][1]), False),
        (lambda batches: sum(cost for cost, _ in batches) * batches[0][1] / sum(size for _, size in batches), False),
        (lambda batches: sum(cost * size for cost, size in batches) / len(batches) / batches[0][1], False),
    ],
    ids=["over items", "over batches", "left out", "counted as full", "divided as if full"],
)
def test_a_smaller_last_batch_counts_as_an_item_each_or_as_a_batch(
    epoch: Callable[[list[tuple[float, int]]], float], kept: bool
) -> None:
    assert (broken(ragged(epoch)) == {}) is kept
