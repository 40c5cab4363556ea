"""Whatever is as long as a training part is shuffled."""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    long = len(dataset) >= 10_000
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle or long)
