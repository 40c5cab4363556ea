"""Missing files: who asks for them, where they go, and that a shell line of a notebook counts as asking."""

from __future__ import annotations

import gzip
import os
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
from torchvision import datasets

from autograder.checks.expect import Mismatch
from autograder.torchlab.fetching import fetches_to_root
from autograder.torchlab.inside import fetching as inside
from autograder.torchlab.mnist import carried, raw_files
from autograder.torchlab.task import Lab, Task

ADDRESS = "https://somewhere.example/mnist/"
DIGITS = carried()
FEW = raw_files(
    *(part[:20] for part in (DIGITS.train_images, DIGITS.train_labels, DIGITS.test_images, DIGITS.test_labels))
)
Load = Callable[[str, bool], object]


@pytest.fixture
def judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Load], None]:
    """Judges one way to load digits, in an empty working folder and without a sandbox."""
    monkeypatch.chdir(tmp_path)

    def files(contents: Mapping[str, bytes]) -> str:
        folder = tmp_path / f"root-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for name, data in contents.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        return str(folder)

    def judge(load: Load) -> None:
        student, sandbox = SimpleNamespace(load_digits=load), SimpleNamespace(files=files)
        fetches_to_root(Lab(Task((1, 28, 28), 10), student, inside, sandbox, 1), FEW)

    return judge


def by_urllib(root: str, train: bool) -> datasets.MNIST:
    """The files one by one, as few write it."""
    raw = Path(root, "MNIST", "raw")
    raw.mkdir(parents=True)
    for name in (path.rpartition("/")[2] for path in FEW):
        with urllib.request.urlopen(f"{ADDRESS}{name}.gz") as answer:
            (raw / name).write_bytes(gzip.decompress(answer.read()))
    return datasets.MNIST(root, train=train)


def test_a_download_to_root_is_right(judged: Callable[[Load], None]) -> None:
    judged(lambda root, train: datasets.MNIST(root, train=train, download=True))
    judged(by_urllib)


def test_a_command_that_asks_is_a_download_wherever_it_would_have_gone(judged: Callable[[Load], None]) -> None:
    judged(lambda root, train: os.system(f"wget -q {ADDRESS}train-images-idx3-ubyte.gz"))


def test_files_that_went_elsewhere_are_told(judged: Callable[[Load], None]) -> None:
    with pytest.raises(Mismatch, match="another place"):
        judged(lambda root, train: datasets.MNIST("elsewhere", train=train, download=True))


def test_who_does_not_ask_is_told(judged: Callable[[Load], None]) -> None:
    with pytest.raises(Mismatch, match="Dataset not found"):
        judged(lambda root, train: datasets.MNIST(root, train=train))
    with pytest.raises(Mismatch, match="No other program"):
        judged(lambda root, train: os.system("ls"))


def test_each_part_is_asked_for_by_itself(judged: Callable[[Load], None]) -> None:
    with pytest.raises(Mismatch, match=r"train=False.*Dataset not found"):
        judged(lambda root, train: datasets.MNIST(root, train=train, download=train))
    with pytest.raises(Mismatch, match=r"train=True.*Dataset not found"):
        judged(lambda root, train: datasets.MNIST(root, train=train, download=not train))


def test_to_knock_and_take_nothing_is_no_download(judged: Callable[[Load], None]) -> None:
    def knocks(root: str, train: bool) -> datasets.MNIST:
        urllib.request.urlopen(f"{ADDRESS}train-images-idx3-ubyte.gz")
        return datasets.MNIST(root, train=train)

    with pytest.raises(Mismatch, match="still nothing, and Dataset not found") as raised:
        judged(knocks)
    assert raised.value.hint == "no-download"


def test_another_data_set_is_told_by_its_address(judged: Callable[[Load], None]) -> None:
    with pytest.raises(Mismatch, match="a download from"):
        judged(lambda root, train: datasets.FashionMNIST(root, train=train, download=True))
