"""What students may read: of hidden checks no data, yet a sentence for every lost point."""

from __future__ import annotations

import pytest

from autograder.checks import expect
from autograder.checks.expect import Mismatch
from autograder.checks.hints import Catalogue, Hint
from autograder.checks.verdict import Context, verdict
from autograder.core.model import Check, CheckResult, Failure, Frame, Outcome
from autograder.results import telling

HIDDEN = Check("test_whole", "whole", 2, "All parts together", hidden=True)
HINTS = {"name-unknown": Hint("name-unknown", "whole", "No cell gives `{name}` a value.", "points", "Where is it?")}


def test_a_number_that_decided_is_told_even_of_a_hidden_check() -> None:
    with pytest.raises(Mismatch) as raised:
        expect.accuracy("800 secret digits", 0.213, 0.4, "70% to 90%")
    ended = verdict(raised.value, HIDDEN, Catalogue.parse(""), Context())
    told = telling.told(CheckResult(HIDDEN, ended.outcome, message=ended.message, number=ended.number), {})
    assert told == "It came to 21.3%; what counts is 40% or more; right solutions usually reach 70% to 90%."
    assert "secret" not in told


def test_a_hidden_check_speaks_in_the_names_of_the_student() -> None:
    failure = Failure("NameError", "name 'rate' is not defined", (Frame("cell 7 (train)", 3, "lr = rate"),))
    ended = verdict(expect.Mismatch("secret", "7", "8", because=failure), HIDDEN, Catalogue.parse(""), Context())
    assert ended.told is not None
    result = CheckResult(HIDDEN, ended.outcome, ended.hint, ended.message, remedy=ended.told.text)
    assert (
        telling.told(result, Catalogue.parse(""))
        == "No cell above gives `rate` a value: set it in this cell, before it is used."
    )


def test_what_was_kept_without_names_is_told_without_braces() -> None:
    old = CheckResult(HIDDEN, Outcome.FAILED, "name-unknown", "looked at")
    assert telling.told(old, HINTS) == "No cell gives `…` a value."
