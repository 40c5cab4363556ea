"""A network of one Linear layer: taught by plain arithmetic, and looked at, since its ten rows are pictures."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from autograder.in_notebook.card import tell

from .gallery import axes_grid, show

MOST, RATE, BATCH, ROUNDS = 12_000, 0.2, 100, 5
"""How `teach` learns: from how many digits at most, size of a step, digits for each step, rounds through them."""


def teach(model: nn.Module, dataset: Any) -> None:
    """Teaches the one Linear layer of `model` the first digits of a dataset, by plain arithmetic."""
    (layer,) = [module for module in model.modules() if isinstance(module, nn.Linear)]
    images, labels = _all_of(dataset)
    order = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for _ in range(ROUNDS):
            for chosen in torch.split(torch.randperm(len(images), generator=order), BATCH):
                shares = layer(images[chosen]).softmax(1)
                wrong = (shares - nn.functional.one_hot(labels[chosen], 10)) / len(chosen)
                layer.weight.sub_(RATE * wrong.T @ images[chosen])
                layer.bias.sub_(RATE * wrong.sum(0))
    tell(f"The layer has seen {len(images):,} digits, {ROUNDS} times.")


def show_rows(layer: nn.Linear) -> None:
    """Shows the ten rows of a layer from 784 pixels to ten scores: red speaks for a digit, blue against it."""
    rows = layer.weight.detach().reshape(10, 28, 28).numpy()
    limit = float(abs(rows).max()) or 1.0
    figure, places = axes_grid(2, 5)
    for digit, (axes, row) in enumerate(zip(places, rows, strict=True)):
        axes.imshow(row, cmap="RdBu_r", vmin=-limit, vmax=limit)
        axes.set_title(str(digit), fontsize=9)
    show(figure)
    tell(
        "Picture: the ten rows of weights, one for each digit. Ink on red raises the digit's score, ink on blue "
        "lowers it."
    )


def _all_of(dataset: Any) -> tuple[torch.Tensor, torch.Tensor]:
    """The first images of a dataset as rows of 784 numbers, and their labels."""
    items = [dataset[place] for place in range(min(MOST, len(dataset)))]
    images = torch.stack([torch.as_tensor(image) for image, _ in items]).flatten(1).float()
    return images, torch.tensor([int(label) for _, label in items])
