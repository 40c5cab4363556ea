"""Pixels stay 0 to 255.

fails: dataset
hint: unscaled-images
"""
# %% dataset
class Digits(Dataset):
    def __init__(self, root, train):
        self.source = datasets.MNIST(root, train=train, download=True)

    def __len__(self):
        return len(self.source)

    def __getitem__(self, index):
        return self.source.data[index].float().unsqueeze(0), self.source.targets[index].item()


def load_digits(root, train):
    return Digits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
