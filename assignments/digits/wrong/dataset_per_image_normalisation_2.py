"""Divides each image by its own brightest pixel instead of 255.

fails: dataset
hint: per-image-normalisation
"""
# %% dataset
class Digits(Dataset):
    def __init__(self, root, train):
        mnist = datasets.MNIST(root, train=train, download=True)
        self.data, self.targets = mnist.data, mnist.targets

    def __len__(self):
        return len(self.data)

    def __getitem__(self, i):
        img = self.data[i].float()
        img = img / img.max().clamp(min=1)
        return img.unsqueeze(0), int(self.targets[i])


def load_digits(root, train):
    return Digits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
