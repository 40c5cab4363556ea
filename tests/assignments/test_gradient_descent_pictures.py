"""The slider of the gradient descent notebook: each rate shows its own walk, whoever made it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import torch

from assignments.gradient_descent.pictures import hill

CHROMIUM = Path("/usr/bin/chromium")


def valley(w: torch.Tensor) -> torch.Tensor:
    return (w - 3) ** 2 + 1


def by_formula(start: float, rate: float, steps: int) -> list[float]:
    return [3 + (start - 3) * (1 - 2 * rate) ** step for step in range(steps + 1)]


@pytest.fixture
def shown() -> str:
    return hill.page(valley, [by_formula(-1.0, rate, 12) for rate in hill.RATES])


def test_each_rate_has_its_walk_and_from_one_on_it_flies_off(shown: str) -> None:
    (walks,) = re.findall(r"const walks = (.*), root", shown)
    told = [words for _, words in json.loads(walks)]
    assert [rate for rate, words in zip(hill.RATES, told, strict=True) if "flies off" in words] == [
        rate for rate in hill.RATES if rate > 1
    ]
    assert told[0].startswith("0.02: after 12 steps it is at w = 0.55")
    assert told[24] == "0.50: after 12 steps it is at w = 3.00, height 1.00."


def test_the_ready_made_walk_is_gradient_descent() -> None:
    walked = hill._descend(valley, -1.0, 0.3, 12)
    assert walked == pytest.approx(by_formula(-1.0, 0.3, 12), abs=1e-5)


def test_ones_own_walk_is_asked_for_every_rate(capsys: Any) -> None:
    asked: list[tuple[float, float, int]] = []

    def descend(f: Any, start: float, learning_rate: float, steps: int) -> list[float]:
        asked.append((start, learning_rate, steps))
        return [start] * (steps + 1)

    hill.move_rate(descend, valley)
    assert asked == [(-1.0, rate, 12) for rate in hill.RATES]
    assert "12 steps of a walk downhill" in capsys.readouterr().out


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not installed")
@pytest.mark.parametrize("width", [360, 1200])
def test_the_slider_moves_the_walk_by_keyboard_too(shown: str, width: int) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": width, "height": 740})
        tab.set_content(shown)
        walk, words = tab.locator(".walk"), tab.get_by_role("status")
        first = walk.get_attribute("points")
        tab.get_by_role("slider", name="learning rate").press("End")
        last, told = walk.get_attribute("points"), words.inner_text()
        wider = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        browser.close()
    assert first != last
    assert told == "1.10: it flies off."
    assert wider == 0
