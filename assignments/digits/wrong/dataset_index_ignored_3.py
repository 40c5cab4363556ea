"""Counts on by itself instead of using the index.

fails: dataset
hint: index-ignored
"""
# %% dataset
class CountingDigits(Dataset):
    def __init__(self, root, train):
        mnist = datasets.MNIST(root, train=train, download=True)
        self.pixels = mnist.data.float().div(255).unsqueeze(1)
        self.targets = mnist.targets
        self.position = -1

    def __len__(self):
        return len(self.targets)

    def __getitem__(self, i):
        self.position = (self.position + 1) % len(self)
        return self.pixels[self.position], self.targets[self.position]


def load_digits(root, train):
    return CountingDigits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
