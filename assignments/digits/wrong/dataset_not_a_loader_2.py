"""Returns a list of batches, whose order is never new.

fails: dataset
hint: not-a-loader
"""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    return [batch for batch in DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)]
