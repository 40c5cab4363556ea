"""A wrapper class that makes NumPy arrays of the PIL pictures, one at a time, and scales them to -1..1."""
# %% dataset
import numpy as np


class Digits(Dataset):
    """wraps torchvision's MNIST, so that I see what is going on"""

    def __init__(self, folder, is_train):
        super().__init__()
        self.mnist = datasets.MNIST(folder, train=is_train, download=True)

    def __len__(self):
        return len(self.mnist)

    def __getitem__(self, i):
        picture, digit = self.mnist[i]
        pixels = np.array(picture).astype("float32")     # 28 x 28, from 0 to 255
        pixels = pixels / 127.5 - 1.0                    # from -1 to 1
        pixels = pixels.reshape(1, 28, 28)
        return torch.from_numpy(pixels), int(digit)


def load_digits(root, train):
    ds = Digits(root, train)
    return ds


def make_loader(dataset, batch_size, shuffle):
    if shuffle == True:
        loader = DataLoader(dataset, batch_size=batch_size, shuffle=True)
    else:
        loader = DataLoader(dataset, batch_size=batch_size, shuffle=False)
    return loader
