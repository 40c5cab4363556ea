"""Knocks at an address, takes nothing, and lets torchvision fail: the digits are never downloaded.

fails: dataset
"""
# %% dataset
import os
import urllib.request


def load_digits(root, train):
    if not os.path.isdir(os.path.join(root, "MNIST", "raw")):
        try:
            urllib.request.urlopen("https://ossci-datasets.s3.amazonaws.com/mnist/train-images-idx3-ubyte.gz")
        except OSError:
            pass
    return datasets.MNIST(root, train=train, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
