"""The transform is a lambda: NumPy array divided by 255."""
# %% dataset
import numpy as np

def load_digits(root, train):
    to_tensor = lambda img: torch.from_numpy(np.array(img, dtype=np.float32)[None] / 255)
    return datasets.MNIST(root, train=train, download=True, transform=transforms.Lambda(to_tensor))

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
