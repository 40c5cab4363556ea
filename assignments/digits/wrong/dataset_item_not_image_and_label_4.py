"""Returns a dictionary instead of a pair.

fails: dataset
hint: item-not-image-and-label
"""
# %% dataset
class DictDigits(Dataset):
    def __init__(self, root, train):
        self.source = datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())

    def __len__(self):
        return len(self.source)

    def __getitem__(self, i):
        image, label = self.source[i]
        return {"image": image, "label": label}


def load_digits(root, train):
    return DictDigits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
