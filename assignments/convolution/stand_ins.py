"""What the checks bring into the student's process: models and pictures that we drew, and observers. Nothing secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from autograder.torchlab.inside.scripted import Framed, modes_while_training, pictures, reader, relearn, visit

WHOLE_BATCH, WHOLE_EPOCHS = 16, 3
"""How the whole is trained."""

MOST_SHOWN, MOST_NOTED = 40, 1_000
"""Batches of a training whose images are kept, and those of which anything is noted."""


def scores(model: nn.Module, images: Tensor, training: bool = False) -> Any:
    """What the student's network makes of images in one of the two modes."""
    model.train(training)
    with torch.no_grad():
        return model(images)


def maps(model: Any, images: Tensor) -> Any:
    """The maps of the student's network in eval mode."""
    model.eval()
    with torch.no_grad():
        return model.maps(images)


def twin_scores(make: Callable[[], nn.Module], model: nn.Module, images: Tensor) -> Any:
    """The scores of a new network that was given the weights of `model`."""
    twin = make()
    twin.load_state_dict(model.state_dict())
    return scores(twin, images)


def unreached(model: nn.Module, images: Tensor) -> list[str]:
    """Names of weights that a loss gives no gradient to; none where the scores themselves have none."""
    given = model.train()(images)
    if not given.requires_grad:
        return [name for name, _ in model.named_parameters()]
    torch.autograd.backward(F.cross_entropy(given, torch.arange(len(images)) % 10))
    return [name for name, weight in model.named_parameters() if weight.grad is None]


def shifted(random_shifts: Callable[..., Any], images: Tensor, most: int) -> tuple[Any, Tensor]:
    """The student's moved images, and what has become of those that were given."""
    given = images.clone()
    return random_shifts(given, most), given


class TwoLayers(nn.Module):
    """784 pixels to ten scores by way of 24; notes what it is shown while it learns, and its mode."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Linear(784, 24)
        self.scores = nn.Linear(24, 10)
        self.shown: list[Tensor] = []
        self.modes: list[bool] = []

    def forward(self, images: Tensor) -> Tensor:
        if torch.is_grad_enabled():
            self.modes.append(self.training)
            if len(self.shown) < MOST_SHOWN:
                self.shown.append(images.detach().clone())
        answer: Tensor = self.scores(F.relu(self.hidden(images.flatten(1))))
        return answer


class Gradients:
    """Whether each gradient of a weight was added to what was left of an earlier one."""

    def __init__(self, weight: Tensor) -> None:
        self.piled: list[bool] = []
        self._new = torch.zeros(0)
        weight.register_hook(self._came)  # type: ignore[no-untyped-call]
        weight.register_post_accumulate_grad_hook(self._kept)  # type: ignore[no-untyped-call]

    def _came(self, gradient: Tensor) -> None:
        self._new = gradient

    def _kept(self, weight: Tensor) -> None:
        self.piled.append(weight.grad is not None and not torch.equal(weight.grad, self._new))


class Change:
    """Multiplies images by a mask, and counts them."""

    def __init__(self, mask: Tensor) -> None:
        self.mask, self.count = mask, 0

    def __call__(self, images: Tensor) -> Tensor:
        self.count += len(images)
        return images * self.mask


def study(
    train: Callable[..., Any], images: Tensor, labels: Tensor, batch_size: int, epochs: int, mask: Tensor | None
) -> dict[str, Any]:
    """Runs the student's `train` on our images, with a `change` that multiplies by `mask` if there is one: what it
    returned, the weights before and after, and what could be seen on the way."""
    model = TwoLayers().eval()
    before, gradients = state_of(model), Gradients(model.hidden.weight)
    change = None if mask is None else Change(mask)
    loader = DataLoader(TensorDataset(images, labels), batch_size=batch_size)
    returned = train(model, loader, epochs) if change is None else train(model, loader, epochs, change)
    return {
        "returned": returned,
        "before": before,
        "after": state_of(model),
        "passes": [],
        "shown": model.shown,
        "modes": model.modes[:MOST_NOTED],
        "piled": gradients.piled[:MOST_NOTED],
        "changed": 0 if change is None else change.count,
    }


def state_of(model: nn.Module) -> dict[str, Tensor]:
    """Copies of all weights by name."""
    return {name: value.detach().clone() for name, value in model.state_dict().items()}


def learn(
    make: Callable[[], nn.Module],
    train: Callable[..., Any],
    change: Callable[..., Any],
    most: int,
    digits: list[Tensor],
) -> nn.Module:
    """The student's network, trained by the student on `digits`, images and labels, that are moved on the way."""
    model, loader = make(), DataLoader(TensorDataset(*digits), batch_size=WHOLE_BATCH, shuffle=True)
    train(model, loader, WHOLE_EPOCHS, lambda batch: change(batch, most))
    return model
