"""What the checks bring into the student's process: landscapes whose slopes we know, and observers. Nothing secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

Landscape = Callable[[Tensor], Tensor]


def valley(centre: float, width: float, height: float = 0.0) -> Landscape:
    """A parabola: `height` at `centre`, and 1 more at a distance of `width`."""
    return lambda w: ((w - centre) / width) ** 2 + height


def waves(length: float) -> Landscape:
    """A valley with waves in it: w² / 10 + sin(w / length)."""
    return lambda w: w**2 / 10 + torch.sin(torch.as_tensor(w) / length)


def bowl(centre: list[float], widths: list[float]) -> Landscape:
    """A bowl over the plane, wider in one direction than in the other: lowest at `centre`, (2,) → ()."""
    middle, reach = torch.tensor(centre), torch.tensor(widths)
    return lambda place: (((place - middle) / reach) ** 2).sum()


def gradient_of_loss(loss: Callable[[Tensor, Tensor], Any], predictions: Tensor, targets: Tensor) -> Tensor | None:
    """Gradient (N,) of the student's loss at `predictions`, or None where the loss has lost it."""
    place = predictions.clone().requires_grad_()
    measured = loss(place, targets)
    if not isinstance(measured, Tensor) or not measured.requires_grad:
        return None
    gradient: Tensor | None = torch.autograd.grad(measured.sum(), place, allow_unused=True)[0]
    return gradient


def walk_in_bowl(
    descend: Callable[..., Any], f: Landscape, start: Tensor, learning_rate: float, steps: int
) -> dict[str, Any]:
    """The student's path, its type, and whether the tensor given as `start` is as it was."""
    given = start.clone()
    path = descend(f, given, learning_rate, steps)
    kept = given.shape == start.shape and bool(torch.equal(given.detach(), start))
    return {"path": path, "type": type(path).__name__, "start kept": kept}
