"""What student code may read: Python, the system's libraries, and of these nothing that is to be hidden."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.core.errors import SandboxError

_LIBRARIES = ("lib", "lib32", "lib64", "libx32")
_SYSTEM = (
    *(f"{place}/{name}" for place in ("", "/usr", "/usr/local") for name in _LIBRARIES),
    *("/usr/share/zoneinfo", "/usr/share/fonts", "/usr/share/fontconfig", "/usr/local/share/fonts"),
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts"),
)
"""No programs, which nobody may start here, and nothing that other programs share, such as nbgrader's exchange."""

KIT = str(Path(__file__).parents[2])
"""Our own package: where it is installed among the libraries, it is nobody's to import in there."""


@dataclass(frozen=True)
class View:
    """What one process may read: the places `shown`, none inside another, but for what is `hidden` inside them.

    All are where things really are; `links` are other names of what is shown: (name, place).
    """

    shown: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()
    hidden: tuple[str, ...] = ()


def prefixes() -> tuple[str, ...]:
    """The folders that Python and a virtual environment are installed in."""
    return tuple(dict.fromkeys([sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix]))


@functools.cache
def python_paths() -> tuple[str, ...]:
    """Where Python, torch and the rest are loaded from: not all of a prefix, for a course may lie in it."""
    libraries = [f"{prefix}/{name}" for prefix in prefixes() for name in (*_LIBRARIES, "pyvenv.cfg")]
    packages = [entry for entry in sys.path if entry.endswith("-packages")]
    return tuple(path for path in dict.fromkeys([*libraries, *packages]) if Path(path).exists())


@functools.cache
def view(hidden: tuple[str, ...] = ()) -> View:
    """What may be read where these paths and the kit must not be. SandboxError where Python needs one of them."""
    needed = {path: os.path.realpath(path) for path in (*python_paths(), *_SYSTEM) if Path(path).exists()}
    shown = _outermost(needed.values())
    inside = tuple(place for place in dict.fromkeys(map(os.path.realpath, (*hidden, KIT))) if _is_inside(place, shown))
    for place in inside:
        torn = next((path for path, real in needed.items() if Path(real).is_relative_to(place)), None)
        if torn is not None:
            raise SandboxError(
                f"{place} is to be hidden from student code, but Python needs {torn}. Move the one out of the other."
            )
    links = ((path, real) for path, real in needed.items() if path != real)
    return View(shown, tuple(link for link in links if not _is_inside(Path(link[0]).parent, shown)), inside)


def exposed(paths: Iterable[str]) -> tuple[str, ...]:
    """Those of `paths` that student code could read if nobody hid them."""
    return tuple(path for path in paths if _is_inside(path, view().shown))


def _outermost(places: Iterable[str]) -> tuple[str, ...]:
    every = dict.fromkeys(places)
    return tuple(place for place in every if not _is_inside(Path(place).parent, every))


def _is_inside(path: str | Path, places: Iterable[str]) -> bool:
    real = Path(os.path.realpath(path))
    return any(real.is_relative_to(place) for place in places)


@functools.cache
def pieces(seen: View) -> tuple[tuple[str, bool], ...]:
    """The view as paths that are to be read whole (True) or only listed: around a hidden place each neighbour alone.

    For walls that can allow, but not take back what lies deeper.
    """
    hidden = frozenset(map(Path, seen.hidden))
    return tuple(piece for path in seen.shown for piece in _around(Path(path), hidden))


def _around(place: Path, hidden: frozenset[Path]) -> Iterator[tuple[str, bool]]:
    if place in hidden:
        return
    if not any(place in one.parents for one in hidden):
        yield str(place), True
        return
    yield str(place), False
    for child in sorted(place.iterdir()):
        if not child.is_symlink():  # what is allowed is what is really there
            yield from _around(child, hidden)
