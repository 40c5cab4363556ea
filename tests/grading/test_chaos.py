"""Whatever is killed, and whenever: grading started again ends with the ledger of an undisturbed run."""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import killing
import pytest
import tiny_class

CLASS = 30


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("chaos")
    tiny_class.course(root)
    tiny_class.hand_in(root / "in", CLASS)
    return root


@pytest.fixture(scope="module")
def wanted(root: Path) -> dict[tuple[str, str], Any]:
    assert killing.undisturbed(root, root / "undisturbed", "local", 1) == killing.KEPT
    return killing.rows(root / "undisturbed")


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_kills_change_nothing_in_the_ledger(root: Path, wanted: dict[tuple[str, str], Any], engine: str) -> None:
    dice = random.Random(5)
    victims = dice.sample(killing.VICTIMS, len(killing.VICTIMS))
    assert killing.disturbed(root, root / engine, engine, 1, dice, victims) == victims
    assert killing.rows(root / engine) == wanted


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[None]:
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(place)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root can make a small disk.")
def test_a_full_disk_is_told_and_grading_goes_on_when_there_is_room(root: Path, wanted: dict[Any, Any]) -> None:
    out = root / "small"
    with small_disk(out, "64k"):
        assert killing.undisturbed(root, out, "local", 1) == killing.TOLD
        assert "Nothing that was written is lost" in (root / "log").read_text(encoding="utf-8")
        subprocess.run(["mount", "-o", "remount,size=16m", str(out)], check=True)
        assert killing.undisturbed(root, out, "local", 1) == killing.KEPT
        assert killing.rows(out) == wanted
