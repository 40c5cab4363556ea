"""Opens the training files by name whatever part is asked for.

fails: dataset
hint: train-flag-ignored
"""
# %% dataset
import os

import numpy as np
from torch.utils.data import TensorDataset


def load_digits(root, train):
    datasets.MNIST(root, train=train, download=True)
    folder = os.path.join(root, "MNIST", "raw")
    pixels = np.fromfile(os.path.join(folder, "train-images-idx3-ubyte"), np.uint8)[16:]
    labels = np.fromfile(os.path.join(folder, "train-labels-idx1-ubyte"), np.uint8)[8:]
    images = torch.from_numpy(pixels.reshape(-1, 1, 28, 28)).float() / 255
    return TensorDataset(images, torch.from_numpy(labels).long())


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
