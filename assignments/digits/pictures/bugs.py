"""Five faults of a training loop, and the loss curve of each: which is which?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F

from autograder.in_notebook.card import tell

from .gallery import INK, PAPER, show
from .losses import CHANCE

DIGITS, BATCH, ROUNDS, HIDDEN = 1_500, 25, 3, 32


@dataclass(frozen=True)
class Fault:
    """One training run: `letter` names its curve, `number` the fault in the list of the notebook."""

    letter: str
    number: int
    rate: float = 0.2
    moves: bool = True
    clears: bool = True
    squeezed: bool = False
    shuffled: bool = True


FAULTS = (
    Fault("A", 3, squeezed=True),
    Fault("B", 5, shuffled=False),
    Fault("C", 1, clears=False),
    Fault("D", 2, moves=False),
    Fault("E", 4, rate=6.0),
)


def five_bugs(dataset: Any) -> None:
    """Trains a small network five times, each time with another fault, and draws the losses. Takes a few seconds."""
    import matplotlib.pyplot as plt

    items = [dataset[place] for place in range(min(DIGITS, len(dataset)))]
    images = torch.stack([torch.as_tensor(image) for image, _ in items]).flatten(1).float()
    labels = torch.tensor([int(label) for _, label in items])
    right = _smooth(list(_losses(images, labels, Fault("", 0))))
    figure, places = plt.subplots(1, len(FAULTS), figsize=(11, 2.6), sharey=True)
    for axes, fault in zip(places, FAULTS, strict=True):
        axes.axhline(CHANCE, color=PAPER, linestyle="--", linewidth=1)
        axes.plot(right, color=PAPER, linewidth=1)
        axes.plot(_smooth(list(_losses(images, labels, fault))), color=INK)
        axes.set(title=f"curve {fault.letter}", xlabel="batches", ylim=(0, 5))
        axes.spines[["top", "right"]].set_visible(False)
    show(figure)
    tell(
        "Picture: five curves of the loss, A to E, each from a training with one fault. The thin grey curve is the "
        f"same training without a fault. The dashed line is pure guessing, {CHANCE:.2f}."
    )


def match_bugs(**guesses: int) -> None:
    """Says which of your matches are right: match_bugs(A=1, B=2, ...) takes each curve's fault, 1 to 5."""
    for fault in FAULTS:
        guess = guesses.get(fault.letter, 0)
        said = "not matched yet" if not guess else "right!" if guess == fault.number else "no, look again"
        print(f"curve {fault.letter}, fault {guess or '?'}: {said}")


def _losses(images: torch.Tensor, labels: torch.Tensor, fault: Fault) -> Iterator[float]:
    """The loss of every batch, by plain gradient descent on two layers."""
    dice = torch.Generator().manual_seed(3)
    weights = [torch.randn(784, HIDDEN, generator=dice) / 28, torch.randn(HIDDEN, 10, generator=dice) / HIDDEN**0.5]
    slopes = [torch.zeros_like(weight) for weight in weights]
    for _ in range(ROUNDS):
        order = torch.randperm(len(labels), generator=dice) if fault.shuffled else labels.argsort(stable=True)
        for chosen in torch.split(order, BATCH):
            value, found = _slope(weights, images[chosen], labels[chosen], fault.squeezed)
            slopes = [old + new for old, new in zip(slopes, found, strict=True)] if not fault.clears else found
            if fault.moves:
                weights = [weight - fault.rate * slope for weight, slope in zip(weights, slopes, strict=True)]
            yield value


def _slope(
    weights: list[torch.Tensor], images: torch.Tensor, labels: torch.Tensor, squeezed: bool
) -> tuple[float, list[torch.Tensor]]:
    """The loss of one batch, and its gradient for each weight."""
    free = [weight.requires_grad_() for weight in weights]
    scores = F.relu(images @ free[0]) @ free[1]
    loss = F.cross_entropy(scores.softmax(1) if squeezed else scores, labels)
    found = torch.autograd.grad(loss, free)
    for weight in free:
        weight.requires_grad_(False)
    return loss.item(), list(found)


def _smooth(losses: list[float], width: int = 4) -> list[float]:
    """Means of a few neighbours, cut at ten so that one wild batch does not hide the rest."""
    cut = [min(loss, 10.0) if loss == loss else 10.0 for loss in losses]
    return [sum(cut[at : at + width]) / width for at in range(len(cut) - width + 1)]
