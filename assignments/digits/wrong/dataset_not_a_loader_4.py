"""Makes the loader, but returns the dataset.

fails: dataset
hint: not-a-loader
"""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
    return dataset
