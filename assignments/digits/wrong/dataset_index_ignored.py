"""Always returns the first digit, left from trying things out.

fails: dataset
hint: index-ignored
"""
# %% dataset
class Digits(Dataset):
    def __init__(self, root, train):
        mnist = datasets.MNIST(root, train=train, download=True)
        self.images = mnist.data.unsqueeze(1) / 255
        self.labels = mnist.targets.tolist()

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        return self.images[0], self.labels[0]


def load_digits(root, train):
    return Digits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
