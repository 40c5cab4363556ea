"""Somebody from Keras: fit with a progress line, a History, Glorot weights, zero biases, Adam with Keras's epsilon."""
# %% extra
import sys
import time


class History:
    def __init__(self):
        self.epoch = []
        self.history = {"loss": [], "accuracy": []}


class Keras:
    """compile / fit / evaluate for any nn.Module"""

    def __init__(self, module):
        self.module = module

    def compile(self, optimizer="adam", loss="sparse_categorical_crossentropy"):
        rules = {
            "adam": lambda p: torch.optim.Adam(p, lr=0.001, eps=1e-7),
            "sgd": lambda p: torch.optim.SGD(p, lr=0.01),
        }
        losses = {"sparse_categorical_crossentropy": nn.CrossEntropyLoss()}
        self.optimizer = rules[optimizer](self.module.parameters())
        self.loss = losses[loss]
        return self

    def fit(self, batches, epochs=1, verbose=1):
        history = History()
        for epoch in range(epochs):
            start = time.time()
            self.module.train()
            loss_sum = hits = seen = 0
            for number, (x, y) in enumerate(batches, 1):
                logits = self.module(x)
                loss = self.loss(logits, y)
                self.optimizer.zero_grad()
                loss.backward()
                self.optimizer.step()
                loss_sum += loss.item() * len(x)
                hits += (logits.argmax(1) == y).sum().item()
                seen += len(x)
            if verbose:
                sys.stdout.write(f"\r{number}/{len(batches)} - {time.time() - start:.0f}s - loss: {loss_sum / seen:.4f} - accuracy: {hits / seen:.4f}\n")
                sys.stdout.flush()
            history.epoch.append(epoch)
            history.history["loss"].append(loss_sum / seen)
            history.history["accuracy"].append(hits / seen)
        return history

    def evaluate(self, batches):
        self.module.eval()
        with torch.no_grad():
            pairs = [(self.module(x).argmax(dim=1), y) for x, y in batches]
        return sum((p == y).sum().item() for p, y in pairs) / sum(len(y) for _, y in pairs)


# %% dataset
def load_digits(root, train):
    x_y = datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())
    assert len(x_y) > 0
    return x_y


def make_loader(dataset, batch_size=32, shuffle=True):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)


# %% model
def Dense(inputs, units, activation=None):
    layer = nn.Linear(inputs, units)
    nn.init.xavier_uniform_(layer.weight)
    nn.init.zeros_(layer.bias)
    return [layer] if activation is None else [layer, activation]


class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.sequential = nn.Sequential(
            nn.Flatten(),
            *Dense(784, 128, nn.ReLU()),
            nn.Dropout(0.2),
            *Dense(128, 10),
        )

    def forward(self, inputs):
        return self.sequential(inputs)

    def summary(self):
        for name, p in self.named_parameters():
            print(f"{name:30} {str(tuple(p.shape)):15} {p.numel():8}")


DigitClassifier().summary()


# %% train
def train(model, loader, epochs):
    history = Keras(model).compile(optimizer="adam").fit(loader, epochs=epochs)
    return history.history["loss"]


# %% accuracy
def accuracy(model, loader):
    return Keras(model).evaluate(loader)


# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        y_pred = model(image.unsqueeze(0)).softmax(dim=-1)
    digits = {index: p for index, p in enumerate(y_pred[0].tolist())}
    return max(digits, key=digits.get)
