"""Computes mean and deviation of the part that is being loaded, so training and test part are scaled differently.
"""
# %% dataset
def load_digits(root, train):
    # first look at the data to get mean and std
    raw = datasets.MNIST(root, train=train, download=True)
    pixels = raw.data.float() / 255
    mean, std = pixels.mean().item(), pixels.std().item()
    print("mean", mean, "std", std)

    transform = transforms.Compose([
        transforms.ToTensor(),
        transforms.Normalize((mean,), (std,)),
    ])
    return datasets.MNIST(root, train=train, download=True, transform=transform)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
