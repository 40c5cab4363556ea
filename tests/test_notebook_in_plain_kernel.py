"""The release alone, in a kernel that knows torch, numpy and matplotlib but not this kit, without a network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell

from autograder import data, variant
from autograder.course import Course

ROOT = Path(__file__).parent.parent
DIGITS = Course(ROOT).assignment("digits")
STUBS = ("dataset", "model", "train", "accuracy", "predict")
PICTURES = ("dataset_demo", "train_demo", "predict_demo", "confusion_demo", "misread_demo", "own_demo")

START = f"""
import sys
sys.path[:] = [folder for folder in sys.path if folder != {str(ROOT)!r}]
sys.meta_path[:] = [finder for finder in sys.meta_path if "editable" not in repr(finder).lower()]
import socket
def refuse(*_, **__):
    raise OSError("There is no network here.")
import importlib.util
assert importlib.util.find_spec("autograder") is None
from ipykernel.kernelapp import launch_new_instance
socket.getaddrinfo = refuse
sys.argv = ["kernel", "-f", sys.argv[1]]
launch_new_instance()
"""

DRAW_A_FOUR = """
from PIL import Image, ImageDraw
paper = Image.new("L", (300, 400), 230)
pen = ImageDraw.Draw(paper)
pen.line([(140, 90), (90, 220), (220, 220)], fill=40, width=18)
pen.line([(190, 100), (180, 320)], fill=40, width=18)
paper.save("my_digit.png")
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


class PlainKernel(AsyncKernelManager):
    """A kernel of this Python in which the kit cannot be imported and no name can be looked up."""

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(argv=[sys.executable, "-I", "-c", START, "{connection_file}"], language="python")


def release() -> Any:
    return nbformat.read(DIGITS.release, as_version=4)  # type: ignore[no-untyped-call]


def executed(book: Any, folder: Path) -> dict[str, Any]:
    """Runs a notebook in `folder` to its end, whatever happens; its code cells by id."""
    client = NotebookClient(
        book,
        timeout=600,
        allow_errors=True,
        kernel_manager_class=PlainKernel,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute(env=environment(folder))
    return {cell.id: cell for cell in book.cells if cell.cell_type == "code"}


def environment(folder: Path) -> dict[str, str]:
    """Only what a kernel needs: no path to this kit, one thread, settings of its own."""
    return {
        "HOME": str(folder),
        "OMP_NUM_THREADS": "1",
        "IPYTHONDIR": str(folder / ".ipython"),
        "PATH": "/usr/bin:/bin",
    }


def told(cell: Any) -> str:
    """All that a cell printed or showed, as text."""
    return "\n".join(output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs)


def troubles(cells: dict[str, Any]) -> dict[str, Any]:
    """Cells with a traceback or anything on stderr."""
    bad = {
        name: [output for output in cell.outputs if output.output_type == "error" or output.get("name") == "stderr"]
        for name, cell in cells.items()
    }
    return {name: outputs for name, outputs in bad.items() if outputs}


def small_data(folder: Path) -> None:
    """600 training and 200 test digits, laid out as torchvision wants them."""
    digits = data.carried()
    files = data.raw_files(
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


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return executed(release(), tmp_path_factory.mktemp("untouched"))


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
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
    return executed(book, folder)


def test_the_untouched_release_runs_quietly_to_its_end(untouched: dict[str, Any]) -> None:
    assert troubles(untouched) == {}


def test_untouched_stubs_are_told_as_not_attempted(untouched: dict[str, Any]) -> None:
    assert ["Not attempted yet" in told(untouched[f"{stub}_check"]) for stub in STUBS] == [True] * len(STUBS)
    assert "0 of" in told(untouched["progress"])
    assert "not yet" in told(untouched["ready"])


def test_demo_cells_that_need_a_stub_say_so_in_one_line(untouched: dict[str, Any]) -> None:
    lines = [told(untouched[name]) for name in PICTURES]
    assert all(line.startswith("– Not yet: this cell needs dataset") and line.count("\n") == 1 for line in lines)


def test_cells_before_the_first_stub_show_what_they_promise(untouched: dict[str, Any]) -> None:
    assert "5050" in told(untouched["hello"])
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


@pytest.mark.parametrize("name", MISTAKES)
def test_a_typical_mistake_gets_its_hint(finished: dict[str, Any], name: str) -> None:
    flat = [" ".join(told(finished[f"{name}-{number}"]).split()) for number in range(4)]
    assert "✗" in flat[1]
    assert MISTAKES[name] in flat[1]
    assert flat[2].startswith("Hint 1")
    assert MISTAKES[name] in flat[3]


def test_without_data_and_network_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    book = solved()
    book.cells = [cell for cell in book.cells if cell.id in ("setup", "imports", "dataset", "dataset_demo")]
    cell = executed(book, tmp_path)["dataset_demo"]
    assert told(cell).splitlines()[-1].startswith("The data could not be fetched")
    assert "Traceback" not in told(cell)
