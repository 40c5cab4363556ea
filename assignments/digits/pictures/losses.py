"""The losses of a training, epoch by epoch."""

from __future__ import annotations

import math
from collections.abc import Sequence

from autograder.in_notebook.card import tell

from .gallery import INK, PAPER, TEAL, axes_of, show

CHANCE = math.log(10)
"""Cross-entropy of one who gives all ten digits the same score."""

SOFTMAX_FLOOR = math.log(1 + 9 / math.e)
"""Cross-entropy of one who is always right, where the scores have been squeezed to 0..1 by a softmax before."""


def show_losses(losses: Sequence[float], usual: Sequence[tuple[float, float]] = ()) -> None:
    """Draws the loss of each epoch; `usual` may hold the lowest and highest loss of usual runs, epoch by epoch."""
    losses = [float(loss) for loss in losses]
    if not losses:
        tell("There is no loss to draw yet: train for one epoch at least.")
        return
    epochs = range(1, len(losses) + 1)
    figure, axes = axes_of(6.5, 3.4)
    for level, told in (
        (CHANCE, "pure guessing: ln 10 ≈ 2.303"),
        (SOFTMAX_FLOOR, "a softmax too many ends here: 1.461"),
    ):
        axes.axhline(level, color=PAPER, linestyle="--" if level == CHANCE else ":", linewidth=1)
        axes.annotate(told, (len(losses), level), (0, 3), textcoords="offset points", color=INK, fontsize=9, ha="right")
    if usual:
        low, high = zip(*usual[: len(losses)], strict=True)
        axes.fill_between(epochs[: len(low)], low, high, color=TEAL, alpha=0.2, linewidth=0, label="usual")
    axes.plot(epochs, losses, color=INK, marker="o", label="yours")
    axes.set(xlabel="epoch", ylabel="mean loss", ylim=(0, max(2.6, 1.05 * max(losses))), xticks=list(epochs))
    if usual:
        axes.legend(frameon=False, loc="center right", bbox_to_anchor=(1, 0.33))
    show(figure)
    if len(losses) == 1:
        tell(f"Picture: the mean loss of one epoch, {losses[0]:.3f}. Pure guessing gives 2.303.")
        return
    band = usual[: len(losses)][-1:]
    tell(
        f"Picture: the mean loss of each epoch, from {losses[0]:.3f} in the first to {losses[-1]:.3f} in the last of "
        f"{len(losses)}. Pure guessing gives 2.303."
        + "".join(
            f" After {len(usual[: len(losses)])} epochs usual runs are between {low} and {high}." for low, high in band
        )
    )
