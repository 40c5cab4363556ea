"""Rounds each pixel to one decimal place, so that images print nicely: of 256 grey levels eleven are left.

fails: dataset
hint:
"""
# %% dataset
def load_digits(root, train):
    rounded = transforms.Compose([transforms.ToTensor(), transforms.Lambda(lambda image: image.round(decimals=1))])
    return datasets.MNIST(root, train=train, download=True, transform=rounded)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
