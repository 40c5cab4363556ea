"""Subtracts the stored bytes from 255 before scaling.

fails: dataset
hint: inverted-images
"""
# %% dataset
class PaperDigits(Dataset):
    def __init__(self, root, train):
        mnist = datasets.MNIST(root, train=train, download=True)
        self.images = (255 - mnist.data).unsqueeze(1) / 255
        self.labels = mnist.targets

    def __len__(self):
        return len(self.images)

    def __getitem__(self, i):
        return self.images[i], self.labels[i]


def load_digits(root, train):
    return PaperDigits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
