"""Reads the training part both times.

fails: dataset
hint: train-flag-ignored
"""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=True, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
