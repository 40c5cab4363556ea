"""What returned weights tell of short and of long passes, of few and of more epochs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from autograder.checks import expect
from autograder.core.errors import SandboxEnded, StudentError
from autograder.torchlab.evidence import Sign, first
from autograder.torchlab.modules import names
from autograder.torchlab.task import Lab
from autograder.torchlab.training import Proof, Run, World, as_given, fixed_change, other_shape, same_weights
from autograder.torchlab.watching import FEWEST_STEPS, Watch


def learns_from_every_image(lab: Lab, studies: Studies, root: Mapping[str, bytes] | None = None) -> None:
    """Every image teaches the model in every epoch, as the loader gives it, and through gradients alone.

    `root`: MNIST's files, whose training part is loaded before train is called; of the test part it opens none.
    """
    check_shown(lab, studies)
    check_deep(studies)
    check_learnt_from(studies)
    check_moved(studies)
    check_epochs(studies)
    if root is not None:
        check_files_opened(lab, root)


def check_files_opened(lab: Lab, root: Mapping[str, bytes]) -> None:
    """train reads no test digits."""
    load_digits = getattr(lab.student, "load_digits", None)  # where it is missing, another stub's checks say so
    expect.that(
        not lab.stand_ins.reads_test_files(load_digits, lab.student.train, lab.perceptron(), lab.sandbox.files(root)),
        looked_at="the files that train opens after load_digits(root, train=True)",
        got="the test digits",
        wanted="none: it uses its loader alone",
        hint="test-digits-in-train",
    )


@dataclass(frozen=True)
class Studies:
    """Trainings on images that each light pixels of their own: a short pass, its last batch smaller, for 1, 2, 3 and 6
    epochs; a long one of small batches, all full, for one; large batches and a deep model for four, unless they cannot
    be had; and what the ledger of another training tells, to explain what they show."""

    short: World
    epochs: Mapping[int, Run]
    long: World
    once: Run
    large: World
    deep: Run | None
    ledger: Watch


def studies_of(lab: Lab, ledger: Watch) -> Studies:
    """What returned weights tell of short and of long passes, of few and of more epochs."""
    short = World.draw(55, 8, 1, lab.seed + 31, lab.task)
    long = World.draw(BATCHES * 14, 14, 14, lab.seed + 32, lab.task)
    large = World.draw(2 * ROWS + 80, ROWS, 20, lab.seed + 33, lab.task, by_place=True)

    def studied(world: World, epochs: int, deep: bool = False) -> Run:
        lab.sandbox.seed(lab.seed + 30)
        model = lab.perceptron(deep)
        form = world.images, world.labels.tolist(), world.batch_size, epochs
        return Run.of(lab.stand_ins.study(lab.student.train, model, *form))

    runs = {epochs: studied(short, epochs) for epochs in (1, 2, 3, 6)}
    once = studied(long, 1)
    try:
        deep = studied(large, 4, deep=True)
        moved = len(deep.still) < len(deep.names)  # not where steps are gathered over more batches than there are
    except SandboxEnded:
        raise
    except StudentError:  # batch norm refuses single images, and vmap refuses it
        moved = False
    return Studies(short, runs, long, once, large, deep if moved else None, ledger)


MISHAPS = 0.02
"""Share of the batches of a long pass that may leave no trace for other reasons than to be held back."""

BATCHES = 156
"""Of the long pass: where 2, 3, 4 or 6 of them are gathered for a step none is left over, as some are in the short."""

TINY = 1e-4
"""Where no weight moves by more, as in the first steps of a long warm-up, float32 loses the moves of others."""

ROWS = 640
"""More than anyone cuts a batch to. There are two such batches: a part may be held back to validate, and every place in
a batch still leaves its trace."""


def check_shown(lab: Lab, studies: Studies) -> None:
    """The model is shown images of the task's shape, and not all of them changed in one and the same way."""
    shown = studies.epochs[3].shown
    shape = other_shape(studies.short, shown)
    expect.that(
        shape is None,
        looked_at="the images that train shows the model",
        got=f"shape {shape}",
        wanted=f"{lab.task.batch}, as in the loader",
        hint="train-only-preprocessing",
    )
    change = fixed_change(studies.short, shown)
    expect.that(
        change is None,
        looked_at="the images that train shows the model",
        got=str(change),
        wanted="the images as the loader gives them",
        hint="train-only-preprocessing",
    )


def check_moved(studies: Studies) -> None:
    """Every weight moves by what the images teach, not by decay or chance alone."""
    run = studies.epochs[6]
    proof = Proof.of(studies.short, run)
    if proof is None:
        return
    expect.that(
        not proof.untrained,
        looked_at="weights that only become shorter, and follow no gradient",
        got=names(proof.untrained),
        wanted="none",
        hint="optimizer-misses-layers",
    )
    augmented = as_given(studies.short, studies.epochs[3].shown) < 0.5
    expect.that(
        augmented or proof.is_moved_by_images,
        looked_at="the weights of pixels that are bright in some image",
        got=f"{proof.own:.2g} of change, and {proof.dark:.2g} at pixels that no image lights",
        wanted="a change by the images' gradients",
    )


def check_deep(studies: Studies) -> None:
    """In a deep model too every weight learns, and goes on learning."""
    run = studies.deep
    if run is None or run.longest_move < TINY:
        return
    for idle, got in ((run.still, "never change"), (run.left_behind, "change in the first epoch only")):
        expect.that(
            not idle,
            looked_at="4 epochs of training a deeper model with norms: weights that " + got,
            got=names(idle),
            wanted="none",
            hint="optimizer-misses-layers",
        )


def check_learnt_from(studies: Studies) -> None:
    """Nearly every image of a short pass, nearly every batch of a long one, every row of a large batch and smaller
    batches at the end leave their mark on the weights."""
    for world, run, most, name in (
        (studies.long, studies.once, 0.345, f"{BATCHES} batches"),  # rates that fade: up to 0.34; after 100: 0.36
        (studies.short, studies.epochs[6], 0.45, "6 epochs of 55 images"),
        (studies.large, studies.deep, 0.05, f"batches of {ROWS} images: places in the batch"),
    ):
        proof = Proof.of(world, run) if run else None
        if proof is not None and not proof.is_blurred:
            expect.that(
                proof.unlearnt <= most,
                looked_at=f"the weights after {name}",
                got=f"{proof.unlearnt:.0%} of them left no trace",
                wanted="a trace of each",
                hint=lambda: first(UNLEARNT_FROM, studies.ledger),
            )
    expect.that(
        not leaves_out_the_rest(studies),
        looked_at="the weights after 6 epochs of 7 batches, the last of them smaller",
        got="no trace of the last batch",
        wanted="a trace of each",
        hint="one-batch-only",
    )


def leaves_out_the_rest(studies: Studies) -> bool:
    """Whether a last batch that is smaller leaves no trace in six epochs, and none is held back to validate.

    Who holds batches back holds back the last of the long pass, which are all full, or some of the others.
    """
    rest, full = Proof.of(studies.short, studies.epochs[6]), Proof.of(studies.long, studies.once)
    if rest is None or full is None or rest.is_blurred or full.is_blurred:
        return False
    size = len(studies.short.images) % studies.short.batch_size
    held_back = bool(full.traceless[-1]) or full.unlearnt > MISHAPS
    return bool(rest.traceless[-size:].all()) and not held_back


def erased(run: Watch) -> bool:
    """Gradients are cleared before a step has used them, time and again."""
    return len(re.findall("(?=ZC?FC?BC?Z)", run.seen.events)) >= FEWEST_STEPS


def steps_once_an_epoch(run: Watch) -> bool:
    """So they are, and the one or two steps that there were came after all batches."""
    return erased(run) and 0 < run.seen.events.count("S") <= 2


UNLEARNT_FROM: tuple[Sign[Watch], ...] = (
    Sign("step-outside-the-batch-loop", steps_once_an_epoch),
    Sign("gradients-erased-before-step", erased),
    Sign("one-batch-only", lambda run: True),
)
"""What images that leave no trace are a sign of."""


def check_epochs(studies: Studies) -> None:
    """More epochs lead further, none begins anew, and there is one pass of learning for each."""
    runs = studies.epochs
    for fewer, more in ((1, 2), (2, 3), (3, 6)):
        stopped = same_weights(runs[fewer], runs[more]) and 0 < runs[more].learning_passes <= fewer
        expect.that(
            not stopped,
            looked_at=f"the weights after {more} epochs",
            got=f"those after {fewer}",
            wanted="a model that has learnt in each epoch",
            hint="epochs-ignored",
        )
    expect.that(
        runs[6].fresh_starts < 3,
        looked_at="the weights at the start of each of 6 epochs",
        got=f"those of the very beginning, {runs[6].fresh_starts} times",
        wanted="those that the epoch before has left",
    )
    passes = {epochs: run.learning_passes for epochs, run in runs.items()}
    expect.that(
        any(passes[epochs] <= epochs for epochs in (1, 2)),
        looked_at="train with epochs=1",
        got=f"{passes[1]} passes in which the model learns",
        wanted="1",
        hint=lambda: first(TOO_MANY, passes),
    )


def goes_on_until_satisfied(passes: Mapping[int, int]) -> bool:
    """Whether the first epoch alone took many passes, and a second one fewer."""
    return 2 < passes[1] < passes[2] < 2 * passes[1]


TOO_MANY: tuple[Sign[Mapping[int, int]], ...] = (
    Sign("endless-training", goes_on_until_satisfied),
    Sign("epochs-ignored", lambda passes: True),
)
"""What more passes of learning than epochs are a sign of, by the number of epochs."""
