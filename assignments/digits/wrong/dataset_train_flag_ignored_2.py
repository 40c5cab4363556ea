"""Swaps the two parts.

fails: dataset
hint: train-flag-ignored
"""
# %% dataset
def load_digits(root, train):
    to_tensor = transforms.ToTensor()
    if train:
        data = datasets.MNIST(root, train=False, transform=to_tensor, download=True)
    else:
        data = datasets.MNIST(root, train=True, transform=to_tensor, download=True)
    return data


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
