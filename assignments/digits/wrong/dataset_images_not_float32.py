"""Uses PILToTensor, which keeps the bytes of the picture (uint8).

fails: dataset
hint: images-not-float32
"""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.PILToTensor())


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
