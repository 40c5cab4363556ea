"""Own collate function that turns labels into one-hot rows.

fails: dataset
hint: batches-reshaped
"""
# %% dataset
from torch.utils.data import default_collate


def one_hot_collate(batch):
    images, labels = default_collate(batch)
    return images, F.one_hot(labels.long(), num_classes=10)


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, collate_fn=one_hot_collate)
