"""Inverts the test pictures, so that they look like ink on paper.

fails: dataset
hint: inverted-images
"""
# %% dataset
from PIL import ImageOps


def load_digits(root, train):
    steps = [transforms.ToTensor()]
    if not train:
        steps.insert(0, ImageOps.invert)
    return datasets.MNIST(root, train=train, download=True, transform=transforms.Compose(steps))


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
