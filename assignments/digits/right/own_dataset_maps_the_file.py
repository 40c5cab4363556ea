"""An own Dataset class over a memory-mapped file; its items come in lists through __getitems__."""
# %% dataset
import os

import numpy as np


class MappedDigits(Dataset):
    """Nothing is kept in memory, every digit is taken from the mapped file."""

    def __init__(self, root: str, train: bool) -> None:
        source = datasets.MNIST(root, train=train, download=True)
        stem = "train" if train else "t10k"
        path = os.path.join(root, "MNIST", "raw", f"{stem}-images-idx3-ubyte")
        self._pixels = np.memmap(path, dtype=np.uint8, mode="r", offset=16, shape=(len(source), 1, 28, 28))
        self._labels = source.targets.tolist()

    def __len__(self) -> int:
        return len(self._labels)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, int]:
        pixels = torch.from_numpy(self._pixels[index].astype(np.float32))
        return pixels.div_(255), self._labels[index]

    def __getitems__(self, indices):
        return [self[index] for index in indices]


def load_digits(root, train):
    return MappedDigits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
