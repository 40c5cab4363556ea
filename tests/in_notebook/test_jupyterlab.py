"""The lesson in JupyterLab as a student meets it: mistakes, hints, a drawing; in the dark, on a phone, by keyboard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import CHROMIUM, MENDED, MISTAKE, THEMES, Student, opened, served
from places import ROOT

from autograder.core.course import Course

COURSE = Course(ROOT)
DIGITS, DESCENT = (COURSE.assignment(name).release for name in ("digits", "gradient_descent"))

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not installed"),
]

FOUR = (((150, 50), (80, 170), (220, 170)), ((180, 100), (170, 250)))
SEVEN = (((70, 60), (210, 60), (130, 240)),)
OURS = ".jp-OutputArea-output"
"""What the notebook shows; all else on the page is JupyterLab's own."""


def worked(stub: str) -> str:
    """The worked answer to a part."""
    book = json.loads(COURSE.assignment("digits").solution.read_text("utf-8"))
    return next("".join(cell["source"]) for cell in book["cells"] if cell["id"] == stub)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    pytest.importorskip("playwright.sync_api")
    with served(DIGITS, tmp_path) as address:
        yield address


@pytest.fixture
def tab(address: str) -> Iterator[Any]:
    """The release in JupyterLab, its set-up cell run, and the field to draw in on the screen."""
    with opened(address) as tab:
        student = Student(tab, Path())
        student.run("setup", "Set-up done")
        student.run("draw_demo", "a white square")
        yield tab


def test_a_student_goes_from_a_mistake_over_two_hints_to_a_tick(address: str, tmp_path: Path) -> None:
    with opened(address) as tab:
        student = Student(tab, tmp_path)
        student.go_to("setup")
        folded = tab.locator(".jp-Cell.jp-mod-active .jp-Placeholder").count()
        student.run("setup", "Set-up done")
        student.photograph("setup")
        student.go_to("imports")
        tab.keyboard.press("Control+Enter")
        student.go_to("model")
        student.write(MISTAKE)
        tab.keyboard.press("Control+Enter")
        student.run("model_check", "Flatten each image to 784 numbers")
        student.go_to("model")
        student.photograph("mistake")
        student.go_to("model_check")
        student.run_own('hint("model")', "Hint 1 of")
        student.run_own('hint("model", 2)', "It is about here in your cell")
        student.go_to("model_check")
        student.photograph("hints")
        student.go_to("model")
        student.write(MENDED)
        tab.keyboard.press("Control+Enter")
        student.run("model_check", "every visible check passes")
        student.go_to("model")
        student.photograph("mended")
        marks = tab.locator(".jp-OutputArea-output [role=img][aria-label=passed]").count()
    assert folded == 1
    assert marks == 4


TYPED = "class DigitClassifier(nn.Module):"
RIGHT = {stub: worked(stub) for stub in ("model", "train", "accuracy")}
CARDS: dict[str, tuple[str, str, str, str]] = {
    # what is wrong: (the part, what stands in the worked solution, what the student wrote, what the card must say)
    "the class renamed": ("model", "class DigitClassifier", "class MLP", "must define `DigitClassifier`, not `MLP`"),
    "nothing": ("model", "", "", "every visible check passes"),
    "the last run failed": ("model", TYPED, TYPED[:-1], "a colon `:` is missing"),
    "a raise left above": ("model", "        pixels =", "        raise NotImplementedError\n        pixels =",
                           "Delete that line"),
    "a name misspelt": ("model", "self.hidden(pixels)", "self.hiden(pixels)", "Did you mean `hidden`?"),
    "self forgotten": ("model", "self.hidden(pixels)", "hidden(pixels)", "Write `self.hidden`"),
    "sizes that do not fit": ("model", "nn.Linear(28 * 28, 128)", "nn.Linear(1050, 128)", "built for 1050"),
    "a pair returned": ("model", "return self", "return pixels, self", "one tensor of scores"),
    "softmax at the end": ("model", "self.scores(F.relu(self.hidden(pixels)))",
                           "F.softmax(self.scores(F.relu(self.hidden(pixels))), dim=1)", "softmax itself"),
    "layers in a list": ("model", "self.hidden = nn.Linear(28 * 28, 128)",
                         "self.all = [nn.Linear(28 * 28, 128)]\n        self.hidden = lambda x: self.all[0](x)",
                         "nn.ModuleList"),
    "item without parentheses": ("train", "loss.item()", "loss.item", "item()"),
    "the last batch's loss": ("train", "total / seen", "loss.item()", "not just the last one"),
    "the sum of all losses": ("train", "total / seen", "total", "Divide the total"),
    "old gradients": ("train", "            optimizer.zero_grad()\n", "", "zero_grad()"),
    "nothing returned": ("train", "    return losses", "", "end it with `return`"),
    "a loader from outside": ("train", "in loader:", "in train_loader:", "the given `loader`"),
    "the mean of batch accuracies": ("accuracy", "    return correct / seen",
                                     "    some = [(model(x).argmax(1) == y).float().mean().item() for x, y in loader]\n"
                                     "    return sum(some) / len(some)", "then divide once"),
    "max for argmax": ("accuracy", "argmax(dim=1)", "max(1)", "argmax"),
}  # fmt: skip


def test_the_card_of_each_kind_of_mistake_is_seen_in_jupyterlab(address: str, tmp_path: Path) -> None:
    silent = []
    with opened(address) as tab:
        student = Student(tab, tmp_path)
        student.run("setup", "Set-up done")
        student.go_to("imports")
        tab.keyboard.press("Control+Enter")
        for name, (stub, right, wrong, words) in CARDS.items():
            assert right in RIGHT[stub]
            said = student.card(stub, RIGHT[stub].replace(right, wrong))
            student.photograph(name.replace(" ", "_"))
            silent += [f"{name}: {said}"] * (words not in said)
        student.run_own("import einops", "No module named")
        student.run_own("ready_to_submit()", "The package einops is not there when your work is graded")
        student.photograph("a_package")
    assert silent == []


def test_digits_drawn_with_the_mouse_are_read_at_once(tab: Any, tmp_path: Path) -> None:
    student = Student(tab, tmp_path)
    four = student.draw(FOUR, "It says: 4")
    tab.get_by_role("button", name="Clear").click()
    seven = student.draw(SEVEN, "It says: 7")
    assert [line.strip() for line in four.splitlines() if line.strip() in set("0123456789")] == list("0123456789")
    assert "28 × 28" in seven


def test_where_the_kernel_is_elsewhere_the_drawing_reaches_the_next_cell_as_a_file(tab: Any, tmp_path: Path) -> None:
    tab.route(lambda address: "/draw-" in address, lambda route: route.abort())
    student = Student(tab, tmp_path)
    student.draw(FOUR, "Your drawing is kept as my_digit.png beside this notebook")
    student.run_own('image = read_picture("my_digit.png")', "Picture: my_digit.png in 5 steps")
    assert (tmp_path / "desk" / "my_digit.png").exists()


@pytest.mark.parametrize("theme", THEMES)
def test_what_the_digits_show_can_be_read_by_all_and_fits_a_phone(theme: str, tmp_path: Path) -> None:
    pytest.importorskip("playwright.sync_api")
    with served(DIGITS, tmp_path, theme) as address, opened(address, width=390) as tab:
        student = Student(tab, tmp_path)
        student.hide_files()
        student.run("setup", "Set-up done")
        student.run("draw_demo", "a white square")
        student.draw(FOUR, "It says: 4")
        faults = looked_at(tab)
        for cell, words in (("imports", ""), ("guess_untrained", "Your guess"), ("progress", "when graded")):
            student.run(cell, words)
        student.go_to("model")
        student.write(MISTAKE)
        tab.keyboard.press("Control+Enter")
        student.run("model_check", "Flatten each image to 784 numbers")
        faults += looked_at(tab)
        student.run_own('hint("model", 2)', "It is about here in your cell")
        student.run("model_demo", "Not yet")
        student.run("ready", "YOUR TURN")
        student.photograph(f"phone_{theme}")
        faults += looked_at(tab)
    assert faults == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_slider_can_be_read_by_all_and_fits_a_phone(theme: str, tmp_path: Path) -> None:
    pytest.importorskip("playwright.sync_api")
    with served(DESCENT, tmp_path, theme) as address, opened(address, width=390) as tab:
        student = Student(tab, tmp_path)
        student.hide_files()
        student.run("setup", "Set-up done")
        student.run("imports", "")
        student.run("hill_demo", "a slider for the learning rate")
        tab.get_by_role("slider", name="learning rate").press("End")
        told = tab.get_by_role("status").filter(has_text="it flies off").count()
        student.photograph(f"slider_{theme}")
        faults = looked_at(tab)
    assert told == 1
    assert faults == []


def looked_at(tab: Any) -> list[str]:
    """What axe finds in the notebook's outputs as they are now on the page, and which of them are cut off."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(tab, context=OURS, options={"rules": {"region": {"enabled": False}}}).response["violations"]
    wide = tab.evaluate(
        "ours => [...document.querySelectorAll(ours)].filter(one => one.scrollWidth > one.clientWidth + 1)"
        ".map(one => `${one.scrollWidth} of ${one.clientWidth}: ${one.textContent.trim().slice(0, 60)}`)",
        OURS,
    )
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]] + list(wide)
