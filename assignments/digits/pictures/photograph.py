"""Your own digit, from a picture or a drawing, brought into the form of MNIST's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from autograder.in_notebook.card import tell

from .gallery import gallery

Grey = npt.NDArray[np.float64]

WORKING_SIZE, BOX, SIDE = 200, 20, 28
"""Pixels: a photograph is first made this small; MNIST fits digits into a box of 20 in a picture of 28."""

MARGIN = 0.15
"""Share of the way from paper to ink below which a pixel still counts as paper (MNIST's paper is exactly 0)."""

THICK_ENOUGH = 0.25
"""Share of its box that a digit's ink covers at least in most MNIST pictures; thin pens are thickened to it."""


def read_picture(path: str, like: Any = None) -> torch.Tensor | None:
    """Your own digit, from a picture file, made to look like those of MNIST; shows each step.

    Returns a float32 tensor `(1, 28, 28)`, or None if there is no such picture. Pixels go from 0 to 1, or as in the
    dataset `like`.
    """
    if not Path(path).is_file():
        tell(f"There is no file called {path!r} here. Put your picture into this folder, or write its name above.")
        return None
    try:
        steps = steps_to_mnist(path)
    except (OSError, ValueError) as error:
        tell(f"{path}: this picture cannot be used ({error}). Try a PNG or JPEG with one dark digit on white paper.")
        return None
    gallery(list(steps.values()), list(steps), columns=5)
    tell(f"Picture: {path} in {len(steps)} steps: {', '.join(steps)}.")
    return image_like(steps["centred"], like)


def steps_to_mnist(source: str | IO[bytes]) -> dict[str, Grey]:
    """A picture file on its way into MNIST's form: each step's name and result, the last one `(28, 28)` from 0 to 1.

    Raises ValueError if there is no digit to be seen, OSError if it is no picture."""
    return dict(_steps(_grey(source)))


def image_like(pixels: Grey, like: Any = None) -> torch.Tensor:
    """Pixels 0..1 as a float32 tensor `(1, 28, 28)`, scaled as in the dataset `like` if there is one."""
    image = torch.tensor(pixels, dtype=torch.float32)[None]
    dark, bright = _range(like) if like is not None else (0.0, 1.0)
    return dark + image * (bright - dark)


def _grey(source: str | IO[bytes]) -> Grey:
    """The picture as numbers 0..1, at most 200 pixels high and wide."""
    from PIL import Image, ImageOps

    with Image.open(source) as file:
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
