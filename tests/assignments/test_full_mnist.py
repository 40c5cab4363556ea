"""The digits lesson on all of MNIST, as a student at home has it: how long it takes, and how well it reads."""

from __future__ import annotations

import os
import re
import resource
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import pytest
from lessons import cells_of, words
from places import ROOT
from plain_kernel import executed, told, troubles

from autograder.core.course import DATA_VARIABLE, Course
from autograder.torchlab import mnist

FULL = (60_000, 10_000)
MOST_SECONDS = 120.0
"""Of one processor: for five epochs, with all pictures and curves of the notebook."""


def data() -> mnist.Digits:
    """All of MNIST. Skips the test where $AUTOGRADER_DATA does not name it."""
    if not os.environ.get(DATA_VARIABLE):
        pytest.skip(f"{DATA_VARIABLE} names no folder with MNIST's four files.")
    found = mnist.find()
    if (len(found.train_labels), len(found.test_labels)) != FULL:
        pytest.skip(f"{found.source} holds a part of MNIST only.")
    return found


class Lesson(NamedTuple):
    """The solution run to its end in a kernel without the kit: each cell, and the processor time of it all."""

    cells: dict[str, Any]
    seconds: float

    def told(self, cell: str) -> str:
        return told(self.cells[cell])


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    found, folder = data(), tmp_path_factory.mktemp("lesson")
    parts = (found.train_images, found.train_labels, found.test_images, found.test_labels)
    for name, content in mnist.raw_files(*parts).items():
        path = Path(folder, "data", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    book = nbformat.read(Course(ROOT).assignment("digits").solution, as_version=4)  # type: ignore[no-untyped-call]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    cells = executed(book, folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Lesson(cells, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def test_five_epochs_with_all_pictures_take_two_minutes_of_one_processor(lesson: Lesson) -> None:
    assert troubles(lesson.cells) == {}
    assert "60000 digits to learn from, 10000 to test with" in lesson.told("dataset_demo")
    assert "Picture: the mean loss of each epoch" in lesson.told("train_demo")
    assert lesson.seconds < MOST_SECONDS


def test_it_reads_what_the_lesson_says_that_it_reads(lesson: Lesson) -> None:
    (reached,) = re.findall(r"after training: +([\d.]+)%", lesson.told("accuracy_demo"))
    (promised,) = re.findall(r"From (\d+) % to almost 99 %", words(cells_of("digits")["beyond"]))
    (before,) = re.findall(r"reads (\d+) of 100 digits", words(cells_of("convolution")["story"]))
    assert promised == before == "97"
    assert float(reached) >= float(promised)


def test_the_losses_lie_where_usual_ones_lie(lesson: Lesson) -> None:
    (last,) = re.findall(r"to ([\d.]+) in the last of 5", lesson.told("train_demo"))
    (low, high) = re.findall(r"usual runs are between ([\d.]+) and ([\d.]+)\.", lesson.told("train_demo"))[0]
    assert float(low) <= float(last) <= float(high)
