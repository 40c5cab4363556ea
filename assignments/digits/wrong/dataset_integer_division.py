"""Divides the bytes with two slashes, so only 0 and 1 are left.

fails: dataset
hint: integer-division
"""
# %% dataset
import numpy as np


def load_digits(root, train):
    def scale(picture):
        pixels = np.asarray(picture) // 255
        return torch.tensor(pixels, dtype=torch.float32).unsqueeze(0)

    return datasets.MNIST(root, train=train, download=True, transform=scale)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
