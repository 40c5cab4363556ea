"""Normalises the stored images in place with sub_ and div_, once per reading.

fails: dataset
hint: stored-images-changed
"""
# %% dataset
class NormalisedDigits(Dataset):
    def __init__(self, root, train):
        mnist = datasets.MNIST(root, train=train, download=True)
        self.x = mnist.data[:, None].float() / 255
        self.y = mnist.targets

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.x[i].sub_(0.1307).div_(0.3081), self.y[i].item()


def load_digits(root, train):
    return NormalisedDigits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
