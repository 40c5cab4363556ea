"""Opens MNIST's files again for each item.

advice: yes
hint: slow-items
"""
# %% dataset
class Digits(Dataset):
    def __init__(self, root, train):
        self.root = root
        self.train = train
        self.length = len(datasets.MNIST(root, train=train, download=True))

    def __len__(self):
        return self.length

    def __getitem__(self, i):
        mnist = datasets.MNIST(self.root, train=self.train, transform=transforms.ToTensor())
        return mnist[i]


def load_digits(root, train):
    return Digits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
