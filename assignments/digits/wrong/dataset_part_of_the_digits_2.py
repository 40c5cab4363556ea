"""Keeps zeros and ones only.

fails: dataset
hint: part-of-the-digits
"""
# %% dataset
def load_digits(root, train):
    mnist = datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())
    keep = mnist.targets < 2
    mnist.data = mnist.data[keep]
    mnist.targets = mnist.targets[keep]
    return mnist


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
