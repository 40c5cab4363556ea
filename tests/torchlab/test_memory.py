"""When a training has been tried often enough."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from autograder.torchlab.memory import STALLED, WILD, Overfit, is_hopeless, is_trusted
from autograder.torchlab.watching import is_spent

LEARNT = Overfit(2.3, 0.1, 1.0, [2.0], torch.zeros(1, 10), torch.zeros(1), [], torch.zeros(1, 10), 1.0, 2.0)
WILDLY = replace(LEARNT, growth=2 * WILD)
HALFWAY = replace(LEARNT, after=2.0, share=0.5)
STALLS = replace(LEARNT, after=2.3, share=0.1)


@pytest.mark.parametrize(
    ("runs", "trusted"),
    [([LEARNT], True), ([WILDLY], False), ([WILDLY, WILDLY], True), ([HALFWAY, WILDLY], False), ([HALFWAY], False)],
)
def test_what_was_learnt_while_weights_swing_must_be_learnt_twice(runs: list[Overfit], trusted: bool) -> None:
    assert is_trusted(runs) is trusted


@pytest.mark.parametrize(
    ("runs", "hopeless"),
    [([STALLS], False), ([STALLS, STALLS], True), ([STALLS, HALFWAY], False), ([HALFWAY, STALLS], False)],
)
def test_two_attempts_in_which_the_loss_has_not_begun_to_fall_end_it(runs: list[Overfit], hopeless: bool) -> None:
    assert is_hopeless(runs) is hopeless


def test_a_loss_that_is_no_number_stalls() -> None:
    assert replace(STALLS, after=float("nan")).stalls
    assert not replace(STALLS, after=STALLED * STALLS.before).stalls


def test_a_rate_that_fades_with_every_step_is_spent_and_one_that_falls_by_epochs_is_not() -> None:
    assert is_spent([0.95**step for step in range(150)])
    assert not is_spent([0.1 ** (step // 50) for step in range(600)])
    assert not is_spent([1 - step / 600 for step in range(600)])
