"""make_loader returns the student's own subclass of DataLoader, with a progress line per pass."""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())

class CountingLoader(DataLoader):
    passes = 0

    def __iter__(self):
        type(self).passes += 1
        yield from super().__iter__()

def make_loader(dataset, batch_size, shuffle):
    return CountingLoader(dataset, batch_size=batch_size, shuffle=shuffle)
