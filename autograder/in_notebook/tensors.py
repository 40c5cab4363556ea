"""What checks owe to PyTorch in a notebook: copies, kept settings and models, and the operation that failed.

Imported only where the notebook itself has imported PyTorch.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from autograder.core.model import TorchCall

LONGEST = 120
"""Characters of a name or shape that a sentence may quote."""


def seed(number: int) -> None:
    """Seeds torch."""
    torch.manual_seed(number)


def copy(value: torch.Tensor) -> torch.Tensor:
    """A plain tensor with the same numbers."""
    return value.detach().cpu().as_subclass(torch.Tensor).clone()


@contextlib.contextmanager
def kept(namespace: Mapping[str, object]) -> Iterator[None]:
    """Afterwards random state, settings and the models in `namespace` are as they were."""
    state, dtype, gradients = torch.get_rng_state(), torch.get_default_dtype(), torch.is_grad_enabled()
    try:
        with _kept_models(namespace):
            yield
    finally:
        torch.set_rng_state(state)
        torch.set_default_dtype(dtype)
        torch.set_grad_enabled(gradients)


class LastCall(TorchFunctionMode):
    """Remembers the torch operation that an exception came from, the innermost one."""

    def __init__(self) -> None:
        super().__init__()
        self.error: Exception | None = None
        self.call: TorchCall | None = None

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        try:
            return func(*args, **(kwargs or {}))
        except Exception as error:
            if error is not self.error:
                self.error, self.call = error, _in_words(func, args)
            raise


def _in_words(function: Any, args: tuple[Any, ...]) -> TorchCall:
    """An operation's name, and dtype and shape of each tensor that went in."""
    inputs = tuple(
        f"{str(value.dtype).removeprefix('torch.')} {tuple(value.shape)}"[:LONGEST]
        for value in args
        if isinstance(value, torch.Tensor)
    )
    return TorchCall(str(getattr(function, "__name__", ""))[:LONGEST], inputs)


@contextlib.contextmanager
def _kept_models(namespace: Mapping[str, object]) -> Iterator[None]:
    models = [value for value in namespace.values() if isinstance(value, nn.Module)]
    kept = [(model, model.training, [value.detach().clone() for value in _values(model)]) for model in models]
    try:
        yield
    finally:
        for model, training, values in kept:
            _put_back(model, values)
            if model.training is not training:
                model.train(training)


def _put_back(model: nn.Module, values: list[torch.Tensor]) -> None:
    with torch.no_grad():
        for tensor, value in zip(_values(model), values, strict=False):
            if tensor.shape == value.shape and not torch.equal(tensor, value):
                tensor.copy_(value)


def _values(model: nn.Module) -> list[torch.Tensor]:
    return [*model.parameters(), *model.buffers()]
