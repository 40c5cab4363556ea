"""make_loader has its own collate function, which does what the usual one does."""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())

def collate(items):
    images, labels = zip(*items)
    return torch.stack(images), torch.tensor([int(label) for label in labels])

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, collate_fn=collate)
