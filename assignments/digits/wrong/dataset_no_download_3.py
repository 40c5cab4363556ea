"""Downloads only if the folder itself is missing; an empty folder stays empty.

fails: dataset
hint: no-download
"""
# %% dataset
import os


def load_digits(root, train):
    need_download = not os.path.exists(root)
    return datasets.MNIST(root, train=train, download=need_download, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
