"""The files that an assignment gives its students: laid beside the notebook by the set-up cell.

Small ones travel inside of that cell, so that the notebook alone is enough; larger ones are fetched once.
"""

from __future__ import annotations

import base64
import bz2
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.request import urlopen

PATIENCE = 60
"""How long (seconds) the web may be silent."""


def packed(contents: Mapping[str, bytes]) -> str:
    """Files as one text of letters that need no quoting."""
    texts = {name: data.decode("latin-1") for name, data in contents.items()}
    return base64.b85encode(bz2.compress(json.dumps(texts, ensure_ascii=False).encode())).decode()


def unpacked(text: str) -> dict[str, bytes]:
    """The files that were packed so."""
    texts = json.loads(bz2.decompress(base64.b85decode(text))) if text else {}
    return {name: data.encode("latin-1") for name, data in texts.items()}


def lay(text: str, elsewhere: Iterable[tuple[str, str, str]], folder: Path) -> None:
    """Writes files into `folder`, and says which: the packed ones, and those `elsewhere`: (name, SHA-256, address).

    What is there already as it should be is left alone. What cannot be fetched is told in a sentence.
    """
    laid = []
    for name, data in unpacked(text).items():
        if _digest(folder / name) != hashlib.sha256(data).hexdigest():
            _write(folder / name, data)
        laid.append(name)
    for name, digest, address in elsewhere:
        trouble = "" if _digest(folder / name) == digest else _fetch(folder / name, digest, address)
        if trouble:
            print(f"{name} is not here yet: {trouble} Then run this cell again.")
        else:
            laid.append(name)
    print(f"Beside this notebook: {', '.join(laid)}." if laid else "")


def _fetch(path: Path, digest: str, address: str) -> str:
    """What keeps a file from being fetched; nothing if it is there now."""
    try:
        with urlopen(address, timeout=PATIENCE) as answer:
            data = answer.read()
    except OSError as error:
        return f"{address} could not be read ({error}). Check the connection."
    if hashlib.sha256(data).hexdigest() != digest:
        return f"what lies at {address} is another file than the one meant. Tell your instructor."
    _write(path, data)
    return ""


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
