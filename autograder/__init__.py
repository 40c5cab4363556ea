"""An auto-graded course assignment, and the judge behind it. docs/developer.md shows the rooms.

`autograder.points` and `autograder.expect` are `autograder.checks.points` and `autograder.checks.expect`: check files
and notebooks in the wild know them by the short names.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_SHORT_NAMES = {f"{__name__}.{name}": f"{__name__}.checks.{name}" for name in ("points", "expect")}


class _ShortNames(MetaPathFinder, Loader):
    """Finds one module under its other name: the same object, so that what it remembers is remembered once."""

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        return ModuleSpec(name, self) if name in _SHORT_NAMES else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        module = import_module(_SHORT_NAMES[spec.name])
        self._own = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Runs nothing, that was done under its own name; gives back what the import machinery took for its own."""
        module.__spec__ = self._own


sys.meta_path.append(_ShortNames())
