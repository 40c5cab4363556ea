"""A walk on a hill whose learning rate one moves with a slider.

All walks are made before the picture is shown; the page's script only chooses one. So it works wherever a notebook is
shown, also where no kernel answers.
"""

from __future__ import annotations

import html
import json
import secrets
from collections.abc import Callable, Sequence

import torch

from autograder.in_notebook.card import tell

Landscape = Callable[[torch.Tensor], torch.Tensor]
Descend = Callable[[Landscape, float, float, int], Sequence[float]]

RATES = tuple(step / 50 for step in range(1, 56))
"""What the slider goes through: 0.02 to 1.1."""

FIRST, LOW, HIGH = 2, -2.0, 8.0
"""The place in RATES that is shown first; the part of the number line that is drawn."""

WIDTH, HEIGHT, EDGE = 480, 240, 12

_PAGE = """
<div id="{id}" style="max-width:{width}px;padding:.2em .4em">
<svg viewBox="0 0 {width} {height}" role="img" aria-label="A hill, and a walk on it" style="width:100%;display:block">
<defs><marker id="{id}-dot" markerWidth="8" markerHeight="8" refX="4" refY="4" markerUnits="userSpaceOnUse">
<circle cx="4" cy="4" r="3.5" fill="#2a9d8f"/></marker></defs>
<polyline points="{ground}" fill="none" stroke="#8a8f98" stroke-width="2"/>
<polyline class="walk" points="{walk}" fill="none" stroke="#2a9d8f" stroke-width="1.5"
style="marker:url(#{id}-dot)"/></svg>
<label style="display:block">learning rate
<input type="range" min="0" max="{last}" value="{first}" style="width:100%;margin:.3em 0"></label>
<div role="status">{words}</div></div>
<script>
(() => {{
  const walks = {walks}, root = document.getElementById("{id}"), slider = root.querySelector("input");
  slider.addEventListener("input", () => {{
    const [points, words] = walks[slider.value];
    root.querySelector(".walk").setAttribute("points", points);
    root.querySelector("[role=status]").textContent = words;
    slider.setAttribute("aria-valuetext", words);
  }});
}})();
</script>
"""


def move_rate(descend: Descend | None = None, f: Landscape | None = None, start: float = -1.0, steps: int = 12) -> None:
    """Shows a walk on the hill f, and a slider for its learning rate.

    descend: walks, and returns its places; by default a ready-made walk. f: by default (w - 3)² + 1.
    """
    walk, hill = descend or _descend, f or _valley
    paths = [walk(hill, start, rate, steps) for rate in RATES]
    try:
        from IPython.core.getipython import get_ipython
        from IPython.display import HTML, display
    except ImportError:
        return
    if get_ipython() is not None:
        display(HTML(page(hill, paths)))  # type: ignore[no-untyped-call]
    tell(f"Picture: a hill, and {steps} steps of a walk downhill. Below it is a slider for the learning rate.")


def page(f: Landscape, paths: Sequence[Sequence[float]]) -> str:
    """The hill, one walk for each of RATES, and the slider, as HTML."""
    top = max(float(f(torch.tensor(w))) for w in (LOW, HIGH))
    ground = [LOW + (HIGH - LOW) * part / 100 for part in range(101)]
    walks = [(_points(f, path, top), _words(f, rate, path)) for rate, path in zip(RATES, paths, strict=True)]
    return _PAGE.format(
        id=f"hill-{secrets.token_hex(6)}",
        width=WIDTH,
        height=HEIGHT,
        ground=_points(f, ground, top),
        walk=walks[FIRST][0],
        words=html.escape(walks[FIRST][1]),
        first=FIRST,
        last=len(RATES) - 1,
        walks=json.dumps(walks),
    )


def _points(f: Landscape, path: Sequence[float], top: float) -> str:
    """Places on the ground as SVG has them, up to the first that is far outside of the picture."""
    points = []
    for w in path:
        w = min(max(float(w), -30.0), 30.0)
        high = min(float(f(torch.tensor(w))), 10 * top)
        points.append(f"{_across(w):.1f},{HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * high / top:.1f}")
        if not LOW <= w <= HIGH:
            break
    return " ".join(points)


def _across(w: float) -> float:
    return WIDTH * (w - LOW) / (HIGH - LOW)


def _words(f: Landscape, rate: float, path: Sequence[float]) -> str:
    """What is to be seen of one walk."""
    last = float(path[-1])
    if not LOW <= last <= HIGH:
        return f"{rate:.2f}: it flies off."
    height = float(f(torch.tensor(last)))
    return f"{rate:.2f}: after {len(path) - 1} steps it is at w = {last:.2f}, height {height:.2f}."


def _valley(w: torch.Tensor) -> torch.Tensor:
    return (w - 3) ** 2 + 1


def _descend(f: Landscape, start: float, rate: float, steps: int) -> list[float]:
    path = [start]
    for _ in range(steps):
        here = torch.tensor(path[-1], requires_grad=True)
        (steepness,) = torch.autograd.grad(f(here), here)
        path.append(path[-1] - rate * steepness.item())
    return path
