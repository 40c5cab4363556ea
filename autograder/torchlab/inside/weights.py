"""A model's weights on their way out and in again, piece by piece where they are many."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn

EXTRA = "_extra_state"
"""How `state_dict` calls what a module keeps beside its numbers: `get_extra_state` and `set_extra_state` of PyTorch."""

PIECE = 1 << 22
"""Numbers of a large weight that travel at once."""


def weights_of(model: nn.Module) -> dict[str, Tensor]:
    """Copies of all weights and buffers that are numbers, by name; extra state as the bytes of a pickle."""
    return {name: value.clone() for name, value in _everything(model).items()}


def sizes_of(model: nn.Module) -> dict[str, list[int]]:
    """The shapes of all that `weights_of` gives, by name."""
    return {name: list(value.shape) for name, value in _everything(model).items()}


def piece_of(model: nn.Module, name: str, start: int) -> Tensor:
    """At most `PIECE` numbers of a weight, from the place `start` on, row by row."""
    return _everything(model)[name].reshape(-1)[start : start + PIECE].clone()


def put_piece(model: nn.Module, name: str, start: int, numbers: Tensor) -> None:
    """Replaces the numbers of a weight from the place `start` on."""
    own = _numbers(model)[name]
    flat = own.reshape(-1).clone()
    flat[start : start + len(numbers)] = numbers
    with torch.no_grad():
        own.copy_(flat.view_as(own))


def with_weights(make: Callable[[], Any], shape: list[int], weights: Mapping[str, Tensor]) -> dict[str, Any]:
    """A new model that was given these weights, and the names of those that do not fit it; its images have `shape`."""
    model = make()
    model.eval()
    with torch.no_grad():
        model(torch.zeros(2, *shape))  # layers that wait for their first images get their sizes
    own, extra = _numbers(model), _extra(model)
    fitting = {name: value for name, value in weights.items() if name in own and own[name].shape == value.shape}
    with torch.no_grad():
        for name, value in fitting.items():
            own[name].copy_(value)
    both = weights.keys() & extra.keys()
    for name in both:
        kept = pickle.loads(weights[name].to(torch.uint8).numpy().tobytes())
        model.get_submodule(name.removesuffix(EXTRA).removesuffix(".")).set_extra_state(kept)
    return {"model": model, "unfit": sorted({*weights, *own, *extra} - {*fitting, *both})}


def _numbers(model: nn.Module) -> dict[str, Tensor]:
    """All weights and buffers that are numbers, complex ones as pairs; they share the model's memory."""
    state = {name: value for name, value in model.state_dict().items() if not name.endswith(EXTRA)}
    values = {name: value.detach() for name, value in state.items() if isinstance(value, Tensor)}
    return {name: torch.view_as_real(value) if value.is_complex() else value for name, value in values.items()}


def _extra(model: nn.Module) -> dict[str, Tensor]:
    """Each module's extra state as the bytes of a pickle: what is in it is nobody's business but the model's."""
    state = {name: value for name, value in model.state_dict().items() if name.endswith(EXTRA)}
    return {name: torch.frombuffer(bytearray(pickle.dumps(value)), dtype=torch.uint8) for name, value in state.items()}


def _everything(model: nn.Module) -> dict[str, Tensor]:
    return {**_numbers(model), **_extra(model)}
