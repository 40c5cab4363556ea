"""(c) How long a sandbox takes to be ready (ms): fork, walls, stand-ins, first answer; the template is up already."""

from __future__ import annotations

import argparse
from statistics import median, quantiles
from time import monotonic
from typing import Any

import classes
from record import machine, publish

from autograder.sandbox import Limits, Room, Template


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--count", type=int, default=200)
    wanted = words.parse_args()
    assignment = classes.digits()
    limits = Limits(**assignment.settings.limits.model_dump())
    with Template.start(limits) as template:
        rounds = [once(template, assignment.stand_ins, limits) for _ in range(wanted.count + 5)][5:]
        facts = {"machine": machine(), "mode": template.mode, "layers": template.layers}
        started = template.ready_seconds
    rows = [row("ready", [ready for ready, _ in rounds]), row("buried", [end for _, end in rounds])]
    remark = f"mode {facts['mode']}; the template itself took {started:.1f} s"
    publish("ready", f"{wanted.count} sandboxes, one after the other", rows, facts, remark)


def once(template: Template, stand_ins: str, limits: Limits) -> tuple[float, float]:
    """Milliseconds until a new room has answered, and until it is gone."""
    begin = monotonic()
    room = Room(template, (), stand_ins, limits)
    room.seed(1)
    ready = monotonic()
    room.close()
    return 1000 * (ready - begin), 1000 * (monotonic() - ready)


def row(what: str, times: list[float]) -> dict[str, Any]:
    """One line of the table."""
    return {
        "what": what,
        "median ms": median(times),
        "95 % below ms": quantiles(times, n=20)[-1],
        "most ms": max(times),
    }


if __name__ == "__main__":
    main()
