"""Leaves the batch size out, so that every batch holds one digit.

fails: dataset
hint: loader-arguments-ignored
"""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    loader = DataLoader(dataset, shuffle=shuffle)
    return loader
