"""Downloads with the training part only: whoever asks for the test part first, in an empty folder, gets an error.

fails: dataset
hint: no-download
"""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=train, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
