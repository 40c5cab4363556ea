"""What a short training does, by the notes of a watcher: they explain what other proofs have shown, and notice what an
honest train does not do."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from autograder.checks import expect
from autograder.checks.expect import Mismatch
from autograder.torchlab.evidence import Sign, first, rebuilt
from autograder.torchlab.inside.scripted import SEED
from autograder.torchlab.inside.training import Forwarded, Watched
from autograder.torchlab.labels import described
from autograder.torchlab.modules import names
from autograder.torchlab.task import Lab

FEWEST_STEPS = 10
"""A ledger of fewer steps proves nothing."""

HELD_OUT = 0.3
"""Share of the images that may be read and not shown: who judges once what is held out shows it in no epoch."""

UNCLEARED = 0.2
"""Share of steps that may meet old gradients: clearing never, or once per epoch, 0.97 and more; right styles 0."""


@dataclass(frozen=True)
class Watch:
    """A short training, closely watched: the images and labels given, in how many batches, and what was seen."""

    given: Tensor
    digits: list[int]
    batches: int
    reads_epochs: bool
    seen: Watched
    classes: int = 10


Watches = Mapping[int, Watch]
"""One for each number of epochs: 1, 2 and 3."""


def watch(
    lab: Lab, sources: Mapping[int, tuple[Tensor, list[int]]], root: Mapping[str, bytes] | None = None
) -> dict[int, Watch]:
    """Short trainings of a stand-in model, by the number of epochs, each with images and labels of its own.

    `root`: MNIST's files, test files among them, where the images could have come from these.
    """
    folder = lab.sandbox.files(root or {})
    return {epochs: _watched(lab, epochs, *source, folder) for epochs, source in sources.items()}


def _watched(lab: Lab, epochs: int, pixels: Tensor, digits: list[int], root: str) -> Watch:
    lab.sandbox.seed(lab.seed + epochs)
    model = lab.perceptron()
    try:
        told = lab.stand_ins.watch_training(lab.student.train, model, pixels, digits, 8, epochs, root)
    except Exception as error:
        raise explained(error, lab) from error
    reads = bool(lab.stand_ins.reads_argument(lab.student.train, "epochs"))
    return Watch(pixels, digits, math.ceil(len(digits) / 8), reads, rebuilt(Watched, told), lab.task.classes)


def explained(error: Exception, lab: Lab) -> Exception:
    """The error itself, or a sentence with the hint that only the ledger can choose."""
    failure = expect.failure_of(error)
    if not any(words in failure.message for words in AMBIGUOUS):
        return error
    hint = first(RAISED, Raised(failure.message, lab.stand_ins.last_events()))
    return Mismatch(
        "train(model, loader, epochs)", f"{failure.kind}", "training without an exception", hint, because=failure
    )


AMBIGUOUS = ("does not require grad and does not have a grad_fn", "modified by an inplace operation")
"""Words of autograd that several mistakes lead to."""


@dataclass(frozen=True)
class Raised:
    """What autograd says, and what had happened before."""

    message: str
    events: str

    @property
    def wants_gradient(self) -> bool:
        """Whether the loss has no gradient, and not one that is out of date."""
        return AMBIGUOUS[0] in self.message


RAISED: tuple[Sign[Raised], ...] = (
    Sign("loss-on-class-numbers", lambda raised: raised.wants_gradient and "F" in raised.events),
    Sign("gradients-switched-off", lambda raised: raised.wants_gradient),
    Sign("backward-on-running-total", lambda raised: "B" in raised.events and "FS" not in raised.events),
    Sign("step-before-backward", lambda raised: True),
)
"""What errors of autograd that look alike are signs of."""


def returns_a_loss_for_each_epoch(runs: Watches) -> None:
    """A list with one number for each epoch comes back."""
    for epochs, run in runs.items():
        name = f"what train returns for epochs={epochs}"
        entries = check_kind_of_losses(name, run)
        expect.that(
            len(entries) == epochs,
            looked_at=name,
            got=f"{len(entries)} entries" + (" or more" if len(entries) == MOST_ENTRIES else ""),
            wanted=f"{epochs}, one for each epoch",
            hint=lambda: first(LENGTHS, runs),
        )


MOST_ENTRIES = 10_000
"""Nobody looks at more returned numbers than this: each costs time here, and an honest list has a few."""


def entries_of(returned: object) -> list[object]:
    """What a list, a tuple or an array with one dimension holds; nothing for anything else."""
    flat = isinstance(returned, list | tuple) or (isinstance(returned, np.ndarray) and returned.ndim == 1)
    return list(returned[:MOST_ENTRIES]) if flat else []  # type: ignore[index]


def check_kind_of_losses(name: str, run: Watch) -> list[object]:
    """A list, tuple or array of plain numbers."""
    returned = run.seen.returned
    entries = entries_of(returned)
    expect.that(
        isinstance(returned, list | tuple) or (isinstance(returned, np.ndarray) and returned.ndim == 1),
        looked_at=name,
        got=described(returned) if run.seen.type != "torch.Tensor" else "a tensor",
        wanted="a list of floats",
        hint="wrong-kind-of-losses",
    )
    for entry in entries:
        expect.that(
            isinstance(entry, int | float | np.floating | np.integer) and not isinstance(entry, bool),
            looked_at=f"an entry of {name}",
            got=described(entry),
            wanted="a plain number",
            hint="losses-kept-as-tensors"
            if isinstance(entry, Tensor) and entry.numel() == 1
            else "wrong-kind-of-losses",
        )
    return entries


def one_for_each_batch(runs: Watches) -> bool:
    """As many entries as there are batches, in an epoch or in all."""
    lengths = {epochs: len(entries_of(run.seen.returned)) for epochs, run in runs.items()}
    return any(length in (runs[epochs].batches, epochs * runs[epochs].batches) for epochs, length in lengths.items())


def returned_early(runs: Watches) -> bool:
    """One entry after one pass, whatever number of epochs was read."""
    single = all(len(entries_of(run.seen.returned)) == 1 for run in runs.values())
    return single and passes_made(runs[3]) <= 1.01 and runs[3].reads_epochs


LENGTHS: tuple[Sign[Watches], ...] = (
    Sign("one-loss-per-batch", one_for_each_batch),
    Sign("return-inside-the-loop", returned_early),
    Sign("epochs-ignored", lambda runs: True),
)
"""What a list of another length than the number of epochs is a sign of."""


def passes_made(run: Watch) -> float:
    """How many passes' worth of images went through the model and gave a gradient."""
    learnt = sum(forward.size for forward in run.seen.forwards if forward.taught)
    return float(learnt) / len(run.seen.reads)


def reads_every_batch(lab: Lab, runs: Watches) -> None:
    """train goes through the whole loader in every epoch, and leaves the images as they are."""
    for epochs, run in runs.items():
        expect.that(
            not run.seen.test_files,
            looked_at="the files that train opens",
            got="the test digits",
            wanted="none: it uses its loader alone",
            hint="test-digits-in-train",
        )
        unread = run.seen.reads.count(0)
        if unread and not run.seen.forwards:
            raise nothing_learnt(lab, run, "the images that train shows the model", "none")
        expect.that(
            not unread,
            looked_at=f"train with epochs={epochs}: images that were never read",
            got=f"{unread} of {len(run.seen.reads)}",
            wanted="none",
            hint="one-batch-only",
        )
        expect.that(
            torch.equal(run.seen.items, run.given) and list(run.seen.labels) == run.digits,
            looked_at="the dataset of the loader after training",
            got="other images or labels than before",
            wanted="the same",
            hint="loader-data-changed",
        )
    longest = runs[3]
    again = max(longest.seen.reads) > 1 or passes_made(longest) > 1.5
    if not again and not longest.seen.forwards:
        raise nothing_learnt(lab, longest, "the images that train shows the model", "none")
    expect.that(
        again,
        looked_at="train with epochs=3",
        got="images in the first epoch only",
        wanted="every image in every epoch",
        hint="one-iterator-for-all-epochs" if len(entries_of(longest.seen.returned)) == 3 else "return-inside-the-loop",
    )
    for epochs, run in runs.items():
        promised = len(run.seen.reads) * epochs
        unseen = promised - sum(forward.size for forward in run.seen.forwards)
        expect.that(
            unseen <= _held_out(run) * promised or not sees_each_step(run),
            looked_at=f"train with epochs={epochs}: images that were read but never shown to the model",
            got=f"{unseen} of {promised}",
            wanted="none",
            hint="one-batch-only" if "B" in run.seen.events else why_weights_stay(longest),
        )


def _held_out(run: Watch) -> float:
    """The share of images that may be read and not shown: none where nothing is asked but to learn from it."""
    return 0.0 if all(forward.taught for forward in run.seen.forwards) else HELD_OUT


def sees_each_step(run: Watch) -> bool:
    """Whether what the model was shown is known: not where a copy learns, or a compiled form of it."""
    return not run.seen.elsewhere and not run.seen.unseen and len(run.seen.forwards) >= run.seen.events.count("S")


def changes_every_weight(lab: Lab, runs: Watches) -> None:
    """train changes every weight of the model, each step by the gradient of its own batch."""
    check_each_run(lab, runs)
    run = runs[2]
    strange = sorted(run.seen.before.keys() ^ run.seen.after.keys())
    expect.that(
        not strange,
        looked_at="the weights of the model after training",
        got=f"others than before: {names(strange)}",
        wanted="the same weights with other values",
    )
    kinds = {str(run.seen.after[name].dtype) for name, before in run.seen.before.items() if before.is_floating_point()}
    expect.that(
        kinds == {"torch.float32"},
        looked_at="the weights of the model after training",
        got=", ".join(sorted(kinds)),
        wanted="torch.float32, as before",
    )
    still = [name for name, before in run.seen.before.items() if torch.equal(before, run.seen.after[name])]
    expect.that(
        not still,
        looked_at="weights that never change",
        got=names(still),
        wanted="none",
        hint="optimizer-misses-layers",
    )
    check_ledger(run)
    expect.that(
        not run.seen.frozen,
        looked_at="the weights with requires_grad=False after train",
        got=names(run.seen.frozen),
        wanted="none",
        hint="frozen-weights",
    )
    advise_on_training(run)
    settings = list(dict.fromkeys(name for one in runs.values() for name in one.seen.settings if name != SEED))
    if settings:
        expect.advise("global-settings-changed", f"train changes {names(settings)}.")


def check_each_run(lab: Lab, runs: Watches) -> None:
    """Something changes for every number of epochs."""
    for epochs in (2, 1, 3):
        before, after = runs[epochs].seen.before, runs[epochs].seen.after
        if not all(name in after and torch.equal(weight, after[name]) for name, weight in before.items()):
            continue
        name = "the weights of the model after training"
        if epochs == 2:
            raise nothing_learnt(lab, runs[2], name, "the same as before")
        raise Mismatch(
            f"{name} with epochs={epochs}", "the same as before", "a model that has learnt", "epochs-ignored"
        )


def nothing_learnt(lab: Lab, run: Watch, looked_at: str, got: str) -> Mismatch:
    """The failure of a train that leaves the model as it is, with the hidden error or the hint that explains it."""
    swallowed = lab.stand_ins.swallowed_errors(lab.student.train, lab.perceptron(), run.given[:12], run.digits[:12])
    return Mismatch(
        looked_at,
        f"{got}, and a hidden error: {swallowed[0]}" if swallowed else got,
        "a model that has seen every image and learnt",
        "errors-hidden" if swallowed else why_weights_stay(run),
    )


def why_weights_stay(run: Watch) -> str | None:
    """From the order of events: who was trained, and what is missing between forward and step."""
    empty = [step.left == 0 for step in run.seen.steps if step.ours]
    return first(VANISHED if empty and all(empty) and "B" in run.seen.events else STAYING, run)


def another_learns(run: Watch) -> bool:
    """No gradient came, yet a copy was asked, or an optimiser made steps for a model that never was."""
    return "B" not in run.seen.events and bool(run.seen.elsewhere or ("F" not in run.seen.events and run.seen.steps))


def made_up(run: Watch) -> bool:
    """Nothing was learnt or even asked, or the list falls all the same."""
    losses = numbers(run.seen.returned)
    falls = len(losses) > 1 and losses[-1] < 0.9 * losses[0] and not run.seen.steps
    return "F" not in run.seen.events or ("B" not in run.seen.events and falls)


def meets_amounts(seen: Watched, classes: int) -> bool:
    """A loss for amounts was given one number per item, or shapes that do not belong together."""
    calls = [call.partition(" ")[::2] for call in seen.losses]
    amounts = ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss")
    return any(name in amounts and shapes.count(f", {classes})") < 2 for name, shapes in calls) or any(
        "Using a target size" in text for text in seen.warnings
    )


STAYING: tuple[Sign[Watch], ...] = (
    Sign("another-model-trained", another_learns),
    Sign("gradients-switched-off", lambda run: "F" not in run.seen.events and "f" in run.seen.events),
    Sign("made-up-losses", made_up),
    Sign("loss-on-class-numbers", lambda run: meets_amounts(run.seen, run.classes)),
    Sign("missing-backward", lambda run: "B" not in run.seen.events),
    Sign("missing-step", lambda run: not run.seen.steps),
    Sign("optimizer-of-another-model", lambda run: all(step.ours == 0 for step in run.seen.steps)),
    Sign("learning-rate-too-small", lambda run: all(step.rate == 0 for step in run.seen.steps)),
)
"""What weights that stay as they are are a sign of."""

VANISHED: tuple[Sign[Watch], ...] = (
    Sign("step-before-backward", lambda run: run.seen.events.count("FS") * 2 >= run.seen.events.count("S")),
    Sign("clipping-too-tight", lambda run: "CS" in run.seen.events),
    Sign("gradients-erased-before-step", lambda run: True),
)
"""What steps without any gradient left are a sign of."""


def check_ledger(run: Watch) -> None:
    """Each step is made by its own gradients: none left from earlier steps, none thrown away, none of another batch."""
    events = run.seen.events
    expect.that(
        not gradients_pile_up(run),
        looked_at="the gradients at each step",
        got="those of earlier steps are still there",
        wanted="the gradient of this batch alone",
        hint="missing-zero-grad",
    )
    expect.that(
        events.count("S") < FEWEST_STEPS or lateness(events) <= UNCLEARED,
        looked_at="the order of backward and step",
        got="a step before this batch's backward",
        wanted="backward first, then step",
        hint="step-before-backward",
    )


def gradients_pile_up(run: Watch) -> bool:
    """Whether steps were made by gradients of earlier steps too."""
    judged = run.seen.clean + run.seen.dirty
    return judged / max(1, len(run.seen.before)) >= FEWEST_STEPS and run.seen.dirty > UNCLEARED * judged


def lateness(events: str) -> float:
    """The share of steps before which the newest forward had no backward yet, nor any forward before it since the last
    step: a first one may do without, where the step itself calls forward and backward."""
    between = ["".join(letter for letter in part if letter in "FB") for part in events.split("S")[1:-1]]
    late = [part for part in between if "F" in part and not 0 <= part.find("F") < part.find("B")]
    return len(late) / max(1, len(between)) if "B" in events else 0.0


def advise_on_training(run: Watch) -> None:
    """What is unwise and costs nothing."""
    steps, learning = run.seen.steps, [forward for forward in run.seen.forwards if forward.learning]
    lessons = [forward for forward in learning if forward.taught] or learning
    if learning and not any(forward.training for forward in lessons[len(lessons) // 2 :]):  # those of the later epoch
        expect.advise("training-in-eval-mode")
    if len(steps) >= FEWEST_STEPS and run.seen.optimizers > len(steps) / 2:
        expect.advise("new-optimizer-every-batch")
    if any(step.decay >= 0.1 for step in steps):
        expect.advise("huge-weight-decay")
    looked = sum(forward.size for forward in run.seen.forwards if not forward.taught)
    every_other_batch = run.batches * len(run.seen.reads)  # all items, in two epochs
    if looked > every_other_batch or _one_by_one(learning):
        expect.advise("slow-training")


def is_spent(rates: Sequence[float]) -> bool:
    """The learning rate changes from step to step and is almost 0 in more than a third of them."""
    if len(rates) < FEWEST_STEPS:
        return False
    alive = [rate for rate in rates if rate >= 0.01 * max(rates)]
    changes = sum(one != other for one, other in itertools.pairwise(alive))
    return 3 * len(alive) < 2 * len(rates) and 2 * changes >= len(alive) - 1


def _one_by_one(learning: Sequence[Forwarded]) -> bool:
    return len(learning) > 20 and sum(forward.size == 1 for forward in learning) > 0.9 * len(learning)


def numbers(returned: object) -> list[float]:
    """Returned losses as floats; NaN where an entry is no number."""
    plain = [entry if isinstance(entry, int | float | np.number) else math.nan for entry in entries_of(returned)]
    return [float(entry) for entry in plain]
