"""A Trainer class with callbacks, its settings in a dataclass in a cell of its own; train only calls it."""
# %% train
from dataclasses import dataclass, field

@dataclass
class Settings:
    rate: float = 0.002
    betas: tuple = (0.9, 0.99)
    callbacks: list = field(default_factory=list)
class Trainer:
    def __init__(self, model, settings):
        self.model = model
        self.settings = settings
        self.optimizer = torch.optim.NAdam(model.parameters(), lr=settings.rate, betas=settings.betas)
        self.history = []

    def step(self, batch):
        images, labels = batch
        self.model.zero_grad()
        loss = F.cross_entropy(self.model(images), labels)
        loss.backward()
        self.optimizer.step()
        return float(loss.detach()), labels.numel()

    def fit(self, loader, epochs):
        while len(self.history) < epochs:
            self.model.train()
            results = [self.step(batch) for batch in loader]
            n = sum(k for _, k in results)
            self.history.append(sum(l * k for l, k in results) / n)
            for callback in self.settings.callbacks:
                callback(len(self.history), self.history[-1])
        return self.history


def train(model, loader, epochs, settings=None):
    return Trainer(model, settings or Settings()).fit(loader, epochs)
