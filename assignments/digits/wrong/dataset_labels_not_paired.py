"""Shuffles the labels, but not the images.

fails: dataset
hint: labels-not-paired
"""
# %% dataset
from torch.utils.data import TensorDataset


def load_digits(root, train):
    mnist = datasets.MNIST(root, train=train, download=True)
    images = mnist.data.unsqueeze(1).float() / 255
    order = torch.randperm(len(mnist), generator=torch.Generator().manual_seed(0))
    return TensorDataset(images, mnist.targets[order])


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
