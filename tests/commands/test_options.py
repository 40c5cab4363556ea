"""Options that travel together: a dataclass in a verb's signature, options of their own on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from autograder.commands.options import spread

painted: list[object] = []


@dataclass(frozen=True)
class Size:
    """Two numbers."""

    width: Annotated[int, typer.Option("--width", "-w", min=1)]
    height: Annotated[int, typer.Option(help="How high.")] = 3


@dataclass(frozen=True)
class Place:
    """Where."""

    folder: Path = Path("here")


def paint(name: str, size: Size, place: Place, bright: Annotated[bool, typer.Option("--bright")] = False) -> None:
    """Paint something."""
    painted.append((name, size, place, bright))


def called(*words: str) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(spread(paint))
    painted.clear()
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["cat", "-w", "4"], ("cat", Size(4), Place(), False)),
        (["dog", "--width", "7", "--height", "1", "--bright"], ("dog", Size(7, 1), Place(), True)),
        (["--folder", "there", "--width", "1", "emu"], ("emu", Size(1), Place(Path("there")), False)),
    ],
)
def test_each_field_is_an_option_and_comes_back_in_its_dataclass(words: list[str], wanted: object) -> None:
    assert called(*words)[0] == 0
    assert painted == [wanted]


def test_rules_of_a_field_hold_on_the_command_line() -> None:
    for words, told in ((["cat"], "--width"), (["cat", "-w", "0"], "greater than or equal to")):
        code, said = called(*words)
        assert (code, painted) == (2, [])
        assert told in said
