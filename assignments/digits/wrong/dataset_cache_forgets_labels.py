"""Caches images but not labels: from the second reading on an item has the label of the digit that was read last.

fails: dataset
hint: labels-not-paired
"""
# %% dataset
class CachedDigits(Dataset):
    def __init__(self, root, train):
        self.base = datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())
        self.cache = {}

    def __len__(self):
        return len(self.base)

    def __getitem__(self, i):
        if i not in self.cache:
            self.cache[i], self.label = self.base[i]
        return self.cache[i], self.label

def load_digits(root, train):
    return CachedDigits(root, train)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
