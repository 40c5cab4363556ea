"""Divides by 255 although ToTensor has scaled already.

fails: dataset
hint: scaled-twice
"""
# %% dataset
def load_digits(root, train):
    transform = transforms.Compose([
        transforms.ToTensor(),
        transforms.Lambda(lambda x: x / 255),
    ])
    return datasets.MNIST(root, train=train, download=True, transform=transform)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
