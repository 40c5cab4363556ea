"""A network while it learns: its loss, twelve digits, and what its first layer looks for."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from .gallery import INK, PAPER, RED, TEAL, picture
from .losses import CHANCE

EVERY = 100
"""Batches from one look to the next."""

SAMPLE, SHOWN, ROWS = 500, 12, 12
"""Digits that the loss is measured on, digits shown, and weights shown."""


def watched(loader: Any, model: nn.Module) -> Watched:
    """The same loader for `train`; it shows every hundred batches what `model` has learnt so far."""
    return Watched(loader, model)


class Watched:
    """Deals what `loader` deals. All else is asked of `loader` itself."""

    def __init__(self, loader: Any, model: nn.Module) -> None:
        self._loader, self._model = loader, model
        items = [loader.dataset[place] for place in range(min(SAMPLE, len(loader.dataset)))]
        self._images = torch.stack([torch.as_tensor(image) for image, _ in items])
        self._labels = torch.tensor([int(label) for _, label in items])
        self._batches, self._losses, self._picture = 0, dict[int, float](), _Picture()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)

    def __len__(self) -> int:
        return len(self._loader)

    def __iter__(self) -> Iterator[Any]:
        for batch in self._loader:
            if self._batches % EVERY == 0:
                self._look()
            self._batches += 1
            yield batch
        self._look()

    def _look(self) -> None:
        training = self._model.training
        self._model.eval()
        with torch.no_grad():
            scores = self._model(self._images.to(next(self._model.parameters()).device)).cpu()
        self._model.train(training)
        self._losses[self._batches] = F.cross_entropy(scores, self._labels).item()
        answers = scores[:SHOWN].argmax(1).tolist()
        right = sum(answer == label for answer, label in zip(answers, self._labels.tolist(), strict=False))
        loss = f"loss {self._losses[self._batches]:.3f}"
        told = f"After {self._batches:,} batches: {loss}, {right} of {len(answers)} digits right."
        self._picture.show(self._drawn(answers), told)

    def _drawn(self, answers: list[int]) -> bytes:
        """The three parts as a PNG."""
        from matplotlib.figure import Figure

        figure = Figure(figsize=(9, 3.6), facecolor="white", layout="constrained")
        parts: Any = figure.subfigures(1, 3, width_ratios=(1.3, 1, 1))
        curve, digits, weights = parts
        axes = curve.subplots()
        axes.axhline(CHANCE, color=PAPER, linestyle="--", linewidth=1)
        axes.plot(list(self._losses), list(self._losses.values()), color=INK, marker=".")
        axes.set(xlabel="batches", title="loss", ylim=(0, max(2.6, *self._losses.values())))
        axes.spines[["top", "right"]].set_visible(False)
        digits.suptitle("what it reads", fontsize=11)
        for axes, image, label, answer in zip(
            _grid(digits), self._images, self._labels.tolist(), answers, strict=False
        ):
            picture(axes, image)
            axes.set_title(f"{answer}", fontsize=10, color=TEAL if answer == label else RED)
        rows = next(self._model.parameters()).detach().cpu()
        if rows.ndim == 2 and rows.shape[1] == 28 * 28:
            weights.suptitle("what its first weights look for", fontsize=11)
            for axes, row in zip(_grid(weights), rows[:ROWS], strict=False):
                axes.imshow(row.reshape(28, 28).numpy(), cmap="RdBu_r", vmin=-0.15, vmax=0.15)
        file = io.BytesIO()
        figure.savefig(file, format="png", dpi=80)
        return file.getvalue()


class _Picture:
    """One picture below the cell that changes in place, with a sentence."""

    def __init__(self) -> None:
        self._handles: tuple[Any, ...] = ()

    def show(self, png: bytes, told: str) -> None:
        from IPython.core.getipython import get_ipython
        from IPython.display import HTML, Pretty

        if get_ipython() is None:
            print(told)
            return
        image = (
            f'<img style="max-width:100%" alt="{told}" src="data:image/png;base64,{base64.b64encode(png).decode()}">'
        )
        parts = (HTML(image), Pretty(told))  # type: ignore[no-untyped-call]
        if not self._handles:
            self._handles = tuple(_displayed(part) for part in parts)
        else:
            for handle, part in zip(self._handles, parts, strict=True):
                handle.update(part)


def _displayed(part: Any) -> Any:
    """Shows `part`; what is returned can change it in place."""
    from IPython.display import display

    return display(part, display_id=True)  # type: ignore[no-untyped-call]


def _grid(figure: Any) -> list[Any]:
    places = figure.subplots(4, 3, squeeze=False)
    for axes in places.flat:
        axes.axis("off")
    return list(places.flat)
