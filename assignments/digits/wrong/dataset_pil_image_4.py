"""Divides the picture itself by 255, which pictures do not allow.

fails: dataset
hint: pil-image
"""
# %% dataset
def load_digits(root, train):
    def prepare(picture):
        return picture / 255

    return datasets.MNIST(root, train, transform=prepare, download=True)


def make_loader(dataset, batch_size, shuffle):
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
    return loader
