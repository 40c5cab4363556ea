"""`autograder calibrate`: are the thresholds where they should be?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.commands.console import out
from autograder.commands.engine import engine_for, use_data
from autograder.commands.options import Machine, MarkdownPage
from autograder.commands.progress import Progress
from autograder.core.course import Course


def calibrate(
    name: str,
    machine: Machine,
    seeds: Annotated[int, typer.Option(min=2, help="Seeds for each variant.")] = 30,
    report: Annotated[Path, typer.Option("--json", help="Where the result goes.")] = Path("calibration.json"),
    page: MarkdownPage = None,
) -> None:
    """Measure each threshold: the chance of failing correct work, and of passing the nearest wrong work."""
    from autograder.authoring import calibrate
    from autograder.torchlab import mnist

    assignment = Course.at(Path.cwd()).assignment(name)
    use_data(machine, assignment)
    total = seeds * len(calibrate.marked(assignment))
    with engine_for(machine) as engine, Progress("Calibrating", total, out) as progress:
        thresholds = calibrate.calibrate(assignment, engine, seeds=seeds, mode=machine.mode, done=progress)
    data = mnist.find().source if assignment.imports(mnist.__name__) else "its own data"
    facts = {"assignment": name, "data": data, "seeds": seeds}
    calibrate.write(thresholds, report, facts)
    if page is not None:
        page.write_text(calibrate.page(thresholds, facts), encoding="utf-8")
    out.print(calibrate.overview(thresholds))
