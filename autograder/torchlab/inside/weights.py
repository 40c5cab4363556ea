"""A model's weights on their way out and in again, piece by piece where they are many."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn

EXTRA = "_extra_state"
"""How `state_dict` calls what a module keeps beside its numbers: `get_extra_state` and `set_extra_state` of PyTorch."""

PICKLED = "pickled "
"""How a name begins here under which a pickle travels: extra state, and whatever else is no tensor."""

PIECE = 1 << 22
"""Numbers of a large weight that travel at once."""


def weights_of(model: nn.Module) -> dict[str, Tensor]:
    """Copies of all weights and buffers that are numbers, by name; all else as the bytes of a pickle."""
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
    """A new model that has loaded these weights, and the names of those that do not fit it; its images have `shape`."""
    model = make()
    try:
        _load(model, weights)
    except Exception:  # layers that wait for their first images have no sizes yet, or these are another model's weights
        with torch.no_grad():
            model.eval()(torch.zeros(2, *shape))
    else:
        return {"model": model, "unfit": []}
    own = _everything(model.train())
    fitting = {
        name: value
        for name, value in weights.items()
        if name in own and (name.startswith(PICKLED) or own[name].shape == value.shape)
    }
    _load(model, {**own, **fitting})
    return {"model": model, "unfit": sorted(name.removeprefix(PICKLED) for name in {*weights, *own} - {*fitting})}


def take_in(model: nn.Module) -> None:
    """Lets a model load what was put into it piece by piece, as if it had come at once."""
    _load(model, _everything(model))


def _load(model: nn.Module, weights: Mapping[str, Tensor]) -> None:
    """Loads weights as PyTorch does, by `load_state_dict` and all that the model has hung on it."""
    own = model.state_dict()
    state: dict[str, Any] = {}
    for name, value in weights.items():
        if name.startswith(PICKLED):
            state[name.removeprefix(PICKLED)] = pickle.loads(value.to(torch.uint8).numpy().tobytes())
        else:
            is_pair = name in own and own[name].is_complex()
            state[name] = torch.view_as_complex(value) if is_pair else value
    model.load_state_dict(state)


def _is_number(name: str, value: object) -> bool:
    return isinstance(value, Tensor) and not name.endswith(EXTRA)


def _numbers(model: nn.Module) -> dict[str, Tensor]:
    """All weights and buffers that are numbers, complex ones as pairs; they share the model's memory."""
    values = {name: value.detach() for name, value in model.state_dict().items() if _is_number(name, value)}
    return {name: torch.view_as_real(value) if value.is_complex() else value for name, value in values.items()}


def _pickles(model: nn.Module) -> dict[str, Tensor]:
    """All else as the bytes of pickles: what is in them is nobody's business but the model's."""
    others = {name: value for name, value in model.state_dict().items() if not _is_number(name, value)}
    return {
        PICKLED + name: torch.frombuffer(bytearray(pickle.dumps(value)), dtype=torch.uint8)
        for name, value in others.items()
    }


def _everything(model: nn.Module) -> dict[str, Tensor]:
    return {**_numbers(model), **_pickles(model)}
