"""Wraps each label in a tensor of shape (1,).

fails: dataset
hint: label-not-an-integer
"""
# %% dataset
def load_digits(root: str, train: bool) -> Dataset:
    base = datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())

    class Wrapped(Dataset):
        def __len__(self):
            return len(base)

        def __getitem__(self, i):
            x, y = base[i]
            return x, torch.tensor([y])

    return Wrapped()


def make_loader(dataset: Dataset, batch_size: int, shuffle: bool) -> DataLoader:
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
