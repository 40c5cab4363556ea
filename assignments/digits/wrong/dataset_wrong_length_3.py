"""Counts one digit too few, thinking of the last index.

fails: dataset
hint: wrong-length
"""
# %% dataset
class Digits(Dataset):
    def __init__(self, root, train):
        self.base = datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())

    def __len__(self):
        return len(self.base) - 1

    def __getitem__(self, i):
        return self.base[i]


def load_digits(root, train):
    return Digits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
