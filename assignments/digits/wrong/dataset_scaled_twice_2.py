"""Normalises pixels from 0 to 1 with the mean and deviation of pixels from 0 to 255.

fails: dataset
hint: scaled-twice
"""
# %% dataset
MEAN, STD = 33.3184, 78.5675


def load_digits(root, train):
    transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((MEAN,), (STD,))])
    return datasets.MNIST(root, train=train, download=True, transform=transform)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
