"""(h) Whether luck decides: the same notebooks graded with many seeds must earn the same points with each."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from typing import Any

import classes
from record import machine, publish

from autograder.authoring import audit
from autograder.authoring.calibrate import REFERENCE
from autograder.authoring.variant import Variant
from autograder.grading.engines.local import LocalEngine, slots
from autograder.grading.engines.supervision import ended_in_turn
from autograder.grading.submission import grade

RIGHT = ("sgd_plain", "conv_lenet", "optimiser_adagrad", "augmentation_mixup", "batches_cached_in_a_list")
"""Five right styles, of different speed."""

WRONG = (
    "train_missing_zero_grad",
    "train_epochs_ignored",
    "train_losses_kept_as_tensors",
    "train_one_batch_only",
    "train_labels_changed_in_train",
    "model_softmax_before_cross_entropy",
    "model_dropout_always_on",
    "dataset_labels_not_paired",
    "accuracy_mean_of_batch_accuracies",
    "predict_wrong_digit_picked",
)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seeds", type=int, default=50)
    words.add_argument("--jobs", type=int, default=slots())
    wanted = words.parse_args()
    variants = [REFERENCE, *chosen()]
    rows = [row(name, found) for name, found in graded(variants, wanted.seeds, wanted.jobs).items()]
    publish("seeds", f"{wanted.seeds} seeds for each notebook", rows, {"machine": machine()})
    sys.exit(any(row["ends"] != 1 for row in rows))


def chosen() -> list[Variant]:
    """The named variants, in the order above."""
    known = {one.name: one for one, _ in audit.bank(classes.digits().folder)}
    return [known[name] for name in (*RIGHT, *WRONG)]


def graded(variants: list[Variant], seeds: int, jobs: int) -> dict[str, Counter[tuple[float | None, str]]]:
    """How often each notebook ended with which points and status."""
    notebooks = audit.Notebooks(classes.digits())
    found: dict[str, Counter[tuple[float | None, str]]] = {one.name: Counter() for one in variants}
    with LocalEngine(jobs) as engine:
        trials = ((one.name, notebooks.task(one, seed * 7919)) for one in variants for seed in range(1, seeds + 1))
        for (name, _), future in ended_in_turn(lambda trial: engine.submit(grade, trial[-1]), trials):
            end = future.result()
            found[name][end.points, end.status.value] += 1
    return found


def row(name: str, found: Counter[tuple[float | None, str]]) -> dict[str, Any]:
    """One line of the table."""
    usual = ", ".join(f"{points} ({status}): {count}" for (points, status), count in found.most_common())
    return {"notebook": name, "points (status): how often": usual, "ends": len(found)}


if __name__ == "__main__":
    main()
