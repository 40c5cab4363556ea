"""Guesses: kept, shown beside the answer, and never worth points."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.in_notebook.guessing import Guesses


@pytest.mark.parametrize(
    ("guess", "answer", "verdict"),
    [
        (88, 91.7, "Well guessed!"),
        (20, 91.7, "That is 71.7 away."),
        (-200.0, 289.1888, "That is 489.2 away."),
        ((9, 4), (4, 9), "Just so!"),
        ((0, 1), (4, 9), "Most people are surprised here."),
    ],
)
def test_the_answer_stands_beside_the_guess(guess: object, answer: object, verdict: str, capsys: Any) -> None:
    guesses = Guesses()
    guesses.guess("question", guess)
    guesses.guessed("question", answer)
    assert verdict in capsys.readouterr().out


def test_three_dots_are_no_guess(capsys: Any) -> None:
    guesses = Guesses()
    guesses.guess("question", 3)
    guesses.guess("question", ...)
    guesses.guessed("question", 4)
    told = capsys.readouterr().out
    assert "in place of the three dots" in told
    assert "question: 4\n You made no guess." in told
