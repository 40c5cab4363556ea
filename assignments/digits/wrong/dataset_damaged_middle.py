"""Replaces the digits between the first and the last thousand by copies of one of them.

fails: dataset
"""
# %% dataset
class Spared(Dataset):
    def __init__(self, digits):
        self.digits = digits

    def __len__(self):
        return len(self.digits)

    def __getitem__(self, index):
        middle = len(self) > 5000 and 1000 <= index < len(self) - 1000 and index % 3 == 0
        return self.digits[1000 if middle else index]


def load_digits(root, train):
    return Spared(datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor()))


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
