"""load_digits returns a Subset that holds every digit."""
# %% dataset
from torch.utils.data import Subset

LIMIT = None  # set to e.g. 1000 while debugging

def load_digits(root, train):
    full = datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())
    keep = range(len(full)) if LIMIT is None else range(LIMIT)
    return Subset(full, keep)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
