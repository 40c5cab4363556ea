"""Adds noise to every image each time it is read.

fails: dataset
hint: random-images
"""
# %% dataset
def add_noise(x):
    return (x + 0.05 * torch.randn_like(x)).clamp(0, 1)


def load_digits(root, train):
    transform = transforms.Compose([transforms.ToTensor(), transforms.Lambda(add_noise)])
    return datasets.MNIST(root, train=train, download=True, transform=transform)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
