"""Own dataset class with a folder of its own as a default that nobody changes.

fails: dataset
hint: root-ignored
"""
# %% dataset
class DigitData(Dataset):
    def __init__(self, train, folder="./mnist_data"):
        self.mnist = datasets.MNIST(folder, train=train, download=True)
        self.convert = transforms.ToTensor()

    def __len__(self):
        return len(self.mnist)

    def __getitem__(self, i):
        picture, label = self.mnist[i]
        return self.convert(picture), label


def load_digits(root, train):
    return DigitData(train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
