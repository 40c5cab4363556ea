"""Puts Normalize first in a pipeline of the new transforms.

fails: dataset
hint: normalize-before-to-tensor
"""
# %% dataset
from torchvision.transforms import v2


def load_digits(root, train):
    pipeline = v2.Compose([
        v2.Normalize(mean=[0.1307], std=[0.3081]),
        v2.ToImage(),
        v2.ToDtype(torch.float32, scale=True),
    ])
    return datasets.MNIST(root, train=train, transform=pipeline, download=True)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
