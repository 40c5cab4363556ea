"""Models that students' trainings are tried on, and watchers that note what happens to them."""

from __future__ import annotations

import dis
import functools
import inspect
import math
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.optim.optimizer import register_optimizer_step_pre_hook
from torch.overrides import TorchFunctionMode
from torch.utils.data import DataLoader

from autograder.torchlab.inside.datasets import Digits, EndlessTraining, type_of
from autograder.torchlab.inside.fetching import replaced
from autograder.torchlab.inside.scripted import changed_settings, global_settings, told

ENDLESS = 100
"""A training run that reads every digit this many times per promised epoch will not stop by itself."""


def most_reads(count: int, batch_size: int, epochs: int) -> int:
    """How often each of so many items may be read: who measures after each batch reads all of them as often."""
    return max(ENDLESS, 2 * math.ceil(count / batch_size)) * epochs


# --- datasets that take notes ---------------------------------------------------------------------------------------


class Changing(Digits):
    """Every item is the image whose number `contents` gives for the pass, from 0 on: a new pass begins when each item
    has been read once more."""

    def __init__(self, images: Tensor, labels: Sequence[int], contents: Sequence[int], most_reads: int) -> None:
        super().__init__(images, labels, most_reads)
        self.contents, self.reads = contents, [0] * len(labels)

    def __len__(self) -> int:
        return len(self.targets)

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        now = min(self.reads)
        self.reads[index] += 1
        if self.most_reads is not None and now >= self.most_reads:
            raise EndlessTraining(f"The digits were read more than {self.most_reads} times; that is no epoch any more.")
        return self.data[self.contents[now % len(self.contents)]].clone(), int(self.targets[index])


class Passes(Digits):
    """Notes one number for each of a model's weights, which changes when the weight does: when the first and when the
    last item of each pass is read (`ends`), and when the first item of each batch is (`marks`)."""

    def __init__(self, images: Tensor, labels: Sequence[int], most_reads: int, model: nn.Module, size: int) -> None:
        super().__init__(images, labels, most_reads)
        self.model, self.size = model, size
        self.ends: list[tuple[list[float], list[float]]] = []
        self.marks: list[list[float]] = []
        self._left = 0

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        item = super().__getitem__(index)
        if index % self.size == 0 and len(self.marks) < MOST_MARKS:
            self.marks.append(self.now())
        if self.reads[index] > len(self.ends):
            now = self.now()
            self.ends.append((now, now))
            self._left = len(self)
        if self.reads[index] == len(self.ends):
            self._left -= 1
            if not self._left:
                self.ends[-1] = (self.ends[-1][0], self.now())
        return item

    def now(self) -> list[float]:
        """Of each weight a sum in which entries count by drawn numbers: steps that leave the plain sum as it was show,
        and those that leave the sums of all rows and columns."""
        return [_summed(weight.detach().flatten()) for weight in self.model.parameters()]


MOST_MARKS = 300
"""Batches before which the weights are looked at."""


def _summed(weight: Tensor) -> float:
    return float(weight.float() @ _drawn(len(weight)))


@functools.cache
def _drawn(count: int) -> Tensor:
    return 1 + torch.rand(count, generator=torch.Generator().manual_seed(count))


# --- models whose answers we know -----------------------------------------------------------------------------------


class Perceptron(nn.Module):
    """The reference model, smaller: pixels - 32 - classes. Ends in log_softmax where the student's own model does.

    A deep one has another layer and two norms in between.
    """

    def __init__(
        self, log_probabilities: bool = False, pixels: int = 784, classes: int = 10, deep: bool = False
    ) -> None:
        super().__init__()
        self.hidden = nn.Linear(pixels, 32)
        layers = nn.BatchNorm1d(32), nn.Linear(32, 32), nn.LayerNorm(32), nn.LeakyReLU(0.2)
        self.between = nn.Sequential(*(layers if deep else ()))
        self.scores = nn.Linear(32, classes)
        self.log_probabilities = log_probabilities

    def forward(self, images: Tensor) -> Tensor:
        note = _notice(self, images)
        scores: Tensor = self.scores(self.between(F.relu(self.hidden(images.flatten(1)))))
        if note is not None and scores.requires_grad:
            scores.register_hook(lambda gradient: note.update(taught=True))  # type: ignore[no-untyped-call]
        return F.log_softmax(scores, dim=1) if self.log_probabilities else scores


class _Notes(list[dict[str, Any]]):
    """Notes that a copy of a model writes into as well."""

    def __deepcopy__(self, memo: object) -> _Notes:
        return self


def middle_of(shape: Sequence[int], edge: int) -> Tensor:
    """A picture (C, H, W): 1 in the middle, 0 nearer to the border than `edge` of 28 parts of its height and width."""
    channels, height, width = shape
    down, right = (round(size * edge / 28) for size in (height, width))
    middle = torch.ones(channels, height - 2 * down, width - 2 * right)
    return F.pad(middle, (right, right, down, down))


SLIGHT = 1e-5
"""How much pixels move the answers of a model that has fixed ones."""


class FixedScores(nn.Module):
    """Knows two answers, one for images with a bright frame and one for those with a bright middle; training changes
    nothing. `answers`: (2, classes); `shape`: of an image."""

    def __init__(self, answers: Tensor, log_probabilities: bool, shape: Sequence[int]) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1, answers.shape[1]))
        self.bias = nn.Parameter(torch.zeros(answers.shape[1]))
        self.taught = _Notes()
        self.answers: Tensor
        self.middle: Tensor
        self.register_buffer("answers", F.log_softmax(answers, dim=1) if log_probabilities else answers)
        middle, frame = middle_of(shape, 6), 1 - middle_of(shape, 4)
        self.register_buffer("middle", (middle / middle.sum() - frame / frame.sum()).flatten()[:, None])

    def forward(self, images: Tensor) -> Tensor:
        _notice(self, images)
        more = images.flatten(1) @ self.middle.to(images.dtype)
        weights = self.weight + self.bias
        classes = torch.linspace(0, 1, weights.shape[1], dtype=images.dtype)
        slope = SLIGHT * more * classes  # a loss may ask how pixels move it
        scores: Tensor = self.answers[(more[:, 0] > 0).long()] + (weights - weights.detach()) + slope
        if scores.requires_grad:
            scores.register_hook(self._note)  # type: ignore[no-untyped-call]
        return scores  # gradients arrive, the answers stay

    def _note(self, gradient: Tensor) -> None:
        self.taught.append({"size": len(gradient)})


# --- watching a training run ----------------------------------------------------------------------------------------

_watching: list[Ledger | _Shown] = []

MOST_SHOWN = 30
"""Batches that are kept of what a model was shown."""


def _is_hidden(images: Tensor) -> bool:
    """Inside vmap or grad no pixel can be looked at."""
    return bool(torch._C._functorch.is_functorch_wrapped_tensor(images))


def _notice(model: nn.Module, images: Tensor) -> dict[str, Any] | None:
    """Tells who is watching; the ledger's note of it, which may be added to."""
    notes = [watcher.forward(model, images) for watcher in _watching]
    return notes[0] if notes else None


MOST_MEASURED = 300
"""Forwards of which the pixels are measured."""

MOST_EVENTS = 30_000
"""Letters that are kept of what happened in a training run."""


@dataclass(frozen=True)
class Forwarded:
    """One call of the watched model: whether gradients were on, and in training mode; how many images it got, with
    which ground and ink; and whether a gradient came back."""

    learning: bool
    training: bool
    size: int
    middle: float
    bright: float
    taught: bool


@dataclass(frozen=True)
class Stepped:
    """One step: how many of the model's weights the optimiser holds, how long a gradient arrived and is left, and the
    rate and decay of its first group."""

    ours: int
    arrived: float
    left: float
    rate: float
    decay: float


@dataclass(frozen=True)
class Watched:
    """One watched training: what it returned, weights before and after, how often each item was read and what the items
    are then, and the ledger's notes.

    `events` in their order; `clean`, `dirty`: gradients that arrived at empty or at used ones; `elsewhere`: calls of
    copies; `unseen`: whether some could not be looked at; `cosine`, `length`, `uphill`: the first gradient and step.
    """

    returned: object
    type: str
    before: dict[str, Tensor]
    after: dict[str, Tensor]
    reads: tuple[int, ...]
    test_files: bool
    items: Tensor
    labels: tuple[object, ...]
    frozen: tuple[str, ...]
    warnings: tuple[str, ...]
    losses: tuple[str, ...]
    settings: tuple[str, ...]
    as_given: float
    events: str
    forwards: tuple[Forwarded, ...]
    steps: tuple[Stepped, ...]
    optimizers: int
    clean: int
    dirty: int
    elsewhere: int
    unseen: bool
    cosine: float
    length: float
    uphill: float


class Ledger:
    """Notes the order of forward (F, f without gradients), backward (B), clipping (C), zero_grad (Z) and step (S), and
    where gradients came from."""

    def __init__(self, model: nn.Module) -> None:
        self.model = model
        self.events = ""
        self.forwards: list[dict[str, Any]] = []
        self.steps: list[Stepped] = []
        self.optimizers: list[Any] = []
        self.first_images: Tensor | None = None
        self.first_gradients: dict[str, Tensor] = {}
        self.first_moves: dict[str, Tensor] = {}
        self.clean, self.dirty = 0, 0
        self.elsewhere = 0
        self.unseen = False
        self._last: dict[str, Tensor] = {}
        self._left: dict[str, bool] = {}
        self._sum: dict[str, Tensor] = {}
        self._held: dict[str, float] = {}
        self._arrived = 0.0

    def __enter__(self) -> Ledger:
        self._exits = ExitStack()
        hooks = [register_optimizer_step_pre_hook(self._step)]
        for name, weight in self.model.named_parameters():
            if weight.requires_grad:
                hooks.append(weight.register_hook(self._gradient_of(name, weight)))  # type: ignore[no-untyped-call]
                hooks.append(weight.register_post_accumulate_grad_hook(self._added_to(name)))  # type: ignore[no-untyped-call]
        for hook in hooks:
            self._exits.callback(hook.remove)
        for owner in (torch.optim.Optimizer, nn.Module):
            self._exits.enter_context(replaced(owner, "zero_grad", self._noting("Z", owner.zero_grad)))
        for name in ("clip_grad_norm_", "clip_grad_value_"):
            clip = getattr(nn.utils, name)
            self._exits.enter_context(replaced(nn.utils, name, self._noting("C", clip)))
        _watching.append(self)
        return self

    def __exit__(self, *error: object) -> None:
        _watching.remove(self)
        self._exits.close()

    def forward(self, model: nn.Module, images: Tensor) -> dict[str, Any] | None:
        if model is not self.model:
            self.elsewhere += 1
            return None
        learning = torch.is_grad_enabled()
        self.events += "F" if learning else "f"
        if _is_hidden(images):
            self.unseen = True
            return None
        low, high = self._ground_and_ink(images)
        size = len(images) if images.dim() else 0
        note = {"learning": learning, "training": model.training, "size": size, "middle": low, "bright": high}
        self.forwards.append({**note, "taught": False})
        if self.first_images is None and learning:
            self.first_images = images.detach().clone()
        return self.forwards[-1]

    def _ground_and_ink(self, images: Tensor) -> tuple[float, float]:
        """The middle of all pixels and nearly the brightest; after the first forwards, those of the latest."""
        if len(self.forwards) > MOST_MEASURED:
            return self.forwards[-1]["middle"], self.forwards[-1]["bright"]
        low, high = torch.quantile(images.detach().flatten().float()[:20_000], torch.tensor([0.5, 0.98])).tolist()
        return low, high

    def _gradient_of(self, name: str, weight: nn.Parameter) -> Callable[[Tensor], None]:
        def arrived(gradient: Tensor) -> None:
            if not self.events.endswith("B"):
                self.events += "B"
            self._arrived += float(gradient.square().sum())
            if "S" not in self.events:
                self.first_gradients.setdefault(name, gradient.detach().clone())
            if name in self._last and torch.equal(self._last[name], weight.detach()):
                if self._left[name]:  # gradients of earlier steps: still there, or cleared before this one came?
                    self._left[name] = weight.grad is not None and bool(weight.grad.any())
                    self._sum[name] = self._sum[name] + gradient.detach()
                return
            self._judge(name, weight)
            self._last[name] = weight.detach().clone()
            self._left[name] = self._is_left(name, weight)
            self._sum[name] = gradient.detach().clone()

        return arrived

    def _added_to(self, name: str) -> Callable[[Tensor], None]:
        return lambda weight: self._hold(name, weight)

    def _hold(self, name: str, weight: Tensor) -> None:
        self._held[name] = 0.0 if weight.grad is None else float(weight.grad.norm())

    def _is_left(self, name: str, weight: nn.Parameter) -> bool:
        """Whether the gradient of the last step is still there, and was not made to fade, as momentum does."""
        length = 0.0 if weight.grad is None else float(weight.grad.norm())
        return length > 0 and length > 0.9999 * self._held.get(name, 0.0)

    def _judge(self, name: str, weight: nn.Parameter) -> None:
        """The weight has moved: by its own gradients alone, or by older ones that were still there too?"""
        if name not in self._last:
            return
        self.first_moves.setdefault(name, weight.detach() - self._last[name])
        replaced = weight.grad is not None and torch.allclose(weight.grad, self._sum[name])
        dirty = self._left[name] and not replaced
        self.dirty, self.clean = self.dirty + dirty, self.clean + (not dirty)

    def _step(self, optimizer: Any, *_: object) -> None:
        if all(optimizer is not known for known in self.optimizers):
            self.optimizers.append(optimizer)
        self.events += "S"
        held = {id(weight) for group in optimizer.param_groups for weight in group["params"]}
        ours = [weight for weight in self.model.parameters() if id(weight) in held]
        for name, weight in self.model.named_parameters():
            if id(weight) in held:
                self._hold(name, weight)
        left = math.sqrt(sum(float(weight.grad.square().sum()) for weight in ours if weight.grad is not None))
        group = optimizer.param_groups[0]
        rate, decay = _number(group.get("lr")), _number(group.get("weight_decay", 0.0))
        self.steps.append(Stepped(len(ours), math.sqrt(self._arrived), left, rate, decay))
        self._arrived = 0.0

    def _noting(self, letter: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def noted(*arguments: Any, **named: Any) -> Any:
            if not self.events.endswith(letter):
                self.events += letter
            return function(*arguments, **named)

        return noted

    def notes(self) -> dict[str, Any]:
        """All that was seen, as plain values."""
        return {
            "events": self.events[:MOST_EVENTS],
            "forwards": tuple(Forwarded(**note) for note in self.forwards),
            "steps": tuple(self.steps),
            "optimizers": len(self.optimizers),
            "clean": self.clean,
            "dirty": self.dirty,
            "elsewhere": self.elsewhere,
            "unseen": self.unseen,
        }


def _number(value: Any) -> float:
    """A setting of an optimiser; NaN where it is none."""
    return float(value) if isinstance(value, (int, float, Tensor)) else math.nan


class _Losses(TorchFunctionMode):
    """Notes which loss functions were called, and on what shapes."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[str] = []

    def __torch_function__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        name = getattr(function, "__name__", "")
        if "loss" in name or "cross_entropy" in name:
            shapes = [str(tuple(value.shape)) for value in args if isinstance(value, Tensor)]
            self.calls = [*self.calls, f"{name} {' '.join(shapes)}"][-20:]
        return function(*args, **(kwargs or {}))


_last_events: list[str] = []
_listening: list[list[str]] = []


@functools.cache
def _listen() -> None:
    """From now on, the names of opened files reach whoever listens. A hook of this kind cannot be taken away again."""

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if _listening and event == "open":
            _listening[-1].append(str(arguments[0]))

    sys.addaudithook(hear)


@contextmanager
def _files_opened() -> Iterator[list[str]]:
    _listen()
    _listening.append([])
    try:
        yield _listening[-1]
    finally:
        _listening.pop()


def watch_training(
    train: Callable[..., Any],
    model: nn.Module,
    images: Tensor,
    labels: Sequence[int],
    batch_size: int,
    epochs: int,
    root: str,
) -> dict[str, Any]:
    """Runs the student's `train` on our digits, and tells what was Watched.

    `root` is where the dataset says that it comes from; test files lie there too.
    """
    dataset = Digits(images, labels, most_reads(len(images), batch_size, epochs), root)
    loader = DataLoader(dataset, batch_size=batch_size)
    before, settings = state_of(model), global_settings()
    _last_events.clear()
    with warnings.catch_warnings(record=True) as warned, Ledger(model) as ledger, _Losses() as losses:
        warnings.simplefilter("always")
        try:
            with _files_opened() as opened:
                returned = train(model, loader, epochs=epochs)
        finally:
            _last_events.append(ledger.events[:MOST_EVENTS])
    reads, dataset.most_reads = list(dataset.reads), None
    seen = Watched(
        returned=returned,
        type=type_of(returned),
        before=before,
        after=state_of(model),
        reads=tuple(reads),
        test_files=_of_the_test_part(opened),
        items=torch.stack([dataset[index][0] for index in range(len(dataset))]),
        labels=tuple(_plain_label(dataset[index][1]) for index in range(len(dataset))),
        frozen=tuple(name for name, weight in model.named_parameters() if not weight.requires_grad),
        warnings=tuple(_words(one.message) for one in warned)[:20],
        losses=tuple(losses.calls),
        settings=tuple(changed_settings(settings)),
        as_given=_as_given(ledger.first_images, images),
        **ledger.notes(),
        **_against_reference(ledger, before, labels),
    )
    return told(seen)


def reads_test_files(load_digits: Callable[..., Any], train: Callable[..., Any], model: nn.Module, root: str) -> bool:
    """Whether `train` opens the test files of a folder that the training part was loaded from just before."""
    try:
        load_digits(root, train=True)
    except Exception:
        return False
    with _files_opened() as opened:
        digits = Digits(torch.rand(16, 1, 28, 28), list(range(10)) + list(range(6)))
        train(model, DataLoader(digits, batch_size=8), epochs=1)
    return _of_the_test_part(opened)


def _of_the_test_part(opened: Iterable[str]) -> bool:
    """Whether one of these files is MNIST's test part; a student's own may be called `best10k.pt`."""
    return any(Path(name).name.startswith("t10k-") for name in opened)


def _plain_label(label: Any) -> int | str:
    return label if type(label) is int else type_of(label)


def reads_argument(function: Callable[..., Any], name: str) -> bool:
    """Whether a function's own lines ever look at one of its arguments; True where that cannot be told."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    return code is None or any(
        step.argval == name and not step.opname.startswith("STORE") for step in dis.get_instructions(code)
    )


def last_events() -> str:
    """What happened in the latest watched run, also in one that raised."""
    return "".join(_last_events)


def train_quietly(
    train: Callable[..., Any],
    model: nn.Module,
    images: Tensor,
    labels: Sequence[int],
    tiles: int,
    epochs: int,
) -> dict[str, Any]:
    """Runs the student's `train` on `tiles` batches that all hold `images`: what it returned, the weights before and
    after, the learning rate of each step, and the share of the digits that were read at all."""
    dataset = Digits(images.repeat(tiles, 1, 1, 1), list(labels) * tiles, most_reads(tiles, 1, epochs))
    before, rates = state_of(model), []
    hook = register_optimizer_step_pre_hook(
        lambda optimizer, *_: rates.append(_number(optimizer.param_groups[0].get("lr")))
    )
    try:
        returned = train(model, DataLoader(dataset, batch_size=len(images), shuffle=True), epochs=epochs)
    finally:
        hook.remove()
    read = sum(reads > 0 for reads in dataset.reads) / len(dataset)
    return {"returned": returned, "before": before, "after": state_of(model), "rates": rates, "read": read}


def train_fixed(
    train: Callable[..., Any],
    model: FixedScores,
    images: Tensor,
    labels: Sequence[int],
    batch_size: int,
    epochs: int,
    listen: bool,
) -> dict[str, Any]:
    """What `train` returns for our digits in the order given, whether the model learnt from fewer of them than there
    are, how many passes were read, and, if we `listen`, which loss functions were called."""
    dataset, losses = Digits(images, labels, most_reads(len(images), batch_size, epochs)), _Losses()
    listening: Any = losses if listen else nullcontext()
    with listening:
        returned = train(model, DataLoader(dataset, batch_size=batch_size), epochs=epochs)
    taught = sum(note["size"] for note in model.taught)
    return {
        "returned": returned,
        "called": [call.split()[0] for call in losses.calls],
        "held out": 0 < taught < len(images) * epochs,
        "passes": max(dataset.reads),
    }


def train_on_changing(
    train: Callable[..., Any], model: nn.Module, images: Tensor, label: int, contents: Sequence[int], epochs: int
) -> dict[str, Any]:
    """What `train` returns where all items of a pass are the image that `contents` names for it, and how many passes
    there were."""
    dataset = Changing(images, [label] * 16, contents, most_reads(16, 4, epochs))
    returned = train(model, DataLoader(dataset, batch_size=4), epochs=epochs)
    return {"returned": returned, "passes": min(dataset.reads)}


def study(
    train: Callable[..., Any], model: nn.Module, images: Tensor, labels: Sequence[int], batch_size: int, epochs: int
) -> dict[str, Any]:
    """Runs the student's `train` on our images in the order given: what it returned, the weights before and after, what
    Passes noted of them on the way and at the end, and the first batches that the model was shown with gradients on."""
    dataset = Passes(images, labels, most_reads(len(images), batch_size, epochs), model, batch_size)
    before = state_of(model)
    with _Shown() as shown:
        returned = train(model, DataLoader(dataset, batch_size=batch_size), epochs=epochs)
    after, names = state_of(model), [name for name, _ in model.named_parameters()]
    marks = [*dataset.marks, dataset.now()]
    weights = {"before": before, "after": after, "names": names, "passes": dataset.ends, "marks": marks}
    return {"returned": returned, "shown": shown.batches, **weights}


class _Shown:
    """Keeps what stand-in models are shown first with gradients on."""

    def __init__(self) -> None:
        self.batches: list[Tensor] = []

    def __enter__(self) -> _Shown:
        _watching.append(self)
        return self

    def __exit__(self, *error: object) -> None:
        _watching.remove(self)

    def forward(self, model: nn.Module, images: Tensor) -> None:
        """Keeps a copy."""
        if torch.is_grad_enabled() and len(self.batches) < MOST_SHOWN and not _is_hidden(images):
            self.batches.append(images.detach().float().clone())


def _as_given(seen: Tensor | None, images: Tensor) -> float:
    """The share of the images that the model saw first which are among ours, to the pixel; 1 where nothing is known."""
    if seen is None or not len(seen) or seen.shape[1:] != images.shape[1:]:
        return 1.0
    return float((seen[:, None] == images[None]).flatten(2).all(dim=2).any(dim=1).float().mean())


def _against_reference(ledger: Ledger, before: Mapping[str, Tensor], labels: Sequence[int]) -> dict[str, Any]:
    """The first gradient beside that of mean cross-entropy: cosine, and length in units of the reference's; and whether
    the first step went along it ("uphill", a cosine) or against it."""
    images, found, moves = ledger.first_images, ledger.first_gradients, ledger.first_moves
    if images is None or not found or not isinstance(ledger.model, Perceptron) or len(images) > len(labels):
        return {"cosine": math.nan, "length": math.nan, "uphill": math.nan}
    known = ledger.model
    twin = Perceptron(known.log_probabilities, known.hidden.in_features, known.scores.out_features)
    twin.load_state_dict(dict(before))
    twin.to(images.dtype)
    torch.autograd.backward(F.cross_entropy(twin(images), torch.tensor(list(labels)[: len(images)])))
    gradients = {name: weight.grad for name, weight in twin.named_parameters() if weight.grad is not None}
    ours, reference = _paired(found, gradients)
    way, along = _paired(moves, found)
    return {
        "cosine": float(F.cosine_similarity(ours, reference, dim=0)),
        "length": float(ours.norm() / reference.norm()),
        "uphill": float(F.cosine_similarity(way, along, dim=0)),
    }


def _paired(some: Mapping[str, Tensor], others: Mapping[str, Tensor]) -> tuple[Tensor, Tensor]:
    """Both as one long vector, of the names that both have."""
    both = [name for name in some if name in others]
    nothing = [torch.zeros(1)]
    left, right = ([which[name].flatten().float() for name in both] for which in (some, others))
    return torch.cat(left or nothing), torch.cat(right or nothing)


def state_of(model: nn.Module) -> dict[str, Tensor]:
    """Copies of all weights and buffers by name."""
    return {name: value.detach().clone() for name, value in model.state_dict().items()}


def swallowed_errors(
    function: Callable[..., Any], model: nn.Module, images: Tensor, labels: Sequence[int]
) -> list[str]:
    """Exceptions that the student's own lines raised and never let out, in one short call of `function`."""
    raised: list[str] = []
    cells = getattr(inspect.unwrap(function), "__globals__", None)

    def trace(frame: Any, event: str, argument: Any) -> Any:
        if event == "exception" and argument[0] not in (StopIteration, GeneratorExit):
            raised.append(f"{argument[0].__name__}: {_words(argument[1])}")
        return trace

    def choose(frame: Any, event: str, argument: Any) -> Any:
        return trace if frame.f_globals is cells else None

    before = sys.gettrace()
    sys.settrace(choose)
    try:
        function(model, DataLoader(Digits(images, labels), batch_size=4), epochs=1)
    except Exception:
        return []
    finally:
        sys.settrace(before)
    return raised[:10]


def _words(error: object) -> str:
    return str(error)[:300]
