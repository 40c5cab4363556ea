"""Tensors are kept in a file beside the raw ones; StackDataset pairs images and labels."""
# %% dataset
import os
from torch.utils.data import StackDataset

def load_digits(root, train):
    cache = os.path.join(root, f"digits-{'train' if train else 'test'}.pt")
    if not os.path.exists(cache):
        mnist = datasets.MNIST(root, train=train, download=True)
        torch.save((mnist.data, mnist.targets), cache)
    images, labels = torch.load(cache)
    return StackDataset(images[:, None].float() / 255, labels)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size, shuffle, drop_last=False)
