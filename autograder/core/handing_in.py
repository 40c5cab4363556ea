"""What students are told of handing in a file: how, and how large it may be."""

from __future__ import annotations

MIB = 1 << 20
MOST_BYTES = 64 * MIB
"""Of one file handed in."""
HOW_TO_HAND_IN = "In Colab choose File → Download → Download .ipynb, and hand in that file."


def too_large(size: int, most: int = MOST_BYTES) -> str:
    """The sentence for a file of `size` bytes that is not read at all, where at most `most` are."""
    return (
        f"The file has {size / MIB:,.0f} MiB; at most {most / MIB:,.0f} MiB are read. Clear the outputs "
        "(Edit → Clear all outputs), save, download the .ipynb again and hand it in."
    )
