"""Pixels lie between -1 and 1."""
# %% dataset
def load_digits(root: str, train: bool) -> Dataset:
    # same as they did in the GAN tutorial
    transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize(0.5, 0.5)])
    return datasets.MNIST(root, train, transform, None, True)

def make_loader(dataset: Dataset, batch_size: int, shuffle: bool) -> DataLoader:
    return DataLoader(dataset, batch_size, shuffle)
