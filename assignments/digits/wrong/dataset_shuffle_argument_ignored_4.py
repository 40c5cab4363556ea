"""Chooses the sampler the wrong way round.

fails: dataset
hint: shuffle-argument-ignored
"""
# %% dataset
from torch.utils.data import RandomSampler, SequentialSampler


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    sampler = SequentialSampler(dataset) if shuffle else RandomSampler(dataset)
    return DataLoader(dataset, batch_size=batch_size, sampler=sampler)
