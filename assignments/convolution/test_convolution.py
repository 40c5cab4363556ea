"""The checks of the convolution assignment: 18 points, for what filters, networks and training do to drawn pictures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, as_tensor

from autograder.checks import expect
from autograder.checks.points import points, probe
from autograder.torchlab import mnist
from autograder.torchlab.measuring import Accuracy, counts_them_all, only_measures
from autograder.torchlab.task import Lab, Task
from autograder.torchlab.training import Proof, Run, World, as_given

DIGITS, MOST, NEEDED = 1_200, 3, 0.3  # to learn from and as many to read, pixels that they are moved, share to be read


def must(ok: object, looked_at: str, got: object, wanted: object, hint: str | None = None) -> None:
    """One promise."""
    expect.that(bool(ok), looked_at=looked_at, got=got, wanted=wanted, hint=hint)


def first(*signs: tuple[str, object]) -> str | None:
    """The first hint whose sign is there."""
    return next((hint for hint, shows in signs if shows), None)


def is_near(got: Any, wanted: Any) -> bool:
    """Whether shapes agree, and all numbers up to the rounding of sums in float32."""
    return np.shape(got) == np.shape(wanted) and bool(np.allclose(got, wanted, rtol=0, atol=1e-4))


def drawn(count: int, seed: int, size: int = 28) -> Tensor:
    """Grey pictures without a black pixel, (count, 1, size, size)."""
    return 0.1 + 0.9 * torch.rand(count, 1, size, size, generator=torch.Generator().manual_seed(seed))


def slid(image: Any, weights: Any) -> Any:
    """What `slide` must give: in each window the sum of products."""
    return (np.lib.stride_tricks.sliding_window_view(image, weights.shape) * weights).sum(axis=(2, 3))


def check_slide(student: Any, image: Any, weights: Any) -> None:
    """One picture, one filter: type, shape, every number."""
    pair = [torch.from_numpy(each.astype(np.float32)) for each in (image, weights)]
    got, right, (height, width) = student.slide(*pair), slid(image, weights), weights.shape
    padded = slid(np.pad(image, ((height // 2, height // 2), (width // 2, width // 2))), weights)
    mistakes = (
        ("filter-flipped", [slid(image, weights[::-1, ::-1])]),
        ("weights-forgotten", [slid(image, np.ones_like(weights))]),
        ("mean-not-sum", [right / weights.size]),
        ("matrix-product", [slid(image, np.tile(weights.sum(axis=1), (height, 1))) if height == width else 0]),
        ("windows-side-by-side", [right[::height, ::width]]),
        ("last-window-missing", [right[:-1, :-1], right[:-1], right[:, :-1]]),
        ("rows-and-columns-swapped", [right.T, slid(image, weights.T) if height == width else 0]),
        ("border-padded", [padded, padded[: len(image), : image.shape[1]]]),
        ("negative-sums-lost", [right.clip(0), abs(right)]),
        ("one-pixel-for-a-window", [image[: len(right), : right.shape[1]] * weights.sum()]),
        ("sums-cut", [right.astype(int), right.round()]),
    )
    looked_at = f"slide({', '.join(f'tensor({x.tolist()})' if image.size < 20 else f'{tuple(x.shape)}' for x in pair)})"
    must(isinstance(got, Tensor), looked_at, expect.type_name(got), "a tensor", "result-not-a-tensor")
    why = first(*((hint, any(is_near(got, one) for one in others)) for hint, others in mistakes))
    expect.shape(looked_at, got, right.shape, why or "window-count-wrong")
    told, wanted = (as_tensor(one)[:9, :6].numpy().round(3).tolist() for one in (got, right))
    must(is_near(got, right), looked_at, told, wanted, why)


@points(1.5, stub="slide")
def test_slide(student: Any) -> None:
    """slide lays the filter on every window, multiplies and adds up"""
    check_slide(student, np.arange(1.0, 13.0).reshape(3, 4) % 7, np.array([[1.0, 2.0], [0.0, -1.0]]))
    check_slide(student, np.eye(5)[:3] * 3 - 1, np.array([[1.0, -2.0, 0.5], [0.0, 3.0, 1.0]]))


@points(1.5, stub="slide", hidden=True)
def test_any_filter(student: Any, seed: int) -> None:
    """slide does so for pictures and filters of any height and width"""
    dice = np.random.default_rng(seed)
    for size, form in (((28, 28), (3, 3)), ((9, 12), (5, 2)), ((6, 6), (1, 1)), ((4, 7), (4, 7)), ((12, 8), (1, 4))):
        check_slide(student, dice.uniform(-2, 2, size), dice.uniform(-2, 2, form))


@points(1.5, stub="network")
def test_scores(student: Any, stand_ins: Any, seed: int) -> None:
    """DigitCNN gives each image ten raw scores of its own, and all its layers can learn"""
    model, images = student.DigitCNN(), drawn(9, seed)
    for count in (1, 9):
        name, scores = f"the scores of {count} image{'s' * (count > 1)}", stand_ins.scores(model, images[:count])
        form = tuple(getattr(scores, "shape", ()))
        signs = ("maps-not-flattened", len(form) > 2), ("images-mixed", form[:1] != (count,)), ("not-ten-scores", form)
        expect.shape(name, scores, (count, 10), first(*signs))
    hint = "softmax-in-model" if scores.max() <= 1 else "scores-cut"
    must(scores.min() < 0, "the scores of 9 images", "none below 0", "raw scores, negative ones too", hint)
    again = "the same" if torch.equal(stand_ins.scores(model, images), scores) else "others"
    must(again == "the same", "the scores in eval mode, asked again", again, "the same", "dropout-always-on")
    apart = torch.cat([stand_ins.scores(model, image) for image in images[:, None]])
    expect.close("the scores of each image alone", apart, scores, 1e-3, "images-mixed")
    twin = stand_ins.twin_scores(student.DigitCNN, model, images)
    expect.close("the scores of a new network with the same weights", twin, scores, 1e-3, "layers-not-kept")
    expect.equal("weights that no loss reaches", stand_ins.unreached(model, images), [], "layer-unused")


@points(1, stub="network")
def test_dropout(student: Any, stand_ins: Any, seed: int) -> None:
    """In training mode DigitCNN drops some numbers, others each time"""
    name, model, images = "the same images, asked twice in training mode", student.DigitCNN(), drawn(16, seed)
    one, two = (stand_ins.scores(model, images, True) for _ in range(2))
    expect.shape(name, one, (16, 10), "not-ten-scores")
    none = "dropout-drops-all" if one.std(dim=0).max() < 1e-7 else "dropout-missing"
    must(not torch.equal(one, two), name, "the same scores", "other scores, by chance", none)


@points(1.5, stub="network")
def test_maps(student: Any, stand_ins: Any, seed: int) -> None:
    """maps gives small pictures of each image, and they move when the digit moves"""
    images = torch.stack([F.pad(drawn(4, seed, 8), (at, 20 - at, at, 20 - at)) for at in range(8, 17)])
    maps = stand_ins.maps(student.DigitCNN(), images.flatten(0, 1))
    form = tuple(getattr(maps, "shape", ()))
    must(len(form) == 4 and form[0] == 36, "maps of 36 images", f"shape {form}", "(36, C, h, w)", "maps-not-pictures")
    size, hint = form[2], "pooling-missing" if form[2] > 14 else "pooled-too-far"
    must(form[3] == size and 4 <= size <= 14, "height and width of the maps", form[2:], "4 to 14 instead of 28", hint)
    edge = 1 + (size > 5)  # the border may differ: beyond it the network sees zeros
    places = [slice(edge + more, size - edge - 1 + more) for more in (0, 1)]
    still, moved = (maps.unflatten(0, (9, 4))[..., place, place] for place in places)
    spread = (still[0] - still[0].mean(dim=(0, 2, 3), keepdim=True)).square().mean().sqrt()
    off = (moved[1:] - still[0]).square().mean(dim=(1, 2, 3, 4)).sqrt().min() / spread
    must(off < 0.2, "the maps of a patch that moves", f"others, {off:.0%} off", "the same, moved", "maps-do-not-move")


def placed(images: Tensor, down: int, right: int) -> Tensor:
    """Images moved by whole pixels, black where nothing was."""
    return F.pad(images, (28,) * 4)[..., 28 - down : 56 - down, 28 - right : 56 - right]


def check_shifts(student: Any, stand_ins: Any, most: int, seed: int) -> None:
    """Each image is moved on its own, by every number of pixels from -most to most, and by no other."""
    images, name = drawn(40 + 40 * most, seed), f"random_shifts(images, most={most})"
    got, given = stand_ins.shifted(student.random_shifts, images, most)
    must(isinstance(got, Tensor), name, expect.type_name(got), "a tensor", "moved-images-not-stacked")
    expect.shape(name, got, images.shape, "moved-images-shape")
    must(torch.equal(given, images), "the images given", "changed", "as they were", "given-images-changed")
    reach, all_ = range(-most - 3, most + 4), list(range(-most, most + 1))
    places = [(down, right) for down in reach for right in reach]
    moved = torch.stack([(got - placed(images, *by)).abs().amax((1, 2, 3)) < 1e-4 for by in places])
    strange = ~moved.any(dim=0)
    again = [(got - images.roll(by, (2, 3)))[strange].abs().amax((1, 2, 3)) < 1e-4 for by in places if strange.any()]
    hint = "wraps-around" if again and torch.stack(again).any(dim=0).all() else None
    must(not strange.any(), name, f"{int(strange.sum())} others", "moved images, black where nothing was", hint)
    used = [place for place, those in zip(places, moved, strict=True) if those.any()]
    down, right = (sorted({place[axis] for place in used}) for axis in (0, 1))
    signs = (
        ("one-shift-for-all", len(used) == 1 and most),
        ("diagonal-only", all(abs(one) == abs(other) for one, other in used)),
        ("one-direction-only", 1 in (len(down), len(right))),
        ("never-back", min(down + right) >= 0),
        ("end-missing", {tuple(down), tuple(right)} & {(*all_[:-1],), (*all_[1:],)}),
    )
    ok, why = down == right == all_ and len(used) >= len(all_) ** 1.5, first(*signs) or "most-ignored"
    must(ok, f"{name}: moves down and right", f"{down} and {right}", f"{all_}, twice", why)


@points(3, stub="shifts")
def test_shifts(student: Any, stand_ins: Any, seed: int) -> None:
    """random_shifts moves each image by chance, up to most pixels in each direction, in another way each time"""
    for most in (2, 0, 4):
        check_shifts(student, stand_ins, most, seed)
    one, two = (stand_ins.shifted(student.random_shifts, drawn(20, seed), 3)[0] for _ in range(2))
    must(not torch.equal(one, two), "two calls of random_shifts", "the same moves", "others", "same-every-time")


@points(1.5, stub="train")
def test_train(student: Any, stand_ins: Any, seed: int) -> None:
    """train learns from every batch in every epoch, in training mode, and lists each epoch's loss"""
    world = World.draw(52, 8, 1, seed)
    seen = stand_ins.study(student.train, world.images, world.labels, 8, 3, None)
    run, proof = Run.of(seen), Proof.of(world, Run.of(seen))
    losses = run.returned if isinstance(run.returned, list | tuple) else ()
    fits = len(losses) == 3 and all(isinstance(loss, float | np.floating) for loss in losses)
    must(fits, "the losses of 3 epochs", expect.described(run.returned), "a list of 3 floats", "losses-wrong")
    still = all(torch.equal(run.before[name], run.after[name]) for name in run.before)
    hint = "step-missing" if seen["piled"] else "backward-missing"
    must(not still, "the weights after train", "as before", "others", hint)
    must(all(seen["modes"]), "the network's mode in train", "eval mode", "training mode", "train-mode-missing")
    share = 0.0 if proof is None or proof.is_blurred else proof.unlearnt
    must(share < 0.45, "images that left no trace in the weights", f"{share:.0%}", "hardly any", "one-batch-only")
    must(not all(seen["piled"][1:]), "old gradients, at each backward", "still there", "cleared", "gradients-pile-up")
    pixels, layers = world.images.flatten(1), [list(weights.values()) for weights in (run.before, run.after)]
    before, after = (F.cross_entropy(F.linear(F.relu(F.linear(pixels, *w[:2])), *w[2:]), world.labels) for w in layers)
    must(after < before, "the loss after train", f"{after:.3f}, and {before:.3f} before", "a lower one", "climbs")
    must(as_given(world, run.shown) > 0.99, "the images shown", "others", "those of the loader", "changed-unasked")


@points(1.5, stub="train")
def test_change(student: Any, stand_ins: Any, seed: int) -> None:
    """train sends each batch through `change`, and learns from what comes back alone"""
    world = World.draw(52, 8, 1, seed + 1)
    mask = torch.ones(784).index_fill(0, world.own[::2].flatten(), 0.0).view(28, 28)
    seen = stand_ins.study(student.train, world.images, world.labels, 8, 3, mask)
    run, times = Run.of(seen), seen["changed"] / len(world.images)
    hint = "change-once" if times else "change-unused"
    must(times >= 3, "change in 3 epochs", f"called {times:.2g} times for each image", "3 times for each", hint)
    black, kept = (Proof.of(replace(world, own=world.own[start::2]), run) for start in (0, 1))
    taught = kept and black and black.own > max(1.3 * black.dark, 1e-3 * kept.own)
    must(not taught, "pixels that change makes black", "learnt from", "not learnt from", "changed-images-dropped")


@probe
def measuring(student: Any, stand_ins: Any, sandbox: Any, seed: int) -> Accuracy:
    """The student's accuracy."""
    return Accuracy(Lab(Task(shape=(1, 28, 28), classes=10), student, stand_ins, sandbox, seed))


@points(1, stub="accuracy")
def test_accuracy(measuring: Accuracy) -> None:
    """accuracy gives the share of right answers, as a float"""
    measuring.counts_right_answers()


@points(0.5, stub="accuracy")
def test_measuring(measuring: Accuracy) -> None:
    """It measures in eval mode, and leaves the model as it was"""
    only_measures(measuring)


@points(0.5, stub="accuracy", hidden=True, seconds=60.0)
def test_many_batches(measuring: Accuracy) -> None:
    """It does so for uneven and many batches"""
    counts_them_all(measuring)


@points(3, stub="whole", hidden=True, seconds=120.0)
def test_whole(student: Any, stand_ins: Any, sandbox: Any, seed: int) -> None:
    """All parts together learn to read moved digits that nobody has seen"""
    digits, dice = mnist.find(), np.random.default_rng(seed)
    chosen, held = (dice.permutation(len(some))[:DIGITS] for some in (digits.train_labels, digits.test_labels))
    names, labels = dice.permutation(10), (digits.train_labels[chosen], digits.test_labels[held])
    taught, truth = (torch.from_numpy(names[some]) for some in labels)
    pixels = digits.train_images[chosen], digits.test_images[held]
    learnt, unseen = (torch.from_numpy(some / np.float32(255))[:, None] for some in pixels)
    moved = torch.cat([placed(one, *dice.integers(-MOST, MOST + 1, 2)) for one in unseen[:, None]])
    model = stand_ins.learn(student.DigitCNN, student.train, student.random_shifts, MOST, [learnt, taught])
    share = float((stand_ins.scores(model, moved).argmax(dim=1) == truth).double().mean())
    expect.show(f"Your network read {round(share * DIGITS)} of {DIGITS} moved digits, all new to it.", best=True)
    expect.accuracy(f"{DIGITS} moved digits after 3 epochs on {DIGITS}", share, NEEDED, "50% to 80%", "whole-too-few")
