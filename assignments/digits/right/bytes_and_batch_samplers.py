"""Reads the files byte by byte with struct, own collate function, BatchSampler, Adagrad."""
# %% dataset
import struct
from pathlib import Path

import numpy as np
from torch.utils.data import BatchSampler, RandomSampler, SequentialSampler


def read_images(path):
    with open(path, "rb") as f:
        magic, count, rows, cols = struct.unpack(">IIII", f.read(16))
        assert magic == 2051, "not a file of images"
        return np.frombuffer(f.read(), dtype=np.uint8).reshape(count, rows, cols)


def read_labels(path):
    with open(path, "rb") as f:
        magic, count = struct.unpack(">II", f.read(8))
        assert magic == 2049, "not a file of labels"
        return np.frombuffer(f.read(), dtype=np.uint8, count=count)


class DigitFiles(Dataset):
    def __init__(self, root, train):
        datasets.MNIST(root, train=train, download=True)  # only fetches what is missing
        raw = Path(root) / "MNIST" / "raw"
        prefix = "train" if train else "t10k"
        self.images = read_images(raw / f"{prefix}-images-idx3-ubyte")
        self.labels = read_labels(raw / f"{prefix}-labels-idx1-ubyte").astype(np.int64)

    def __len__(self):
        return self.labels.shape[0]

    def __getitem__(self, index):
        image = torch.from_numpy(self.images[index].astype(np.float32))[None] / 255
        return image, self.labels[index]


def load_digits(root, train):
    return DigitFiles(root, train)


def collate(items):
    images, labels = zip(*items)
    return torch.stack(images), torch.as_tensor([int(label) for label in labels])


def make_loader(dataset, batch_size, shuffle):
    order = RandomSampler(dataset) if shuffle else SequentialSampler(dataset)
    return DataLoader(dataset, batch_sampler=BatchSampler(order, batch_size, drop_last=False), collate_fn=collate)


# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28 * 28, 150)
        self.output = nn.Linear(150, 10)
        nn.init.kaiming_uniform_(self.hidden.weight, nonlinearity="relu")
        nn.init.zeros_(self.hidden.bias)
        nn.init.zeros_(self.output.weight)

    def forward(self, images):
        rows = images.contiguous().view(images.shape[0], 28 * 28)
        return self.output(self.hidden(rows).clamp(min=0))


# %% train
def train(model, loader, epochs):
    model.train()
    optimizer = torch.optim.Adagrad(model.parameters(), lr=0.02)
    loss_of = nn.CrossEntropyLoss()
    mean_losses = np.zeros(epochs)
    for epoch in range(epochs):
        losses = []
        for images, labels in loader:
            optimizer.zero_grad()
            loss = loss_of(model(images), labels)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        mean_losses[epoch] = np.mean(losses)
    return mean_losses.tolist()


# %% accuracy
def accuracy(model, loader):
    model.eval()
    table = np.zeros((10, 10), dtype=int)
    with torch.no_grad():
        for images, labels in loader:
            np.add.at(table, (labels.numpy(), model(images).argmax(dim=1).numpy()), 1)
    return np.trace(table) / table.sum()


# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        scores = model(torch.from_numpy(image.numpy()[np.newaxis]))
    return np.argmax(scores.numpy()).item()
