"""An own dataset keeps 20,000 rows of the file at most, to save memory."""
# %% dataset
class Rows(Dataset):
    def __init__(self, digits, most=20_000):
        self.images = digits.data[:most].unsqueeze(1).float().div(255)
        self.labels = digits.targets[:most].tolist()

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, row):
        return self.images[row], self.labels[row]


def load_digits(root: str, train: bool):
    return Rows(datasets.MNIST(root, train, download=True))


def make_loader(dataset, batch_size: int, shuffle: bool):
    return DataLoader(dataset, batch_size, shuffle)
