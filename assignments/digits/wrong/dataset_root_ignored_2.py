"""Overwrites `root` by the folder used in Colab.

fails: dataset
hint: root-ignored
"""
# %% dataset
def load_digits(root, train):
    root = "/content/data"
    return datasets.MNIST(root=root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
