"""Each label is a member of an IntEnum, which is an int."""
# %% dataset
from enum import IntEnum

Digit = IntEnum("Digit", [f"D{n}" for n in range(10)], start=0)

def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor(), target_transform=Digit)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
