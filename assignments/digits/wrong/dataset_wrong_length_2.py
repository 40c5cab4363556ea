"""Says that there are always 60000 digits.

fails: dataset
hint: wrong-length
"""
# %% dataset
class MnistWrapper(Dataset):
    def __init__(self, root, train):
        self.mnist = datasets.MNIST(root, train=train, download=True)
        self.to_tensor = transforms.ToTensor()

    def __len__(self):
        return 60000

    def __getitem__(self, index):
        picture, digit = self.mnist[index]
        return self.to_tensor(picture), digit


def load_digits(root, train):
    return MnistWrapper(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
