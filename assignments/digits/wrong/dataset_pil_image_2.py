"""Hands over the class ToTensor without its parentheses.

fails: dataset
hint: pil-image
"""
# %% dataset
def load_digits(root: str, train: bool) -> Dataset:
    mnist = datasets.MNIST(root=root, train=train, transform=transforms.ToTensor, download=True)
    return mnist


def make_loader(dataset: Dataset, batch_size: int, shuffle: bool) -> DataLoader:
    return DataLoader(dataset, batch_size, shuffle)
