"""AdamW, with type hints throughout."""
# %% train
from collections.abc import Iterable

def train(model: nn.Module, loader: DataLoader, epochs: int) -> list[float]:
    """Train `model` in place; return the mean loss of every epoch."""
    criterion: nn.Module = nn.CrossEntropyLoss()
    optimizer: torch.optim.Optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=1e-2)

    def one_epoch(batches: Iterable) -> float:
        total: float = 0.0
        count: int = 0
        for images, labels in batches:
            optimizer.zero_grad(set_to_none=True)
            loss: torch.Tensor = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * labels.numel()
            count += labels.numel()
        return total / count

    model.train()
    return [one_epoch(loader) for _ in range(epochs)]
