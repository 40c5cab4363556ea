"""load_digits joins two halves of the part with ConcatDataset, in the old order."""
# %% dataset
from torch.utils.data import ConcatDataset, Subset

def load_digits(root, train):
    part = datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())
    middle = len(part) // 2
    first = Subset(part, range(0, middle))
    second = Subset(part, range(middle, len(part)))
    return ConcatDataset([first, second])

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
