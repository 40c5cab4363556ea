"""Files that are there as a whole or not at all: a full disk or a stopped run leaves what was there before."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write(path: Path, content: str | bytes, *, durable: bool = False) -> None:
    """Write text (UTF-8, line ends as they are) or bytes to `path`, in one step for whoever looks there.

    `durable`: it is on the disk before this returns. Raises OSError where that fails; then `path` is as it was.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    part = path.with_name(f"{path.name[:200]}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error
