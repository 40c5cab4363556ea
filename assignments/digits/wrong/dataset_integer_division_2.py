"""Rounds the scaled pixels, so grey levels vanish.

fails: dataset
hint: integer-division
"""
# %% dataset
def load_digits(root, train):
    steps = [transforms.ToTensor(), transforms.Lambda(torch.round)]
    return datasets.MNIST(root, train=train, download=True, transform=transforms.Compose(steps))


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
