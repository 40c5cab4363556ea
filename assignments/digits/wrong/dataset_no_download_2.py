"""Switches the download off and keeps the images as one tensor.

fails: dataset
hint: no-download
"""
# %% dataset
from torch.utils.data import TensorDataset


def load_digits(root, train):
    mnist = datasets.MNIST(root, train=train, download=False)
    return TensorDataset(mnist.data[:, None] / 255.0, mnist.targets)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
