"""A batch size above 500 is halved until it fits."""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())



def make_loader(dataset, batch_size, shuffle):
    while batch_size > 500:  # my laptop's memory
        batch_size //= 2
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
