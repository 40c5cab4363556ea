"""Draws two orders when the loader is made, and takes them in turns: the third pass repeats the first.

fails: dataset
hint: shuffle-argument-ignored
"""
# %% dataset
import itertools

from torch.utils.data import Sampler


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


class Orders(Sampler):
    def __init__(self, count):
        self.count = count
        self.orders = itertools.cycle([torch.randperm(count).tolist() for _ in range(2)])

    def __len__(self):
        return self.count

    def __iter__(self):
        return iter(next(self.orders))


def make_loader(dataset, batch_size, shuffle):
    sampler = Orders(len(dataset)) if shuffle else None
    return DataLoader(dataset, batch_size=batch_size, sampler=sampler)
