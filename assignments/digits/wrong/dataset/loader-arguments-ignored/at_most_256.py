"""Batches hold 256 digits at most, whatever is asked for."""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())



def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=min(batch_size, 256), shuffle=shuffle)
