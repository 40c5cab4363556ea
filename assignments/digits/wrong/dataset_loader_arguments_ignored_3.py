"""Keeps the first loader for each part and returns it whatever dataset and batch size come later.

fails: dataset
hint: loader-arguments-ignored
"""
# %% dataset
loaders = {}


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    name = "train" if shuffle else "test"
    if name not in loaders:
        loaders[name] = DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
    return loaders[name]
