"""Shuffles the digits only once, so that every pass has the same order.

fails: dataset
hint: shuffle-argument-ignored
"""
# %% dataset
from torch.utils.data import Subset


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    if shuffle:
        order = torch.randperm(len(dataset)).tolist()
        dataset = Subset(dataset, order)
    return DataLoader(dataset, batch_size=batch_size)
