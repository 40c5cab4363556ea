"""Own dataset class without a length.

fails: dataset
hint: wrong-length
"""
# %% dataset
class Digits(Dataset):
    def __init__(self, root, train):
        mnist = datasets.MNIST(root, train=train, download=True)
        self.images = mnist.data.unsqueeze(1).float() / 255
        self.labels = mnist.targets

    def __getitem__(self, i):
        return self.images[i], self.labels[i]


def load_digits(root, train):
    return Digits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
