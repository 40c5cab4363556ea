"""Cuts the dataset to a whole number of batches by hand.

fails: dataset
hint: last-batch-dropped
"""
# %% dataset
from torch.utils.data import Subset


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    whole_batches = len(dataset) // batch_size
    if whole_batches > 0:
        dataset = Subset(dataset, range(whole_batches * batch_size))
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
