"""A model whose weights the grader drew, pictures to show it, and notes of what it was shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
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
        layers: dict[str, Callable[[], nn.Module]] = {
            "reader_dropout": lambda: nn.Sequential(nn.Sequential(nn.Dropout(0.5))),  # no part may be forgotten
            "reader_filter": lambda: nn.Conv2d(channels, channels, 3, padding=1),
            "reader_late": lambda: nn.LayerNorm(classes),
            "reader_layer": lambda: nn.Linear(pixels, classes),
            "reader_norm": lambda: nn.BatchNorm2d(channels),
        }
        for name, layer in layers.items():
            if name in steps:
                self.add_module(name, layer())

    def forward(self, images: Tensor) -> Tensor:
        _take_notes(self, images)
        early = values = images
        with torch.autocast("cpu", enabled=False):  # who measures with half the bits shall find close scores apart
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
    """One call of the model: the shape of what it was shown, empty where that cannot be looked at; whether any part was
    in training mode, and whether gradients were on."""

    shape: tuple[int, ...]
    training: bool
    gradients: bool


@dataclass(eq=False)
class Notes:
    """What readers were shown, call by call: copies too, wherever they come from."""

    looks: list[Look] = field(default_factory=list)
    shown: list[Tensor] = field(default_factory=list)

    def take(self, model: nn.Module, images: Tensor) -> None:
        """Notes one call."""
        seen = _can_be_seen(images)
        training = any(part.training for part in model.modules())
        self.looks.append(Look(tuple(images.shape) if seen else (), training, torch.is_grad_enabled()))
        if seen and len(self.looks) == len(self.shown) + 1 and sum(map(len, self.shown)) + len(images) <= MOST_ROWS:
            self.shown.append(images.detach().cpu().clone())


def _take_notes(model: nn.Module, images: Tensor) -> None:
    """Tells who takes notes; compiled code would be compiled anew for each note."""
    if not torch.compiler.is_dynamo_compiling():
        for notes in _note_takers:
            notes.take(model, images)


def _unnoticed() -> list[Look]:
    """What stands for calls that nobody noted, if there can be some."""
    compiling = sys.modules.get("torch._dynamo.utils")
    return [Look((), False, False)] if compiling and compiling.counters["frames"] else []


def _can_be_seen(images: object) -> bool:
    """Not inside vmap, nor while a model is traced or exported, which then answers without being called."""
    if torch._C._get_tracing_state() or torch.compiler.is_compiling() or not isinstance(images, Tensor):
        return False
    return not torch._C._functorch.is_functorch_wrapped_tensor(images)


_note_takers: list[Notes] = []
"""Who takes notes: nothing hangs on the readers themselves, which can be copied, pickled and saved."""


@dataclass(frozen=True)
class Visit:
    """One call of a student's function with a reader: the answer, and what the reader went through.

    `shown`: pixels of the first pictures, `complete` if of all; `marked`: weights with a gradient, or that want none;
    `cleared`, `hooked`: whether gradients that were there are gone, and hooks are there that were not; `given`: the
    picture that the function got, as it was afterwards.
    """

    answer: object
    looks: tuple[Look, ...]
    shown: tuple[Tensor, ...]
    complete: bool
    training: bool
    state: dict[str, Tensor]
    marked: tuple[str, ...]
    cleared: bool
    hooked: bool
    given: Tensor | None
    given_marked: bool
    settings: tuple[str, ...]


def reader(weights: Mapping[str, Tensor], steps: Sequence[str], training: bool) -> Reader:
    """A new reader with these weights in one of the modes; in training mode it has gradients, as before a step."""
    classes, pixels = weights["reader_layer.weight"].shape
    model = Reader(len(weights["reader_norm.weight"]), pixels, classes, steps)
    relearn(model, weights)
    for weight in model.parameters() if training else ():
        weight.grad = weight.detach().clone()
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
    settings, gradients, hooks = global_settings(), _gradients(model), _hooks(model)
    with _noting() as notes:
        answer = function(model, given if picture is None else picture)
    looks = notes.looks or _unnoticed()
    seen = Visit(
        answer=answer,
        looks=tuple(looks[:MOST_LOOKS]),
        shown=tuple(notes.shown),
        complete=len(notes.shown) == len(looks),
        training=model.training,
        state={name: value.detach().clone() for name, value in model.state_dict().items()},
        marked=tuple(_marked(model, gradients)),
        cleared=not gradients.keys() <= _gradients(model).keys(),
        hooked=_hooks(model) > hooks,
        given=None if picture is None else picture.detach().clone(),
        given_marked=picture is not None and picture.requires_grad,
        settings=tuple(changed_settings(settings)),
    )
    return told(seen)


@contextmanager
def _noting() -> Iterator[Notes]:
    """Notes what readers are shown while the block runs."""
    notes = Notes()
    _note_takers.append(notes)
    try:
        yield notes
    finally:
        _note_takers.remove(notes)


def _gradients(model: Reader) -> dict[str, Tensor]:
    """The gradients that tell something, by the names of the weights."""
    found = {name: weight.grad for name, weight in model.named_parameters()}
    return {name: slope.detach().clone() for name, slope in found.items() if slope is not None and slope.any()}


def _hooks(model: Reader) -> int:
    kinds = ("_forward_hooks", "_forward_pre_hooks", "_backward_hooks", "_backward_pre_hooks")
    return sum(len(getattr(part, kind)) for part in model.modules() for kind in kinds)


def _marked(model: Reader, before: Mapping[str, Tensor]) -> list[str]:
    """Weights that want no gradient, or have one that is not from before."""
    now = _gradients(model)
    return [
        name
        for name, weight in model.named_parameters()
        if not weight.requires_grad or (name in now and not (name in before and torch.equal(now[name], before[name])))
    ]


def modes_while_training(train: Callable[..., Any], model: Reader, loader: DataLoader[Any]) -> list[bool]:
    """Whether a reader that comes in eval mode is in training mode, each time that the student's `train` calls it."""
    with _noting() as notes:
        train(model.eval(), loader, epochs=1)
    return [look.training for look in notes.looks if look.gradients][:MOST_LOOKS]


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
        one.name: value if one.type == "object" else _as_told(value)
        for one in fields(sighting)
        for value in [getattr(sighting, one.name)]
    }


def _as_told(value: Any) -> Any:
    if is_dataclass(value):
        return told(value)
    return tuple(map(_as_told, value)) if isinstance(value, tuple) else value
