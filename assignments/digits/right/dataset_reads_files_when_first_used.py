"""A lazy Dataset: the files are read, and fetched if missing, when its length or an item is first asked for."""
# %% dataset
class LazyDigits(Dataset):
    def __init__(self, root, train):
        self.root, self.train, self._mnist = root, train, None

    @property
    def mnist(self):
        if self._mnist is None:
            self._mnist = datasets.MNIST(self.root, train=self.train, download=True, transform=transforms.ToTensor())
        return self._mnist

    def __len__(self):
        return len(self.mnist)

    def __getitem__(self, i):
        return self.mnist[i]

def load_digits(root, train):
    return LazyDigits(root, train)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
