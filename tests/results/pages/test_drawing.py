"""Curves and small pictures: inside their frame, and told in words."""

from __future__ import annotations

import base64
from io import BytesIO

from PIL import Image

from autograder.core.model import Exhibit, Picture
from autograder.results.pages import drawing


def test_numbers_of_any_size_stay_inside_the_drawing() -> None:
    wild = drawing.shown(Exhibit("wild", (1e308, -1e308, 0.0), (("a guess", 2.3),))).curve
    assert wild is not None
    assert all(0 <= y <= drawing.HEIGHT and 0 <= x <= drawing.WIDTH for x, y in wild.points)


def test_one_number_and_many_are_told_too() -> None:
    one, many = (drawing.shown(Exhibit("", numbers)).curve for numbers in ((0.5,), (1.0,) * 100))
    assert one is not None
    assert many is not None
    assert one.words == "One number: 0.5."
    assert many.dots == ()


def test_a_picture_keeps_its_pixels() -> None:
    address = drawing.png(Picture("a 1", 4, "00ff00ff" * 2))
    with Image.open(BytesIO(base64.b64decode(address.removeprefix("data:image/png;base64,")))) as picture:
        assert (picture.size, picture.tobytes().hex()) == ((4, 2), "00ff00ff" * 2)
