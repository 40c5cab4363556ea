"""Adds noise to every batch in the collate function, for test digits too.

fails: dataset
hint: random-images, batches-reshaped
"""
# %% dataset
from torch.utils.data import default_collate

def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())

def noisy(items):
    images, labels = default_collate(items)
    return images + 0.1 * torch.randn_like(images), labels

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, collate_fn=noisy)
