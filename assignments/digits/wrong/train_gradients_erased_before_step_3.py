"""Sets each gradient to None by hand just before stepping.

fails: train
hint: gradients-erased-before-step
"""
# %% train
class Trainer:
    def __init__(self, model):
        self.model = model
        self.weights = list(model.parameters())
        self.optimizer = torch.optim.SGD(self.weights, lr=0.1, momentum=0.9, nesterov=True)

    def update(self, loss):
        loss.backward()
        for weight in self.weights:
            weight.grad = None  # start afresh
        self.optimizer.step()

    def epoch(self, loader):
        self.model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            loss = nn.functional.cross_entropy(self.model(images), labels)
            self.update(loss)
            total, seen = total + loss.item() * len(labels), seen + len(labels)
        return total / seen


def train(model, loader, epochs):
    trainer = Trainer(model)
    return [trainer.epoch(loader) for _ in range(epochs)]
