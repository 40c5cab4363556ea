"""What a `hints.toml` takes from torchlab's, and what it replaces."""

from __future__ import annotations

import re

import pytest
from places import ROOT

from autograder.checks.hints import Catalogue
from autograder.core.bundle import with_included_hints


def test_who_asks_for_torchlabs_hints_gets_them_and_may_replace_a_text() -> None:
    own = '[hint.missing-step]\nstub = "train"\nnudge = "?"\ntext = "My own words."\n'
    hints = Catalogue.parse(with_included_hints('include = "torchlab"\n' + own))
    assert hints["missing-step"].text == "My own words."
    assert "optimizer.zero_grad()" in hints["missing-zero-grad"].text
    assert with_included_hints(own) == own


def test_what_is_included_exists() -> None:
    with pytest.raises(ValueError, match='Write include = "torchlab"'):
        with_included_hints('include = "tensorlab"\n')


def test_torchlabs_texts_speak_of_no_data_set() -> None:
    text = with_included_hints('include = "torchlab"\n')
    hints = Catalogue.parse(text)
    of_digits = re.compile(r"MNIST|\bdigit|784|28")
    assert [name for name, hint in hints.items() if of_digits.search(hint.text + hint.nudge)] == []


def test_every_hint_that_a_probe_names_has_a_text() -> None:
    """Of pictures of other things, too: only what MNIST's own files bring about is left to the digits."""
    hints = Catalogue.parse(with_included_hints('include = "torchlab"\n'))
    about_mnist = ("drawn", "exam", "fetching", "images", "mnist")
    room = ROOT / "autograder" / "torchlab"
    source = "\n".join(path.read_text("utf-8") for path in room.glob("*.py") if path.stem not in about_mnist)
    named = set(re.findall(r'(?:hint=|Sign\(|return )"([a-z]+(?:-[a-z]+)+)"', source))
    assert len(named) > 50
    assert named - set(hints) == set()
