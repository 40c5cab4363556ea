"""Leaves `download` out.

fails: dataset
hint: no-download
"""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
