"""Scales all images once in the constructor and once more for every item.

fails: dataset
hint: scaled-twice
"""
# %% dataset
class Digits(Dataset):
    def __init__(self, root, train):
        mnist = datasets.MNIST(root, train=train, download=True)
        self.images = mnist.data.float() / 255
        self.labels = mnist.targets

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        image = self.images[i].unsqueeze(0) / 255
        return image, int(self.labels[i])


def load_digits(root, train):
    return Digits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
