"""The command line: `autograder VERB`. Each verb asks, calls and prints; what it calls does the work.

A verb imports what it needs when it is called: PyTorch takes seconds, and most words need none of it.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from rich.console import Console
from rich.text import Text
from typer.core import TyperGroup

from autograder.commands.audit import audit
from autograder.commands.build import build
from autograder.commands.calibrate import calibrate
from autograder.commands.demo import demo
from autograder.commands.doctor import doctor
from autograder.commands.export import export
from autograder.commands.feedback import feedback
from autograder.commands.grade import grade
from autograder.commands.gradescope import gradescope
from autograder.commands.mark import mark
from autograder.commands.new import new
from autograder.commands.options import spread
from autograder.commands.regrade import regrade
from autograder.commands.report import report
from autograder.commands.result import result
from autograder.commands.show import show
from autograder.commands.similarity import similarity
from autograder.commands.verify import verify
from autograder.core import untrusted
from autograder.core.errors import AutograderError

ORDER = (
    *(demo, doctor),
    *(new, build, verify, audit, calibrate),
    *(grade, show, mark, regrade, report, feedback, similarity, export, gradescope, result),
)
"""The verbs as `--help` lists them: to begin with, then for authors, then for a class."""


class Verbs(TyperGroup):
    """The verbs; `export gradescope NAME` is `gradescope NAME`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        return super().resolve_command(ctx, args[1:] if args[:2] == ["export", "gradescope"] else args)


app = typer.Typer(
    cls=Verbs, no_args_is_help=True, add_completion=False, help="Judge a course's notebooks fairly, and say why."
)
for verb in ORDER:
    app.command()(spread(verb))


def main() -> None:
    """Entry point: what the kit raises on purpose becomes one sentence and exit code 2."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        app()
    except AutograderError as error:
        sentence = Text("autograder: ", "bold red") + Text(untrusted.visible(str(error)))
        Console(stderr=True, highlight=False).print(sentence, soft_wrap=True)
        sys.exit(2)
