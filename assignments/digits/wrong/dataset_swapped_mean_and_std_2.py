"""Normalises by hand and mixes up mean and deviation.

advice: yes
hint: swapped-mean-and-std
"""
# %% dataset
class NormalisedDigits(Dataset):
    mean, std = 0.3081, 0.1307

    def __init__(self, root, train):
        mnist = datasets.MNIST(root, train=train, download=True)
        self.images = (mnist.data[:, None] / 255 - self.mean) / self.std
        self.labels = mnist.targets

    def __len__(self):
        return len(self.images)

    def __getitem__(self, i):
        return self.images[i], self.labels[i].item()


def load_digits(root, train):
    return NormalisedDigits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
