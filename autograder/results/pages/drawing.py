"""What a student's exhibits look like on a page: a curve laid out for SVG, small pictures as PNG, and all in words."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from autograder.core.model import Exhibit, Picture

WIDTH, HEIGHT = 420, 210
"""Size of a curve's drawing; it is scaled to the page."""

LEFT, RIGHT, TOP, BOTTOM = 58, 12, 28, 32
FARTHEST = 1e12
"""Numbers beyond this are drawn here: only their direction is of interest."""

MOST_DOTS = 40


@dataclass(frozen=True)
class Level:
    """A named line across the drawing, `y` from its top."""

    y: float
    name: str


@dataclass(frozen=True)
class Curve:
    """A curve in a drawing of WIDTH × HEIGHT: its points, where it has dots, levels, the axes' ends, and a sentence."""

    points: tuple[tuple[float, float], ...]
    dots: tuple[tuple[float, float], ...]
    levels: tuple[Level, ...]
    top: str
    bottom: str
    last: int
    words: str


@dataclass(frozen=True)
class Shown:
    """One exhibit, ready for the page; `pictures` are (caption, data URI)."""

    title: str
    curve: Curve | None
    pictures: tuple[tuple[str, str], ...]


def shown(exhibit: Exhibit) -> Shown:
    """The exhibit as the page shows it."""
    curve = _curve(exhibit.curve, exhibit.lines) if exhibit.curve else None
    return Shown(exhibit.title, curve, tuple((picture.caption, png(picture)) for picture in exhibit.pictures))


def png(picture: Picture) -> str:
    """A picture as a data URI that holds a PNG."""
    grey = bytes.fromhex(picture.grey)
    file = BytesIO()
    Image.frombytes("L", (picture.width, len(grey) // picture.width), grey).save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"


def _curve(numbers: Sequence[float], lines: Sequence[tuple[str, float]]) -> Curve:
    drawn = [min(max(number, -FARTHEST), FARTHEST) for number in numbers]
    values = [0.0, *drawn, *(level for _, level in lines)]
    low, high = min(values), max(values)
    reach = high - low or 1.0

    def y(value: float) -> float:
        return round(TOP + (high - value) / reach * (HEIGHT - TOP - BOTTOM), 1)

    step = (WIDTH - LEFT - RIGHT) / max(len(drawn) - 1, 1)
    points = tuple((round(LEFT + place * step, 1), y(value)) for place, value in enumerate(drawn))
    return Curve(
        points,
        points if len(points) <= MOST_DOTS else (),
        tuple(Level(y(level), name) for name, level in lines),
        f"{high:.4g}",
        f"{low:.4g}",
        len(drawn),
        _words(numbers, lines),
    )


def _words(numbers: Sequence[float], lines: Sequence[tuple[str, float]]) -> str:
    """What a curve shows, for those who do not see it."""
    if len(numbers) == 1:
        told = f"One number: {numbers[0]:.4g}."
    else:
        told = (
            f"A curve of {len(numbers)} numbers, from {numbers[0]:.4g} to {numbers[-1]:.4g}; lowest {min(numbers):.4g}."
        )
    return " ".join([told, *(f"A line for comparison at {level:.4g}: {name}." for name, level in lines)])
