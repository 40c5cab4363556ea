"""Builds the batches with a sampler that leaves the rest out.

fails: dataset
hint: last-batch-dropped
"""
# %% dataset
from torch.utils.data import BatchSampler, RandomSampler, SequentialSampler


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    sampler = RandomSampler(dataset) if shuffle else SequentialSampler(dataset)
    batches = BatchSampler(sampler, batch_size, drop_last=True)
    return DataLoader(dataset, batch_sampler=batches)
