"""Pictures for the notebook: each is followed by a sentence that says what is to be seen.

Images are tensors `(1, 28, 28)` as the student's dataset gives them, whatever their scale.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

Grey = npt.NDArray[np.float64]
Batches = Iterable[tuple[torch.Tensor, torch.Tensor]]

CHANCE = math.log(10)
"""Cross-entropy of one who gives all ten digits the same score."""

SOFTMAX_FLOOR = math.log(1 + 9 / math.e)
"""Cross-entropy of one who is always right, where the scores have been squeezed to 0..1 by a softmax before."""

INK, PAPER, TEAL = "#1f3a5f", "#8a8f98", "#2a9d8f"
WORKING_SIZE, BOX, SIDE = 200, 20, 28
"""Pixels: a photograph is first made this small; MNIST fits digits into a box of 20 in a picture of 28."""

MARGIN = 0.15
"""Share of the way from paper to ink below which a pixel still counts as paper (MNIST's paper is exactly 0)."""

THICK_ENOUGH = 0.25
"""Share of its box that a digit's ink covers at least in most MNIST pictures; thin pens are thickened to it."""


def show_digits(dataset: Any, count: int = 12) -> None:
    """Shows the first `count` items of a dataset of (image, label)."""
    items = [dataset[i] for i in range(min(count, len(dataset)))]
    labels = [str(int(label)) for _, label in items]
    _gallery([image for image, _ in items], labels)
    print(f"Picture: the first {len(items)} digits of the dataset, with their labels: {', '.join(labels)}.")


def show_losses(losses: Sequence[float], usual: Sequence[tuple[float, float]] = ()) -> None:
    """Draws the loss of each epoch; `usual` may hold the lowest and highest loss of usual runs, epoch by epoch."""
    losses = [float(loss) for loss in losses]
    if not losses:
        print("There is no loss to draw yet: train for one epoch at least.")
        return
    epochs = range(1, len(losses) + 1)
    figure, axes = _axes(6.5, 3.4)
    axes.axhline(CHANCE, color=PAPER, linestyle="--", linewidth=1)
    axes.text(len(losses), CHANCE, "pure guessing: ln 10 ≈ 2.303", color=PAPER, fontsize=9, va="bottom", ha="right")
    axes.axhline(SOFTMAX_FLOOR, color=PAPER, linestyle=":", linewidth=1, alpha=0.7)
    floor = "a softmax too many ends here: 1.461"
    axes.text(len(losses), SOFTMAX_FLOOR, floor, color=PAPER, fontsize=8, alpha=0.8, va="bottom", ha="right")
    if usual:
        low, high = zip(*usual[: len(losses)], strict=True)
        axes.fill_between(epochs[: len(low)], low, high, color=TEAL, alpha=0.2, linewidth=0, label="usual")
    axes.plot(epochs, losses, color=INK, marker="o", label="yours")
    axes.set(xlabel="epoch", ylabel="mean loss", ylim=(0, max(2.6, 1.05 * max(losses))), xticks=list(epochs))
    if usual:
        axes.legend(frameon=False, loc="center right")
    _show(figure)
    if len(losses) == 1:
        print(f"Picture: the mean loss of one epoch, {losses[0]:.3f}. Pure guessing gives 2.303.")
        return
    band = usual[: len(losses)][-1:]
    print(
        f"Picture: the mean loss of each epoch, from {losses[0]:.3f} in the first to {losses[-1]:.3f} in the last of "
        f"{len(losses)}. Pure guessing gives 2.303."
        + "".join(
            f" After {len(usual[: len(losses)])} epochs usual runs are between {low} and {high}." for low, high in band
        )
    )


def show_answer(image: torch.Tensor, answer: int, label: int | None = None) -> None:
    """Shows one image with the digit that the model sees in it, and its label if there is one."""
    figure, axes = _axes(2.2, 2.5)
    _picture(axes, image)
    axes.set_title(f"The network says: {answer}", fontsize=12, color=INK)
    _show(figure)
    truth = "" if label is None else f" Its label is {int(label)}."
    print(f"Picture: one digit. The network says that it is a {answer}.{truth}")


def show_confusion(model: nn.Module, loader: Batches) -> None:
    """Draws a table: which digit was written (rows), and which one the model read (columns)."""
    table = np.zeros((10, 10), dtype=int)
    for _, labels, answers in _answers(model, loader):
        np.add.at(table, (labels.numpy(), answers.numpy()), 1)
    figure, axes = _axes(5.2, 4.8)
    axes.imshow(np.sqrt(table), cmap="Blues")  # the root keeps the few mistakes visible beside the many hits
    for row, column in np.ndindex(10, 10):
        colour = "white" if table[row, column] > table.max() / 3 else INK if table[row, column] else "#c5cad3"
        axes.text(column, row, str(table[row, column]), ha="center", va="center", fontsize=8, color=colour)
    axes.set(xlabel="the network read", ylabel="written", xticks=range(10), yticks=range(10))
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    _show(figure)
    print(
        f"Picture: a table of 10 × 10. {table.trace():,} of {table.sum():,} digits were read correctly.{_worst(table)}"
    )


def show_misread(model: nn.Module, loader: Batches, count: int = 12) -> None:
    """Shows the first `count` digits that the model reads wrongly."""
    images: list[torch.Tensor] = []
    titles: list[str] = []
    for batch, labels, answers in _answers(model, loader):
        for image, label, answer in zip(batch, labels.tolist(), answers.tolist(), strict=True):
            if label != answer and len(images) < count:
                images.append(image)
                titles.append(f"{label}, read as {answer}")
    if not images:
        print("Not one digit was misread. There is nothing to show.")
        return
    _gallery(images, titles)
    print(f"Picture: {len(images)} misread digits: {'; '.join(titles)}.")


def read_picture(path: str, like: Any = None) -> torch.Tensor | None:
    """Your own digit, from a picture file, made to look like those of MNIST; shows each step.

    Returns a float32 tensor `(1, 28, 28)`, or None if there is no such picture. Pixels go from 0 to 1, or as in the
    dataset `like`.
    """
    if not Path(path).is_file():
        print(f"There is no file called {path!r} here. Put your picture into this folder, or write its name above.")
        return None
    try:
        steps = dict(_steps(_grey(path)))
    except (OSError, ValueError) as error:
        print(f"{path}: this picture cannot be used ({error}). Try a PNG or JPEG with one dark digit on white paper.")
        return None
    _gallery(list(steps.values()), list(steps), columns=5)
    print(f"Picture: {path} in {len(steps)} steps: {', '.join(steps)}.")
    image = torch.tensor(steps["centred"], dtype=torch.float32)[None]
    dark, bright = _range(like) if like is not None else (0.0, 1.0)
    return dark + image * (bright - dark)


def _grey(path: str) -> Grey:
    """The picture as numbers 0..1, at most 200 pixels high and wide."""
    from PIL import Image, ImageOps

    with Image.open(path) as file:
        picture = ImageOps.exif_transpose(file).convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")  # what is transparent in a drawing counts as white
        picture = Image.alpha_composite(paper, picture).convert("L")
        picture.thumbnail((WORKING_SIZE, WORKING_SIZE), Image.Resampling.BOX)
        return np.asarray(picture, dtype=np.float64) / 255


def _steps(grey: Grey) -> Iterator[tuple[str, Grey]]:
    """Each step's name and picture, from grey to 28 × 28. Raises ValueError if there is no digit to be seen."""
    yield "grey", grey
    bright = _bright_on_dark(grey)
    yield "bright on dark", bright
    cut = _thickened(_cropped(bright))
    yield "cut out", cut
    small = _resized(cut)
    yield "20 × 20", small
    yield "centred", _centred(small)


def _bright_on_dark(grey: Grey) -> Grey:
    """Ink 1, paper 0. Light that falls from one side is evened out: a plane through the border is taken away."""
    rows, columns = np.indices(grey.shape)
    plane = np.stack([np.ones(grey.size), rows.ravel(), columns.ravel()], axis=1)
    edge = np.ones(grey.shape, dtype=bool)
    edge[3:-3, 3:-3] = False
    coefficients = np.linalg.lstsq(plane[edge.ravel()], grey[edge], rcond=None)[0]
    above = grey - (plane @ coefficients).reshape(grey.shape)
    ink = above if above.max() > -above.min() else -above
    top = float(np.percentile(ink, 99.5)) if ink.size > 2_000 else float(ink.max())
    if top < 0.1:
        raise ValueError("it shows nothing but paper")
    strength = np.clip(ink / top, 0, 1)
    return np.where(strength < MARGIN, 0, strength)


def _cropped(ink: Grey) -> Grey:
    dark = ink > 0.5
    rows, columns = np.flatnonzero(dark.sum(axis=1) > 1), np.flatnonzero(dark.sum(axis=0) > 1)
    if not rows.size or not columns.size:
        raise ValueError("no digit was found in it")
    top, left = max(rows[0] - 1, 0), max(columns[0] - 1, 0)
    return ink[top : rows[-1] + 2, left : columns[-1] + 2]


def _thickened(ink: Grey) -> Grey:
    """The strokes of a thin pen, made wider: in a box of 20 pixels they would vanish."""
    for _ in range(max(ink.shape) // BOX):
        if ink.mean() >= THICK_ENOUGH:
            break
        wide = np.pad(ink, 1)
        ink = np.max([wide[1:-1, 1:-1], wide[:-2, 1:-1], wide[2:, 1:-1], wide[1:-1, :-2], wide[1:-1, 2:]], axis=0)
    return ink


def _resized(ink: Grey) -> Grey:
    scale = BOX / max(ink.shape)
    size = [max(1, round(length * scale)) for length in ink.shape]
    whole = torch.tensor(ink)[None, None]
    small = nn.functional.interpolate(whole, size=size, mode="bilinear", antialias=True)[0, 0].numpy()
    bounded: Grey = np.clip(small / small.max(), 0, 1)
    return bounded


def _centred(small: Grey) -> Grey:
    """In a picture of 28 × 28, so that the ink's centre of mass lies in the middle."""
    rows, columns = np.indices(small.shape)
    middle = (SIDE - 1) / 2
    corner = [round(middle - float((place * small).sum() / small.sum())) for place in (rows, columns)]
    top, left = (min(max(at, 0), SIDE - length) for at, length in zip(corner, small.shape, strict=True))
    canvas = np.zeros((SIDE, SIDE))
    canvas[top : top + small.shape[0], left : left + small.shape[1]] = small
    return canvas


def _range(dataset: Any) -> tuple[float, float]:
    """The values of paper and of full ink in a student's dataset."""
    images = torch.stack([torch.as_tensor(dataset[i][0]) for i in range(min(20, len(dataset)))])
    return float(images.min()), float(images.max())


def _answers(model: nn.Module, loader: Batches) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
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


def _worst(table: npt.NDArray[np.int_]) -> str:
    """A sentence with the three commonest mistakes."""
    wrong = table.copy()
    np.fill_diagonal(wrong, 0)
    worst = [np.unravel_index(place, table.shape) for place in np.argsort(wrong, axis=None)[::-1][:3]]
    told = [f"{row} read as {column} ({wrong[row, column]} times)" for row, column in worst if wrong[row, column]]
    return f" The commonest mistakes: {', '.join(told)}." if told else ""


def _gallery(images: Sequence[Any], titles: Sequence[str], columns: int = 6) -> None:
    import matplotlib.pyplot as plt

    rows = math.ceil(len(images) / columns)
    figure, places = plt.subplots(rows, columns, figsize=(1.35 * columns, 1.6 * rows), squeeze=False)
    for axes in places.flat:
        axes.axis("off")
    for axes, image, title in zip(places.flat, images, titles, strict=False):
        _picture(axes, image)
        axes.set_title(title, fontsize=9, color=INK)
    _show(figure)


def _picture(axes: Any, image: Any) -> None:
    pixels = np.asarray(image.detach().cpu() if isinstance(image, torch.Tensor) else image)
    axes.imshow(pixels.reshape(pixels.shape[-2:]), cmap="gray")
    axes.axis("off")


def _axes(width: float, height: float) -> tuple[Any, Any]:
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(width, height))
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _show(figure: Any) -> None:
    import matplotlib.pyplot as plt

    figure.patch.set_facecolor("white")  # stays readable on a dark page
    figure.tight_layout()
    plt.show()
    plt.close(figure)
