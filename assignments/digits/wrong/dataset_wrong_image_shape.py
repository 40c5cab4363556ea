"""Drops the channel, so that images are (28, 28).

fails: dataset
hint: wrong-image-shape
"""
# %% dataset
def load_digits(root, train):
    steps = transforms.Compose([transforms.ToTensor(), lambda image: image.squeeze()])
    return datasets.MNIST(root, train=train, download=True, transform=steps)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
