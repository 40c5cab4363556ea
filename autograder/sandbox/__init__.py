"""The only place where student code runs: one forked, walled-off process per submission.

The names below are loaded when first used, so that the small processes of the sandbox import nothing they do not need.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.sandbox.host.student import Handle, Names
    from autograder.sandbox.host.template import Template
    from autograder.sandbox.session import Room
    from autograder.sandbox.walls.limits import ALL_LAYERS, Layer, Limits, Mode

__all__ = ["ALL_LAYERS", "Handle", "Layer", "Limits", "Mode", "Names", "Room", "Template"]

_HOMES = {
    "walls.limits": ("ALL_LAYERS", "Layer", "Limits", "Mode"),
    "host.student": ("Handle", "Names"),
    "session": ("Room",),
    "host.template": ("Template",),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
