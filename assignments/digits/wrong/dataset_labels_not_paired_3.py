"""Renumbers the labels from 1 to 10.

fails: dataset
hint: labels-not-paired
"""
# %% dataset
def load_digits(root, train):
    mnist = datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())
    mnist.targets = mnist.targets + 1
    return mnist


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
