"""Draws digits with replacement.

fails: dataset
hint: items-repeated
"""
# %% dataset
from torch.utils.data import RandomSampler


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    if shuffle:
        sampler = RandomSampler(dataset, replacement=True)
        return DataLoader(dataset, batch_size=batch_size, sampler=sampler)
    return DataLoader(dataset, batch_size=batch_size)
