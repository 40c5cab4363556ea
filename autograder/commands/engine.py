"""The engine that a verb grades with: started early, and given up where something goes wrong."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module

import typer

from autograder.commands.console import out
from autograder.commands.options import HERE, Cluster, EngineName, Machine
from autograder.core.course import DATA_VARIABLE, Assignment
from autograder.grading.engines.local import LocalEngine
from autograder.grading.engines.supervision import Engine


def use_data(machine: Machine, assignment: Assignment) -> None:
    """Tells all processes started from here where the digits lie, and looks for them if the assignment uses any.

    Raises CourseError now rather than in each process.
    """
    from autograder.torchlab import mnist

    if machine.data is not None:
        os.environ[DATA_VARIABLE] = str(machine.data.resolve())
    if assignment.imports(mnist.__name__):
        mnist.find()


@contextmanager
def engine_for(machine: Machine, cluster: Cluster = HERE) -> Iterator[Engine]:
    """An engine that is done with everything at the end, and gives up everything when something goes wrong."""
    engine = _started(machine, cluster)
    try:
        yield engine
    except BaseException:
        engine.stop()
        raise
    engine.shutdown()


@contextmanager
def engine_for_class(machine: Machine, cluster: Cluster) -> Iterator[Engine]:
    """The engine for a class, started before this process imports what it needs itself: both take seconds.

    Ctrl-C ends what is done with it without a traceback, and with the exit code that shells expect.
    """
    try:
        with engine_for(machine, cluster) as engine:
            threading.Thread(target=import_module, args=["autograder.results.gradebook"], daemon=True).start()
            yield engine
    except KeyboardInterrupt:
        out.print("Stopped. What was graded is kept: start again to go on; `autograder export` hands on what is there.")
        raise typer.Exit(130) from None


def _started(machine: Machine, cluster: Cluster) -> Engine:
    from autograder.grading.engines.dask import DaskEngine
    from autograder.sandbox.host import template

    if cluster.scheduler:
        return DaskEngine.at(cluster.scheduler)
    if cluster.engine is EngineName.DASK:
        return DaskEngine.local(machine.jobs)
    return LocalEngine(machine.jobs, first=partial(template.start_early, machine.mode))
