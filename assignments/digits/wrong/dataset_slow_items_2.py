"""Converts all images again for each item, and then takes one.

advice: yes
hint: slow-items
"""
# %% dataset
class Digits(Dataset):
    def __init__(self, root, train):
        mnist = datasets.MNIST(root, train=train, download=True)
        self.data = mnist.data
        self.targets = mnist.targets

    def __len__(self):
        return len(self.data)

    def __getitem__(self, i):
        images = self.data.unsqueeze(1) / 255
        return images[i], self.targets[i]


def load_digits(root, train):
    return Digits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
