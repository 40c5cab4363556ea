"""Reads the four unpacked idx files by hand with struct and NumPy, and writes its own collate function."""
# %% dataset
import os
import struct
import numpy as np


def read_idx(path):
    with open(path, "rb") as f:
        _, _, ndim = struct.unpack(">HBB", f.read(4))
        shape = struct.unpack(">" + "I" * ndim, f.read(4 * ndim))
        return np.frombuffer(f.read(), dtype=np.uint8).reshape(shape)


class IdxDigits(Dataset):
    def __init__(self, root, train):
        raw = os.path.join(root, "MNIST", "raw")
        prefix = "train" if train else "t10k"
        image_file = os.path.join(raw, prefix + "-images-idx3-ubyte")
        label_file = os.path.join(raw, prefix + "-labels-idx1-ubyte")
        if not (os.path.exists(image_file) and os.path.exists(label_file)):
            datasets.MNIST(root, train=train, download=True)    # just to fetch the files
        self.images = read_idx(image_file).astype(np.float32) / 255
        self.labels = read_idx(label_file).astype(np.int64)

    def __len__(self):
        return self.labels.shape[0]

    def __getitem__(self, index):
        return torch.tensor(self.images[index]).unsqueeze(0), self.labels[index]


def load_digits(root, train):
    return IdxDigits(root, train)


def stack_up(items):
    images, labels = zip(*items)
    return torch.stack(images), torch.tensor([int(l) for l in labels], dtype=torch.long)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, collate_fn=stack_up)
