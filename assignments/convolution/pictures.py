"""What the convolution notebook shows: each picture is followed by a sentence that says what is to be seen."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from autograder.in_notebook.card import tell

Slide = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]

INK, PAPER = "#1f3a5f", "#8a8f98"
COLOURS = ("#8a8f98", "#c8553d", "#1f3a5f", "#2a9d8f")
FURTHEST = 6
"""Pixels by which digits are moved at most in a picture."""

FILTERS = {
    "upright edges": [[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]],
    "level edges": [[-1.0, -2.0, -1.0], [0.0, 0.0, 0.0], [1.0, 2.0, 1.0]],
    "blurred": [[1 / 9] * 3] * 3,
    "sharpened": [[0.0, -1.0, 0.0], [-1.0, 5.0, -1.0], [0.0, -1.0, 0.0]],
}


def show_filters(slide: Slide, image: torch.Tensor) -> None:
    """Shows a digit (1, 28, 28), and what four filters make of it."""
    results = {"the digit": image[0]} | {
        name: slide(image[0], torch.tensor(weights)).detach() for name, weights in FILTERS.items()
    }
    figure, places = _axes(1, len(results))
    for axes, (name, picture) in zip(places, results.items(), strict=True):
        limit = float(picture.abs().max()) or 1.0
        colours, low = ("gray", 0.0) if float(picture.min()) >= 0 else ("RdBu_r", -limit)
        axes.imshow(picture.numpy(), cmap=colours, vmin=low, vmax=limit)
        axes.set_title(f"{name}\n{picture.shape[0]} × {picture.shape[1]}", fontsize=9, color=INK)
    _show(figure)
    tell(
        "Picture: a digit, then what four filters make of it. Red is a positive sum, blue a negative one, white is 0. "
        f"The digit has {image.shape[1]} × {image.shape[2]} pixels, each result {' × '.join(map(str, picture.shape))}."
    )


def show_shifts(random_shifts: Callable[..., torch.Tensor], image: torch.Tensor, most: int = 4) -> None:
    """Shows a digit (1, 28, 28), and eleven copies that the student's function has moved."""
    copies = random_shifts(image.repeat(11, 1, 1, 1), most).detach()
    _gallery([image, *copies], ["as it was", *([""] * 11)], 6)
    tell(f"Picture: one digit, and eleven copies of it, each moved by chance by up to {most} pixels.")


def show_maps(model: Any, image: torch.Tensor) -> None:
    """Shows the first eight maps that a network makes of a digit (1, 28, 28), and of the digit moved by 4 pixels."""
    pair = torch.stack([image, _placed(image, 0, 4)])
    training = model.training
    model.eval()
    with torch.no_grad():
        maps = model.maps(pair)[:, :8]
    model.train(training)
    rows = [one for picture, some in zip(pair, maps, strict=True) for one in (picture, *some)]
    titles = ["the digit", *(f"map {number}" for number in range(maps.shape[1])), "moved by 4", *[""] * maps.shape[1]]
    _gallery(rows, titles, 1 + maps.shape[1])
    tell(
        f"Picture: a digit and {maps.shape[1]} of its maps, {maps.shape[2]} × {maps.shape[3]} each. Below, the digit "
        "is moved by 4 pixels to the right: so are its maps."
    )


def teach(model: nn.Module, dataset: Any) -> None:
    """Trains a network in a few seconds: three rounds of Adam, through at most 6,000 digits."""
    images, labels = _all_of(dataset, 6_000)
    loader = DataLoader(TensorDataset(images, labels), batch_size=32, shuffle=True)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    model.train()
    for _ in range(3):
        for batch, names in loader:
            optimizer.zero_grad()
            F.cross_entropy(model(batch), names).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    tell(f"It has seen {len(images):,} digits, three times each.")


def moved(dataset: Any, most: int) -> TensorDataset:
    """The first 1,000 digits of a dataset, each moved by up to `most` pixels: the same ones each time."""
    images, labels = _all_of(dataset, 1_000)
    steps = torch.randint(-most, most + 1, (len(images), 2), generator=torch.Generator().manual_seed(1))
    return TensorDataset(torch.stack([_placed(*one) for one in zip(images, *steps.T.tolist(), strict=True)]), labels)


def share_read(model: nn.Module, dataset: Any, right: int = 0) -> float:
    """The share of a dataset's first 1,000 digits, moved `right` pixels to the right, that a network reads."""
    images, labels = _all_of(dataset, 1_000)
    training = model.training
    model.eval()
    with torch.no_grad():
        hits = model(_placed(images, 0, right)).argmax(dim=1) == labels
    model.train(training)
    return float(hits.double().mean())


def show_moved(models: Mapping[str, nn.Module], dataset: Any) -> None:
    """Draws how many digits each network reads, by how many pixels they are moved to the right."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(6.5, 3.6))
    axes.spines[["top", "right"]].set_visible(False)
    shares = {name: [share_read(model, dataset, by) for by in range(FURTHEST + 1)] for name, model in models.items()}
    for (name, line), colour in zip(shares.items(), COLOURS * len(shares), strict=False):
        axes.plot([100 * share for share in line], color=colour, marker="o", markersize=4, label=name)
    axes.set(xlabel="pixels moved to the right", ylabel="% read", ylim=(0, 102))
    axes.legend(frameon=False)
    _show(figure)
    for name, line in shares.items():
        tell(f"Picture, {name}: {', '.join(f'{100 * share:.0f} %' for share in line)} for 0 to {FURTHEST} pixels.")


def _all_of(dataset: Any, most: int) -> tuple[torch.Tensor, torch.Tensor]:
    items = [dataset[place] for place in range(min(most, len(dataset)))]
    return torch.stack([image for image, _ in items]), torch.tensor([int(label) for _, label in items])


def _placed(image: torch.Tensor, down: int, right: int) -> torch.Tensor:
    """Moved by whole pixels, black where nothing was."""
    height, width = image.shape[-2:]
    wide = F.pad(image, (width, width, height, height))
    return wide[..., height - down : 2 * height - down, width - right : 2 * width - right]


def _gallery(images: Sequence[torch.Tensor], titles: Sequence[str], columns: int) -> None:
    figure, places = _axes(math.ceil(len(images) / columns), columns)
    for axes, image, title in zip(places, images, titles, strict=True):
        axes.imshow(image.reshape(image.shape[-2:]).numpy(), cmap="gray")
        axes.set_title(title, fontsize=9, color=INK)
    _show(figure)


def _axes(rows: int, columns: int) -> tuple[Any, list[Any]]:
    import matplotlib.pyplot as plt

    figure, places = plt.subplots(rows, columns, figsize=(1.35 * columns, 1.7 * rows), squeeze=False)
    for axes in places.flat:
        axes.axis("off")
    return figure, list(places.flat)


def _show(figure: Any) -> None:
    import matplotlib.pyplot as plt

    figure.patch.set_facecolor("white")  # stays readable on a dark page
    figure.tight_layout()
    plt.show()
    plt.close(figure)
