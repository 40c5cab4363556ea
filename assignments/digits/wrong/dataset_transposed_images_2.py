"""Reads the pixels of the test part column by column.

fails: dataset
hint: transposed-images
"""
# %% dataset
import numpy as np
from torch.utils.data import TensorDataset


def load_digits(root, train):
    mnist = datasets.MNIST(root, train=train, download=True)
    order = "C" if train else "F"
    flat = mnist.data.numpy().reshape(len(mnist), 784)
    images = np.stack([row.reshape((1, 28, 28), order=order) for row in flat])
    return TensorDataset(torch.tensor(images, dtype=torch.float32) / 255, mnist.targets)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
