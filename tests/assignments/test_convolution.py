"""The third assignment: its promises, a sample of its banks of right and wrong solutions, and its notebook at work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import banks
import nbformat
import pytest
from places import ROOT
from plain_kernel import executed, told, troubles

from autograder.authoring import audit
from autograder.authoring.audit import GOOD, Trial, Verdict
from autograder.authoring.verify import verify
from autograder.core.course import Course
from autograder.torchlab import mnist

LESSON = Course(ROOT).assignment("convolution")
STUBS = ("slide", "network", "shifts", "train", "accuracy")
PICTURES = ("trouble_demo", "slide_demo", "network_demo", "shifts_demo", "compare_demo")


@pytest.fixture(scope="module")
def trials() -> list[Trial]:
    """A tenth of the banks, each variant graded once."""
    return banks.trials(LESSON)


def test_the_assignment_keeps_its_promises() -> None:
    assert {promise.title: promise.problem for promise in verify(LESSON) if promise.problem} == {}


def test_the_bank_is_rich_enough() -> None:
    bank = audit.bank(LESSON.folder)
    assert sum(right for _, right in bank) >= 10
    assert sum(not right for _, right in bank) >= 40
    assert sum(bool(one.says) for one, _ in bank) >= 15


def test_right_solutions_keep_all_points_and_wrong_ones_lose_those_of_their_stub(trials: list[Trial]) -> None:
    assert [trial for trial in trials if trial.verdict not in GOOD] == []


def test_each_mistake_gets_its_own_hint(trials: list[Trial]) -> None:
    assert [trial for trial in trials if trial.verdict is Verdict.OTHER_HINT] == []


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The release with few digits, run untouched and then once more with the solution's answers, without the kit."""
    folder = tmp_path_factory.mktemp("lesson")
    few_digits(folder)
    release, solution = (
        nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        for path in (LESSON.release, LESSON.solution)
    )
    for cell in solution.cells:
        cell.id = f"solved-{cell.id}"
    release.cells += [cell for cell in solution.cells if cell.id != "solved-setup"]
    return executed(release, folder)


def few_digits(folder: Path) -> None:
    """600 training and 200 test digits, laid out as torchvision wants them."""
    digits = mnist.carried()
    parts = (digits.train_images[:600], digits.train_labels[:600], digits.test_images[:200], digits.test_labels[:200])
    for name, content in mnist.raw_files(*parts).items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_the_release_runs_quietly_without_the_kit(lesson: dict[str, Any]) -> None:
    assert troubles(lesson) == {}


def test_the_untouched_release_says_what_is_open(lesson: dict[str, Any]) -> None:
    assert "0 of" in told(lesson["progress"])
    assert told(lesson["slide_demo"]) == "– Not yet: this cell needs slide, which you write above.\n"


def test_what_goes_wrong_is_seen_before_the_first_own_line(lesson: dict[str, Any]) -> None:
    assert "Picture, two Linear layers: " in told(lesson["trouble_demo"])
    assert "after max_pool2d:   (5, 8, 14, 14)" in told(lesson["network_try"])


def test_with_the_solution_all_is_well(lesson: dict[str, Any]) -> None:
    checks = {stub: told(lesson[f"solved-{stub}_check"]) for stub in STUBS}
    assert [stub for stub, words in checks.items() if "every visible check passes" not in words] == []
    assert "ready to hand in" in told(lesson["solved-ready"])


def test_each_picture_appears_with_a_sentence_that_tells_it(lesson: dict[str, Any]) -> None:
    cells = {name: lesson[f"solved-{name}"] for name in PICTURES}
    images = {name: any("image/png" in one.get("data", {}) for one in cell.outputs) for name, cell in cells.items()}
    assert images == {name: "Picture" in told(cell) for name, cell in cells.items()} == dict.fromkeys(PICTURES, True)
