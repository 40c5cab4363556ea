"""Converts to float32 with NumPy but forgets to divide by 255.

fails: dataset
hint: unscaled-images
"""
# %% dataset
import numpy as np


def to_float_tensor(image):
    return torch.from_numpy(np.array(image, dtype=np.float32)).unsqueeze(0)


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=to_float_tensor)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
