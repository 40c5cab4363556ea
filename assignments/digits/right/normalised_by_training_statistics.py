"""The mean and deviation are computed once from the training part and used for both parts."""
# %% dataset
def pixel_statistics(root):
    """mean and std of the training digits (never of the test digits!)"""
    pixels = datasets.MNIST(root, train=True, download=True).data.float() / 255
    return pixels.mean().item(), pixels.std().item()


def load_digits(root, train):
    mu, sigma = pixel_statistics(root)
    return datasets.MNIST(
        root,
        train=train,
        download=True,
        transform=transforms.Compose([transforms.ToTensor(), transforms.Normalize([mu], [sigma])]),
    )


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
