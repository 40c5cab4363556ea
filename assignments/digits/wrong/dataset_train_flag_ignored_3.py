"""Own dataset class that takes `train`, but never passes it on.

fails: dataset
hint: train-flag-ignored
"""
# %% dataset
class Digits(Dataset):
    def __init__(self, root, train=True, transform=None):
        self.train = train
        self.transform = transform
        self.mnist = datasets.MNIST(root, download=True)

    def __len__(self):
        return len(self.mnist)

    def __getitem__(self, idx):
        image, label = self.mnist[idx]
        return self.transform(image), label


def load_digits(root, train):
    return Digits(root, train=train, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
