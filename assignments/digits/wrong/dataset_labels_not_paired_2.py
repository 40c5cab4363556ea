"""Takes the label of the next digit.

fails: dataset
hint: labels-not-paired
"""
# %% dataset
class Digits(Dataset):
    def __init__(self, root, train):
        mnist = datasets.MNIST(root, train=train, download=True)
        self.images = mnist.data.float().unsqueeze(1) / 255
        self.labels = mnist.targets

    def __len__(self):
        return len(self.images)

    def __getitem__(self, i):
        return self.images[i], self.labels[(i + 1) % len(self.labels)]


def load_digits(root, train):
    return Digits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
