"""download is True only when the folder is not there yet."""
# %% dataset
import os

def load_digits(root, train):
    already_there = os.path.isdir(os.path.join(root, "MNIST", "raw"))
    return datasets.MNIST(root, train=train, download=not already_there, transform=transforms.ToTensor())

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, drop_last=False)
