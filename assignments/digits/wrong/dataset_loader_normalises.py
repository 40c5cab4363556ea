"""Normalises in the collate function: a batch holds other pixels than the dataset's items.

fails: dataset
hint: batches-reshaped
"""
# %% dataset
from torch.utils.data import default_collate

def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())

def normalised(items):
    images, labels = default_collate(items)
    return (images - 0.1307) / 0.3081, labels

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, collate_fn=normalised)
