"""A model whose weights the grader drew, pictures to show it, and notes of what it was shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset

MOST_LOOKS, MOST_ROWS = 1_000, 256
"""How many calls are noted, and of how many pictures the pixels are kept."""

SEED = "the random seed"
"""The name of the setting that a training may well change: experiments shall repeat."""


def thinned(images: Tensor, steps: Sequence[str] = ("thin",)) -> Tensor:
    """Every fourth pixel of every fourth row, if that is among the steps."""
    return images[..., ::4, ::4] if "thin" in steps else images


WAYS: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "thin": lambda values, early: thinned(values),
    "flatten": lambda values, early: values.flatten(1),
    "relu": lambda values, early: F.relu(values),
    "sin": lambda values, early: torch.sin(values),
    "add": lambda values, early: values + early,
    "log_softmax": lambda values, early: F.log_softmax(values, dim=1),
}
"""Steps of a reader that are no layers, given the values so far and those after its first step."""


class Reader(nn.Module):
    """A small network of its own kind: pictures (B, C, H, W) to scores (B, K), by steps that are layers or WAYS. In
    training mode it answers otherwise, and its running statistics move."""

    reader_norm: nn.BatchNorm2d

    def __init__(self, channels: int, pixels: int, classes: int, steps: Sequence[str]) -> None:
        super().__init__()
        self.steps = tuple(steps)
        self.reader_look = nn.Identity()
        layers: dict[str, Callable[[], nn.Module]] = {
            "reader_dropout": lambda: nn.Dropout(0.5),
            "reader_filter": lambda: nn.Conv2d(channels, channels, 3, padding=1),
            "reader_late": lambda: nn.LayerNorm(classes),
            "reader_layer": lambda: nn.Linear(pixels, classes),
            "reader_norm": lambda: nn.BatchNorm2d(channels),
        }
        for name, layer in layers.items():
            if name in steps:
                self.add_module(name, layer())

    def forward(self, images: Tensor) -> Tensor:
        early = values = self.reader_look(images)
        for place, step in enumerate(self.steps):
            values = WAYS[step](values, early) if step in WAYS else getattr(self, step)(values)
            early = early if place else values
        scores: Tensor = values
        return scores


class Pictures(Dataset[tuple[Tensor, int]]):
    """Item i is the picture `places[i]` of `images` (N, C, H, W), with `labels[i]`."""

    def __init__(self, images: Tensor, labels: Tensor, places: Tensor) -> None:
        self._images, self._labels, self._places = list(images), labels.tolist(), places.tolist()

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        return self._images[self._places[index]], self._labels[index]


@dataclass(frozen=True)
class Look:
    """One call of the model: the shape of what it was shown, its mode, and whether gradients were on."""

    shape: tuple[int, ...]
    training: bool
    gradients: bool


@dataclass(frozen=True)
class Visit:
    """One call of a student's function with a reader: the answer, and what the reader went through.

    `shown`: pixels of the first pictures, `complete` if of all; `marked`: weights with a gradient, or that want none;
    `given`: the picture that the function got, as it was afterwards.
    """

    answer: object
    looks: tuple[Look, ...]
    shown: tuple[Tensor, ...]
    complete: bool
    training: bool
    state: dict[str, Tensor]
    marked: tuple[str, ...]
    given: Tensor | None
    given_marked: bool
    settings: tuple[str, ...]


def reader(weights: Mapping[str, Tensor], steps: Sequence[str], training: bool) -> Reader:
    """A new reader with these weights in one of the modes."""
    classes, pixels = weights["reader_layer.weight"].shape
    model = Reader(len(weights["reader_norm.weight"]), pixels, classes, steps)
    relearn(model, weights)
    return model.train(training)


def relearn(model: Reader, weights: Mapping[str, Tensor]) -> None:
    """Gives the same reader other weights, as training would."""
    model.load_state_dict(dict(weights))


def pictures(images: Tensor, labels: Tensor, places: Tensor, batch_size: int, shuffle: bool) -> DataLoader[Any]:
    """A loader of pictures."""
    return DataLoader(Pictures(images, labels, places), batch_size=batch_size, shuffle=shuffle)


class Framed:
    """A picture that is the same object whenever it is shown."""

    def __init__(self, image: Tensor) -> None:
        self.image = image


def visit(function: Callable[..., Any], model: Reader, given: Framed | DataLoader[Any]) -> dict[str, Any]:
    """Calls the student's `function` with the model and what is given, and tells a Visit."""
    picture = given.image if isinstance(given, Framed) else None
    looks: list[Look] = []
    shown: list[Tensor] = []
    settings = global_settings()
    with _noting(model, looks, shown):
        answer = function(model, given if picture is None else picture)
    seen = Visit(
        answer=answer,
        looks=tuple(looks[:MOST_LOOKS]),
        shown=tuple(shown),
        complete=len(shown) == len(looks),
        training=model.training,
        state={name: value.detach().clone() for name, value in model.state_dict().items()},
        marked=tuple(_marked(model)),
        given=None if picture is None else picture.detach().clone(),
        given_marked=picture is not None and picture.requires_grad,
        settings=tuple(changed_settings(settings)),
    )
    return told(seen)


@contextmanager
def _noting(model: Reader, looks: list[Look], shown: list[Tensor]) -> Iterator[None]:
    """Notes what reaches the first layer while the block runs, of copies of the model too."""

    def note(layer: nn.Module, arguments: tuple[Any, ...]) -> None:
        images = arguments[0] if arguments else None
        if not isinstance(images, Tensor) or torch._C._functorch.is_functorch_wrapped_tensor(images):
            looks.append(Look((), layer.training, torch.is_grad_enabled()))  # inside vmap no pixel can be looked at
            return
        looks.append(Look(tuple(images.shape), layer.training, torch.is_grad_enabled()))
        if sum(map(len, shown)) + len(images) <= MOST_ROWS and len(looks) == len(shown) + 1:
            shown.append(images.detach().cpu().clone())

    hook = model.reader_look.register_forward_pre_hook(note)
    try:
        yield
    finally:
        hook.remove()


def _marked(model: Reader) -> list[str]:
    return [
        name
        for name, weight in model.named_parameters()
        if not weight.requires_grad or (weight.grad is not None and bool(weight.grad.any()))
    ]


def modes_while_training(train: Callable[..., Any], model: Reader, loader: DataLoader[Any]) -> list[bool]:
    """Whether a reader that comes in eval mode is in training mode, each time that the student's `train` calls it."""
    looks: list[Look] = []
    with _noting(model, looks, []):
        train(model.eval(), loader, epochs=1)
    return [look.training for look in looks if look.gradients][:MOST_LOOKS]


def global_settings() -> dict[str, object]:
    """Settings that hold for all of PyTorch."""
    return {
        "the default dtype": torch.get_default_dtype(),
        "the default device": torch.get_default_device(),
        "the number of threads": torch.get_num_threads(),
        "the precision of matrix products": torch.get_float32_matmul_precision(),
        "gradient mode": torch.is_grad_enabled(),
        SEED: torch.initial_seed(),
    }


def changed_settings(before: Mapping[str, object]) -> list[str]:
    """The names of the settings that are others than `before`."""
    return [name for name, value in global_settings().items() if value != before[name]]


def told(sighting: Any) -> dict[str, Any]:
    """A frozen dataclass as plain values by the names of its fields; what is declared an `object` is left as it is."""
    return {
        field.name: value if field.type == "object" else _as_told(value)
        for field in fields(sighting)
        for value in [getattr(sighting, field.name)]
    }


def _as_told(value: Any) -> Any:
    if is_dataclass(value):
        return told(value)
    return tuple(map(_as_told, value)) if isinstance(value, tuple) else value
