"""The only place where student code runs: one forked, walled-off process per submission.

The names below are loaded when first used, so that the small processes of the sandbox import nothing they do not need.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.sandbox.limits import ALL_LAYERS, Layer, Limits, Mode
    from autograder.sandbox.room import Room
    from autograder.sandbox.student import Handle, Names
    from autograder.sandbox.template import Template

__all__ = ["ALL_LAYERS", "Handle", "Layer", "Limits", "Mode", "Names", "Room", "Template"]

_HOMES = {
    "limits": ("ALL_LAYERS", "Layer", "Limits", "Mode"),
    "student": ("Handle", "Names"),
    "room": ("Room",),
    "template": ("Template",),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
