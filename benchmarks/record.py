"""Measures commands with all that they start, names the machine, prints tables and keeps them as JSON."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from autograder.core import kit

HERE = Path(__file__).parent
ROOT = HERE.parent
RESULTS = HERE / "results"
MIB = 1 << 20
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Used:
    """What a command and all its processes used: seconds, processor seconds, and the peak of their memory (MiB).

    `cpu` is what all processors worked meanwhile, so the machine must do nothing else: what a process used that its
    parent never waited for, as walled-off ones, is in no other count.
    """

    wall: float
    cpu: float
    peak_mib: float


def run(command: Sequence[str | Path], cwd: Path, environment: Mapping[str, str] | None = None) -> Used:
    """Runs a command to its end, its output in `cwd/output.txt`. Raises CalledProcessError if it fails."""
    words = [str(word) for word in command]
    begin, busy = monotonic(), _busy()
    with (cwd / "output.txt").open("wb") as output:
        process = subprocess.Popen(
            words, cwd=cwd, env={**os.environ, **(environment or {})}, stdout=output, stderr=subprocess.STDOUT
        )
        watch = _Memory(process.pid)
        watch.start()
        process.wait()
        wall, cpu = monotonic() - begin, _busy() - busy
    watch.ended = True
    watch.join()
    if process.returncode:
        sys.stderr.write((cwd / "output.txt").read_text(errors="replace")[-3000:])
        raise subprocess.CalledProcessError(process.returncode, words)
    return Used(wall, cpu, watch.peak_mib)


def _busy() -> float:
    """Processor seconds that this machine has worked since it started, those that its host took away left out."""
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system + times.irq + times.softirq)


class _Memory(threading.Thread):
    """Looks twice a second at what all processes below one hold; what they share counts once."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak_mib, self.ended = pid, 0.0, False

    def run(self) -> None:
        while not self.ended:
            self.peak_mib = max(self.peak_mib, held_mib(self.pid))
            sleep(0.5)


def held_mib(pid: int) -> float:
    """Memory of a process and all below it (MiB), each shared page divided among those who share it."""
    try:
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    return sum(map(_proportional, family)) / MIB


def _proportional(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


def machine() -> dict[str, Any]:
    """What these figures were measured on."""
    cpu = next((line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), "")
    packages = (kit.NAME, "torch", "nbgrader", "distributed", "sqlalchemy")
    return {
        "processor": cpu.partition(":")[2].strip(),
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in packages},
        "load_before": [round(load, 2) for load in os.getloadavg()],
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def publish(name: str, title: str, rows: Sequence[Row], facts: Mapping[str, Any], remark: str = "") -> None:
    """Prints the rows as a table and keeps them, with `facts`, in results/NAME.json."""
    table = Table(*rows[0], title=title, caption=remark or None)
    for row in rows:
        table.add_row(*(f"{value:.2f}" if isinstance(value, float) else str(value) for value in row.values()))
    Console(width=None if sys.stdout.isatty() else 140).print(table)
    RESULTS.mkdir(exist_ok=True)
    content = {"title": title, "rows": list(rows), "remark": remark, **facts}
    (RESULTS / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
