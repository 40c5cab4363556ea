"""Draws digits with equal weights, which repeats some and leaves others out.

fails: dataset
hint: items-repeated
"""
# %% dataset
from torch.utils.data import WeightedRandomSampler


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    sampler = None
    if shuffle:
        weights = torch.ones(len(dataset))
        sampler = WeightedRandomSampler(weights, num_samples=len(dataset))
    return DataLoader(dataset, batch_size=batch_size, sampler=sampler)
