"""The loader is a DataLoader that also answers next(loader), with the first batch of a new pass."""
# %% dataset
class DigitLoader(DataLoader):
    def __next__(self):
        return next(iter(self))


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    return DigitLoader(dataset, batch_size=batch_size, shuffle=shuffle)
