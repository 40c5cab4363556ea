"""Missing digits are fetched to a folder beside, and moved to root when they are complete."""
# %% dataset
import shutil
import tempfile
from pathlib import Path


def load_digits(root, train):
    if not Path(root, "MNIST", "raw", "train-images-idx3-ubyte").exists():
        with tempfile.TemporaryDirectory() as folder:
            datasets.MNIST(folder, train=train, download=True)
            shutil.copytree(Path(folder, "MNIST"), Path(root, "MNIST"), dirs_exist_ok=True)
    return datasets.MNIST(root, train=train, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
