"""The feedback page in a browser: on a phone, by keyboard, by screen reader, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sample_grades import CLASS, HINTS, PARTLY, hostile

from autograder.core.model import Grade
from autograder.results.pages import feedback

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not installed"),
]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1200, "height": 900}
PAGES = {grade.student: grade for grade in CLASS} | {"long": replace(hostile("W" * 400), student="long")}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


def page_of(grade: Grade, folder: Path) -> str:
    """Writes the page and returns its address."""
    facts: dict[str, Any] = {"received": datetime(2030, 5, 4, 23, 59, tzinfo=UTC), "versions": {"torch": "2.15.0"}}
    path = folder / "page.html"
    path.write_text(feedback.page(grade, title="Digit recognition", hints=HINTS, **facts), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("student", PAGES)
def test_axe_finds_nothing_serious(browser: Any, tmp_path: Path, student: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    tab = browser.new_page(viewport=PHONE, color_scheme=scheme, bypass_csp=True)
    tab.goto(page_of(PAGES[student], tmp_path))
    found = [f"{each['id']}: {each['nodes'][0]['html']}" for each in axe.run(tab).response["violations"]]
    tab.close()
    assert found == []


@pytest.mark.parametrize("student", PAGES)
def test_a_phone_shows_all_without_scrolling_sideways(browser: Any, tmp_path: Path, student: str) -> None:
    tab = browser.new_page(viewport=PHONE)
    tab.goto(page_of(PAGES[student], tmp_path))
    wider = tab.evaluate(WIDER)
    tab.close()
    assert wider == 0


def test_the_keyboard_reaches_every_part_and_what_was_printed(browser: Any, tmp_path: Path) -> None:
    public = replace(
        PARTLY,
        checks=tuple(replace(each, check=replace(each.check, hidden=False)) for each in PARTLY.checks),
        printed="epoch 1",
    )
    tab = browser.new_page(viewport=DESK)
    tab.goto(page_of(public, tmp_path))
    reached = []
    for _ in range(5):
        tab.keyboard.press("Tab")
        reached.append(tab.evaluate("document.activeElement.textContent"))
    tab.keyboard.press("Enter")
    opened = tab.locator("details", has_text="What your notebook printed").get_attribute("open")
    tab.close()
    folded, printed = "whole: all pass 1 of 1 points", "What your notebook printed while it was graded"
    assert reached == ["model", "train", "whole", folded, printed]
    assert opened is not None


def test_a_screen_reader_hears_the_curve_and_the_pictures(browser: Any, tmp_path: Path) -> None:
    tab = browser.new_page(viewport=DESK)
    tab.goto(page_of(PARTLY, tmp_path))
    curve = tab.get_by_role("img").first.get_attribute("aria-label")
    pictures = tab.locator(".gallery li").first.inner_text()
    loaded = tab.evaluate("[...document.images].every(image => image.naturalWidth === 4)")
    tab.close()
    assert curve == "A curve of 3 numbers, from 2.4 to 0.6; lowest 0.6. A line for comparison at 2.303: a guess: 2.303."
    assert pictures == "a 1, read as 7"
    assert loaded


def test_paper_shows_all_in_black_on_white(browser: Any, tmp_path: Path) -> None:
    tab = browser.new_page(viewport={"width": 700, "height": 900}, color_scheme="dark")
    tab.emulate_media(media="print")
    tab.goto(page_of(PARTLY, tmp_path))
    colours = tab.evaluate("['color', 'backgroundColor'].map(name => getComputedStyle(document.body)[name])")
    wider, folded = (
        tab.evaluate(WIDER),
        tab.get_by_text("Trained by your code, the model reads unseen digits").is_visible(),
    )
    tab.close()
    assert folded
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert wider == 0


def test_nothing_is_asked_of_any_network(browser: Any, tmp_path: Path) -> None:
    asked: list[str] = []
    tab = browser.new_page()
    tab.on("request", lambda request: asked.append(request.url))
    address = page_of(PARTLY, tmp_path)
    tab.goto(address)
    tab.close()
    assert {url for url in asked if not url.startswith("data:")} == {address}
