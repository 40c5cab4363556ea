"""make_loader draws 20,000 places at most, a leftover of an afternoon on a slow laptop.

fails: dataset
hint:
"""
# %% dataset
from torch.utils.data import SubsetRandomSampler


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    if not shuffle:
        return DataLoader(dataset, batch_size=batch_size)
    places = torch.randperm(len(dataset))[:20_000]
    return DataLoader(dataset, batch_size=batch_size, sampler=SubsetRandomSampler(places))
