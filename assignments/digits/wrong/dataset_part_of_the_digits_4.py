"""Holds a fifth of the training digits back for validation and never gives them out.

fails: dataset
hint: part-of-the-digits
"""
# %% dataset
from torch.utils.data import random_split


def load_digits(root, train):
    mnist = datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())
    if train:
        mnist, _ = random_split(mnist, [0.8, 0.2], generator=torch.Generator().manual_seed(42))
    return mnist


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
