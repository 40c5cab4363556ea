"""Own dataset class that cuts the lists to speed up trying things out.

fails: dataset
hint: part-of-the-digits
"""
# %% dataset
class Digits(Dataset):
    def __init__(self, root, train, limit=1000):
        mnist = datasets.MNIST(root, train=train, download=True)
        self.images = mnist.data[:limit].unsqueeze(1).float() / 255
        self.labels = mnist.targets[:limit]

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        return self.images[i], self.labels[i]


def load_digits(root, train):
    return Digits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
