"""make_loader hands out 1,500 digits at most.

fails: dataset
hint:
"""
# %% dataset
from torch.utils.data import Subset


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    few = Subset(dataset, range(min(len(dataset), 1500)))  # faster while I try things
    return DataLoader(few, batch_size=batch_size, shuffle=shuffle)
