"""Draws a random digit whatever index is asked for.

fails: dataset
hint: index-ignored
"""
# %% dataset
import random


class RandomDigits(Dataset):
    def __init__(self, root, train):
        self.mnist = datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())

    def __len__(self):
        return len(self.mnist)

    def __getitem__(self, i):
        return random.choice(self.mnist)


def load_digits(root, train):
    return RandomDigits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
