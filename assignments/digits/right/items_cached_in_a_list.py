"""An own Dataset class that transforms every item once and keeps the pairs in a list."""
# %% dataset
class Cached(Dataset):
    # transforming again in every epoch was the slowest part on my laptop
    def __init__(self, dataset):
        self.items = [pair for pair in dataset]

    def __len__(self): return len(self.items)

    def __getitem__(self, i): return self.items[i]

def load_digits(root, train):
    return Cached(datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor()))

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
