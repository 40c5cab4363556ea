"""Kills at random moments, and full disks, again and again: is the ledger at the end that of an undisturbed run?"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from time import monotonic
from typing import Any

import classes
from record import machine, publish

import killing  # isort: skip - lies among the tests


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--runs", type=int, default=50, help="Shared between the engines; every fifth has a full disk.")
    words.add_argument("--count", type=int, default=22, help="Submissions in the class.")
    words.add_argument("--kills", type=int, default=4)
    words.add_argument("--slots", type=int, default=2)
    words.add_argument("--seed", type=int, default=1)
    wanted = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="autograder-chaos-") as place:
        root = Path(place)
        classes.tiny.course(root)
        classes.tiny.hand_in(root / "in", wanted.count)
        assert killing.undisturbed(root, root / "undisturbed", "local", wanted.slots) == killing.KEPT
        truth = killing.rows(root / "undisturbed")
        rows = [one_run(root, number, wanted, truth) for number in range(wanted.runs)]
    same = sum(row["same ledger"] for row in rows)
    killed = Counter(word for row in rows for word in row["killed"].split())
    remark = f"{same} of {len(rows)} equal; killed: " + ", ".join(f"{count} {who}" for who, count in killed.items())
    publish("chaos", f"{wanted.count} submissions, {wanted.runs} runs", rows, {"machine": machine()}, remark)
    raise SystemExit(0 if same == len(rows) else 1)


def one_run(root: Path, number: int, wanted: argparse.Namespace, truth: dict[Any, Any]) -> dict[str, Any]:
    """One line: what was done to a run, and whether that shows in its ledger."""
    dice = random.Random(f"{wanted.seed}/{number}")
    engine, out = ("local", "dask")[number % 2], root / f"out{number}"
    begin = monotonic()
    full = number % 5 == 4 and os.geteuid() == 0
    if full:
        fill_up(root, out, engine, wanted.slots, dice)
    killed = killing.disturbed(root, out, engine, wanted.slots, dice, dice.choices(killing.VICTIMS, k=wanted.kills))
    same = killing.rows(out) == truth
    if full:
        subprocess.run(["umount", "--lazy", str(out)], check=True)
    line = {"run": number, "engine": engine, "full disk": full, "killed": " ".join(killed), "same ledger": same}
    print(line, flush=True)
    return line | {"s": monotonic() - begin}


def fill_up(root: Path, out: Path, engine: str, slots: int, dice: random.Random) -> None:
    """Grade to a disk that is too small until that is said, then make room."""
    out.mkdir()
    size = dice.choice((48, 64, 96, 128))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "none", str(out)], check=True)
    killing.undisturbed(root, out, engine, slots)
    subprocess.run(["mount", "-o", "remount,size=64m", str(out)], check=True)


if __name__ == "__main__":
    main()
