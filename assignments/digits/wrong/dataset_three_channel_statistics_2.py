"""Makes three equal channels, so that the statistics for colour photos fit.

fails: dataset
hint: three-channel-statistics
"""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(
        root,
        train=train,
        download=True,
        transform=transforms.Compose([
            transforms.Grayscale(num_output_channels=3),
            transforms.ToTensor(),
            transforms.Normalize((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
        ]),
    )


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
