"""Normalises the training part only.

fails: dataset
hint: different-scaling-per-part
"""
# %% dataset
def load_digits(root, train):
    if train:
        transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
    else:
        transform = transforms.ToTensor()
    return datasets.MNIST(root, train=train, download=True, transform=transform)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
