"""Plays the hostile submissions and prints a table: attack, status, points, seconds, canaries, neighbours.

usage: python tests/support/attack_table.py [--every-mode | --mode MODE] [--only WORD,...] [--everywhere] [--tiny]
`--every-mode` plays them once in each mode; as root, the others as an ordinary user. `--everywhere` plays those that
every mode must stop, `--tiny` all but those against the digits assignment. Exit code 1 if any promise was broken.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from attack_bench import Bench, attacks, sentence
from places import ROOT

from autograder.sandbox import Mode


def main() -> int:
    """0 if every promise was kept."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--mode", type=Mode)
    parser.add_argument("--every-mode", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--everywhere", action="store_true")
    parser.add_argument("--tiny", action="store_true")
    wanted = parser.parse_args()
    return in_every_mode() if wanted.every_mode else play(wanted)


def in_every_mode() -> int:
    """The table once for each mode, each in a process of its own."""
    is_root = os.geteuid() == 0
    way = [sys.executable, str(ROOT / "tests" / "sandbox" / "ordinary_user.py")] if is_root else []
    others = [arg for arg in sys.argv[1:] if arg != "--every-mode"]
    codes = []
    for mode in [Mode.ROOT, Mode.USER, Mode.REDUCED] if is_root else [Mode.USER, Mode.REDUCED]:
        command = [sys.executable, __file__, *others, "--mode", mode]
        codes.append(subprocess.run(command if mode is Mode.ROOT else [*way, *command]).returncode)
    return max(codes)


def play(wanted: argparse.Namespace) -> int:
    """The table in one mode."""
    begin, faults, count = monotonic(), 0, 0
    with Bench(wanted.mode) as bench:
        for attack in attacks(not wanted.tiny and not wanted.everywhere):
            left_out = (wanted.everywhere and not attack.everywhere) or (wanted.tiny and attack.assignment != "tiny")
            if any(word in attack.name for word in wanted.only.split(",")) and not left_out:
                played = bench.play(attack)
                count += 1
                faults += bool(played.faults)
                print(sentence(played), flush=True)
    left = bench.left
    print(f"{count} attacks in {monotonic() - begin:.0f} s, mode {wanted.mode or 'best'}: {faults} broke a promise")
    print("left behind: " + ("; ".join(left) or "nothing"))
    return int(bool(faults or left))


if __name__ == "__main__":
    sys.exit(main())
