"""Carrying a trained model's weights from one of the student's processes to the next, through our own hands."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor

from autograder.torchlab.inside.weights import PICKLED
from autograder.torchlab.task import Lab

AT_ONCE, MOST_NUMBERS = 1 << 23, 1 << 27
"""Numbers of a model that may travel at once, and those that a model may have: half a gigabyte."""


class Revived(NamedTuple):
    """A new model with the weights of another one, and the names of those that did not fit."""

    model: Any
    unfit: list[str]


def taken_from(lab: Lab, model: object) -> dict[str, Tensor]:
    """All weights and buffers of a model in the student's process by name; none where they are too many."""
    sizes = dict(lab.stand_ins.sizes_of(model))
    if _numbers_in(sizes) <= AT_ONCE:
        return dict(lab.stand_ins.weights_of(model))
    if _numbers_in(sizes) > MOST_NUMBERS:
        return {}
    return {name: _in_pieces(lab, model, name, shape) for name, shape in sizes.items()}


def put_into_new(lab: Lab, weights: Mapping[str, Tensor]) -> Revived:
    """A new model with these weights. It lives in a new process: whatever else training has left behind is gone."""
    lab.sandbox.fresh()
    shape, sizes = list(lab.task.shape), {name: list(weight.shape) for name, weight in weights.items()}
    if _numbers_in(sizes) <= AT_ONCE:
        return Revived(**lab.stand_ins.with_weights(lab.model_class, shape, weights))
    extra = {name: value for name, value in weights.items() if name.startswith(PICKLED)}
    model = lab.stand_ins.with_weights(lab.model_class, shape, extra)["model"]
    own = dict(lab.stand_ins.sizes_of(model))
    fitting = [name for name, size in sizes.items() if own.get(name) == size and name not in extra]
    for name in fitting:
        flat = weights[name].reshape(-1)
        for start in range(0, len(flat), AT_ONCE):
            lab.stand_ins.put_piece(model, name, start, flat[start : start + AT_ONCE])
    lab.stand_ins.take_in(model)
    strange = {*sizes, *own} - {*fitting, *(extra.keys() & own)}
    return Revived(model, sorted(name.removeprefix(PICKLED) for name in strange))


def _numbers_in(sizes: Mapping[str, Sequence[int]]) -> int:
    """How many numbers tensors of these shapes hold."""
    return sum(math.prod(shape) for shape in sizes.values())


def _in_pieces(lab: Lab, model: object, name: str, shape: Sequence[int]) -> Tensor:
    """One weight of a model in the student's process; NaN from where on no numbers came."""
    whole, start = torch.full((math.prod(shape),), math.nan), 0
    while start < len(whole):
        piece = lab.stand_ins.piece_of(model, name, start)
        if not isinstance(piece, Tensor) or piece.dim() != 1 or not 0 < len(piece) <= len(whole) - start:
            break
        whole[start : start + len(piece)] = piece
        start += len(piece)
    return whole.reshape(tuple(shape))
