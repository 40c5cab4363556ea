"""All of a student's parts together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from autograder.torchlab.inside.modules import scores_of


def loader_of(load_digits: Callable[..., Any], make_loader: Callable[..., Any], root: str, batch_size: int) -> Any:
    """The student's loader over the training part, as the student loads it."""
    return make_loader(load_digits(root, train=True), batch_size=batch_size, shuffle=True)


def learn_digits(make: Callable[[], Any], train: Callable[..., Any], loader: Any, epochs: int) -> nn.Module:
    """A new model, trained by the student's own train."""
    model: nn.Module = make()
    train(model, loader, epochs=epochs)
    return model


def read_digits(load_digits: Callable[..., Any], model: nn.Module, root: str) -> Tensor:
    """Scores (N, 10) of the test part."""
    return scores_of(model, _stacked(load_digits(root, train=False)))


def _stacked(dataset: Any) -> Tensor:
    """All images of a dataset, copied one by one: a list of views would keep alive all that each was cut from."""
    first = torch.stack([dataset[0][0]])
    images = first.new_empty((len(dataset), *first.shape[1:]))
    for index in range(len(dataset)):
        images[index] = dataset[index][0]
    return images
