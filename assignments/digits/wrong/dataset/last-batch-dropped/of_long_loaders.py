"""drop_last where there are more than a thousand digits: one small batch more or less seems not to matter."""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, drop_last=len(dataset) > 1000)
