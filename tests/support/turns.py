"""Which part of a bank has its turn: a tenth, chosen by the commit, so that the following commits see the others.

With `AUTOGRADER_BANK=whole` everything has its turn; `make audit` sets that.
"""

from __future__ import annotations

import os
import subprocess
from zlib import crc32

from places import ROOT

PARTS = 10
VARIABLE = "AUTOGRADER_BANK"


def has_turn(name: str, commit: str | None = None) -> bool:
    """Whether the variant or probe `name` is tried at `commit` (hex digits); by default the one checked out."""
    if commit is None and os.environ.get(VARIABLE) == "whole":
        return True
    chosen = int((CHECKED_OUT if commit is None else commit)[:8], 16)
    return crc32(name.encode()) % PARTS == chosen % PARTS


def _checked_out() -> str:
    """The commit that is checked out; zeros in a copy without its history."""
    asked = subprocess.run(["git", "-C", ROOT, "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return asked.stdout.strip() or "0" * 40


CHECKED_OUT = _checked_out()
