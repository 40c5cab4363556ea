"""What differs between assignments about pictures, and what an experiment on one submission has at hand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Task:
    """Pictures of one shape (channels, height, width), sorted into `classes` numbered from 0 by a class `model`."""

    shape: tuple[int, int, int]
    classes: int
    noun: str = "digit"
    model: str = "Model"

    @property
    def pixels(self) -> int:
        """How many numbers one picture has."""
        return math.prod(self.shape)

    @property
    def batch(self) -> str:
        """The shape of a batch, for a sentence: (B, 1, 28, 28)."""
        return f"(B, {', '.join(map(str, self.shape))})"


DIGITS = Task(shape=(1, 28, 28), classes=10)
"""Grey pictures of ten digits: what is meant where no task is named."""


@dataclass(frozen=True)
class Lab:
    """One submission: its names and the stand-ins in the student's process, the sandbox, and a seed nobody foresees.

    `log_probabilities`: whether the student's own model answers with them; then so do the models it is measured with.
    """

    task: Task
    student: Any
    stand_ins: Any
    sandbox: Any
    seed: int
    log_probabilities: bool = False

    @property
    def model_class(self) -> Any:
        """The student's model class, as it is in the process that is there now."""
        return getattr(self.student, self.task.model)

    def perceptron(self, deep: bool = False) -> Any:
        """A new small model for pictures of this task, in the student's process: what `train` is tried on."""
        return self.stand_ins.Perceptron(self.log_probabilities, self.task.pixels, self.task.classes, deep)
