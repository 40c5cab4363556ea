"""Leaves the transform out, so that every image stays a picture object.

fails: dataset
hint: pil-image
"""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
