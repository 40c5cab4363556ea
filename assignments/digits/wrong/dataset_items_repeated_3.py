"""Own sampler that picks a random index for each place.

fails: dataset
hint: items-repeated
"""
# %% dataset
from torch.utils.data import Sampler


class AnyOrder(Sampler):
    def __init__(self, count):
        self.count = count

    def __len__(self):
        return self.count

    def __iter__(self):
        return iter(torch.randint(0, self.count, (self.count,)).tolist())


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    sampler = AnyOrder(len(dataset)) if shuffle else None
    return DataLoader(dataset, batch_size=batch_size, sampler=sampler)
