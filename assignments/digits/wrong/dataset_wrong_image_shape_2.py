"""Flattens each image to 784 numbers already in the dataset.

fails: dataset
hint: wrong-image-shape
"""
# %% dataset
class FlatDigits(Dataset):
    def __init__(self, root: str, train: bool) -> None:
        mnist = datasets.MNIST(root, train=train, download=True)
        self.images = mnist.data.reshape(-1, 28 * 28).float() / 255.0
        self.labels = mnist.targets.long()

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: int):
        return self.images[index], self.labels[index]


def load_digits(root: str, train: bool) -> Dataset:
    return FlatDigits(root, train)


def make_loader(dataset: Dataset, batch_size: int, shuffle: bool) -> DataLoader:
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
