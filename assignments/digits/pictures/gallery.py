"""Small grey pictures in rows, and how a figure is laid out and shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

INK, PAPER, TEAL, RED = "#1f3a5f", "#8a8f98", "#2a9d8f", "#c8553d"


def gallery(images: Sequence[Any], titles: Sequence[str], columns: int = 6) -> None:
    """Shows small pictures, each with its title."""
    figure, places = axes_grid(math.ceil(len(images) / columns), columns)
    for axes, image, title in zip(places, images, titles, strict=False):
        picture(axes, image)
        axes.set_title(title, fontsize=9, color=INK)
    show(figure)


def axes_grid(rows: int, columns: int) -> tuple[Any, list[Any]]:
    """A figure of small empty places, row by row."""
    import matplotlib.pyplot as plt

    figure, places = plt.subplots(rows, columns, figsize=(1.35 * columns, 1.6 * rows), squeeze=False)
    for axes in places.flat:
        axes.axis("off")
    return figure, list(places.flat)


def picture(axes: Any, image: Any) -> None:
    """Draws one image, grey."""
    pixels = np.asarray(image.detach().cpu() if isinstance(image, torch.Tensor) else image)
    axes.imshow(pixels.reshape(pixels.shape[-2:]), cmap="gray")
    axes.axis("off")


def axes_of(width: float, height: float) -> tuple[Any, Any]:
    """A figure of this size in inches, and its axes."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(width, height))
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def show(figure: Any) -> None:
    """Shows a figure below the cell, and is done with it."""
    import matplotlib.pyplot as plt

    figure.patch.set_facecolor("white")  # stays readable on a dark page
    figure.tight_layout()
    plt.show()
    plt.close(figure)
