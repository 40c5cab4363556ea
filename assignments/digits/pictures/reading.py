"""What a network reads: the digits, its answers, what it confuses and what it gets wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from autograder.in_notebook.card import tell

from .gallery import INK, axes_of, gallery, picture, show

Batches = Iterable[tuple[torch.Tensor, torch.Tensor]]


def show_digits(dataset: Any, count: int = 12) -> None:
    """Shows the first `count` items of a dataset of (image, label)."""
    items = [dataset[i] for i in range(min(count, len(dataset)))]
    labels = [str(int(label)) for _, label in items]
    gallery([image for image, _ in items], labels)
    tell(f"Picture: the first {len(items)} digits of the dataset, with their labels: {', '.join(labels)}.")


def show_answer(image: torch.Tensor, answer: int, label: int | None = None) -> None:
    """Shows one image with the digit that the model sees in it, and its label if there is one."""
    figure, axes = axes_of(2.2, 2.5)
    picture(axes, image)
    axes.set_title(f"The network says: {answer}", fontsize=12, color=INK)
    show(figure)
    truth = "" if label is None else f" Its label is {int(label)}."
    tell(f"Picture: one digit. The network says that it is a {answer}.{truth}")


def show_confusion(model: nn.Module, loader: Batches) -> tuple[int, int] | None:
    """Draws a table: which digit was written (rows), and which one the model read (columns).

    Returns the commonest mistake: the digit that was written, and what it was read as; None if there is none.
    """
    table = np.zeros((10, 10), dtype=int)
    for _, labels, answers in answers_of(model, loader):
        np.add.at(table, (labels.numpy(), answers.numpy()), 1)
    figure, axes = axes_of(5.2, 4.8)
    axes.imshow(np.sqrt(table), cmap="Blues")  # the root keeps the few mistakes visible beside the many hits
    for row, column in np.ndindex(10, 10):
        colour = "white" if table[row, column] > table.max() / 3 else INK if table[row, column] else "#c5cad3"
        axes.text(column, row, str(table[row, column]), ha="center", va="center", fontsize=8, color=colour)
    axes.set(xlabel="the network read", ylabel="written", xticks=range(10), yticks=range(10))
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    show(figure)
    worst = _mistakes(table)
    told = ", ".join(f"{row} read as {column} ({count} times)" for row, column, count in worst[:3])
    tell(
        f"Picture: a table of 10 × 10. {table.trace():,} of {table.sum():,} digits were read correctly."
        + (f" The commonest mistakes: {told}." if told else "")
    )
    return worst[0][:2] if worst else None


def show_misread(model: nn.Module, loader: Batches, count: int = 12) -> None:
    """Shows the first `count` digits that the model reads wrongly."""
    images: list[torch.Tensor] = []
    titles: list[str] = []
    for batch, labels, answers in answers_of(model, loader):
        for image, label, answer in zip(batch, labels.tolist(), answers.tolist(), strict=True):
            if label != answer and len(images) < count:
                images.append(image)
                titles.append(f"{label}, read as {answer}")
    if not images:
        tell("Not one digit was misread. There is nothing to show.")
        return
    gallery(images, titles)
    tell(f"Picture: {len(images)} misread digits: {'; '.join(titles)}.")


def answers_of(model: nn.Module, loader: Batches) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
    """Images, labels and the model's answers, batch by batch, in eval mode; the mode is put back afterwards."""
    training = model.training
    model.eval()
    try:
        for images, labels in loader:
            with torch.no_grad():
                scores = model(images)
            yield images, labels.long(), scores.argmax(dim=1).cpu()
    finally:
        model.train(training)


def _mistakes(table: npt.NDArray[np.int_]) -> list[tuple[int, int, int]]:
    """Written, read, how often: the commonest first."""
    wrong = table.copy()
    np.fill_diagonal(wrong, 0)
    places = [divmod(int(place), 10) for place in np.argsort(wrong, axis=None)[::-1]]
    return [(row, column, int(wrong[row, column])) for row, column in places if wrong[row, column]]


def share_read(model: nn.Module, loader: Batches) -> float:
    """The share of digits that `model` reads correctly, 0..1; says it in a sentence too."""
    hits = torch.cat([labels == answers for _, labels, answers in answers_of(model, loader)])
    tell(f"It reads {int(hits.sum()):,} of {len(hits):,} digits correctly.")
    return float(hits.float().mean())
