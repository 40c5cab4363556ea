"""A short run of the fuzzer: whatever bytes arrive, they are refused or read, and nothing else happens."""

from __future__ import annotations

import json

import fuzz


def test_broken_frames_are_refused_or_read() -> None:
    whole = fuzz.frames()
    (*_, tally) = fuzz.play(20_000, 7, lambda dice: fuzz.broken_frame(dice, whole), fuzz.read_frame)
    assert tally.outcomes.keys() == {"refused", "read"}


def test_broken_notebooks_are_unreadable_unsure_or_restored() -> None:
    whole = fuzz.notebooks()
    release = json.loads((fuzz.ROOT / "release/digits/digits.ipynb").read_text(encoding="utf-8"))
    read = fuzz.read_notebook(release)
    (*_, tally) = fuzz.play(200, 7, lambda dice: fuzz.broken_notebook(dice, whole), read)
    assert tally.outcomes.keys() == {"unreadable", "unsure", "restored"}
