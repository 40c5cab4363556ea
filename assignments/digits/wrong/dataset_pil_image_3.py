"""Own dataset class that rebuilds a picture for every item and never makes a tensor of it.

fails: dataset
hint: pil-image
"""
# %% dataset
from PIL import Image


class Digits(Dataset):
    def __init__(self, root, train):
        mnist = datasets.MNIST(root, train=train, download=True)
        self.pixels = mnist.data.numpy()
        self.labels = mnist.targets.tolist()

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        return Image.fromarray(self.pixels[index]), self.labels[index]


def load_digits(root, train):
    return Digits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
