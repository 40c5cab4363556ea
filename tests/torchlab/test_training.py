"""What returned weights prove about a training."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autograder.checks.expect import Mismatch
from autograder.torchlab.inside.training import Passes
from autograder.torchlab.training import Pass, Proof, Run, World, as_given, fixed_change, other_shape, same_weights

WORLD = World.draw(40, 4, 1, seed=3)
"""40 images in batches of 4; each lights pixels of its own."""

Step = Callable[[nn.Module, Tensor, Tensor, int], None]


class Perceptron(nn.Module):
    """784 - 16 - 10."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Linear(784, 16)
        self.scores = nn.Linear(16, 10)

    def forward(self, images: Tensor) -> Tensor:
        scores: Tensor = self.scores(F.relu(self.hidden(images.flatten(1))))
        return scores


def weights_of(model: nn.Module) -> dict[str, Tensor]:
    return {name: value.detach().clone() for name, value in model.state_dict().items()}


def trained(step: Step) -> Run:
    """A run in which `step` is called for each batch of WORLD."""
    torch.manual_seed(5)
    model = Perceptron()
    before = weights_of(model)
    for number, (images, labels) in enumerate(zip(WORLD.images.split(4), WORLD.labels.split(4), strict=True)):
        step(model, images, labels, number)
    return Run(before, weights_of(model), [1.0], (), ())


def descend(model: nn.Module, images: Tensor, labels: Tensor, number: int) -> None:
    model.zero_grad()
    F.cross_entropy(model(images), labels).backward()  # type: ignore[no-untyped-call]
    with torch.no_grad():
        for weight in model.parameters():
            assert weight.grad is not None
            weight -= 0.1 * weight.grad


def decay(model: nn.Module, images: Tensor, labels: Tensor, number: int) -> None:
    with torch.no_grad():
        for weight in model.parameters():
            weight *= 0.99


def tremble(model: nn.Module, images: Tensor, labels: Tensor, number: int) -> None:
    with torch.no_grad():
        for weight in model.parameters():
            weight += 1e-3 * torch.randn_like(weight)


def proof_of(step: Step) -> Proof:
    proof = Proof.of(WORLD, trained(step))
    assert proof is not None
    return proof


def test_each_image_that_was_learnt_from_leaves_a_trace() -> None:
    proof = proof_of(descend)
    assert proof.unlearnt == 0
    assert proof.is_moved_by_images
    assert not proof.is_blurred
    assert proof.untrained == ()


@pytest.mark.parametrize("kept", [0, 2, 4])
def test_batches_that_were_left_out_leave_none(kept: int) -> None:
    def some(model: nn.Module, images: Tensor, labels: Tensor, number: int) -> None:
        if number <= kept:
            descend(model, images, labels, number)

    assert proof_of(some).unlearnt == pytest.approx(1 - (kept + 1) / 10)


def test_decay_beside_the_gradients_hides_no_trace_and_is_none() -> None:
    def both(model: nn.Module, images: Tensor, labels: Tensor, number: int) -> None:
        decay(model, images, labels, number)
        if number < 5:
            descend(model, images, labels, number)

    proof = proof_of(both)
    assert proof.unlearnt == pytest.approx(0.5)
    assert proof.untrained == ()


def test_weights_that_only_decay_are_told_by_name() -> None:
    assert set(proof_of(decay).untrained) == {"hidden.weight", "hidden.bias", "scores.weight", "scores.bias"}


def test_weights_that_stay_as_they_are_do_not_decay() -> None:
    assert proof_of(lambda *_: None).untrained == ()


def test_chance_moves_dark_pixels_as_much_as_bright_ones() -> None:
    proof = proof_of(tremble)
    assert not proof.is_moved_by_images
    assert proof.is_blurred


def test_centred_gradients_move_dark_pixels_alike_and_hide_no_trace() -> None:
    def centred(model: nn.Module, images: Tensor, labels: Tensor, number: int) -> None:
        hooks = [weight.register_hook(_less_its_mean) for weight in model.parameters() if weight.dim() == 2]  # type: ignore[no-untyped-call]
        if number < 5:
            descend(model, images, labels, number)
        decay(model, images, labels, number)
        for hook in hooks:
            hook.remove()

    proof = proof_of(centred)
    assert proof.is_moved_by_images
    assert not proof.is_blurred
    assert proof.unlearnt == pytest.approx(0.5)


def _less_its_mean(gradient: Tensor) -> Tensor:
    return gradient - gradient.mean(dim=1, keepdim=True)


def test_a_step_that_leaves_the_sums_of_rows_and_columns_shows() -> None:
    model = nn.Linear(3, 2, bias=False)
    passes = Passes(torch.zeros(2, 1, 28, 28), [0, 1], 10, model, 2)
    before = passes.now()
    with torch.no_grad():
        model.weight += torch.tensor([[1.0, -1.0, 0.0], [-1.0, 1.0, 0.0]])
    assert passes.now() != before


def test_another_model_proves_nothing() -> None:
    run = trained(descend)
    assert Proof.of(WORLD, Run(run.before, {"other": torch.ones(3)}, [], (), ())) is None
    broken = {name: value * float("nan") for name, value in run.after.items()}
    assert Proof.of(WORLD, Run(run.before, broken, [], (), ())) is None


def test_a_run_is_taken_from_tensors_and_numbers_only() -> None:
    seen = {"before": {"w": torch.ones(2)}, "after": {"w": torch.ones(2)}, "returned": [], "passes": [[[1.0], [2]]]}
    assert Run.of({**seen, "shown": []}).passes == (Pass((1.0,), (2.0,)),)
    for wrong in ({"shown": ["text"]}, {"shown": [], "after": [1]}, {}, {"shown": [], "passes": [["x", "y"]]}):
        with pytest.raises(Mismatch, match="what train left behind"):
            Run.of(seen | wrong)


def passes(*sums: tuple[float, float]) -> Run:
    return Run({}, {}, [], tuple(Pass((first,), (last,)) for first, last in sums), ())


def test_a_pass_in_which_weights_change_and_stay_changed_is_one_of_learning() -> None:
    assert passes((1, 2), (3, 4), (5, 6)).learning_passes == 3
    assert passes((1, 1), (1, 2), (3, 3)).learning_passes == 1  # measured before and after
    assert passes((1, 2), (1, 4)).learning_passes == 1  # tried out, and put back


def test_a_pass_that_begins_with_the_first_weights_is_a_fresh_start() -> None:
    assert passes((1, 2), (1, 3), (1, 4)).fresh_starts == 2
    assert passes((1, 1), (1, 3), (4, 5)).fresh_starts == 0


def test_runs_that_end_alike_are_told_from_those_that_go_on() -> None:
    once, more = trained(descend), trained(lambda *given: (descend(*given), descend(*given))[0])
    assert same_weights(once, trained(descend))
    assert not same_weights(once, more)


def shown(change: Callable[[Tensor], Tensor]) -> tuple[Tensor, ...]:
    """Two passes over WORLD, changed on their way to the model."""
    return tuple(change(batch) for batch in WORLD.images.split(4) * 2)


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x.clamp(0, 1),
        lambda x: 1 - x,
        lambda x: x / 255,
        lambda x: (x - 0.1307) / 0.3081,
        lambda x: (x > 0.5).float(),
        lambda x: (x - x.mean()) / x.std(),
    ],
)
def test_what_is_done_to_every_image_alike_is_told(change: Callable[[Tensor], Tensor]) -> None:
    assert fixed_change(WORLD, shown(change)) is not None


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x,
        lambda x: x.bfloat16().float(),
        lambda x: x + 0.1 * torch.randn_like(x),
        lambda x: x.roll(2, dims=-1),
        lambda x: x * (0.7 + 0.6 * torch.rand(len(x), 1, 1, 1)),
        lambda x: torch.cat([x, x.clamp(0, 1)]),
        lambda x: x * (torch.rand_like(x) < 0.5),
    ],
)
def test_augmentation_is_no_such_thing(change: Callable[[Tensor], Tensor]) -> None:
    assert fixed_change(WORLD, shown(change)) is None


def test_images_are_known_again_and_flat_ones_by_their_shape() -> None:
    assert as_given(WORLD, shown(lambda x: x)) == 1
    assert as_given(WORLD, shown(lambda x: x.flip(-1))) == 0
    assert other_shape(WORLD, shown(lambda x: x)) is None
    assert other_shape(WORLD, shown(lambda x: x.flatten(1))) == (4, 784)


def marked(*passes: tuple[float, ...]) -> Run:
    """A run of two weights with a number of each at the beginning of each pass, and at the end."""
    found = tuple(Pass(one, one) for one in passes[:-1])
    return Run({}, {}, [], found, (), ("first", "last"), passes)


@pytest.mark.parametrize(
    ("passes", "still", "left_behind"),
    [
        (((0, 0), (1, 1), (2, 2), (3, 3)), [], []),
        (((0, 0), (1, 1), (1, 2), (1, 3)), [], ["first"]),
        (((0, 0), (0, 1), (0, 2), (0, 3)), ["first"], []),
        (((0, 0), (1, 0), (1, 1), (2, 1)), [], []),  # in turns
        (((0, 0), (0, 1), (1, 2), (2, 3)), [], []),  # the last layer first
        (((0, 0), (1, 1), (1, 1), (1, 1)), [], []),  # the whole model has stopped, which is another mistake
        (((0, 0), (1, 1)), [], []),  # batches were kept: there is one pass to be seen
    ],
)
def test_weights_that_stop_learning_while_others_go_on_are_named(
    passes: tuple[tuple[float, ...], ...], still: list[str], left_behind: list[str]
) -> None:
    run = marked(*passes)
    assert run.still == still
    assert run.left_behind == left_behind


def test_rows_of_large_batches_have_pixels_of_their_own_by_place() -> None:
    world = World.draw(50, 20, 5, seed=3, by_place=True)
    lit = world.images.flatten(1)[:, world.own[:, 0]].argmax(dim=1)
    assert lit.tolist() == [place % 20 // 5 for place in range(50)]


def test_a_batch_that_moved_other_layers_than_the_first_is_learnt_from() -> None:
    def every_second(model: nn.Module, images: Tensor, labels: Tensor, number: int) -> None:
        if number % 2 == 0:
            descend(model, images, labels, number)

    run, batches = trained(every_second), replace(WORLD, own=WORLD.own[::4])  # of each batch its first image
    names = ("hidden.weight", "scores.weight")
    in_turns = tuple((float((at + 1) // 2), float(at // 2)) for at in range(11))
    left_out = tuple((float((at + 1) // 2),) * 2 for at in range(11))
    for marks, unlearnt in ((in_turns, 0.0), (left_out, 0.5)):
        proof = Proof.of(batches, replace(run, names=names, marks=marks))
        assert proof is not None
        assert proof.unlearnt == pytest.approx(unlearnt)
