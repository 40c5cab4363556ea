"""A subclass of datasets.MNIST under another name, with its own __getitem__."""
# %% dataset
class FastDigits(datasets.MNIST):
    """MNIST without the detour through PIL."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.data = self.data.unsqueeze(1).float().div(255)

    def __getitem__(self, index):
        return self.data[index], int(self.targets[index])

def load_digits(root, train):
    return FastDigits(root, train=train, download=True)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
