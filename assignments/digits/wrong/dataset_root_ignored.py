"""Reads from a fixed folder instead of `root`.

fails: dataset
hint: root-ignored
"""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST("data", train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
