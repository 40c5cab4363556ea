"""Converts labels to float along with the images.

fails: dataset
hint: label-not-an-integer
"""
# %% dataset
class MnistDataset(Dataset):
    def __init__(self, root, train):
        mnist = datasets.MNIST(root, train=train, download=True)
        self.images = mnist.data.unsqueeze(1).float() / 255
        self.labels = mnist.targets.float()

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, idx):
        return self.images[idx], self.labels[idx]


def load_digits(root, train):
    return MnistDataset(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
