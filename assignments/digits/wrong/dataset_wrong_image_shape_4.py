"""Resizes the digits to 32 x 32.

fails: dataset
hint: wrong-image-shape
"""
# %% dataset
def load_digits(root, train):
    transform = transforms.Compose([transforms.Resize((32, 32)), transforms.ToTensor()])
    return datasets.MNIST(root, train=train, download=True, transform=transform)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
