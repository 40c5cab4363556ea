"""One warm process for all tests here, in the mode that AUTOGRADER_TEST_MODE names (the best of this host if unset)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from autograder.core.errors import SandboxError
from autograder.core.model import Cell, Role
from autograder.sandbox import ALL_LAYERS, Layer, Limits, Mode, Room, Template

LIMITS = Limits(memory_mib=512, cpu_seconds=20, files_mib=8, files=256, cell_seconds=10.0, submission_seconds=60.0)
MODE_VARIABLE = "AUTOGRADER_TEST_MODE"
MODE = Mode(os.environ[MODE_VARIABLE]) if MODE_VARIABLE in os.environ else None

Notebook = Callable[..., Room]


@pytest.fixture(scope="session")
def template() -> Iterator[Template]:
    try:
        started = Template.start(LIMITS, MODE)
    except SandboxError as error:
        pytest.skip(f"mode {MODE or 'any'} is not offered here: {error}")
    with started:
        yield started


@pytest.fixture
def notebook(template: Template) -> Iterator[Notebook]:
    """A room whose notebook has these cells: sources of answers, or whole cells."""
    rooms = []

    def room(
        *cells: str | Cell,
        limits: Limits = LIMITS,
        stand_ins: str = "",
        lesson: tuple[str, ...] = (),
        layers: frozenset[Layer] = ALL_LAYERS,
    ) -> Room:
        whole = [
            Cell(f"cell {place}", cell, Role.STUB) if isinstance(cell, str) else cell
            for place, cell in enumerate(cells, 1)
        ]
        rooms.append(Room(template, tuple(whole), stand_ins, limits, lesson, layers))
        return rooms[-1]

    yield room
    for one in rooms:
        one.close()
