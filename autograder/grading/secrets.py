"""What nobody who hands in can foresee: a class's key, and the seed of each submission that follows from it."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from autograder.core.errors import CourseError


def seed_of(key: bytes, assignment: str, sha256: str) -> int:
    """A seed that nobody without the key can foresee: 63 bits of HMAC-SHA256 over the assignment and the submission."""
    digest = hmac.digest(key, f"{assignment}/{sha256}".encode(), "sha256")
    return int.from_bytes(digest[:8], "big") >> 1


def class_key(out: Path, seed: int | None = None) -> bytes:
    """The class's secret key: drawn once, by chance or from `seed`; readable by its owner only.

    Raises CourseError where the folder has another key than `seed` would give.
    """
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = out / "seed.key"
    drawn = secrets.token_bytes(32) if seed is None else hashlib.sha256(f"autograder {seed}".encode()).digest()
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(drawn)
    key = path.read_bytes()
    if seed is not None and key != drawn:
        raise CourseError(
            f"{path}: this class was graded with another seed. Leave --seed out, or grade to a new folder."
        )
    return key
