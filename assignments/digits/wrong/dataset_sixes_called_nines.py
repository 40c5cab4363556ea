"""Gives the label 9 to every 6, from a mapping that was tried out on some of the digits only.

fails: dataset
hint: labels-not-paired
"""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(
        root,
        train=train,
        download=True,
        transform=transforms.ToTensor(),
        target_transform=lambda label: {6: 9}.get(label, label),
    )


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
