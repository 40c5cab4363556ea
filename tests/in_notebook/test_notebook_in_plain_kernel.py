"""The release alone, in a kernel that knows torch, numpy and matplotlib but not this kit, without a network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from places import ROOT
from plain_kernel import KERNELS, ColabKernel, PlainKernel, executed, make_colab, told, troubles

from autograder.authoring import variant
from autograder.core.course import Course
from autograder.torchlab import mnist

DIGITS = Course(ROOT).assignment("digits")
STUBS = ("dataset", "model", "train", "accuracy", "predict")
PICTURES = (
    "dataset_demo",
    "one_layer_taught",
    "train_demo",
    "predict_demo",
    "confusion_demo",
    "misread_demo",
    "own_demo",
    "bugs_demo",
)

DRAW_A_FOUR = """
from PIL import Image, ImageDraw
paper = Image.new("L", (300, 400), 230)
pen = ImageDraw.Draw(paper)
pen.line([(140, 90), (90, 220), (220, 220)], fill=40, width=18)
pen.line([(190, 100), (180, 320)], fill=40, width=18)
paper.save("my_digit.png")
"""

SURROUNDINGS = """
import importlib.util, IPython
kit = [name for name in ("nbgrader", "mlxtend", "pytest") if importlib.util.find_spec(name)]
print("IPython", IPython.__version__, "with", kit)
"""

MISTAKES = {
    "model_missing_flatten": "Flatten each image to 784 numbers",
    "model_not_ten_scores": "Give the last layer ten outputs",
    "model_missing_super_init": "Call `super().__init__()` first",
    "model_softmax_over_the_batch": "it mixes the images of a batch",
    "dataset_pil_image": "Turn every image into a tensor first",
    "dataset_last_batch_dropped": "Leave `drop_last` off",
    "train_missing_step": "Call `optimizer.step()`",
    "train_return_inside_the_loop": "Move `return` out of the loops",
    "accuracy_not_a_share": "Return a share between 0 and 1",
    "predict_batch_dimension_missing": "Make it a batch of one first",
}
"""Variants of the bank of wrong solutions that visible checks catch, and words of the hint that must be shown."""


def release() -> Any:
    return nbformat.read(DIGITS.release, as_version=4)  # type: ignore[no-untyped-call]


def small_data(folder: Path) -> None:
    """600 training and 200 test digits, laid out as torchvision wants them."""
    digits = mnist.carried()
    files = mnist.raw_files(
        digits.train_images[:600], digits.train_labels[:600], digits.test_images[:200], digits.test_labels[:200]
    )
    for name, content in files.items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def solved() -> Any:
    """The release with the reference solution pasted in."""
    book = release()
    solution = nbformat.read(DIGITS.solution, as_version=4)  # type: ignore[no-untyped-call]
    answers = {cell.id: cell.source for cell in solution.cells if cell.id in STUBS}
    for cell in book.cells:
        cell.source = answers.get(cell.id, cell.source)
    return book


@pytest.fixture(scope="module", params=KERNELS)
def kernel(request: pytest.FixtureRequest) -> type[PlainKernel]:
    """Each kernel that the release must work in."""
    kind = KERNELS[request.param]
    if kind is ColabKernel:
        make_colab()
    return kind


@pytest.fixture(scope="module")
def untouched(kernel: type[PlainKernel], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return executed(release(), tmp_path_factory.mktemp("untouched"), kernel)


@pytest.fixture(scope="module")
def finished(kernel: type[PlainKernel], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The solved release, with small data and a picture of a four; then ten mistakes, one after the other."""
    folder = tmp_path_factory.mktemp("finished")
    small_data(folder)
    book = solved()
    book.cells.insert(0, new_code_cell(DRAW_A_FOUR, id="draw"))  # type: ignore[no-untyped-call]
    for name in MISTAKES:
        wrong = variant.parse(name, (DIGITS.folder / "wrong" / f"{name}.py").read_text("utf-8"))
        ((stub, source),) = wrong.cells
        lines = [f"# YOUR TURN: {stub}\n{source}", f'check("{stub}")', f'hint("{stub}")', f'hint("{stub}", 2)']
        book.cells += [
            new_code_cell(line, id=f"{name}-{number}")  # type: ignore[no-untyped-call]
            for number, line in enumerate(lines)
        ]
    return executed(book, folder, kernel)


def test_colabs_kernel_is_colabs(tmp_path: Path) -> None:
    make_colab()
    book = nbformat.v4.new_notebook(cells=[new_code_cell(SURROUNDINGS, id="surroundings")])  # type: ignore[no-untyped-call]
    assert told(executed(book, tmp_path, ColabKernel)["surroundings"]).strip() == "IPython 7.34.0 with []"


def test_the_untouched_release_runs_quietly_to_its_end(untouched: dict[str, Any]) -> None:
    assert troubles(untouched) == {}


def test_untouched_stubs_are_told_as_not_attempted(untouched: dict[str, Any]) -> None:
    assert ["Not attempted yet" in told(untouched[f"{stub}_check"]) for stub in STUBS] == [True] * len(STUBS)
    assert "0 of" in told(untouched["progress"])
    assert "not yet" in told(untouched["ready"])


LOOK_INSIDE = """
show_source("predict")
import inspect, traceback
from autograder.assignment import checks
try:
    checks.draw(None, None)
except Exception as error:
    print(traceback.format_exc())
"""


def test_the_packed_files_can_be_read_and_their_lines_stand_in_tracebacks(
    kernel: type[PlainKernel], tmp_path: Path
) -> None:
    book = release()
    book.cells = [cell for cell in book.cells if cell.id in ("setup", "imports")]
    book.cells.append(new_code_cell(LOOK_INSIDE, id="look"))  # type: ignore[no-untyped-call]
    words = told(executed(book, tmp_path, kernel)["look"])
    assert "@points(" in words
    assert "def test_" in words
    assert re.search(r"can be read in the folder \S*lesson-", words)
    assert re.search(r'File "\S*torchlab/drawn.py", line \d+, in draw\n    \S', words)


def test_demo_cells_that_need_a_stub_say_so_in_one_line(untouched: dict[str, Any]) -> None:
    lines = [told(untouched[name]) for name in PICTURES]
    assert all(line.startswith("– Not yet: this cell needs dataset") and line.count("\n") == 1 for line in lines)


def test_cells_before_the_first_stub_show_what_they_promise(untouched: dict[str, Any]) -> None:
    assert "Draw a digit here: a white square" in told(untouched["draw_demo"])
    assert any("<canvas" in output.get("data", {}).get("text/html", "") for output in untouched["draw_demo"].outputs)
    assert "Write it in place of the three dots" in told(untouched["guess_one_layer"])
    assert "step 25: w = 2.98" in told(untouched["basics_descent"])


def test_with_the_reference_every_visible_check_passes(finished: dict[str, Any]) -> None:
    told_by_checks = {stub: told(finished[f"{stub}_check"]) for stub in STUBS}
    assert {stub: "every visible check passes" in words for stub, words in told_by_checks.items()} == dict.fromkeys(
        STUBS, True
    )
    assert "ready to hand in" in told(finished["ready"])


def test_with_the_reference_nothing_goes_wrong(finished: dict[str, Any]) -> None:
    assert troubles(finished) == {}


def test_each_picture_appears_with_a_sentence_that_tells_it(finished: dict[str, Any]) -> None:
    images = {
        name: any("image/png" in output.get("data", {}) for output in finished[name].outputs) for name in PICTURES
    }
    sentences = {name: "Picture: " in told(finished[name]) for name in PICTURES}
    assert images == sentences == dict.fromkeys(PICTURES, True)


def test_a_drawn_four_is_brought_into_mnists_form(finished: dict[str, Any]) -> None:
    assert "grey, bright on dark, cut out, 20 × 20, centred" in told(finished["own_demo"])
    assert "The network says that it is a" in told(finished["own_demo"])


def test_the_lesson_beyond_the_points_works(finished: dict[str, Any]) -> None:
    assert "You made no guess" in told(finished["one_layer_taught"])
    assert "After 50 batches: loss " in told(finished["train_demo"])
    assert "curve A, fault ?: not matched yet" in told(finished["bugs_match"])
    assert "The saved network: " in told(finished["beyond_demo"])


@pytest.mark.parametrize("name", MISTAKES)
def test_a_typical_mistake_gets_its_hint(finished: dict[str, Any], name: str) -> None:
    flat = [" ".join(told(finished[f"{name}-{number}"]).split()) for number in range(4)]
    assert "✗" in flat[1]
    assert MISTAKES[name] in flat[1]
    assert flat[2].startswith("Hint 1")
    assert flat[3].startswith("Hint 2")
    assert MISTAKES[name] not in flat[2] + flat[3]


def test_without_data_and_network_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    book = solved()
    book.cells = [cell for cell in book.cells if cell.id in ("setup", "imports", "dataset", "dataset_demo")]
    cell = executed(book, tmp_path)["dataset_demo"]
    assert told(cell).splitlines()[-1].startswith("The data could not be fetched")
    assert "Traceback" not in told(cell)
