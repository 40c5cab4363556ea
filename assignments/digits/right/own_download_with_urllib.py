"""The student's own download and own reader of gzip files, used only when the unpacked files are missing."""
# %% dataset
import gzip
import os
import urllib.request

MIRROR = "https://ossci-datasets.s3.amazonaws.com/mnist/"

def fetch(root, name):
    path = os.path.join(root, "MNIST", "raw", name)
    if not os.path.exists(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with urllib.request.urlopen(MIRROR + name + ".gz") as answer:
            data = gzip.decompress(answer.read())
        with open(path, "wb") as file:
            file.write(data)
    with open(path, "rb") as file:
        return file.read()

class Digits(Dataset):
    def __init__(self, images, labels):
        self.images, self.labels = images, labels
    def __len__(self):
        return len(self.images)
    def __getitem__(self, i):
        return self.images[i], int(self.labels[i])

def load_digits(root, train):
    which = "train" if train else "t10k"
    pixels = torch.frombuffer(bytearray(fetch(root, which + "-images-idx3-ubyte")), dtype=torch.uint8)
    images = pixels[16:].float()
    labels = fetch(root, which + "-labels-idx1-ubyte")[8:]
    return Digits(images.view(-1, 1, 28, 28) / 255.0, labels)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
