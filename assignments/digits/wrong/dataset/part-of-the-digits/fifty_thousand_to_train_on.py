"""Ten thousand training digits are set aside for validation, and never come back."""
# %% dataset
from torch.utils.data import Subset, random_split


def load_digits(root, train):
    digits = datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())
    if train and len(digits) > 10_000:
        digits, _ = random_split(digits, [len(digits) - 10_000, 10_000])
    return digits


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
