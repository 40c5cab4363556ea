"""Keeps a running average of the weights with a warm-up, and puts it into the model at the end."""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)


# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 128), nn.BatchNorm1d(128), nn.ReLU(),
            nn.Linear(128, 10),
        )

    def forward(self, images):
        return self.layers(images)


# %% train
class EMA:
    """Exponential moving average of a model's state"""

    def __init__(self, model, decay=0.98):
        self.decay = decay
        self.updates = 0
        self.shadow = {k: v.detach().clone() for k, v in model.state_dict().items()}

    @torch.no_grad()
    def update(self, model):
        self.updates += 1
        d = min(self.decay, (1 + self.updates) / (10 + self.updates))
        for k, v in model.state_dict().items():
            if v.dtype.is_floating_point:
                self.shadow[k].mul_(d).add_(v, alpha=1 - d)
            else:
                self.shadow[k].copy_(v)

    def copy_to(self, model):
        model.load_state_dict(self.shadow)


def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    ema = EMA(model)
    losses = []
    for _ in range(epochs):
        model.train()
        running, count = 0.0, 0
        for x, y in loader:
            loss = F.cross_entropy(model(x), y)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            ema.update(model)
            running += loss.item() * y.size(0)
            count += y.size(0)
        losses.append(running / count)
    ema.copy_to(model)
    return losses


# %% accuracy
@torch.no_grad()
def accuracy(model, loader):
    model.eval()
    good = bad = 0
    for x, y in loader:
        right = model(x).argmax(1).eq(y)
        good += right.sum().item()
        bad += (~right).sum().item()
    return good / (good + bad)


# %% predict
@torch.no_grad()
def predict(model, image):
    model.eval()
    return model(image.unsqueeze(0)).argmax().item()
