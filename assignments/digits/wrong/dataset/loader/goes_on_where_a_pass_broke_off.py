"""The sampler counts in an attribute: after a look at the first batch alone, the next pass begins with the second.

fails: dataset
hint:
"""
# %% dataset
from torch.utils.data import Sampler


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


class Order(Sampler):
    def __init__(self, count, shuffle):
        self.count, self.shuffle = count, shuffle
        self.start()

    def start(self):
        self.place = 0
        self.order = torch.randperm(self.count).tolist() if self.shuffle else list(range(self.count))

    def __len__(self):
        return self.count

    def __iter__(self):
        while self.place < self.count:
            self.place += 1
            yield self.order[self.place - 1]
        self.start()


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, sampler=Order(len(dataset), shuffle))
