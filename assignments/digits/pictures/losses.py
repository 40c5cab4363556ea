"""The losses of a training, epoch by epoch."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .gallery import INK, PAPER, TEAL, axes_of, show

CHANCE = math.log(10)
"""Cross-entropy of one who gives all ten digits the same score."""

SOFTMAX_FLOOR = math.log(1 + 9 / math.e)
"""Cross-entropy of one who is always right, where the scores have been squeezed to 0..1 by a softmax before."""


def show_losses(losses: Sequence[float], usual: Sequence[tuple[float, float]] = ()) -> None:
    """Draws the loss of each epoch; `usual` may hold the lowest and highest loss of usual runs, epoch by epoch."""
    losses = [float(loss) for loss in losses]
    if not losses:
        print("There is no loss to draw yet: train for one epoch at least.")
        return
    epochs = range(1, len(losses) + 1)
    figure, axes = axes_of(6.5, 3.4)
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
    show(figure)
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
