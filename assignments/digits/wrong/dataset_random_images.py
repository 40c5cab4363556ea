"""Turns each training digit by a random angle inside the dataset.

fails: dataset
hint: random-images
"""
# %% dataset
def load_digits(root, train):
    steps = [transforms.ToTensor()]
    if train:
        steps = [transforms.RandomRotation(10)] + steps
    return datasets.MNIST(root, train=train, download=True, transform=transforms.Compose(steps))


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
