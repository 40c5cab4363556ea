"""With very many digits the batches are larger than asked for, because that is faster.

fails: dataset
hint: loader-arguments-ignored
"""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    if len(dataset) > 5000:
        batch_size = max(batch_size, 256)
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
