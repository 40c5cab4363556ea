"""What the student's model answers, which weights it uses, and how it moves when it is pulled."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from autograder.torchlab.inside.scripted import changed_settings, global_settings, told


@dataclass(frozen=True)
class Answer:
    """What a model answered, or the error that it raised; and the images that it got, as they were afterwards."""

    scores: object
    error: str
    images: Tensor | None


@dataclass(frozen=True)
class Census:
    """Which weights a model registers, which it uses without registering them, and what else a build changes.

    `listed`, `plain`: weights that hang on it in a list or as plain tensors; `outside`: that belong to something else;
    `names` of what is registered, of these `frozen` and `unused` ones; `matrices` and numbers (`size`) among them.
    """

    settings: tuple[str, ...]
    made_in_forward: bool
    listed: bool
    plain: bool
    outside: bool
    names: tuple[str, ...]
    frozen: tuple[str, ...]
    unused: tuple[str, ...]
    matrices: int
    size: int
    dropout: float


@dataclass(frozen=True)
class Fared:
    """How the weights of a pulled model fared: those that got a gradient, those that moved, and matrices whose rows all
    began alike and moved alike; scores (N, K) in training mode; and in eval mode if all weights were a hundred times as
    large."""

    reached: tuple[str, ...]
    moved: tuple[str, ...]
    twins: tuple[str, ...]
    training: object
    grown: object


def build(make: Callable[[], Any]) -> Any:
    """A new model. TypeError where it is one of those that checks bring along."""
    model = make()
    kinds = [kind for part in model.modules() for kind in type(part).__mro__] if is_module(model) else []
    if any(kind.__module__.partition(".")[0] in ("stand_ins", "autograder") for kind in kinds):
        raise TypeError("This is a network of the checks. Write one of your own.")
    return model


def is_module(model: object) -> bool:
    """True for an nn.Module."""
    return isinstance(model, nn.Module)


def forward(model: Any, images: Tensor, training: bool = False) -> dict[str, Any]:
    """Tells the Answer to a copy of `images`; exceptions go their way."""
    model.train(training)
    given = images.clone()
    with torch.set_grad_enabled(training or len(images) <= 101):  # what many leave behind could fill the memory
        return told(Answer(model(given), "", given))


def try_forward(model: Any, images: Tensor, training: bool = False) -> dict[str, Any]:
    """Tells the Answer, also where it is an exception."""
    try:
        return forward(model, images, training)
    except Exception as error:
        return told(Answer(None, f"{type(error).__name__}: {str(error)[:300]}", None))


def scores_of(model: nn.Module, images: Tensor) -> Tensor:
    """Scores (N, K) in eval mode, without gradients; the mode is put back."""
    mode = model.training
    model.eval()
    with torch.no_grad():
        scores: Tensor = torch.cat([model(batch.clone()) for batch in torch.split(images, 256)])
    model.train(mode)
    return scores


def returns_log_probabilities(make: Callable[[], Any], images: Tensor) -> bool:
    """True if the student's model answers with log-probabilities in training; False too where it cannot answer."""
    try:
        with torch.no_grad():
            scores = make().train()(images.clone())
        return bool((scores <= 0).all() and torch.allclose(scores.exp().sum(dim=1), torch.ones(len(scores)), atol=1e-3))
    except Exception:
        return False


# --- which weights are used -----------------------------------------------------------------------------------------


class _Uses(TorchFunctionMode):
    """Notes the tensors that enter torch operations from outside: weights of any kind, and nothing computed."""

    def __init__(self, images: Tensor) -> None:
        super().__init__()
        self.entered: dict[int, Tensor] = {}
        self._made: dict[int, Tensor] = {id(images): images}

    def __torch_function__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        for value in _tensors((args, kwargs or {})):
            if id(value) not in self._made:
                self.entered[id(value)] = value
        result = function(*args, **(kwargs or {}))
        self._made.update({id(value): value for value in _tensors(result) if id(value) not in self.entered})
        return result


class _Descent(TorchFunctionMode):
    """Notes what is computed from some tensors, and from that in turn."""

    def __init__(self, tensors: Iterable[Tensor]) -> None:
        super().__init__()
        self.family = {id(value): value for value in tensors}

    def __torch_function__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = function(*args, **(kwargs or {}))
        if any(id(value) in self.family for value in _tensors((args, kwargs or {}))):
            self.family.update({id(value): value for value in _tensors(result)})
        return result


def _tensors(value: Any) -> Iterator[Tensor]:
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _tensors(one)
    elif isinstance(value, dict):
        yield from _tensors(list(value.values()))


def census(make: Callable[[], Any], images: Tensor) -> dict[str, Any]:
    """Tells the Census of a new model."""
    settings = global_settings()
    model = build(make)
    changed = changed_settings(settings)
    shared = {id(weight) for weight in model.parameters()} & {id(weight) for weight in make().parameters()}
    born = {name: id(weight) for name, weight in model.named_parameters()}
    descent = _Descent([*model.parameters(), *model.buffers()])
    with descent:
        model.eval()  # some prepare themselves for answering
    uses = [_used(model, images) for _ in range(2)]
    constants = _constants(uses[1], make, images)
    taught = {id(weight) for weight in _reached(model, images)}
    later = {name: id(weight) for name, weight in model.named_parameters()}
    known = {id(value) for value in (*model.parameters(), *model.buffers())} | descent.family.keys()
    extra = list(_tensors(list(model.state_dict().values())))
    strange = [
        value
        for value in uses[1].values()
        if id(value) not in known | constants and _is_weight(value) and not _is_among(value, extra)
    ]
    lasting = [value for value in strange if id(value) in uses[0]]
    mine = _belongings(model)
    named = list(model.named_parameters())
    used = {*uses[0], *uses[1], *taught}
    dropouts = [part.p for part in model.modules() if isinstance(part, nn.modules.dropout._DropoutNd)]
    seen = Census(
        settings=tuple(changed),
        made_in_forward=born != later
        or any(id(value) not in uses[0] for value in strange if isinstance(value, nn.Parameter)),
        listed=any(isinstance(value, nn.Parameter) and id(value) in mine for value in lasting),
        plain=any(not isinstance(value, nn.Parameter) and id(value) in mine for value in lasting),
        outside=bool(shared) or any(id(value) not in mine for value in lasting),
        names=tuple(later),
        frozen=tuple(name for name, weight in named if not weight.requires_grad),
        unused=tuple(name for name, weight in named if id(weight) not in used),
        matrices=sum(weight.dim() > 1 for _, weight in named),
        size=sum(weight.numel() for _, weight in named),
        dropout=float(max(dropouts, default=0.0)),
    )
    return told(seen)


def makes_weights_in_forward(make: Callable[[], Any], images: Tensor) -> bool:
    """Whether a new model uses other weights each time that it is called."""
    model = make().eval()
    once, again = (_used(model, images) for _ in range(2))
    return any(isinstance(value, nn.Parameter) and id(value) not in once for value in again.values())


def _constants(used: Mapping[int, Tensor], make: Callable[[], Any], images: Tensor) -> set[int]:
    """Ids of tensors that want no gradient and hold the same in every model: kernels, coordinates, matrices of a
    transform, a grey level. What is all 0 or all 1 is none of these, but a weight before it was ever trained."""
    others = list(_used(make().eval(), images).values())
    return {
        key
        for key, value in used.items()
        if _is_among(value, others) and not any(bool((value == blank).all()) for blank in (0, 1))
    }


def _reached(model: nn.Module, images: Tensor) -> list[Tensor]:
    """The weights that get a gradient in training mode: what is compiled or used only there is seen in no other way."""
    model.train()
    try:
        scores = model(torch.cat([images, images.flip(0)]))
        torch.autograd.backward(scores.square().sum())
    except Exception:  # told by other checks, where it matters
        return []
    finally:
        model.eval()
    reached: list[Tensor] = [weight for weight in model.parameters() if weight.grad is not None]
    model.zero_grad()
    return reached


def _used(model: nn.Module, images: Tensor) -> dict[int, Tensor]:
    given = images.clone()
    uses = _Uses(given)
    with uses:
        model(given)
    return uses.entered


def _is_weight(value: Tensor) -> bool:
    """Something that should have been learnt: anything that wants a gradient, or a matrix of some size."""
    return (
        value.requires_grad
        or isinstance(value, nn.Parameter)
        or (value.is_floating_point() and value.dim() > 1 and value.numel() >= 100)
    )


def _is_among(value: Tensor, others: Sequence[Tensor]) -> bool:
    return not value.requires_grad and any(value.shape == one.shape and torch.equal(value, one) for one in others)


def _belongings(model: nn.Module) -> set[int]:
    """Ids of all tensors that hang on the model in plain Python ways: attributes, lists, dicts, layers in them."""
    found: set[int] = set()
    waiting: list[Any] = [vars(part) for part in model.modules()]
    visited: set[int] = set()
    while waiting:
        value = waiting.pop()
        if id(value) in visited:
            continue
        visited.add(id(value))
        if isinstance(value, Tensor):
            found.add(id(value))
        elif isinstance(value, nn.Module):
            waiting += [vars(part) for part in value.modules()]
        elif isinstance(value, dict):
            waiting += list(value.values())
        elif isinstance(value, (list, tuple, set)):
            waiting += list(value)
    return found


# --- how it moves ---------------------------------------------------------------------------------------------------

EARLY, ALIKE = 5, 1e-3
"""After so many steps rows are compared: later, rounding alone has driven twins apart, Adam makes much of little. Twins
differ by less than such a part of the way that they went."""


class Pulled:
    """A model that is moved from outside, step by step: it answers, and is given the slope of a loss by its scores."""

    def __init__(self, make: Callable[[], Any], images: Tensor, rate: float) -> None:
        self.model, self.images, self.reached = build(make), images, set[str]()
        self.start = {name: weight.detach().clone() for name, weight in self.model.named_parameters()}
        self.steps = torch.optim.Adam(self.model.parameters(), lr=rate)
        self.scores: Any = None
        self.taken, self.twins = 0, tuple[str, ...]()


def model_of(pulled: Pulled) -> nn.Module:
    """The model that is pulled."""
    model: nn.Module = pulled.model
    return model


def pulled_answer(pulled: Pulled) -> Any:
    """Scores in training mode."""
    pulled.model.train()
    pulled.scores = pulled.model(pulled.images.clone())
    return pulled.scores.detach() if isinstance(pulled.scores, Tensor) else pulled.scores


def follow(pulled: Pulled, slope: Tensor) -> Any:
    """Takes one step along `slope` (N, K), that of somebody's loss by the latest scores, and answers anew."""
    pulled.steps.zero_grad()
    torch.autograd.backward(pulled.scores, slope.to(pulled.scores.dtype))
    for name, weight in pulled.model.named_parameters():
        if weight.grad is not None and weight.grad.is_sparse:
            weight.grad = weight.grad.to_dense()  # Adam takes no others
        if weight.grad is not None and name not in pulled.reached and weight.grad.any():
            pulled.reached.add(name)
    pulled.steps.step()
    pulled.taken += 1
    if pulled.taken == EARLY:
        named = pulled.model.named_parameters()
        pulled.twins = tuple(name for name, weight in named if _are_twins(pulled.start[name], weight.detach()))
    return pulled_answer(pulled)


def tell(pulled: Pulled, slope: Tensor) -> list[str]:
    """Gives the slope (N, K) of a loss and takes no step; the names of weights that moved all the same."""
    start = {name: weight.detach().clone() for name, weight in pulled.model.named_parameters()}
    pulled_answer(pulled)
    torch.autograd.backward(pulled.scores, slope.to(pulled.scores.dtype))
    pulled.model.zero_grad()
    named = [(name, weight.detach()) for name, weight in pulled.model.named_parameters() if name in start]
    return [name for name, weight in named if (weight - start[name]).abs().max() > ALIKE * start[name].abs().max()]


def how_it_fared(pulled: Pulled, images: Tensor) -> dict[str, Any]:
    """Tells how the weights Fared, with scores of `images` in training mode."""
    named = [(name, weight.detach()) for name, weight in pulled.model.train().named_parameters()]
    moved = [name for name, weight in named if not torch.equal(pulled.start[name], weight)]
    training = _scores_for_once(pulled.model, images, 1)
    try:
        grown = _scores_for_once(pulled.model.eval(), images, 100)
    except Exception:  # numbers of that size are none of a model's promises
        grown = None
    return told(Fared(tuple(sorted(pulled.reached)), tuple(moved), pulled.twins, training, grown))


def _scores_for_once(model: nn.Module, images: Tensor, factor: float) -> Any:
    """Scores (N, K) of a model whose weights are `factor` times as large, or its error; all is put back."""
    kept = copy.deepcopy(model.state_dict())
    try:
        with torch.no_grad():
            for weight in model.parameters():
                weight.mul_(factor)
            return model(images.clone())
    finally:
        model.load_state_dict(kept)


def _are_twins(start: Tensor, weight: Tensor) -> bool:
    """Whether all rows of a matrix began alike and went the same way."""
    if weight.dim() < 2 or len(weight) < 2 or not torch.equal(start, start[:1].expand_as(start)):
        return False
    return bool((weight - weight[:1]).abs().max() <= ALIKE * (weight - start).abs().max())
