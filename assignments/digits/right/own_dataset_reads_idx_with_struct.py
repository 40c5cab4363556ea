"""An own Dataset class that unpacks the raw files with struct, downloading them first if need be."""
# %% dataset
import os
import struct


class RawDigits(Dataset):
    def __init__(self, root, train):
        part = "train" if train else "t10k"
        folder = os.path.join(root, "MNIST", "raw")
        if not os.path.isfile(os.path.join(folder, part + "-images-idx3-ubyte")):
            datasets.MNIST(root, train=train, download=True)

        with open(os.path.join(folder, part + "-images-idx3-ubyte"), "rb") as f:
            magic, n, rows, cols = struct.unpack(">IIII", f.read(16))
            assert magic == 2051, magic
            self.images = torch.frombuffer(bytearray(f.read()), dtype=torch.uint8).reshape(n, 1, rows, cols)
        with open(os.path.join(folder, part + "-labels-idx1-ubyte"), "rb") as f:
            magic, n = struct.unpack(">II", f.read(8))
            assert magic == 2049, magic
            self.labels = list(f.read())

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        return self.images[i].to(torch.float32) / 255, self.labels[i]


def load_digits(root, train):
    return RawDigits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
