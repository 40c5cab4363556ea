"""Divides the stored image in place each time an item is read.

fails: dataset
hint: stored-images-changed
"""
# %% dataset
class Digits(Dataset):
    def __init__(self, root, train):
        mnist = datasets.MNIST(root, train=train, download=True)
        self.images = mnist.data.float()
        self.labels = mnist.targets

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        image = self.images[i]
        image /= 255
        return image.unsqueeze(0), self.labels[i]


def load_digits(root, train):
    return Digits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
