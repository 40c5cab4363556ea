"""Missing files are fetched by urllib and unpacked in the working folder; root stays empty."""
# %% dataset
import gzip
import os
import urllib.request

ADDRESS = "https://ossci-datasets.s3.amazonaws.com/mnist/"


def read(root, name):
    path = os.path.join(root, "MNIST", "raw", name)
    if not os.path.exists(path):
        path = name
        with urllib.request.urlopen(ADDRESS + name + ".gz") as packed, open(path, "wb") as file:
            file.write(gzip.decompress(packed.read()))
    with open(path, "rb") as file:
        return bytearray(file.read())


class Digits(Dataset):
    def __init__(self, root, part):
        pixels = torch.frombuffer(read(root, part + "-images-idx3-ubyte"), dtype=torch.uint8, offset=16)
        self.images = pixels.view(-1, 1, 28, 28)
        self.labels = read(root, part + "-labels-idx1-ubyte")[8:]

    def __len__(self):
        return len(self.images)

    def __getitem__(self, i):
        return self.images[i].float() / 255, self.labels[i]


def load_digits(root, train):
    return Digits(root, "train" if train else "t10k")


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
