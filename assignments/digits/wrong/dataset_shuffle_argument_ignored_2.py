"""Never shuffles, as the argument is not handed on.

fails: dataset
hint: shuffle-argument-ignored
"""
# %% dataset
def load_digits(root: str, train: bool) -> Dataset:
    return datasets.MNIST(root, train, transforms.ToTensor(), download=True)


def make_loader(dataset: Dataset, batch_size: int, shuffle: bool = True) -> DataLoader:
    return DataLoader(dataset, batch_size)
