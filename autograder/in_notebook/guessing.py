"""Guess first, then look: keeps what a student expects, and shows it beside what is so. No points."""

from __future__ import annotations

from collections.abc import Collection

from autograder.in_notebook import card
from autograder.in_notebook.card import Card


class Guesses:
    """The guesses of one notebook, by the name of the question."""

    def __init__(self) -> None:
        self._kept: dict[str, object] = {}

    def guess(self, question: str, value: object = ...) -> None:
        """Keeps a guess; three dots stand for one that is not made yet."""
        if value is ...:
            self._kept.pop(question, None)
            print(f"Your guess, {question}? Write it in place of the three dots, and run this cell again.")
            return
        self._kept[question] = value
        print(f"Noted: {told(value)}. You will soon see.")

    def guessed(self, question: str, answer: object) -> None:
        """Shows the answer beside the guess."""
        if question not in self._kept:
            card.show(Card(f"{question}: {told(answer)}", notes=("You made no guess. Next time, guess first!",)))
            return
        guess = self._kept[question]
        card.show(Card(f"{question}: {told(answer)}", notes=(f"You guessed {told(guess)}. {_verdict(guess, answer)}",)))


def told(value: object) -> str:
    """A guess in words: at most four digits of a number, the parts of a pair side by side."""
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, Collection) and not isinstance(value, str):
        return " and ".join(told(part) for part in value)
    return str(value)


def _verdict(guess: object, answer: object) -> str:
    if isinstance(guess, int | float) and isinstance(answer, int | float):
        off = abs(guess - answer)
        return "Well guessed!" if off <= 0.1 * abs(answer) else f"That is {told(float(off))} away."
    same = _parts(guess) == _parts(answer)
    return "Just so!" if same else "Most people are surprised here."


def _parts(value: object) -> frozenset[object]:
    """What a guess names, in any order."""
    if isinstance(value, Collection) and not isinstance(value, str):
        return frozenset(value)
    return frozenset([value])
