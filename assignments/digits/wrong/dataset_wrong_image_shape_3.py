"""Puts the channel last, as NumPy and plotting libraries have it.

fails: dataset
hint: wrong-image-shape
"""
# %% dataset
import numpy as np


def channel_last(picture):
    pixels = np.array(picture, dtype="float32") / np.float32(255)
    return torch.tensor(pixels).reshape(28, 28, 1)


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=channel_last)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
