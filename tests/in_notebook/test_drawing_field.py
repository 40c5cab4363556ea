"""A drawing's way from the page to Python: what each of the three ways gets, and what it is spared."""

from __future__ import annotations

import base64
import re
import sys
import types
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from autograder.in_notebook.drawing_field import MOST_BYTES, Field

DRAWN = base64.b64encode(b"a drawing")


def address_of(page: str) -> str:
    found = re.search(r'"address": "([^"]*)"', page)
    assert found is not None
    return found[1]


def post(address: str, body: bytes) -> str:
    with urlopen(Request(address, data=body, headers={"Content-Type": "text/plain"})) as answer:
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        return str(answer.read().decode())


def test_a_drawing_is_answered_at_its_address() -> None:
    address = address_of(Field("Draw", "x.png", lambda png: f"<b>{png.decode()} seen</b>").page())
    assert address.startswith("http://127.0.0.1:")
    assert post(address, DRAWN) == "<b>a drawing seen</b>"


def test_two_fields_do_not_answer_for_each_other() -> None:
    first, second = (address_of(Field("Draw", "x.png", lambda _, name=name: name).page()) for name in ("one", "two"))
    assert (post(first, DRAWN), post(second, DRAWN)) == ("one", "two")


@pytest.mark.parametrize(("ending", "size"), [("x", 9), ("", MOST_BYTES + 1), ("", 0)])
def test_an_unknown_address_and_a_huge_drawing_are_refused(ending: str, size: int) -> None:
    address = urlsplit(address_of(Field("Draw", "x.png", lambda _: "seen").page()) + ending)
    connection = HTTPConnection(address.netloc)
    connection.putrequest("POST", address.path)
    connection.putheader("Content-Length", str(size))
    connection.endheaders()  # the refusal does not wait for the drawing itself
    with connection.getresponse() as answer:
        assert answer.status == 404
    connection.close()


def test_a_reader_that_fails_is_told_in_one_sentence_without_markup() -> None:
    def fails(_: bytes) -> str:
        raise ValueError("<script>")

    told = Field("Draw", "x.png", fails).answered(DRAWN.decode())
    assert told == "This drawing could not be read: ValueError: &lt;script&gt;"


def test_in_colab_its_own_callback_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    callbacks: dict[str, Callable[[str], Any]] = {}
    output = types.ModuleType("google.colab.output")
    vars(output)["register_callback"] = callbacks.__setitem__
    colab = types.ModuleType("google.colab")
    vars(colab)["output"] = output
    for name, module in {"google": types.ModuleType("google"), "google.colab": colab}.items():
        monkeypatch.setitem(sys.modules, name, module)
    page = Field("Draw", "x.png", lambda png: f"{len(png)} bytes").page()
    ((name, answer),) = callbacks.items()
    assert f'"name": "{name}"' in page
    assert address_of(page) == ""
    assert answer(DRAWN.decode()).data == {"html": "9 bytes"}
