"""What a function does that finds no files: doors to the network that note who asks, and hand out files of ours."""

from __future__ import annotations

import builtins
import gzip
import io
import os
import re
import shutil
import socket
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

import torchvision.datasets.mnist as mnist

from autograder.torchlab.inside.scripted import told

_ASKS = re.compile(r"://|\b(wget|curl|aria2c|axel|gdown|kaggle|rsync|gsutil|git clone)\b")
"""Commands that bring something from elsewhere."""


@dataclass(frozen=True)
class Fetching:
    """How a call with an empty folder ended: whether something was asked for and handed out, at which addresses it was
    asked for (as far as is known), whether the folder holds files now, and the error that ended the call."""

    asked: bool
    served: bool
    addresses: tuple[str, ...]
    filled: bool
    error: str


def fetch(load: Callable[..., Any], root: str, source: str, train: bool) -> dict[str, Any]:
    """Calls the student's `load(root, train=train)` where `root` is empty, and tells a Fetching.

    Nothing is fetched; who asks by torchvision or urllib is given the files of `source`, which is laid out as a root.
    """
    asked, served = list[str](), list[Path]()
    error = ""
    try:
        with _doors(asked, served, source):
            dataset = load(root, train=train)
            dataset[len(dataset) - 1]  # some fetch when the first item is read
    except Exception as raised:
        error = str(raised)[:300]
    filled = any(names for _, _, names in os.walk(root))
    return told(Fetching(bool(asked), bool(served), tuple(one for one in asked if "://" in one), filled, error))


@contextmanager
def _doors(asked: list[str], served: list[Path], source: str) -> Iterator[None]:
    files = {path.name: path for path in Path(source).rglob("*-ubyte")}

    def file_of(address: str) -> Path:
        """The file that an address asks for. Raises OSError where there is none of its name."""
        found = next((path for name, path in files.items() if name in address), None)
        if found is None:
            raise OSError("There is no network here.")
        served.append(found)
        return found

    def archive(url: str, download_root: str, *_: object, **known: Any) -> None:
        """In place of torchvision's: the unpacked file lies in `download_root` then."""
        asked.append(url)
        path = file_of(known.get("filename") or url)
        Path(download_root).mkdir(parents=True, exist_ok=True)
        shutil.copy(path, download_root)

    def opened(url: Any, *_: object, **named: object) -> _Answer:
        address = getattr(url, "full_url", url)
        asked.append(str(address))
        data = file_of(str(address)).read_bytes()
        return _Answer(gzip.compress(data) if str(address).endswith(".gz") else data)

    def closed(*arguments: object, **named: object) -> None:
        asked.append(" ".join(map(str, arguments)))
        raise OSError("There is no network here.")

    def command(line: object, *_: object, **named: object) -> None:
        asked.extend(filter(_ASKS.search, [" ".join(line) if isinstance(line, list | tuple) else str(line)]))
        raise OSError("No other program can be started here.")

    def shell(_: object, line: str, *__: object, **named: object) -> list[str]:
        """A shell line that fails says so and goes on."""
        asked.extend(filter(_ASKS.search, [line]))
        return []

    doors = [
        (mnist, "download_and_extract_archive", archive),
        (urllib.request, "urlopen", opened),
        (socket, "create_connection", closed),
        (socket, "getaddrinfo", closed),
        (subprocess, "Popen", command),
        (os, "system", command),
    ]
    lines = type(getattr(builtins, "get_ipython", object)())
    doors += [(lines, name, shell) for name in ("system", "getoutput") if hasattr(lines, name)]
    with ExitStack() as stack:
        for owner, name, door in doors:
            stack.enter_context(replaced(owner, name, door))
        yield


class _Answer(io.BytesIO):
    """What `urlopen` gives."""

    status = code = 200
    length = None

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.headers = Message()

    def info(self) -> Message:
        """No headers."""
        return self.headers

    def getcode(self) -> int:
        """All is well."""
        return self.status


@contextmanager
def replaced(owner: Any, name: str, new: Any) -> Iterator[None]:
    """`new` stands in the place of an attribute while the block runs."""
    old = getattr(owner, name)
    setattr(owner, name, new)
    try:
        yield
    finally:
        setattr(owner, name, old)
