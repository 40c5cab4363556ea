"""A field to draw a digit in, and what a network sees in the drawing."""

from __future__ import annotations

import base64
import html
import io
from pathlib import Path
from typing import Any

import torch
from torch import nn

from autograder.in_notebook.drawing_field import Field

from .photograph import image_like, steps_to_mnist
from .ready_made import ReadyMade

FILE = "my_digit.png"
"""Where the last drawing is kept, for `read_picture`."""


def draw_digit(model: nn.Module | None = None, like: Any = None) -> None:
    """Shows a field to draw a digit in; `model`, or a ready-made tiny network, reads it as soon as you let go.

    `like`: a dataset whose scale of pixels the model knows. The drawing is kept as my_digit.png.
    """
    reader = model if model is not None else ReadyMade()
    Field("Draw a digit here", FILE, lambda png: answer(png, reader, like)).show()


def answer(png: bytes, model: nn.Module, like: Any = None) -> str:
    """What `model` sees in a drawing, as HTML: the 28 × 28 pixels, the digit, a bar for each of the ten."""
    Path(FILE).write_bytes(png)
    try:
        pixels = steps_to_mnist(io.BytesIO(png))["centred"]
    except (OSError, ValueError) as error:
        return f"<p>There is no digit to be seen yet ({html.escape(str(error))}). Draw a large one.</p>"
    shares = _shares(model, image_like(pixels, like))
    best = int(shares.argmax())
    rows = "".join(_bar(digit, float(share), digit == best) for digit, share in enumerate(shares))
    return (
        f'<div style="display:flex;gap:1.5em;flex-wrap:wrap"><figure style="margin:0"><img src="{_png(pixels)}" '
        f'width="140" height="140" style="image-rendering:pixelated" alt="Your drawing, as the network sees it">'
        f"<figcaption>28 × 28, as it sees it</figcaption></figure><div><p style='margin:0 0 .3em'>It says: "
        f"<b style='font-size:1.6em'>{best}</b></p>{rows}</div></div>"
    )


def _shares(model: nn.Module, image: torch.Tensor) -> torch.Tensor:
    """How the model divides its belief among the ten digits."""
    training = model.training
    model.eval()
    with torch.no_grad():
        device = next((weights.device for weights in model.parameters()), image.device)
        scores: torch.Tensor = model(image[None].to(device))[0].float().cpu()
    model.train(training)
    return scores.softmax(0)


def _bar(digit: int, share: float, best: bool) -> str:
    colour, weight = ("#2a9d8f", "bold") if best else ("#8a8f98", "normal")
    return (
        f'<div style="display:flex;align-items:center;gap:.5em;font-weight:{weight}"><span>{digit}</span>'
        f'<span style="display:inline-block;width:160px"><span style="display:block;height:.7em;background:{colour};'
        f'width:{max(1, round(160 * share))}px"></span></span><span>{share:.0%}</span></div>'
    )


def _png(pixels: Any) -> str:
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray((pixels * 255).astype("uint8")).save(file, format="png")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
