"""Writes the scaled pixels back into the NumPy array they come from.

fails: dataset
hint: stored-images-changed
"""
# %% dataset
import numpy as np


class ArrayDigits(Dataset):
    def __init__(self, root, train):
        mnist = datasets.MNIST(root, train=train, download=True)
        self.pixels = mnist.data.numpy().astype(np.float32)
        self.labels = mnist.targets.numpy()

    def __len__(self):
        return len(self.pixels)

    def __getitem__(self, i):
        self.pixels[i] = self.pixels[i] / 255
        return torch.tensor(self.pixels[i])[None], int(self.labels[i])


def load_digits(root, train):
    return ArrayDigits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
