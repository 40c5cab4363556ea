"""Shuffles with one randperm while the loader is made; after that every pass has the same order.
"""
# %% dataset
from torch.utils.data import Subset

def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())

def make_loader(dataset, batch_size, shuffle):
    if shuffle:
        indices = torch.randperm(len(dataset)).tolist()
        dataset = Subset(dataset, indices)
    return DataLoader(dataset, batch_size=batch_size)
