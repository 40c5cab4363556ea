"""Makes half-precision images in the collate function to save memory.

fails: dataset
hint: batches-reshaped, images-not-float32
"""
# %% dataset
from torch.utils.data import default_collate

def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())

def smaller(items):
    images, labels = default_collate(items)
    return images.half(), labels

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, collate_fn=smaller)
