"""load_digits with the new torchvision.transforms.v2 pipeline and the usual MNIST mean and deviation."""
# %% dataset
from torchvision.transforms import v2

MEAN, STD = 0.1307, 0.3081

def load_digits(root: str, train: bool) -> Dataset:
    pipeline = v2.Compose([
        v2.ToImage(),
        v2.ToDtype(torch.float32, scale=True),
        v2.Normalize(mean=[MEAN], std=[STD]),
    ])
    return datasets.MNIST(root=root, train=train, transform=pipeline, download=True)


def make_loader(dataset: Dataset, batch_size: int, shuffle: bool) -> DataLoader:
    kwargs = dict(batch_size=batch_size, shuffle=shuffle)
    if torch.cuda.is_available():
        kwargs.update(num_workers=2, pin_memory=True)
    return DataLoader(dataset, **kwargs)
