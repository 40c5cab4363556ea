"""Builds the batches with NumPy, which makes float64 images of float32 ones.

fails: dataset
hint: batches-reshaped, images-not-float32
"""
# %% extra
import numpy as np
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())

def collate(items):
    images = np.array([image.tolist() for image, _ in items])
    labels = np.array([label for _, label in items])
    return torch.from_numpy(images), torch.from_numpy(labels)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, collate_fn=collate)
