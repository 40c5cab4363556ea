"""Uses a fixed batch size of 64.

fails: dataset
hint: loader-arguments-ignored
"""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=64, shuffle=shuffle)
