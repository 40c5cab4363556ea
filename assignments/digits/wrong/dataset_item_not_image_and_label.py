"""Returns label and image in the wrong order.

fails: dataset
hint: item-not-image-and-label
"""
# %% dataset
class Digits(Dataset):
    def __init__(self, root, train):
        self.mnist = datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())

    def __len__(self):
        return len(self.mnist)

    def __getitem__(self, i):
        image, label = self.mnist[i]
        return label, image


def load_digits(root, train):
    return Digits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
