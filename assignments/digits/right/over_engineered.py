"""Protocols, generics, frozen dataclasses, an enum and a registry; every line typed."""
# %% extra
from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import ClassVar, Final, Protocol, TypeAlias, runtime_checkable

from torch import Tensor

Batch: TypeAlias = "tuple[Tensor, Tensor]"
NUM_CLASSES: Final[int] = 10


class Split(Enum):
    TRAIN = auto()
    TEST = auto()

    @classmethod
    def of(cls, train: bool) -> Split:
        return cls.TRAIN if train else cls.TEST


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    learning_rate: float = 1e-3
    betas: tuple[float, float] = (0.9, 0.99)
    amsgrad: bool = True


@runtime_checkable
class Metric(Protocol):
    def update(self, scores: Tensor, labels: Tensor) -> None: ...

    def compute(self) -> float: ...


@dataclass
class Accuracy:
    hits: int = 0
    seen: int = 0

    def update(self, scores: Tensor, labels: Tensor) -> None:
        self.hits += int((scores.argmax(dim=-1) == labels).sum())
        self.seen += labels.shape[0]

    def compute(self) -> float:
        return self.hits / self.seen if self.seen else 0.0


@dataclass
class MeanLoss:
    criterion: Callable[[Tensor, Tensor], Tensor]
    total: float = 0.0
    seen: int = 0

    def update(self, scores: Tensor, labels: Tensor) -> Tensor:
        loss = self.criterion(scores, labels)
        self.total += loss.item() * labels.shape[0]
        self.seen += labels.shape[0]
        return loss

    def compute(self) -> float:
        return self.total / self.seen


class Loop(ABC):
    def __init__(self, model: nn.Module) -> None:
        self._model = model

    @abstractmethod
    def on_batch(self, batch: Batch) -> None: ...

    def run(self, batches: DataLoader) -> None:
        for batch in batches:
            self.on_batch(tuple(batch))


@dataclass
class History:
    losses: list[float] = field(default_factory=list)

    def __iter__(self) -> Iterator[float]:
        return iter(self.losses)


class TrainingLoop(Loop):
    CONFIG: ClassVar[TrainingConfig] = TrainingConfig()

    def __init__(self, model: nn.Module) -> None:
        super().__init__(model)
        c = self.CONFIG
        self._optimizer = torch.optim.Adam(model.parameters(), lr=c.learning_rate, betas=c.betas, amsgrad=c.amsgrad)
        self.history = History()

    def on_batch(self, batch: Batch) -> None:
        images, labels = batch
        self._optimizer.zero_grad(set_to_none=True)
        self._metric.update(self._model(images), labels).backward()
        self._optimizer.step()

    def epoch(self, batches: DataLoader) -> None:
        self._model.train()
        self._metric = MeanLoss(nn.CrossEntropyLoss())
        self.run(batches)
        self.history.losses.append(self._metric.compute())


class EvaluationLoop(Loop):
    def __init__(self, model: nn.Module, metric: Metric) -> None:
        super().__init__(model)
        assert isinstance(metric, Metric)
        self._metric = metric

    @torch.no_grad()
    def on_batch(self, batch: Batch) -> None:
        images, labels = batch
        self._metric.update(self._model(images), labels)

    def evaluate(self, batches: DataLoader) -> float:
        self._model.eval()
        self.run(batches)
        return self._metric.compute()


# %% dataset
class DigitRepository:
    _FACTORY: ClassVar[dict[Split, bool]] = {Split.TRAIN: True, Split.TEST: False}

    def __init__(self, root: str) -> None:
        self._root: Final[str] = root

    def fetch(self, split: Split) -> Dataset[tuple[Tensor, int]]:
        return datasets.MNIST(
            root=self._root,
            train=self._FACTORY[split],
            transform=transforms.ToTensor(),
            download=True,
        )


def load_digits(root: str, train: bool) -> Dataset[tuple[Tensor, int]]:
    return DigitRepository(root).fetch(Split.of(train))


def make_loader(dataset: Dataset[tuple[Tensor, int]], batch_size: int, shuffle: bool) -> DataLoader[Batch]:
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)


# %% model
class MLPBlock(nn.Module):
    def __init__(self, inputs: int, outputs: int, *, activation: Callable[[], nn.Module] = nn.GELU) -> None:
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)
        self.norm = nn.LayerNorm(outputs)
        self.activation = activation()

    def forward(self, x: Tensor) -> Tensor:
        return self.activation(self.norm(self.linear(x)))


class DigitClassifier(nn.Module):
    def __init__(self, *, widths: tuple[int, ...] = (784, 128, 64), classes: int = NUM_CLASSES) -> None:
        super().__init__()
        self.blocks = nn.Sequential(*(MLPBlock(i, o) for i, o in zip(widths, widths[1:])))
        self.head = nn.Linear(widths[-1], classes)

    def forward(self, images: Tensor) -> Tensor:
        return self.head(self.blocks(images.flatten(start_dim=1)))


# %% train
def train(model: nn.Module, loader: DataLoader[Batch], epochs: int) -> list[float]:
    loop = TrainingLoop(model)
    for _ in range(epochs):
        loop.epoch(loader)
    return list(loop.history)


# %% accuracy
def accuracy(model: nn.Module, loader: DataLoader[Batch]) -> float:
    return EvaluationLoop(model, Accuracy()).evaluate(loader)


# %% predict
@torch.no_grad()
def predict(model: nn.Module, image: Tensor) -> int:
    model.eval()
    (scores,) = model(image.unsqueeze(0))
    return int(scores.argmax())
