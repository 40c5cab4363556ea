"""Makes images of the new transforms without a ToDtype step, so they stay uint8.

fails: dataset
hint: images-not-float32
"""
# %% dataset
from torchvision.transforms import v2


def load_digits(root: str, train: bool) -> Dataset:
    to_image = v2.Compose([v2.ToImage()])
    return datasets.MNIST(root, train=train, download=True, transform=to_image)


def make_loader(dataset: Dataset, batch_size: int, shuffle: bool) -> DataLoader:
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
