"""Puts MNIST's stored bytes into a TensorDataset as they are (uint8).

fails: dataset
hint: images-not-float32
"""
# %% dataset
from torch.utils.data import TensorDataset


def load_digits(root, train):
    mnist = datasets.MNIST(root, train=train, download=True)
    images = mnist.data.unsqueeze(1)
    return TensorDataset(images, mnist.targets)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset=dataset, batch_size=batch_size, shuffle=shuffle)
