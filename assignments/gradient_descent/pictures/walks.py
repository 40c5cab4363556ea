"""Pictures of walks downhill, by a learning rate or a landscape that is given."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import torch

from autograder.in_notebook.card import tell

Landscape = Callable[[torch.Tensor], torch.Tensor]
Descend = Callable[[Landscape, float, float, int], Sequence[float]]

INK, PAPER, TEAL = "#1f3a5f", "#8a8f98", "#2a9d8f"
FAR = 30.0
"""Places further away than this are not drawn: a walk that flies off would shrink all else to a dot."""


def show_descent(f: Landscape, path: Sequence[float]) -> None:
    """Draws the landscape along the number line, and the walk in it."""
    figure, (axes,) = _axes(1, 6.5, 3.6)
    _walk(axes, f, path)
    _show(figure)
    tell(f"Picture: {_told(f, path)}")


def show_rates(descend: Descend, f: Landscape, start: float, rates: Sequence[float], steps: int) -> None:
    """Walks with `descend` from the same start with each learning rate, and draws the walks side by side."""
    paths = [descend(f, start, rate, steps) for rate in rates]
    figure, places = _axes(len(rates), 3.3 * len(rates), 3.4)
    for axes, rate, path in zip(places, rates, paths, strict=True):
        _walk(axes, f, path)
        axes.set_title(f"learning rate {rate:g}", fontsize=11, color=INK)
    _show(figure)
    for rate, path in zip(rates, paths, strict=True):
        tell(f"Picture, learning rate {rate:g}: {_told(f, path)}")


def show_bowl(f: Landscape, path: torch.Tensor, names: Sequence[str] = ("first", "second")) -> None:
    """Draws a landscape over the plane as lines of equal height, and the walk (steps + 1, 2) in it, seen from above."""
    places = path.detach().clamp(-FAR, FAR)
    figure, (axes,) = _axes(1, 5.6, 4.4)
    low, high = places.amin(dim=0) - 1, places.amax(dim=0) + 1
    first, second = (torch.linspace(float(low[at]), float(high[at]), 60) for at in (0, 1))
    heights = torch.stack([torch.stack([f(torch.stack([x, y])).detach() for x in first]) for y in second])
    levels = _levels(heights)
    axes.contourf(first.numpy(), second.numpy(), heights.numpy(), levels=levels, cmap="Blues", alpha=0.7)
    axes.plot(*places.T.numpy(), color=INK, marker="o", markersize=4, linewidth=1)
    axes.plot(*places[-1].numpy(), color=TEAL, marker="*", markersize=14)
    axes.set(xlabel=names[0], ylabel=names[1])
    _show(figure)
    ends = [f"({place[0]:.2f}, {place[1]:.2f})" for place in (path.detach()[0], path.detach()[-1])]
    tell(
        f"Picture: a bowl seen from above, the darker the higher. A walk of {len(path) - 1} steps goes from {ends[0]}, "
        f"height {_height(f, path[0])}, to {ends[1]}, height {_height(f, path[-1])}."
    )


def show_line(x: torch.Tensor, y: torch.Tensor, w: float, b: float) -> None:
    """Draws points and the line w · x + b."""
    figure, (axes,) = _axes(1, 6.0, 3.6)
    axes.scatter(x.numpy(), y.numpy(), color=PAPER, s=18, label="measured")
    ends = torch.tensor([float(x.min()), float(x.max())])
    axes.plot(ends.numpy(), (w * ends + b).numpy(), color=TEAL, linewidth=2, label="your line")
    axes.legend(frameon=False)
    _show(figure)
    tell(f"Picture: {len(x)} points and a straight line through them, y = {w:.2f} · x + {b:.2f}.")


def _walk(axes: Any, f: Landscape, path: Sequence[float]) -> None:
    seen = [place for place in path if abs(place) <= FAR]
    low, high = min([*seen, 0.0]) - 1, max([*seen, 6.0]) + 1
    ground = torch.linspace(low, high, 200)
    axes.plot(ground.numpy(), f(ground).detach().numpy(), color=PAPER, linewidth=1)
    heights = [float(f(torch.tensor(float(place)))) for place in seen]
    axes.plot(seen, heights, color=INK, marker="o", markersize=4, linewidth=1)
    axes.plot(seen[-1:], heights[-1:], color=TEAL, marker="*", markersize=13)
    axes.set(xlabel="w", ylabel="height")


def _told(f: Landscape, path: Sequence[float]) -> str:
    flown = " It flies off, beyond what is drawn." if any(not abs(place) <= FAR for place in path) else ""
    return (
        f"a walk of {len(path) - 1} steps from w = {path[0]:.2f}, height {_height(f, path[0])}, to w = {path[-1]:.2f}, "
        f"height {_height(f, path[-1])}.{flown}"
    )


def _height(f: Landscape, place: float | torch.Tensor) -> str:
    height = float(f(torch.as_tensor(place, dtype=torch.float32)))
    return f"{height:.2f}" if abs(height) < 10_000 else f"{height:.1e}"


def _levels(heights: torch.Tensor) -> list[float]:
    """Heights at which lines are drawn: closer together near the ground, where the walk ends."""
    low, high = float(heights.min()), float(heights.max())
    return sorted({low + (high - low) * math.pow(step / 12, 2) for step in range(13)})


def _axes(count: int, width: float, height: float) -> tuple[Any, Sequence[Any]]:
    import matplotlib.pyplot as plt

    figure, places = plt.subplots(1, count, figsize=(width, height), squeeze=False)
    for axes in places[0]:
        axes.spines[["top", "right"]].set_visible(False)
    return figure, places[0]


def _show(figure: Any) -> None:
    import matplotlib.pyplot as plt

    figure.patch.set_facecolor("white")  # stays readable on a dark page
    figure.tight_layout()
    plt.show()
    plt.close(figure)
