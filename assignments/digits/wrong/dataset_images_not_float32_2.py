"""Divides with NumPy and so gets float64 images.

fails: dataset
hint: images-not-float32
"""
# %% dataset
import numpy as np


class HandwrittenDigits(Dataset):
    def __init__(self, root, train):
        self.mnist = datasets.MNIST(root, train=train, download=True)

    def __len__(self):
        return len(self.mnist)

    def __getitem__(self, i):
        picture, label = self.mnist[i]
        pixels = np.array(picture) / 255.0
        return torch.from_numpy(pixels).unsqueeze(0), label


def load_digits(root, train):
    return HandwrittenDigits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
