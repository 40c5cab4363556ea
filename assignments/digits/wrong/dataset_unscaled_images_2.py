"""Asks the new transforms for float32 without scaling.

fails: dataset
hint: unscaled-images
"""
# %% dataset
from torchvision.transforms import v2


def load_digits(root, train):
    steps = v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32)])
    return datasets.MNIST(root, train, transform=steps, download=True)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size, shuffle=shuffle)
