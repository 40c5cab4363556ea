"""Keeps images and labels in attributes of the class, so loading the test part turns the training part into it.

fails: dataset
hint: train-flag-ignored
"""
# %% dataset
class Digits(Dataset):
    images = None
    labels = None

    def __init__(self, root, train):
        mnist = datasets.MNIST(root, train=train, download=True)
        Digits.images = mnist.data.unsqueeze(1).float() / 255
        Digits.labels = mnist.targets

    def __len__(self):
        return len(Digits.images)

    def __getitem__(self, i):
        return Digits.images[i], int(Digits.labels[i])

def load_digits(root, train):
    return Digits(root, train)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
