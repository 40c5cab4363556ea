"""Pixels are normalised by the well-known mean 0.1307 and deviation 0.3081."""
# %% dataset
MEAN, STD = 0.1307, 0.3081

tfm = transforms.Compose([
    transforms.ToTensor(),
    transforms.Normalize((MEAN,), (STD,)),
])

def load_digits(root, train):
    ds = datasets.MNIST(root=root, train=train, transform=tfm, download=True)
    return ds


def make_loader(dataset, batch_size, shuffle):
    loader = DataLoader(dataset=dataset, batch_size=batch_size, shuffle=shuffle)
    return loader
