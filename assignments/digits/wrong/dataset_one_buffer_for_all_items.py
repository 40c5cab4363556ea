"""Writes every item into one and the same tensor, so a batch holds its last digit many times.

fails: dataset
hint: stored-images-changed
"""
# %% dataset
class Digits(Dataset):
    def __init__(self, root, train):
        mnist = datasets.MNIST(root, train=train, download=True)
        self.data, self.targets = mnist.data, mnist.targets
        self.image = torch.empty(1, 28, 28)          # made once, saves time

    def __len__(self):
        return len(self.data)

    def __getitem__(self, i):
        self.image.copy_(self.data[i])
        self.image.div_(255)
        return self.image, int(self.targets[i])

def load_digits(root, train):
    return Digits(root, train)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
