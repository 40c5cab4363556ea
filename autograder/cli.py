"""The command line: `autograder VERB`. Each verb asks, calls and prints; what it calls does the work.

A verb imports what it needs when it is called: PyTorch takes seconds, and most words need none of it.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import Any

import typer
from rich.console import Console
from rich.text import Text
from typer.core import TyperGroup

from autograder.commands import console
from autograder.commands.adopt import adopt
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
    *(new, adopt, build, verify, audit, calibrate),
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
    """Entry point: what the kit raises on purpose, or the disk refuses, becomes one sentence and exit code 2."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    console.fit_to_terminal()
    try:
        app()
    except AutograderError as error:
        _refuse(str(error))
    except OSError as error:
        if error.errno not in _OF_THE_MACHINE:
            raise
        _refuse(f"{error.filename or 'The disk'}: {_OF_THE_MACHINE[error.errno]}. {_NOTHING_LOST}")


_OF_THE_MACHINE = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "the file would be larger than you may write",
    errno.EACCES: "you may not read or write this",
    errno.EPERM: "you may not write this",
    errno.EROFS: "nothing can be written to this disk",
    errno.EIO: "the disk cannot be read or written",
    errno.ENOENT: "there is no such file or folder",
    errno.ENOTDIR: "a part of this path is no folder",
    errno.EISDIR: "this is a folder",
}
"""What no line of ours can help: the one at the keyboard must act."""
_NOTHING_LOST = "What was graded is kept and what was written before is as it was: see to it, then start again."


def _refuse(sentence: str) -> None:
    told = Text("autograder: ", "bold red") + Text(untrusted.visible(sentence))
    Console(stderr=True, highlight=False).print(told, soft_wrap=True)
    sys.exit(2)
