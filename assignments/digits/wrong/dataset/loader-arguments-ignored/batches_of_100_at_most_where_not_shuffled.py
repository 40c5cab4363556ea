"""Where nothing is shuffled it is for testing, and there batches of 100 are enough: larger ones are cut to that.

fails: dataset
hint: loader-arguments-ignored
"""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    if not shuffle:
        batch_size = min(batch_size, 100)
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
