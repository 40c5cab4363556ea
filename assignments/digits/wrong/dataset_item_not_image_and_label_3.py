"""Prepares image and label, but forgets to return them.

fails: dataset
hint: item-not-image-and-label
"""
# %% dataset
class DigitsDataset(Dataset):
    def __init__(self, root, train):
        mnist = datasets.MNIST(root, train=train, download=True)
        self.x = mnist.data.float() / 255
        self.y = mnist.targets

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        image = self.x[i].reshape(1, 28, 28)
        label = int(self.y[i])
        (image, label)


def load_digits(root, train):
    return DigitsDataset(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
