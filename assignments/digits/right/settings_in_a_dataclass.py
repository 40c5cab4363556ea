"""All settings lie in a frozen dataclass; functions take it as an extra argument with a default."""
# %% extra
from dataclasses import dataclass, field

@dataclass(frozen=True)
class Settings:
    hidden: tuple[int, ...] = (128, 64)
    dropout: float = 0.1
    lr: float = 1e-3
    betas: tuple[float, float] = (0.9, 0.999)
    tags: list[str] = field(default_factory=list)

SETTINGS = Settings(tags=["baseline"])
# %% model
class DigitClassifier(nn.Module):
    def __init__(self, settings: Settings = SETTINGS) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Flatten()]
        width = 784
        for hidden in settings.hidden:
            layers += [nn.Linear(width, hidden), nn.ReLU(), nn.Dropout(settings.dropout)]
            width = hidden
        self.layers = nn.Sequential(*layers, nn.Linear(width, 10))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.layers(x)
# %% train
def train(model: nn.Module, loader: DataLoader, epochs: int, settings: Settings = SETTINGS) -> list[float]:
    optimizer = torch.optim.Adam(model.parameters(), lr=settings.lr, betas=settings.betas)
    losses: list[float] = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
