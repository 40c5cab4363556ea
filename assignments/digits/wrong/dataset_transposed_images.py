"""Swaps rows and columns of every image.

fails: dataset
hint: transposed-images
"""
# %% dataset
def load_digits(root, train):
    transform = transforms.Compose([
        transforms.ToTensor(),
        transforms.Lambda(lambda x: x.transpose(1, 2)),
    ])
    return datasets.MNIST(root, train=train, download=True, transform=transform)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
