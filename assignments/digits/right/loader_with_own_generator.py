"""make_loader shuffles with its own seeded generator, which goes on from pass to pass."""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())

def make_loader(dataset, batch_size, shuffle, seed=2024):
    g = torch.Generator()
    g.manual_seed(seed)  # reproducible!
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, generator=g)
