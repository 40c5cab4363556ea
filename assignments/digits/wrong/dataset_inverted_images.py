"""Turns bright ink on dark ground into dark ink on bright ground.

fails: dataset
hint: inverted-images
"""
# %% dataset
def load_digits(root, train):
    transform = transforms.Compose([transforms.ToTensor(), transforms.Lambda(lambda x: 1 - x)])
    return datasets.MNIST(root, train=train, download=True, transform=transform)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
