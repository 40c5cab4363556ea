"""torchvision's second transforms, called as functions in the student's own transform."""
# %% dataset
from torchvision.transforms.v2 import functional as TF


class Prepare:
    """PIL picture -> normalised tensor"""

    def __init__(self, mean=(0.1307,), std=(0.3081,)):
        self.mean = list(mean)
        self.std = list(std)

    def __call__(self, picture):
        tensor = TF.pil_to_tensor(picture)
        tensor = TF.to_dtype(tensor, torch.float32, scale=True)
        return TF.normalize(tensor, self.mean, self.std)


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=Prepare())


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
