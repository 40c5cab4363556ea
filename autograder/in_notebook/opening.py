"""Opens the lesson whose files the set-up cell has just unpacked beside this one."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from autograder.in_notebook.lesson import Lesson
from autograder.in_notebook.source import Sources

ASSIGNMENT = Path(__file__).parent.parent / "assignment"


def opened(files: str | None = None) -> list[Callable[..., Any]]:
    """The notebook's helpers, in the order of the lesson's `names`, for the assignment whose files were unpacked.

    `files`: what it lays beside the notebook, packed; None where it gives none.
    """
    told = json.loads(ASSIGNMENT.joinpath("lesson.json").read_text("utf-8"))
    if files is not None:
        from autograder.in_notebook.files import lay

        lay(files, told["elsewhere"], Path())
    tell(told["packages"])
    checks, stand_ins = (import_module(f"autograder.assignment.{name}") for name in ("checks", "stand_ins"))
    lesson = Lesson(
        told["parts"],
        told["given"],
        told["hidden"],
        vars(checks),
        vars(stand_ins),
        ASSIGNMENT.joinpath("hints.toml").read_text("utf-8"),
        pictures=told["pictures"],
        signatures=told["signatures"],
        packages=told["packages"],
    )
    exec(compile(told["own"], "<hints by step>", "exec"), {"steps": lesson.steps})
    helpers: dict[str, Callable[..., Any]] = {
        "show_source": Sources(vars(checks), ASSIGNMENT, told["address"]).show,
    }
    if "guess" in told["names"]:
        from autograder.in_notebook.guessing import Guesses

        guesses = Guesses()
        helpers |= {"guess": guesses.guess, "guessed": guesses.guessed}
    return [helpers.get(name) or getattr(lesson, name) for name in told["names"]]


def tell(packages: Sequence[str]) -> None:
    """Names the packages of this assignment. Raises ImportError with what to do where one is not installed."""
    absent = " and ".join(name for name in packages if find_spec(name) is None)
    if absent:
        raise ImportError(f"This notebook needs {absent}: install it for this Python, restart, and run me again.")
    if packages:
        print(f"You may import {', '.join(packages)} here.")
