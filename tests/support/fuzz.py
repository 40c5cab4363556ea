"""Feeds broken frames and broken notebooks to what reads them, by the million: `make fuzz`.

Whatever bytes arrive, the wire raises a ProtocolError or gives a plain value, and the notebook's reader raises a
SubmissionError or gives a script. Anything else ends the run with the bytes that did it. Memory and the slowest case
are told at the end. With `--guided N`, atheris (the extra `fuzz`) looks for new paths through the wire's code for N
more frames.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from places import ROOT

from autograder import notebook
from autograder.core.errors import SubmissionError
from autograder.sandbox import wire

MOST_CHANGES = 4
ODD_NUMBERS = (-1, 0, 1, 7, 255, 256, 2**31, 2**32 - 1, 2**40, 2**63, -(2**63), 10**400, 1.5, 1e308)
ODD_TEXTS = ("", "v", "a", "torch", "list", "text", "ref", "float", "tuple", "dict", "nan", "f4", "b1", "\ud800", "\0")
ODD_BYTES = (b"", b"\0", b"\xff", b"[", b"]", b"{", b"}", b'"', b"\\u", b",", b":", b"-", b"1e9", b"null", b"NaN", b" ")

Case = Callable[[random.Random], bytes]


@dataclass
class Tally:
    """What came of many cases; `slowest` in seconds of processor time."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0

    def add(self, outcome: str, seconds: float) -> None:
        self.outcomes[outcome] += 1
        self.slowest = max(self.slowest, seconds)


def frames() -> list[bytes]:
    """Well-formed frames, one for each form that a value can have."""
    values: list[object] = [
        None, True, -7, 0.5, float("nan"), "text", "long text " * 40, [1, "a", None], (1, (2.0, ())), {"a": {1: []}},
        {"id": 3, "value": [torch.arange(6.0).view(2, 3), np.float32(2), np.arange(3), [0.5] * 80, [True] * 90]},
        {"id": 9, "failure": {"kind": "E", "message": "no", "frames": [["cell 1", 2, "x"]], "torch_call": None}},
        torch.zeros(2, dtype=torch.bfloat16), wire.Ref(4, "module.Kind"), {"id": 1, "end": True},
    ]  # fmt: skip
    return [b"".join(wire.encode(value)) for value in values]


def broken_frame(dice: random.Random, whole: list[bytes]) -> bytes:
    """A frame with some bytes, or some of its JSON, changed; its lengths mended three times of four."""
    frame = dice.choice(whole)
    head_bytes, _ = wire.LENGTHS.unpack(frame[:8])
    head, body = frame[8 : 8 + head_bytes], frame[8 + head_bytes :]
    if dice.random() < 0.5:
        head = json.dumps(changed(dice, json.loads(head)), separators=(",", ":")).encode("utf-8", "replace")
    for _ in range(dice.randrange(MOST_CHANGES)):
        head = spliced(dice, head, whole)
    if dice.random() < 0.2:
        body = spliced(dice, body, whole)
    lengths = wire.LENGTHS.pack(len(head), len(body)) if dice.random() < 0.75 else frame[:8]
    return lengths + head + body


def spliced(dice: random.Random, data: bytes, others: list[bytes]) -> bytes:
    """`data` with a byte changed, a piece cut out, doubled, or put in from elsewhere."""
    begin = dice.randint(0, len(data))
    end = min(len(data), begin + dice.randint(0, 9))
    kind = dice.randrange(4)
    if kind == 0:
        return data[:begin] + bytes((dice.randrange(256),)) + data[begin + 1 :]
    if kind == 1:
        return data[:begin] + data[end:]
    if kind == 2:
        return data[:end] + data[begin:end] * dice.randint(1, 3) + data[end:]
    other = dice.choice(others)
    place = dice.randint(0, len(other))
    return data[:begin] + (dice.choice(ODD_BYTES) or other[place : place + 12]) + data[end:]


def changed(dice: random.Random, tree: Any) -> Any:
    """A JSON tree in which one place holds something else."""
    if isinstance(tree, list) and tree and dice.random() < 0.8:
        place = dice.randrange(len(tree))
        return [*tree[:place], changed(dice, tree[place]), *tree[place + 1 :]]
    if isinstance(tree, dict) and tree and dice.random() < 0.8:
        key = dice.choice(list(tree))
        rest = {name: value for name, value in tree.items() if name != key}
        return rest if dice.random() < 0.1 else {**rest, key: changed(dice, tree[key])}
    return dice.choice((dice.choice(ODD_NUMBERS), dice.choice(ODD_TEXTS), [tree], {"torch": tree}, {}, [], None, True))


def read_frame(frame: bytes) -> str:
    """What became of a frame: "refused" or "read"."""
    try:
        wire.decode(frame)
    except wire.ProtocolError:
        return "refused"
    return "read"


def notebooks() -> list[bytes]:
    """The release and the solution of each assignment, without the long set-up cell."""
    return [
        lean(path.read_bytes()) for folder in ("release", "solutions") for path in (ROOT / folder).glob("*/*.ipynb")
    ]


def lean(data: bytes) -> bytes:
    """A notebook in which cells longer than a page are cut: a fuzzer's bytes are better spent elsewhere."""
    book = json.loads(data)
    for cell in book["cells"]:
        cell["source"] = "".join(cell["source"])[:1500]
    return json.dumps(book, ensure_ascii=False).encode()


def broken_notebook(dice: random.Random, whole: list[bytes]) -> bytes:
    """A notebook with some of its JSON and, every third time, some bytes changed."""
    data = dice.choice(whole)
    book = json.loads(data)
    for _ in range(dice.randint(1, MOST_CHANGES)):
        kind, cells = dice.randrange(4), book.get("cells") if isinstance(book, dict) else None
        if kind == 0 and isinstance(cells, list) and cells:
            cells.insert(dice.randint(0, len(cells)), dice.choice(cells))
        elif kind == 1 and isinstance(cells, list):
            dice.shuffle(cells)
            del cells[dice.randint(0, len(cells)) :]
        else:
            book = changed(dice, book)
    data = json.dumps(book).encode()
    return spliced(dice, data, whole) if dice.random() < 0.3 else data


def read_notebook(release: dict[str, Any]) -> Callable[[bytes], str]:
    """How a student's file is read, restored into `release`: "unreadable", "unsure" or "restored"."""

    def read(data: bytes) -> str:
        try:
            script = notebook.restore(notebook.parse(data), release)
        except SubmissionError:
            return "unreadable"
        return "unsure" if script.unsure else "restored"

    return read


def play(count: int, seed: int, case: Case, read: Callable[[bytes], str]) -> Iterator[Tally]:
    """Reads `count` cases; yields the tally after each tenth of them. The bytes that break a promise are printed."""
    dice, tally = random.Random(seed), Tally()
    for number in range(1, count + 1):
        data = case(dice)
        begin = time.process_time()
        try:
            outcome = read(data)
        except BaseException:
            print(f"case {number} of seed {seed}: {data[:2000]!r}", flush=True)
            raise
        tally.add(outcome, time.process_time() - begin)
        if number % max(1, count // 10) == 0:
            yield tally


def peak_mib() -> float:
    """The most memory that this process has held (MiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def guided(count: int) -> None:
    """Lets atheris, which follows the covered branches, make `count` frames more. Ends the process."""
    import atheris

    atheris.instrument_func(wire.read_head)
    for part in vars(wire._Builder).values():
        if callable(part):
            atheris.instrument_func(part)
    corpus = Path(sys.argv[0]).parent / ".fuzz-corpus"
    corpus.mkdir(exist_ok=True)
    for number, frame in enumerate(frames()):
        (corpus / str(number)).write_bytes(frame)
    atheris.Setup(["fuzz", f"-runs={count}", "-rss_limit_mb=4096", "-timeout=10", str(corpus)], read_any)
    atheris.Fuzz()


def read_any(data: bytes) -> None:
    """A frame whose lengths fit its bytes: the first two tell where the head ends."""
    if len(data) < 2:
        return
    head = min(int.from_bytes(data[:2], "little"), len(data) - 2)
    read_frame(wire.LENGTHS.pack(head, len(data) - 2 - head) + data[2:])
    read_frame(data)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--frames", type=int, default=100_000)
    parser.add_argument("--notebooks", type=int, default=2_000)
    parser.add_argument("--guided", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    some_frames, some_notebooks = frames(), notebooks()
    release = json.loads((ROOT / "release/digits/digits.ipynb").read_text(encoding="utf-8"))
    for title, count, case, read in (
        ("frames", chosen.frames, lambda dice: broken_frame(dice, some_frames), read_frame),
        ("notebooks", chosen.notebooks, lambda dice: broken_notebook(dice, some_notebooks), read_notebook(release)),
    ):
        begin = time.monotonic()
        for tally in play(count, chosen.seed, case, read):
            told = ", ".join(f"{number:,} {outcome}" for outcome, number in sorted(tally.outcomes.items()))
            print(f"{title}: {told}; slowest {tally.slowest:.3f} s, peak {peak_mib():.0f} MiB", flush=True)
        print(f"{title}: {count / max(1e-9, time.monotonic() - begin):,.0f} per second")
    if chosen.guided:
        guided(chosen.guided)


if __name__ == "__main__":
    main()
