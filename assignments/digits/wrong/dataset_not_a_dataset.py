"""`load_digits` returns a loader already.

fails: dataset
hint: not-a-dataset
"""
# %% dataset
def load_digits(root, train):
    mnist = datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())
    return DataLoader(mnist, batch_size=64, shuffle=train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
