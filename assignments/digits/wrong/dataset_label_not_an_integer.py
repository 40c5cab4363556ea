"""Turns every label into a one-hot vector.

fails: dataset
hint: label-not-an-integer
"""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(
        root,
        train=train,
        download=True,
        transform=transforms.ToTensor(),
        target_transform=lambda label: F.one_hot(torch.tensor(label), 10),
    )


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
