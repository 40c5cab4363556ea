"""Packages that only show something, stood in for where they are not installed: bars iterate, plots do nothing."""

from __future__ import annotations

import importlib.util
import sys
import types
from collections.abc import Iterator
from typing import Any


class Nothing:
    """Answers every question with itself; there is nothing in it."""

    def __getattr__(self, name: str) -> Nothing:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_: object, **__: object) -> Nothing:
        return self

    def __getitem__(self, _: object) -> Nothing:
        return self

    def __setitem__(self, _: object, __: object) -> None:
        """Keeps nothing."""

    def __iter__(self) -> Iterator[object]:
        return iter(())

    def __enter__(self) -> Nothing:
        return self

    def __exit__(self, *_: object) -> None:
        """Lets every exception pass."""


class Bar(Nothing):
    """A progress bar that nobody sees: gives all that it was wrapped around, as often as it is asked."""

    def __init__(self, iterable: Any = (), *_: object, **__: object) -> None:
        self.iterable = iterable
        self.n = 0

    def __iter__(self) -> Iterator[object]:
        return iter(self.iterable)

    def __len__(self) -> int:
        return len(self.iterable)


def bar_over_range(*bounds: int, **_: object) -> Bar:
    """What `trange` gives."""
    return Bar(range(*bounds))


def nothing(name: str) -> object:
    """What a stood-in module has under any name that it does not define."""
    if name.startswith("__"):
        raise AttributeError(name)
    return Nothing()


def module(name: str, **members: object) -> types.ModuleType:
    """A module that can be imported under `name` from now on, and that has whatever it is asked for."""
    made = types.ModuleType(name)
    vars(made).update(members, __getattr__=nothing, __path__=[])
    sys.modules[name] = made
    return made


_BARS: dict[str, object] = {"tqdm": Bar, "trange": bar_over_range, "tqdm_notebook": Bar, "tnrange": bar_over_range}
_STAND_INS: dict[str, dict[str, object]] = {
    "tqdm": _BARS,
    "tqdm.auto": _BARS,
    "tqdm.notebook": _BARS,
    "tqdm.std": _BARS,
    "tqdm.autonotebook": _BARS,
    "seaborn": {},
    "pandas": {},
    "tensorboard": {},
    "tensorboardX": {},
    "torch.utils.tensorboard": {},
    "torchinfo": {},
    "torchsummary": {},
    "ipywidgets": {},
}
"""Each with its own members; every other name there answers with nothing."""

_NEEDS = {"torch.utils.tensorboard": "tensorboard"}
"""Modules that are there, and do not work without a package."""


def stand_in_for_what_is_missing() -> None:
    """Lets `import` find those display packages that are not installed here."""
    missing = [name for name in _STAND_INS if not _is_installed(_NEEDS.get(name, name.partition(".")[0]))]
    for name in missing:
        made = module(name, **_STAND_INS[name])
        parent, _, child = name.rpartition(".")
        if parent in sys.modules:
            setattr(sys.modules[parent], child, made)


def _is_installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None
