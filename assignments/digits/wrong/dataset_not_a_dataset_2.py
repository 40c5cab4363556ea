"""`load_digits` returns both parts at once.

fails: dataset
hint: not-a-dataset
"""
# %% dataset
def load_digits(root, train):
    train_part = datasets.MNIST(root, train=True, download=True, transform=transforms.ToTensor())
    test_part = datasets.MNIST(root, train=False, download=True, transform=transforms.ToTensor())
    return train_part, test_part


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
