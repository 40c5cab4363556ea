"""A terse, experienced hand: typed, vectorised, device-agnostic, v2 transforms, one-cycle AdamW, small conv net."""
# %% dataset
from torchvision.transforms import v2

_TO_FLOAT = v2.Compose([
    v2.PILToTensor(),
    v2.ToDtype(torch.float32, scale=True),
    v2.Normalize(mean=[0.1307], std=[0.3081]),
])

def load_digits(root: str, train: bool) -> Dataset:
    return datasets.MNIST(root, train=train, download=True, transform=_TO_FLOAT)

def make_loader(dataset: Dataset, batch_size: int, shuffle: bool, **kw) -> DataLoader:
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, **kw)
# %% model
def conv(i: int, o: int, s: int = 1) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(i, o, 3, s, 1, bias=False), nn.BatchNorm2d(o), nn.SiLU(inplace=True))

class DigitClassifier(nn.Module):
    def __init__(self, c: int = 8) -> None:
        super().__init__()
        self.trunk = nn.Sequential(conv(1, c, 2), conv(c, 2 * c, 2), conv(2 * c, 4 * c, 2))
        self.head = nn.Sequential(nn.AdaptiveAvgPool2d(2), nn.Flatten(), nn.Dropout(0.1), nn.Linear(16 * c, 10))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.trunk(x))
# %% train
def train(model: nn.Module, loader: DataLoader, epochs: int, *, max_lr: float = 1e-2) -> list[float]:
    dev = next(model.parameters()).device
    opt = torch.optim.AdamW(model.parameters(), lr=max_lr, weight_decay=0.05)
    sched = torch.optim.lr_scheduler.OneCycleLR(opt, max_lr, total_steps=epochs * len(loader))
    history: list[float] = []
    for _ in range(epochs):
        model.train()
        total = torch.zeros((), device=dev)
        n = 0
        for x, y in loader:
            x, y = x.to(dev, non_blocking=True), y.to(dev, non_blocking=True)
            opt.zero_grad(set_to_none=True)
            loss = F.cross_entropy(model(x), y, label_smoothing=0.05)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            opt.step()
            sched.step()
            total += loss.detach() * len(y)
            n += len(y)
        history.append((total / n).item())
    return history
# %% accuracy
@torch.inference_mode()
def accuracy(model: nn.Module, loader: DataLoader) -> float:
    mode, _ = model.training, model.eval()
    dev = next(iter(model.parameters()), torch.empty(0)).device
    hits = [(model(x.to(dev)).argmax(-1) == y.to(dev)) for x, y in loader]
    model.train(mode)
    return torch.cat(hits).double().mean().item()
# %% predict
@torch.inference_mode()
def predict(model: nn.Module, image: torch.Tensor) -> int:
    model.eval()
    return model(image[None]).argmax().item()
