"""The notebook's files and those of the checks: each have room of their own, and the notebook's go first."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from autograder.sandbox.inside.surroundings import notice
from autograder.sandbox.walls.limits import MIB

_walk, _remove, _write = os.walk, os.remove, Path.write_bytes
_TIGHT, _ROOMY = 3 / 4, 1 / 2
"""From which share of its room on the notebook's largest files are removed, and down to which."""


def _read_only(path: str, flags: int) -> int:
    """Opens a new file that nobody may write again: in some modes no mark of a file can be changed later."""
    return os.open(path, flags, 0o444)


class Scratch:
    """`home` is where the notebook writes, up to `mib`; `data` the folder for files that checks hand over."""

    def __init__(self, home: str, data: str, mib: int) -> None:
        self._home, self._data, self._most = home, data, mib * MIB
        self._ours: set[str] = set()
        self._given: set[str] = set()

    def give(self, contents: dict[str, Any]) -> None:
        """Write files (path → uint8 array of its bytes) where the notebook starts, for it to read only."""
        for name, data in contents.items():
            path = Path(self._home, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "wb", opener=_read_only) as file:
                file.write(data.tobytes())
            self._given.add(str(path))

    def write(self, contents: dict[str, Any]) -> str:
        """Write files (path → uint8 array of its bytes) into a new folder; the folder's path."""
        try:
            return self._written(contents)
        except OSError:
            for place in Path(self._data).iterdir():  # not ours: the notebook's own
                if str(place) not in self._ours:
                    shutil.rmtree(place, ignore_errors=True)
                    place.unlink(missing_ok=True)
            return self._written(contents)

    def _written(self, contents: dict[str, Any]) -> str:
        folder = tempfile.mkdtemp(prefix="data-", dir=self._data)
        for name, data in contents.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, data.tobytes())
        self._ours.add(folder)
        return folder

    def make_room(self) -> None:
        """Where the notebook has nearly used its room, remove its largest files, and say so."""
        with suppress(OSError, RecursionError):
            files = sorted(self._files())
            used = sum(size for size, _ in files)
            removed: list[str] = []
            while used > self._most * (_ROOMY if removed else _TIGHT):
                size, path = files.pop()
                _remove(path)
                used -= size
                removed.append(f"{Path(path).name} ({size / MIB:.0f} MiB)")
            if removed:
                room = f"{self._most // MIB} MiB"
                notice(
                    f"your files took nearly all of the {room} there are here, so these are gone: {', '.join(removed)}."
                )

    def _files(self) -> list[tuple[int, str]]:
        found = []
        for folder, below, names in _walk(self._home):
            below[:] = [name for name in below if str(Path(folder, name)) != self._data]
            for name in names:
                path = str(Path(folder, name))
                if path not in self._given:
                    found.append((os.lstat(path).st_blocks * 512, path))
        return found
